"""What the workers write down of a job: each change names the state it comes from and fails when it is another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, insert, select, update

from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.tables import Instant
from kiosk.printing.events import JobChanged
from kiosk.printing.models import JobState, PrintAttempt, Printer, PrinterKind, PrintJob
from kiosk.printing.queries import TO_PRINT

_ATTEMPTS = insert(cast(Table, PrintAttempt.__table__))
_JOBS = cast(Table, PrintJob.__table__)
_AS_SEEN = update(_JOBS).where(
    _JOBS.c.id == bindparam("mine"), _JOBS.c.state == bindparam("was"), _JOBS.c.copy_no == bindparam("was_copy")
)
_BEGIN = _AS_SEEN.values(state=JobState.SENDING, tries=_JOBS.c.tries + 1, copy_no=bindparam("its_copy"))
_ENDED = _AS_SEEN.values(
    state=bindparam("becomes"),
    trouble=bindparam("why"),
    ack=bindparam("proof"),
    tries=_JOBS.c.tries + bindparam("more"),
    first_sent_at=func.coalesce(_JOBS.c.first_sent_at, bindparam("first", type_=Instant())),
)
_PRINTED = _ENDED.values(printed_at=bindparam("at"), troubled_at=None)
_TROUBLED = _ENDED.values(troubled_at=func.coalesce(_JOBS.c.troubled_at, bindparam("at", type_=Instant())))
"""Made once: each paper is changed by two of them."""
CLOCKS_DIFFER = timedelta(seconds=2)
NO_SENTENCE = "It waits for its turn at the printer."


@dataclass(frozen=True)
class Outcome:
    """What came of a try: where the job is now, what the printer did, and why it is not on paper."""

    state: JobState
    result: str
    begun_at: datetime
    ms: int
    trouble: str | None = None
    ack: str | None = None
    bytes_sent: int = 0


def _seen(job: PrintJob) -> dict[str, Any]:
    """The job as it was seen, as the statements take it."""
    return {"mine": job.id, "was": job.state, "was_copy": job.copy_no}


def due_at(job: PrintJob) -> datetime:
    """When it can be printed at the earliest."""
    return job.not_before or job.queued_at


def is_early(job: PrintJob, at: datetime) -> bool:
    """Whether its time has not come. A clock that was set back to before it was queued holds nothing up."""
    return job.not_before is not None and job.queued_at - CLOCKS_DIFFER <= at < job.not_before


async def begin(tx: Tx, job: PrintJob, copy_no: int) -> bool:
    """Bytes of it may leave from now on; False when somebody called it off or moved it meanwhile."""
    return bool(await tx.change(_BEGIN, {**_seen(job), "its_copy": copy_no}))


async def settle(tx: Tx, job: PrintJob, outcome: Outcome, told_after: timedelta) -> bool:
    """Write down what came of a try; False when the job is not as `job` says any more.

    People hear of a job that is late or in trouble, and of its end; of no other.
    """
    is_told = bool(outcome.trouble) or job.troubled_at is not None or tx.at - due_at(job) > told_after
    is_printed = outcome.state is JobState.PRINTED
    told = {
        "becomes": outcome.state,
        "why": outcome.trouble,
        "proof": outcome.ack,
        "more": int(job.state is not JobState.SENDING),
        "first": outcome.begun_at if outcome.bytes_sent else None,
        "at": tx.at,
    }
    if not await tx.change(_PRINTED if is_printed else _TROUBLED, {**_seen(job), **told}):
        return False
    tx.later(_ATTEMPTS, _attempt(job, outcome))
    tx.announce(JobChanged(job.id, job.printer_id, job.check_id if is_told else None))
    return True


def _attempt(job: PrintJob, outcome: Outcome) -> dict[str, Any]:
    told = {"ms": outcome.ms, "bytes_sent": outcome.bytes_sent, "result": outcome.result, "trouble": outcome.trouble}
    mine = {"id": new_id(), "job_id": job.id, "printer_id": job.printer_id, "copy_no": job.copy_no}
    return {**mine, "begun_at": outcome.begun_at, **told}


async def recover(tx: Tx, printer: Printer) -> int:
    """What was being sent when nobody wrote down its end is in doubt; a file is simply written again."""
    mine = (PrintJob.printer_id == printer.id, PrintJob.state == JobState.SENDING)
    if printer.kind is PrinterKind.FILE:
        return await tx.change(update(PrintJob).where(*mine).values(state=JobState.QUEUED))
    found = (await tx.session.execute(select(PrintJob.id, PrintJob.check_id).where(*mine))).all()
    why = f"{printer.name}: the kiosk stopped while this was being printed. It comes again, marked as a copy."
    sent_at = func.coalesce(PrintJob.first_sent_at, tx.at)
    told_at = func.coalesce(PrintJob.troubled_at, tx.at)
    values = {"state": JobState.DOUBT, "trouble": why, "first_sent_at": sent_at, "troubled_at": told_at}
    if found:
        await tx.change(update(PrintJob).where(*mine).values(**values))
    for job_id, check_id in found:
        tx.announce(JobChanged(job_id, printer.id, check_id))
    return len(found)


async def try_again(tx: Tx) -> int:
    """What an earlier kiosk gave up for a printer's trouble, of which it told nobody, waits again."""
    mine = (PrintJob.state == JobState.FAILED, PrintJob.troubled_at.is_(None))
    return await tx.change(update(PrintJob).where(*mine).values(state=JobState.QUEUED))


async def tell_late(tx: Tx, told_after: timedelta) -> int:
    """Tell people of what was due so long ago and is not on paper. Returns how many that were."""
    due = func.coalesce(PrintJob.not_before, PrintJob.queued_at)
    late = (PrintJob.state.in_(TO_PRINT), PrintJob.troubled_at.is_(None), due <= tx.at - told_after)
    found = (await tx.session.execute(select(PrintJob.id, PrintJob.printer_id, PrintJob.check_id).where(*late))).all()
    if found:
        values = {"troubled_at": tx.at, "trouble": func.coalesce(PrintJob.trouble, NO_SENTENCE)}
        mine = (PrintJob.id.in_([job_id for job_id, *_ in found]), PrintJob.state.in_(TO_PRINT))
        await tx.change(update(PrintJob).where(*mine).values(**values))
    for job_id, printer_id, check_id in found:
        tx.announce(JobChanged(job_id, printer_id, check_id))
    return len(found)
