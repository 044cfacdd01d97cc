"""The network between one tablet and the kiosk: it can be cut, swallow every packet in silence, and heal."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Self

from tests.support import patience
from tests.support.mariadb import free_port

BYTES = 65_536


@dataclass(eq=False)
class Line:
    """One connection of the tablet; a dead one takes what is said and passes nothing on, for ever."""

    down: asyncio.StreamWriter
    up: asyncio.StreamWriter | None = None
    is_dead: bool = False


@dataclass
class Network:
    """Passes everything on between a port of its own and the kiosk's, in a thread of its own.

    After `stall` nobody hears anything and nobody is told: what is said on connections of that time is lost for good,
    as when a tablet walks out of reach and the retransmissions of its old connections come too late.
    """

    kiosk_port: int = 0
    port: int = field(default_factory=free_port)
    is_stalled: bool = False
    _lines: set[Line] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="network", daemon=True)
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Every connection breaks and none can be made."""
        self._do(self._refuse())

    def stall(self) -> None:
        """Packets vanish, old connections never come back, new ones are taken and lead nowhere."""
        self._do(self._swallow())

    def heal(self) -> None:
        """New connections work again, whatever was before."""
        self._do(self._listen())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(patience.COMES)

    async def _listen(self) -> None:
        self.is_stalled = False
        if self._server is None:
            self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)

    async def _refuse(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        for line in list(self._lines):
            for end in (line.down, line.up):
                if end:
                    end.transport.abort()

    async def _swallow(self) -> None:
        self.is_stalled = True
        for line in self._lines:
            line.is_dead = True

    async def _end(self) -> None:
        await self._refuse()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._carry(Line(writer, is_dead=self.is_stalled), reader))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, line: Line, reader: asyncio.StreamReader) -> None:
        self._lines.add(line)
        try:
            if line.is_dead:
                await self._pass_on(line, reader, line.down)
                return
            answers, line.up = await asyncio.open_connection("127.0.0.1", self.kiosk_port)
            ways = (self._pass_on(line, reader, line.up), self._pass_on(line, answers, line.down))
            await asyncio.gather(*ways, return_exceptions=True)
        except OSError:
            line.down.transport.abort()
        finally:
            self._lines.discard(line)

    @staticmethod
    async def _pass_on(line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(BYTES):
            if not line.is_dead:
                writer.write(said)
        if line.is_dead:
            await asyncio.Event().wait()
        writer.close()
