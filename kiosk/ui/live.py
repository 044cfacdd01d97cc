"""Live screens: after a commit the changed things are read once and sent to every tablet that watches them."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from socketio import AsyncServer

from kiosk.core.db import Database, Read
from kiosk.core.errors import KioskError, Unavailable
from kiosk.core.events import Fact

log = logging.getLogger(__name__)
TOPICS_PER_TABLET = 20
AGAIN_S = 0.5
TOPIC = re.compile(r"[a-z]{1,20}(:[0-9]{1,16})?")
MayWatch = Callable[[str, list[str]], Awaitable[bool]]
"""Whether a socket, by its id, may be told about these topics now."""


@dataclass(frozen=True)
class News:
    """Something to tell those who watch a topic. `v` is a version of its own; without one the topic counts up."""

    topic: str
    data: Any
    v: int | None = None


Teller = Callable[[Read, list[Fact]], Awaitable[Iterable[News]]]


@dataclass
class Live:
    """Collects facts, folds a burst of them into one look at the database, and sends what came of it."""

    db: Database
    sio: AsyncServer
    epoch: str = field(default_factory=lambda: secrets.token_hex(4))
    versions: dict[str, int] = field(default_factory=dict)
    _tellers: list[tuple[tuple[type[Fact], ...], Teller]] = field(default_factory=list)
    _pending: list[Fact] = field(default_factory=list)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None

    def tell(self, facts: tuple[type[Fact], ...], teller: Teller) -> None:
        """Let `teller(read, facts)` make the news of these kinds of facts."""
        self._tellers.append((facts, teller))

    def version(self, topic: str) -> dict[str, Any]:
        """What a snapshot must carry, so that a tablet sees whether it missed news."""
        return {"epoch": self.epoch, "v": self.versions.get(topic, 0)}

    def start(self, may_watch: MayWatch) -> None:
        """Listen to the database and to tablets that say what they watch; `may_watch(socket id, topics)` decides."""
        self.db.bus.listen(self._hear)
        self.sio.on("kiosk_watch", self._watcher(may_watch))
        self._task = asyncio.create_task(self._run(), name="live")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _hear(self, fact: Fact) -> None:
        self._pending.append(fact)
        self._wake.set()

    def _watcher(self, may_watch: MayWatch) -> Callable[..., Awaitable[dict[str, Any]]]:
        latest: dict[str, object] = {}

        async def watch(sid: str, message: Any = None, *_: Any) -> dict[str, Any]:
            topics = _topics(message)
            if topics is None:
                return {"ok": False}
            latest[sid] = mine = object()
            may = await may_watch(sid, topics)
            # Two may be asked at once and answered in either order; what the tablet said last counts.
            if latest.get(sid) is mine:
                del latest[sid]
                await self._seat(sid, [f"kiosk:{topic}" for topic in topics] if may else [])
            return {"ok": True} if may else {"ok": False, "code": "signed_out"}

        return watch

    async def _seat(self, sid: str, names: list[str]) -> None:
        """Put a tablet into these rooms and out of all others of ours; one that has gone meanwhile is nowhere."""
        with suppress(KeyError):
            for room in set(self.sio.rooms(sid)):
                if room.startswith("kiosk:") and room not in names:
                    await self.sio.leave_room(sid, room)
            for room in names:
                await self.sio.enter_room(sid, room)

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            facts, self._pending = self._pending, []
            try:
                await self._send(facts)
            except Unavailable as away:
                log.warning("screens wait for their news: %s", away)
                self._pending = facts + [fact for fact in self._pending if fact not in facts]
                await asyncio.sleep(AGAIN_S)
                self._wake.set()
            except Exception:
                log.exception("could not tell tablets about %s", facts)

    async def _send(self, facts: list[Fact]) -> None:
        async with self.db.read() as read:
            for kinds, teller in self._tellers:
                if mine := [fact for fact in facts if isinstance(fact, kinds)]:
                    for item in await _told(teller, read, mine):
                        await self._emit(item)

    async def _emit(self, news: News) -> None:
        v = news.v
        if v is None:
            v = self.versions[news.topic] = self.versions.get(news.topic, 0) + 1
        message = {"topic": news.topic, "epoch": self.epoch, "v": v, "data": news.data}
        await self.sio.emit("kiosk", message, room=f"kiosk:{news.topic}")


async def _told(teller: Teller, read: Read, facts: list[Fact]) -> Iterable[News]:
    """The news of one slice; when it stumbles the others are still told."""
    try:
        return await teller(read, facts)
    except (KioskError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        log.exception("a screen's news failed on %s", facts)
        return []


def _topics(message: Any) -> list[str] | None:
    """What a tablet asks to watch, if it asks as a tablet would."""
    topics = message.get("topics") if isinstance(message, dict) else None
    if not isinstance(topics, list) or len(topics) > TOPICS_PER_TABLET:
        return None
    return topics if all(isinstance(one, str) and TOPIC.fullmatch(one) for one in topics) else None
