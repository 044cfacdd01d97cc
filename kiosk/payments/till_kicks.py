"""Drawers are opened by their printers after the commit: once, never again by itself, and a failure is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from kiosk.core.db import Database
from kiosk.core.events import Fact
from kiosk.payments.till_events import DrawerKicked, DrawerStayedShut
from kiosk.printing import queries as printing

log = logging.getLogger(__name__)
Kick = Callable[[int], Awaitable[str]]
"""Opens the drawer under a printer; returns why it did not, or nothing."""
UNSAID = "nobody knows why"


class Kicks:
    """Hears which drawers are to be opened, and tells which stayed shut."""

    def __init__(self, db: Database, kick: Kick) -> None:
        self._db = db
        self._kick = kick
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self._db.bus.listen(self.hear)

    async def stop(self) -> None:
        """What was not opened by now stays shut."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def hear(self, fact: Fact) -> None:
        if isinstance(fact, DrawerKicked):
            task = asyncio.get_running_loop().create_task(self._open(fact), name=f"drawer {fact.till}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _open(self, fact: DrawerKicked) -> None:
        try:
            why = await self._opened(fact.till)
        except Exception:
            log.exception("the drawer of till %s could not be opened", fact.till)
            why = UNSAID
        if why:
            self._db.bus.publish([DrawerStayedShut(fact.till, sentence(fact.till, why), fact.person_id)])

    async def _opened(self, till: int) -> str:
        async with self._db.read() as read:
            printer_id = await printing.drawer_printer(read, till)
        return "" if printer_id is None else await self._kick(printer_id)


def sentence(till: int, why: str) -> str:
    """What whoever stands before a shut drawer is told."""
    return f"The drawer of till {till} did not open: {why}. Open it by its key."
