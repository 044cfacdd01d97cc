"""Takes what waits and puts it on paper, outside every transaction: one task a printer, none waits for another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from kiosk.core import clock
from kiosk.core.db import Database, Read
from kiosk.core.events import Fact
from kiosk.printing import keeping, queries
from kiosk.printing.errors import NoPrinter
from kiosk.printing.events import PaperUnwanted, PrinterChanged, PrintQueued
from kiosk.printing.feeder import Feeder
from kiosk.printing.ground import Ground, warm_up
from kiosk.printing.limits import Limits
from kiosk.printing.models import Printer
from kiosk.printing.scribe import Scribe
from kiosk.printing.states import PrinterState
from kiosk.printing.transport import ONE_WAY

log = logging.getLogger(__name__)
STOP_S = 2.0
"""How long a job at hand may take to come to its end when the kiosk stops."""


class PrintWorker:
    """Empties the queues of this installation's printers, each in order."""

    def __init__(self, db: Database, home: Path, limits: Limits | None = None) -> None:
        self._db = db
        self._limits = limits or Limits()
        self._ground = Ground(db, home, self._limits, Scribe(db), self._is_down)
        self._feeders: dict[int, Feeder] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._tending: list[asyncio.Task[None]] = []
        self._woken = asyncio.Event()
        self._deafen: Callable[[], None] = lambda: None
        self._is_running = False
        self._is_cold = True

    def start(self) -> None:
        """Begin with what waited when the kiosk stopped."""
        self._is_running = True
        self._deafen = self._db.bus.listen(self._hear)
        self._tending = [
            asyncio.create_task(self._tend(), name="printing"),
            asyncio.create_task(self._tell_late(), name="papers that are late"),
        ]

    async def stop(self) -> None:
        """Let each printer end the job at hand, for a moment; what is not proved then comes again, marked."""
        self._deafen()
        self._deafen = lambda: None
        self._is_running = False
        for task in self._tending:
            task.cancel()
        for feeder in self._feeders.values():
            feeder.stop()
        tasks = [*self._tasks.values(), *self._leaving]
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_S)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *self._tending, return_exceptions=True)
        await self._ground.scribe.finish()
        self._tasks.clear()

    def states(self) -> dict[int, PrinterState]:
        """How each printer is, as far as it is known."""
        return {printer_id: feeder.state for printer_id, feeder in self._feeders.items()}

    async def kick(self, printer_id: int) -> str:
        """Open the drawer under a printer now or never; returns nothing when it went, else why not, as a clause."""
        try:
            feeder = await self._feeder(printer_id)
        except NoPrinter:
            return "its printer was taken away"
        if feeder.printer.kind in ONE_WAY:
            return f"the printer {feeder.printer.name} can open no drawer"
        asked = feeder.kicks.ask()
        feeder.wake()
        if not self._is_running:
            await feeder.drain()
        try:
            async with asyncio.timeout(self._limits.kick_s):
                return await asked
        except TimeoutError:
            return f"the printer {feeder.printer.name} is busy or does not answer"

    async def _feeder(self, printer_id: int) -> Feeder:
        if printer_id not in self._feeders:
            self._use([await self._ground.look(lambda read: queries.printer(read, printer_id))])
        return self._feeders[printer_id]

    async def empty(self) -> int:
        """Print what is due, at all printers side by side. Returns how many documents were printed."""
        busy = await self._look()
        outcomes = await asyncio.gather(*(self._feeders[one].drain() for one in busy), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        return sum(outcome for outcome in outcomes if isinstance(outcome, int))

    def _is_down(self, printer_id: int) -> bool:
        feeder = self._feeders.get(printer_id)
        return feeder is not None and feeder.down_since is not None

    def _hear(self, fact: Fact) -> None:
        if isinstance(fact, PrinterChanged):
            self._woken.set()
        elif isinstance(fact, PrintQueued | PaperUnwanted):
            feeder = self._feeders.get(fact.printer_id)
            if feeder is None:
                self._woken.set()
            elif isinstance(fact, PrintQueued):
                feeder.wake()
            else:
                feeder.clear_first()

    async def _tend(self) -> None:
        """Know every printer, and what was queued by others than this process."""
        is_first = True
        while True:
            self._woken.clear()
            self._warm_up()
            try:
                if is_first:
                    await self._db.run(keeping.try_again)
                    is_first = False
                for printer_id in await self._look():
                    self._feeders[printer_id].wake()
            except Exception:
                log.exception("looking for printers failed; it is tried again in %s s", self._limits.look_s)
            try:
                async with asyncio.timeout(self._limits.look_s):
                    await self._woken.wait()
            except TimeoutError:
                continue

    def _warm_up(self) -> None:
        """Load what makes bytes before the first ticket waits for it."""
        if self._is_cold and any(feeder.printer.kind not in ONE_WAY for feeder in self._feeders.values()):
            self._is_cold = False
            self._tending.append(asyncio.create_task(asyncio.to_thread(warm_up), name="printing warms up"))

    async def _look(self) -> list[int]:
        """Use the printers as they are set up now. Returns the ids of those for which something waits."""

        async def find(read: Read) -> tuple[list[Printer], list[Printer]]:
            return await queries.printers(read), await queries.busy_printers(read)

        printers, busy = await self._ground.look(find)
        self._use([*printers, *busy])
        self._let_go({printer.id for printer in (*printers, *busy)})
        return [printer.id for printer in busy]

    def _use(self, printers: list[Printer]) -> None:
        for printer in printers:
            if printer.id in self._feeders:
                self._feeders[printer.id].use(printer)
            else:
                self._feeders[printer.id] = Feeder(printer, self._ground)
            if self._is_running and printer.id not in self._tasks:
                run = self._feeders[printer.id].run()
                self._tasks[printer.id] = asyncio.create_task(run, name=f"printer {printer.code}")

    def _let_go(self, known: set[int]) -> None:
        """Printers that were taken away and have nothing left to print."""
        for printer_id in [one for one in self._feeders if one not in known]:
            self._feeders.pop(printer_id).stop()
            if task := self._tasks.pop(printer_id, None):
                self._leaving.add(task)
                task.add_done_callback(self._leaving.discard)

    async def _tell_late(self) -> None:
        """Tell people of papers that should be there by now, whatever their printer does."""
        told_after = timedelta(seconds=self._limits.told_after_s)
        while True:
            await asyncio.sleep(self._limits.told_after_s / 3)
            if not any(feeder.state.waiting for feeder in self._feeders.values()):
                continue
            try:
                if await self._ground.look(partial(queries.is_any_late, since=clock.now() - told_after)):
                    await self._db.run(partial(keeping.tell_late, told_after=told_after))
            except Exception:
                log.exception("telling of late papers failed; it is tried again")
