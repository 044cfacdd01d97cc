"""News reach the screens that watch, also when the database was away or a slice stumbles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import pytest
from socketio import AsyncServer

from kiosk.core.db import Database, DatabaseAway, Read
from kiosk.core.events import Fact
from kiosk.ui.live import Live, News
from tests.support import patience

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Happened(Fact):
    number: int


class Radio:
    """Keeps what would be sent to tablets."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.has_sent = asyncio.Event()

    def on(self, *_: object) -> None:
        """Tablets say nothing here."""

    async def emit(self, _event: str, message: dict[str, Any], *, room: str) -> None:
        self.sent.append((room, message["v"], message["data"]))
        self.has_sent.set()


async def numbers(_read: Read, facts: list[Fact]) -> Iterable[News]:
    return [News("numbers", [fact.number for fact in facts if isinstance(fact, Happened)])]


async def stumble(_read: Read, facts: list[Fact]) -> Iterable[News]:
    raise LookupError(facts)


async def nobody(_sid: str, _topics: list[str]) -> bool:
    return False


async def heard(live: Live, radio: Radio) -> list[Any]:
    live.start(nobody)
    live.db.bus.publish([Happened(1), Happened(2)])
    async with asyncio.timeout(patience.COMES):
        await radio.has_sent.wait()
    await live.stop()
    return radio.sent


async def test_news_wait_until_the_database_is_back(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    away, radio, read = iter([True, True]), Radio(), db.read

    @asynccontextmanager
    async def sometimes(**words: Any) -> AsyncIterator[Read]:
        if next(away, False):
            raise DatabaseAway
        async with read(**words) as look:
            yield look

    monkeypatch.setattr(db, "read", sometimes)
    live = Live(db, cast(AsyncServer, radio))
    live.tell((Happened,), numbers)
    assert await heard(live, radio) == [("kiosk:numbers", 1, [1, 2])]


async def test_a_slice_that_stumbles_does_not_silence_the_others(db: Database) -> None:
    radio = Radio()
    live = Live(db, cast(AsyncServer, radio))
    live.tell((Happened,), stumble)
    live.tell((Happened,), numbers)
    assert await heard(live, radio) == [("kiosk:numbers", 1, [1, 2])]


async def test_of_two_wishes_at_once_the_last_counts_whichever_is_answered_first(db: Database) -> None:
    """A board that stops watching and starts again in one breath must not end deaf."""
    sio, slow = AsyncServer(async_mode="asgi"), asyncio.Event()

    async def may(_sid: str, topics: list[str]) -> bool:
        if not topics:
            await slow.wait()
        return True

    live = Live(db, sio)
    live.start(may)
    sid = await sio.manager.connect("tablet", "/")
    watch = sio.handlers["/"]["kiosk_watch"]
    first = asyncio.create_task(watch(sid, {"topics": []}))
    await asyncio.sleep(0)
    await watch(sid, {"topics": ["kitchen"]})
    slow.set()
    await first
    await live.stop()
    assert "kiosk:kitchen" in sio.rooms(sid)
