"""One try to put one job on paper: connect, ask, send in one piece, wait for the proof, write down what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from pathlib import Path

from kiosk.core import clock
from kiosk.core.errors import KioskError
from kiosk.printing import keeping, transport_hand_over
from kiosk.printing.errors import AddressRefused
from kiosk.printing.ground import Ground
from kiosk.printing.keeping import Outcome
from kiosk.printing.models import Ack, JobState, Printer, PrinterKind, PrintJob
from kiosk.printing.status import Status
from kiosk.printing.talking import Silent, Talk
from kiosk.printing.threads import lane_of
from kiosk.printing.transport import ONE_WAY, open_line
from kiosk.printing.transport_hand_over import PRINTED, Made, NotTaken

log = logging.getLogger(__name__)
MOST_OWED = 31
HUNG_UP = "the connection broke"


class Went(Enum):
    """What came of a try: it is printed; it will not be printed here and the next may come; or not now."""

    PRINTED = auto()
    OVER = auto()
    NOT_NOW = auto()


class NotReady(Exception):
    """The printer says no before anything of a job was sent. `is_known`: it answered, and says why."""

    def __init__(self, sentence: str, *, is_known: bool = False) -> None:
        super().__init__(sentence)
        self.is_known = is_known


Hold = Callable[[Talk, PrintJob, Made, Status], Awaitable[Went]]
Noted = Callable[[Status | None, str], None]


@dataclass
class Memory:
    """What is to be put right before anything else is sent: a torn picture, a paper that must not come any more.

    `owed` is how many proofs without a name may still come that were asked for on lines before.
    """

    is_torn: bool = False
    must_clear: bool = False
    owed: int = 0

    def ask(self) -> int:
        """A paper is sent with its proof asked for: how many may come that are not its own."""
        before = min(self.owed, MOST_OWED)
        self.owed = 2 * before + 1
        return before


class Delivery:
    """Tries for one printer. `hold` is what to do when paper or cover stop a job; `noted` hears how the printer is."""

    def __init__(self, printer: Printer, ground: Ground, memory: Memory, *, hold: Hold, noted: Noted) -> None:
        self._printer, self._ground, self._memory = printer, ground, memory
        self._limits = ground.limits
        self._hold, self._noted = hold, noted
        self._begun_at, self._begun = clock.now(), asyncio.get_running_loop().time()

    async def deliver(self, job: PrintJob) -> Went:
        """Try it once."""
        self._begun_at, self._begun = clock.now(), asyncio.get_running_loop().time()
        # Every copy after one that may be on paper says so.
        copy_no = job.copy_no + (job.state is JobState.DOUBT)
        try:
            made = await self._ground.made(job, self._printer, copy_no)
        except KioskError:
            raise
        except Exception as fault:
            log.exception("%s cannot be laid out", job.cause)
            await self._settle(job, JobState.FAILED, "failed", f"{job.cause} cannot be laid out: {fault}")
            return Went.OVER
        if self._printer.kind in ONE_WAY:
            return await self._hand_over(job, made, copy_no)
        return await self._converse(job, made, copy_no)

    async def _converse(self, job: PrintJob, made: Made, copy_no: int) -> Went:
        try:
            async with open_line(self._printer, self._limits) as line:
                talk = Talk(line, self._limits)
                await self._greet(talk)
                if job.state is JobState.HELD:
                    return await self._not_held_any_more(job)
                if not (sending := await self._begin(job, copy_no)):
                    return Went.OVER
                return await self._put(talk, sending, made)
        except (NotReady, OSError, AddressRefused) as trouble:
            return await self._not_begun(job, trouble)

    async def _greet(self, talk: Talk) -> None:
        """Put right what the last job left, and ask how the printer is. Raises NotReady."""
        if self._printer.ack is Ack.NONE:
            self._noted(None, "")
            return
        if self._memory.is_torn:
            await talk.end_torn(self._printer.dots)
            self._memory.owed = max(self._memory.owed, 1)
        if self._memory.must_clear:
            await talk.clear()
        try:
            status = await talk.status()
        except Silent:
            # It may have taken the question for the rest of a picture that somebody else left torn.
            self._memory.is_torn = True
            raise
        self._memory.is_torn = self._memory.must_clear = False
        self._noted(status, status.sentence)
        if not status.is_ready:
            raise NotReady(status.sentence, is_known=True)

    async def _begin(self, job: PrintJob, copy_no: int) -> PrintJob | None:
        if not await self._ground.scribe.do(lambda tx: keeping.begin(tx, job, copy_no)):
            return None
        job.state, job.copy_no = JobState.SENDING, copy_no
        return job

    async def _put(self, talk: Talk, job: PrintJob, made: Made) -> Went:
        """From here on bytes may be on paper, whatever happens."""
        ack, before = self._printer.ack, talk.sent
        try:
            await talk.write(made.data, ack, self._memory.ask())
            status = await self.proof(talk, made)
        except (OSError, asyncio.CancelledError) as broken:
            self._memory.is_torn = True
            if isinstance(broken, asyncio.CancelledError):
                raise
            return await self._doubt(job, broken, talk.sent - before)
        if status is not None:
            self._noted(status, status.sentence)
            return await self._hold(talk, job, made, status)
        return await self.printed(job, str(ack.value), talk.sent - before)

    async def proof(self, talk: Talk, made: Made) -> Status | None:
        """None when it is on paper, else what keeps it from that. Raises Silent or OSError when nobody can tell."""
        printing_s = made.mm * self._limits.ms_per_mm / 1000
        if self._printer.ack is Ack.NONE:
            return None
        if self._printer.ack is Ack.STATUS:
            return await talk.settled(printing_s)
        status = await talk.proof(self._printer.ack, self._limits.fence_s + printing_s)
        if status is None:
            await self._all_is_told(talk)
        return status

    async def _all_is_told(self, talk: Talk) -> None:
        """Proved: answers come in order, so no other is owed once those to the same question are heard."""
        with suppress(OSError):
            if self._printer.ack is Ack.GS_R and self._memory.owed > 1:
                await talk.hear_out()
            self._memory.owed = 0

    async def _hand_over(self, job: PrintJob, made: Made, copy_no: int) -> Went:
        sending = await self._begin(job, copy_no)
        if not sending:
            return Went.OVER
        try:
            await self._give(sending, made)
        except (OSError, AddressRefused) as trouble:
            is_safe = isinstance(trouble, NotTaken | AddressRefused) or self._printer.kind is PrinterKind.FILE
            self._noted(None, said(trouble))
            if is_safe:
                await self._settle(sending, JobState.QUEUED, "refused", self._sentence(said(trouble)))
                return Went.NOT_NOW
            return await self._doubt(sending, trouble, len(made.data))
        self._noted(None, "")
        return await self.printed(sending, str(Ack.NONE.value), len(made.data))

    async def _give(self, job: PrintJob, made: Made) -> None:
        printer, seconds = self._printer, self._limits.write_s
        if printer.kind is PrinterKind.CUPS:
            work = lane_of(f"cups {printer.address}")
            await work.do(seconds + 0.5, transport_hand_over.into_queue, printer.address, made, seconds)
            return
        folder = self._ground.home / PRINTED if not printer.address else Path(printer.address)
        name = f"{printer.code}-{job.id}" + (f"-{job.copy_no}" if job.copy_no > 1 else "")
        await lane_of(f"printer {printer.id}").do(seconds, transport_hand_over.into_folder, folder, name, made)

    async def printed(self, job: PrintJob, ack: str, sent: int) -> Went:
        """It is on paper."""
        await self._settle(job, JobState.PRINTED, "printed", None, ack=ack, sent=sent)
        return Went.PRINTED

    async def held(self, job: PrintJob, sentence: str, sent: int) -> bool:
        """It is in the printer, which waits for paper or its cover. False when somebody moved it meanwhile."""
        return await self._settle(job, JobState.HELD, "held", self._sentence(sentence), sent=sent)

    async def _doubt(self, job: PrintJob, broken: Exception, sent: int) -> Went:
        """Bytes left and nothing proves them: it comes again, marked as a copy."""
        why = "it took the paper and did not say that it is printed" if isinstance(broken, Silent) else said(broken)
        return await self.doubted(job, why, sent)

    async def doubted(self, job: PrintJob, why: str, sent: int) -> Went:
        """It may be on paper or not."""
        sentence = self._sentence(f"{why.rstrip('.')}. It comes again, marked as a copy.")
        await self._settle(job, JobState.DOUBT, "doubt", sentence, sent=sent)
        self._noted(None, why)
        return Went.NOT_NOW

    async def _not_held_any_more(self, job: PrintJob) -> Went:
        """The printer works again and nobody waited on the line for the end of what it held."""
        return await self.doubted(job, "it works again, but what it held may be lost", 0)

    async def _not_begun(self, job: PrintJob, trouble: Exception) -> Went:
        """Nothing was sent. It is written down once for each reason, not every second."""
        sentence = self._sentence(said(trouble))
        if not isinstance(trouble, NotReady):
            self._noted(None, said(trouble))
        if job.trouble != sentence and job.state is not JobState.HELD:
            await self._settle(job, job.state, "refused", sentence)
        return Went.NOT_NOW

    def _sentence(self, why: str) -> str:
        return f"{self._printer.name}: {why}"[:500]

    async def _settle(
        self, job: PrintJob, state: JobState, result: str, trouble: str | None, *, ack: str | None = None, sent: int = 0
    ) -> bool:
        ms = round((asyncio.get_running_loop().time() - self._begun) * 1000)
        outcome = Outcome(state, result, self._begun_at, ms, trouble and trouble[:500], ack, sent)
        told_after = timedelta(seconds=self._limits.told_after_s)
        kept = await self._ground.write_down(lambda tx: keeping.settle(tx, job, outcome, told_after))
        if kept:
            job.state, job.trouble = state, outcome.trouble
            job.troubled_at = (job.troubled_at or clock.now()) if outcome.trouble else None
        return kept


def said(trouble: BaseException) -> str:
    """Why it went wrong, as it is read after the printer's name."""
    if isinstance(trouble, NotReady | Silent | AddressRefused):
        return str(trouble)
    if isinstance(trouble, TimeoutError):
        return "it does not answer in time"
    if isinstance(trouble, ConnectionRefusedError):
        return "it is switched off or not in the network (refused)"
    if isinstance(trouble, ConnectionError):
        return HUNG_UP
    return str(getattr(trouble, "strerror", None) or trouble)
