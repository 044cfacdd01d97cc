"""Writes down what several printers did at the same moment in one transaction, because each costs the disk a wait."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from kiosk.core.db import Database, Tx

log = logging.getLogger(__name__)
T = TypeVar("T")
Gesture = Callable[[Tx], Awaitable[Any]]
Asked = tuple[Gesture, "asyncio.Future[Any]"]


class Scribe:
    """Carries out gestures in the order they come, as many together as have come meanwhile."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: list[Asked] = []
        self._task: asyncio.Task[None] | None = None

    async def do(self, gesture: Callable[[Tx], Awaitable[T]]) -> T:
        """Carry it out; the result is true when this returns. Raises what the database or the gesture raises."""
        told: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((gesture, told))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write(), name="papers written down")
        return await told

    async def finish(self) -> None:
        """Wait for what is under way."""
        if self._task:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _write(self) -> None:
        while self._waiting:
            asked = [one for one in self._waiting if not one[1].done()]
            self._waiting = []
            if len(asked) < 2 or not await self._together(asked):
                for one in asked:
                    await self._alone(*one)

    async def _together(self, asked: list[Asked]) -> bool:
        """Whether all were carried out; if not, none was, as far as anybody knows."""

        async def all_of(tx: Tx) -> list[Any]:
            return [await gesture(tx) for gesture, _ in asked]

        try:
            results = await self._db.run(all_of)
        except Exception as trouble:
            log.info("%s papers are written down one by one: %s", len(asked), trouble)
            return False
        for (_, told), result in zip(asked, results, strict=True):
            if not told.done():
                told.set_result(result)
        return True

    async def _alone(self, gesture: Gesture, told: asyncio.Future[Any]) -> None:
        try:
            result = await self._db.run(gesture)
        except Exception as trouble:
            if not told.done():
                told.set_exception(trouble)
            return
        if not told.done():
            told.set_result(result)
