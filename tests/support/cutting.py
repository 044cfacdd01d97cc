"""A wire between the kiosk and MariaDB that is cut at the worst moment: when a COMMIT goes by."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Self
from uuid import uuid4

from kiosk.core import commands
from kiosk.core.db import Database, Tx
from kiosk.core.errors import Unavailable
from tests.support.house import House

COMMIT = b"\x07\x00\x00\x00\x03COMMIT"
"""The packet of a client that commits: its length, its number, COM_QUERY, its words."""


class Cut(StrEnum):
    BEFORE = "before the server hears the COMMIT"
    UNHEARD = "after the server heard it, its answer lost"
    ANSWERED = "when the server's answer is on its way back"
    NOT = "not at all"


BREAKS = (Cut.BEFORE, Cut.UNHEARD, Cut.ANSWERED)


class Wire:
    """Passes everything on between a port of its own and MariaDB's; `choose` says what becomes of each COMMIT."""

    def __init__(self, port: int, choose: Callable[[], Cut]) -> None:
        self._to = port
        self._choose = choose
        self._tasks: set[asyncio.Task[None]] = set()
        self.cuts = dict.fromkeys(Cut, 0)
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        up = await asyncio.open_connection("127.0.0.1", self._to)
        answers = asyncio.create_task(self._pass_on(up[0], writer))
        try:
            await self._listen(reader, writer, up)
        except (ConnectionError, asyncio.CancelledError):
            answers.cancel()
        finally:
            await asyncio.gather(answers, return_exceptions=True)
            for end in (writer, up[1]):
                end.close()

    async def _listen(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        up: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        """Pass on what the kiosk says, until a COMMIT of something written is to be cut."""
        has_written = False
        while said := await reader.read(65_536):
            has_written = has_written or said[5:11] == b"INSERT"
            ends = has_written and said.endswith(COMMIT)
            cut = self._choose() if ends else Cut.NOT
            self.cuts[cut] += ends
            has_written = has_written and not ends
            if cut is Cut.BEFORE:
                break
            if cut is Cut.UNHEARD:
                writer.transport.abort()
            up[1].write(said)
            await up[1].drain()
            if cut is Cut.ANSWERED:
                writer.transport.abort()
            if cut is not Cut.NOT:
                break
        writer.transport.abort()
        up[1].close()

    @staticmethod
    async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65_536):
            writer.write(said)


def through(house: House, wire: Wire) -> House:
    """The same house, reached over the wire."""
    return House(Database(house.db.url.set(port=wire.port).render_as_string(hide_password=False)), house.by)


async def tapped(house: House, gesture: Any, *args: Any) -> Any:
    """One act, sent with the same key until it is answered, as a tablet does."""
    key, meaning = uuid4(), commands.meaning_of(gesture.__name__, repr(args))

    async def act(tx: Tx) -> Any:
        return await gesture(tx, *args, by=house.by)

    while True:
        try:
            return await commands.once(house.db, key, meaning, act)
        except Unavailable:
            await asyncio.sleep(0.01)
