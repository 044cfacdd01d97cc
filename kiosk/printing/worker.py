"""Takes what waits and puts it on paper, outside every transaction; trouble is written down and tried again."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import Any

from sqlalchemy import update

from kiosk.core import clock
from kiosk.core.db import Database, Tx
from kiosk.core.events import Fact
from kiosk.printing import composing, encode, layouts, queries
from kiosk.printing.errors import PrinterTrouble
from kiosk.printing.events import PrintQueued
from kiosk.printing.models import JobState, Printer, PrintJob
from kiosk.printing.rows import Paper, Slip

log = logging.getLogger(__name__)
LOOK_EVERY_S = 5.0


class PrintWorker:
    """Empties the queues of this installation's printers, each in order."""

    def __init__(self, db: Database, home: Path) -> None:
        self._db = db
        self._home = home
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with what waited when the kiosk stopped; what was being sent is sent again to the same file."""
        self._db.bus.listen(self._hear)
        self._wake.set()
        self._task = asyncio.create_task(self._run(), name="printing")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _hear(self, fact: Fact) -> None:
        if isinstance(fact, PrintQueued):
            self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._wake.wait(), LOOK_EVERY_S)
            except TimeoutError:
                log.debug("looking whether anything waits")
            self._wake.clear()
            try:
                await self.empty()
            except Exception:
                log.exception("printing failed; it is tried again in %s s", LOOK_EVERY_S)

    async def empty(self) -> int:
        """Print what waits, at all printers side by side. Returns how many documents were printed."""
        async with self._db.read() as read:
            printers = await queries.busy_printers(read)
        outcomes = await asyncio.gather(*(self._empty(printer) for printer in printers), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        return sum(outcome for outcome in outcomes if isinstance(outcome, int))

    async def _empty(self, printer: Printer) -> int:
        """Print what waits at one printer, in order; in trouble it keeps its later jobs waiting."""
        printed, last = 0, 0
        while jobs := await self._waiting(printer, last):
            for job in jobs:
                last = job.id
                try:
                    printed += await self._print(job, printer)
                except PrinterTrouble as trouble:
                    log.warning("%s", trouble)
                    await self._mark(job, state=JobState.FAILED, trouble=trouble.sentence[:500])
                    return printed
        return printed

    async def _waiting(self, printer: Printer, last: int) -> list[PrintJob]:
        async with self._db.read() as read:
            return await queries.waiting(read, printer.id, last)

    async def _print(self, job: PrintJob, printer: Printer) -> bool:
        """Put one document on paper; False when it cannot be laid out, which is not the printer's fault."""
        await self._mark(job, state=JobState.SENDING, tries=job.tries + 1)
        try:
            await asyncio.to_thread(self._write, job, printer)
        except OSError as error:
            raise PrinterTrouble(printer.name, error.strerror or error) from error
        except Exception as fault:
            if not job.tries:
                log.exception("%s cannot be laid out", job.cause)
            await self._mark(job, state=JobState.FAILED, trouble=f"{job.cause} cannot be laid out: {fault}"[:500])
            return False
        await self._mark(job, state=JobState.PRINTED, printed_at=clock.now(), trouble=None)
        return True

    async def _mark(self, job: PrintJob, **values: object) -> None:
        async def mark(tx: Tx) -> None:
            await tx.change(update(PrintJob).where(PrintJob.id == job.id).values(**values))

        await self._db.run(mark)

    def _write(self, job: PrintJob, printer: Printer) -> None:
        slip = composing.slip_for(job.document, printer)
        text = layouts.preview(slip, printer.columns)
        folder = Path(printer.address) if printer.address else self._home / "printed"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{printer.code}-{job.id}"
        _keep(folder / f"{name}.txt", ("\n".join(text) + "\n").encode())
        _keep(folder / f"{name}.bin", encode.encode(slip, composing.speech_of(printer)))


def laid_out(kept: dict[str, Any], columns: int) -> tuple[Slip, list[str]]:
    """A kept document as rows of paper and as plain lines."""
    slip = layouts.lay_out(kept, Paper(columns))
    return slip, layouts.preview(slip, columns)


def _keep(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f"{path.suffix}.part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
