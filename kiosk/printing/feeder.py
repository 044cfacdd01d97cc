"""One printer's task: its jobs in order, one at a time; pauses after trouble; who stands in when it lasts."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.core import clock
from kiosk.core.errors import KioskError
from kiosk.core.events import Fact
from kiosk.printing import keeping, queries, standing_in
from kiosk.printing.delivery import Delivery, Memory, NotReady, Went, said
from kiosk.printing.errors import AddressRefused
from kiosk.printing.events import PrinterChanged
from kiosk.printing.ground import Ground
from kiosk.printing.holding import Holding
from kiosk.printing.kicking import Kicks
from kiosk.printing.models import Ack, JobState, Printer, PrintJob
from kiosk.printing.states import PrinterState
from kiosk.printing.status import Status
from kiosk.printing.talking import Talk
from kiosk.printing.transport import ONE_WAY, open_line
from kiosk.printing.transport_hand_over import Made

log = logging.getLogger(__name__)
LEFT_FOR = timedelta(hours=6)
"""How long a printer may still hold what it was sent."""


class Feeder:
    """Feeds one printer until it is told to stop. `state` is how the printer is, as far as it is known."""

    def __init__(self, printer: Printer, ground: Ground) -> None:
        self.printer = printer
        self.state = PrinterState(printer.id, printer.name)
        self.kicks = Kicks()
        self.down_since: datetime | None = None
        self.is_stopping = False
        self._ground, self._limits = ground, ground.limits
        self._memory = Memory()
        self._woken = asyncio.Event()
        self._turn = asyncio.Lock()
        self._failures = 0
        self._is_blocked = False
        self._is_new = True
        self._due_at: datetime | None = None

    def wake(self) -> None:
        """Something is to be done."""
        self._woken.set()

    @property
    def place(self) -> tuple[str, str]:
        """Where its bytes go."""
        return self.printer.kind, self.printer.address

    def use(self, printer: Printer) -> None:
        """Go on with this set-up."""
        if (printer.kind, printer.address) != self.place:
            self._failures, self.down_since, self._memory = 0, None, Memory()
        self.printer = printer
        self.state = replace(self.state, name=printer.name)

    def clear_first(self) -> None:
        """What lies in the printer must not come any more."""
        self._memory.must_clear = True

    def stop(self) -> None:
        """Come to an end after the job at hand."""
        self.is_stopping = True
        self.wake()

    async def run(self) -> None:
        """Print until stopped; a fault of ours is logged and does not end it."""
        while not self.is_stopping:
            self._woken.clear()
            try:
                await self.drain()
                if self._is_idle_long():
                    await self._ask_health()
            except KioskError as trouble:
                log.warning("printer %s: %s", self.printer.name, trouble)
                self._failures += 1
            except Exception:
                log.exception("feeding %s failed; it is tried again", self.printer.name)
                self._failures += 1
            await self._rest()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(self._pause()):
                await self._woken.wait()
                # Papers that come together are one reason to ask a printer in trouble, not several.
                await asyncio.sleep(self._limits.retry_s if self._failures else 0)
        except TimeoutError:
            return

    def _pause(self) -> float:
        """Seconds until something is due, or may go better."""
        if self._failures:
            down_s = (clock.now() - self.down_since).total_seconds() if self.down_since else 0
            if self._is_blocked:
                return self._limits.blocked_s
            if down_s > self._limits.patient_after_s:
                return self._limits.patient_s
            return min(self._limits.retry_s * (1 << min(self._failures - 1, 10)), self._limits.most_retry_s)
        if self._due_at is None:
            return self._limits.health_s
        return min(max((self._due_at - clock.now()).total_seconds(), 0.0) + 0.001, self._limits.health_s)

    async def drain(self) -> int:
        """Print what is due, in order, until there is no more or the printer is in trouble. Returns how many."""
        async with self._turn:
            printed, last, left, self._due_at = 0, 0, 0, None
            if self._is_new:
                await self._remember()
            while jobs := await self._waiting(last):
                due = self._due(jobs)
                left += len(jobs) - len(due)
                for job in due:
                    await self._kick()
                    if self.is_stopping:
                        return printed
                    went = await self._feed(job)
                    printed += went is Went.PRINTED
                    if went is Went.NOT_NOW:
                        await self.stand_in()
                        return printed
                if len(jobs) < queries.AT_ONCE:
                    break
                last = jobs[-1].id
            await self._kick()
            self._failures = 0
            self.state = replace(self.state, waiting=left)
            return printed

    async def _waiting(self, after: int) -> list[PrintJob]:
        """The next jobs. What is being sent now is nobody's any more, as this printer has one task."""
        jobs = await self._look(after)
        if any(job.state is JobState.SENDING for job in jobs):
            await self._ground.db.run(lambda tx: keeping.recover(tx, self.printer))
            self._memory.is_torn = True
            jobs = await self._look(after)
        if not after:
            self.state = replace(self.state, waiting=len(jobs))
        return jobs

    async def _look(self, after: int) -> list[PrintJob]:
        return await self._ground.look(lambda read: queries.waiting(read, self.printer.id, after))

    async def _remember(self) -> None:
        """What the kiosk left behind in the printer when it stopped last."""
        since = clock.now() - LEFT_FOR
        left = await self._ground.look(lambda read: queries.left_in_printer(read, self.printer.id, since))
        self._memory.is_torn = self._memory.is_torn or bool(left)
        self._memory.must_clear = self._memory.must_clear or any(state not in queries.TO_PRINT for state in left)
        self._is_new = False

    def _due(self, jobs: list[PrintJob]) -> list[PrintJob]:
        """What can be printed now. What follows a paper that must wait yet, for the same check, waits behind it."""
        now, due, behind = clock.now(), [], set[tuple[str, int]]()
        for job in jobs:
            mine = (job.kind, job.check_id or job.id)
            if mine in behind or keeping.is_early(job, now):
                behind.add(mine)
                if job.not_before and keeping.is_early(job, now):
                    self._due_at = min(self._due_at or job.not_before, job.not_before)
            else:
                due.append(job)
        return due

    async def _feed(self, job: PrintJob) -> Went:
        went = await self._delivery().deliver(job)
        if went is Went.NOT_NOW:
            self._failures += 1
        else:
            self._failures = 0
        if went is Went.PRINTED:
            self._is_well()
        if went is Went.OVER:
            # Whoever moved it may have left more to do.
            self.wake()
        return went

    def _delivery(self) -> Delivery:
        return Delivery(self.printer, self._ground, self._memory, hold=self._hold, noted=self.note)

    async def _hold(self, talk: Talk, job: PrintJob, made: Made, status: Status) -> Went:
        return await Holding(self, self._ground, self._delivery(), self._memory).hold(talk, job, made, status)

    def _is_well(self) -> None:
        self.down_since, self._is_blocked = None, False
        self.state = replace(self.state, waiting=max(0, self.state.waiting - 1), last_ok=clock.now())

    def note(self, status: Status | None, why: str) -> None:
        """Remember how the printer is, and tell screens when that is news. `status` is None where it tells nothing."""
        now, before = clock.now(), self.state
        self._is_blocked = status is not None and not status.is_ready
        if why and self.down_since is None:
            self.down_since = now
        self.state = replace(before, is_online=not why, reason=why, last_ok=before.last_ok if why else now)
        if before.is_online is not self.state.is_online:
            self.state = replace(self.state, since=now)
        if status is not None:
            self.state = replace(
                self.state,
                is_near_end=status.is_near_end,
                is_cover_open=status.is_cover_open,
                is_drawer_open=status.is_drawer_open,
            )
        if replace(self.state, last_ok=before.last_ok) != before:
            self.tell(PrinterChanged(self.printer.id))

    def tell(self, fact: Fact) -> None:
        """What is kept in memory is told at once."""
        self._ground.db.bus.publish([fact])

    async def stand_in(self, talk: Talk | None = None, held: PrintJob | None = None) -> bool:
        """Let the backup print what this printer could not for so long; whether it has `held` now."""
        return await standing_in.stand_in(self, self._ground, self._memory, talk, held)

    def has_been_down(self) -> timedelta:
        """For how long nothing was printed although something was tried."""
        if not self.down_since:
            return timedelta(0)
        # A clock that was set back counts anew.
        self.down_since = min(self.down_since, clock.now())
        return clock.now() - self.down_since

    def _is_idle_long(self) -> bool:
        seen = self.state.last_ok
        is_old = seen is None or not 0 <= (clock.now() - seen).total_seconds() < self._limits.health_s
        return is_old and not self._failures and self.printer.active and not self.is_stopping

    async def _ask_health(self) -> None:
        """How it is, when nothing was printed for a while."""
        if self.printer.kind in ONE_WAY:
            return
        async with self._turn:
            try:
                async with open_line(self.printer, self._limits) as line:
                    status = await Talk(line, self._limits).status() if self.printer.ack is not Ack.NONE else None
            except (OSError, AddressRefused) as trouble:
                self.note(None, said(trouble))
                return
            self.note(status, status.sentence if status else "")
            if status is None or status.is_ready:
                self.down_since = None

    async def _kick(self) -> None:
        """Open the drawer for whoever asked, between two jobs and on a line of its own."""
        if not self.kicks.is_asked:
            return
        try:
            async with open_line(self.printer, self._limits) as line:
                await self.kicks.carry_out(Talk(line, self._limits), self.printer)
        except (OSError, AddressRefused, NotReady) as trouble:
            self.kicks.fail(f"the printer {self.printer.name} cannot be reached: {said(trouble)}")
