"""What people do with a paper that is not where it should be: try again, print again, elsewhere, or give it up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import update

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.printing import queries
from kiosk.printing.errors import JobMovedOn, ReasonMissing, SamePrinter
from kiosk.printing.events import JobChanged, PaperUnwanted, PrintQueued
from kiosk.printing.models import JobState, PrintJob
from kiosk.printing.rerouting import reroute
from kiosk.staff import service as staff

HANDS = (Permission.FIRE, Permission.SETTLE, Permission.BUMP)
"""Whoever sends, cooks or takes money may look after a paper that does not come."""
BY_A_PERSON = "person"
STUCK = (JobState.QUEUED, JobState.DOUBT, JobState.HELD, JobState.FAILED)
WORDS = {
    JobState.QUEUED: "waiting",
    JobState.SENDING: "being printed",
    JobState.PRINTED: "on paper",
    JobState.DOUBT: "in doubt",
    JobState.HELD: "in the printer",
    JobState.FAILED: "not printable",
    JobState.REROUTED: "at another printer",
    JobState.CANCELLED: "given up",
}


async def retry_job(tx: Tx, job_id: int, *, by: Actor) -> None:
    """Try at once what is stuck; what may be on paper already is marked when it comes again.

    Raises NoJob or JobMovedOn.
    """
    await staff.must(tx, by, _hand(by))
    job = await _stuck(tx, job_id)
    becomes = {JobState.FAILED: JobState.QUEUED, JobState.HELD: JobState.DOUBT}.get(job.state, job.state)
    if job.state is JobState.FAILED and job.first_sent_at:
        becomes = JobState.DOUBT
    await _move(tx, job, state=becomes, not_before=None)
    tx.announce(PrintQueued(job.printer_id))
    _record(tx, "paper_retried", job, by)


async def reprint_job(tx: Tx, job_id: int, *, by: Actor) -> int:
    """Print again what is on paper, marked as another copy with who asked for it. Returns the number of the copy.

    Raises NoJob or JobMovedOn.
    """
    await staff.must(tx, by, Permission.REPRINT)
    job = await queries.job(tx, job_id)
    if job.state is not JobState.PRINTED:
        raise _moved_on(job)
    copy_no = job.copy_no + 1
    again = {"state": JobState.QUEUED, "copy_no": copy_no, "queued_at": tx.at, "not_before": None, "printed_at": None}
    await _move(tx, job, **again, asked_by=by.name, ack=None, troubled_at=None, trouble=None)
    tx.announce(PrintQueued(job.printer_id))
    _record(tx, "paper_reprinted", job, by, copy=copy_no)
    return copy_no


async def send_elsewhere(tx: Tx, job_id: int, printer_id: int, *, by: Actor) -> int:
    """Print something stuck at another printer, marked as standing in. Returns the id of the job there.

    Raises NoJob, NoPrinter, SamePrinter or JobMovedOn.
    """
    await staff.must(tx, by, _hand(by))
    job, printer = await _stuck(tx, job_id), await queries.printer(tx, printer_id)
    if printer.id == job.printer_id:
        raise SamePrinter(printer.name)
    child = await reroute(tx, job, printer.id, why=f"Sent to {printer.name} by {by.name}.", asked_by=by.name)
    if child is None:
        raise _moved_on(await queries.job(tx, job_id))
    _record(tx, "paper_rerouted", job, by, to=printer.id)
    return child


async def cancel_job(tx: Tx, job_id: int, reason: str, *, by: Actor) -> None:
    """Give up a paper that is not printed, for a reason. Raises ReasonMissing, NoJob or JobMovedOn."""
    await staff.must(tx, by, Permission.CANCEL_PRINT)
    if not (reason := " ".join(reason.split())[:200]):
        raise ReasonMissing
    job = await _stuck(tx, job_id)
    await _move(tx, job, state=JobState.CANCELLED, troubled_at=None, trouble=f"Given up by {by.name}: {reason}"[:500])
    if job.first_sent_at:
        tx.announce(PaperUnwanted(job.printer_id))
    _record(tx, "paper_cancelled", job, by, reason=reason)


async def mark_done(tx: Tx, job_id: int, *, by: Actor) -> None:
    """A person has seen the paper: it is not printed again. Raises NoJob or JobMovedOn."""
    await staff.must(tx, by, Permission.CANCEL_PRINT)
    job = await _stuck(tx, job_id)
    await _move(tx, job, state=JobState.PRINTED, printed_at=tx.at, ack=BY_A_PERSON, troubled_at=None, trouble=None)
    _record(tx, "paper_seen", job, by)


def _hand(by: Actor) -> Permission:
    return next(filter(by.may, HANDS), Permission.FIRE)


async def _stuck(tx: Tx, job_id: int, states: Iterable[JobState] = STUCK) -> PrintJob:
    job = await queries.job(tx, job_id)
    if job.state not in states:
        raise _moved_on(job)
    return job


async def _move(tx: Tx, job: PrintJob, **values: Any) -> None:
    """Change a job that is still as it was seen, and tell whoever looks at it."""
    seen = (PrintJob.id == job.id, PrintJob.state == job.state, PrintJob.copy_no == job.copy_no)
    if not await tx.change(update(PrintJob).where(*seen).values(**values)):
        raise _moved_on(await queries.job(tx, job.id))
    tx.announce(JobChanged(job.id, job.printer_id, job.check_id))


def _moved_on(job: PrintJob) -> JobMovedOn:
    return JobMovedOn(what_of(job), WORDS[job.state])


def what_of(job: PrintJob) -> str:
    """What people call a paper: its kind and whose it is."""
    return " ".join(filter(None, (f"The {job.kind}", job.label))) if job.label else f"The paper “{job.cause}”"


def _record(tx: Tx, act: str, job: PrintJob, by: Actor, **told: Any) -> None:
    tx.record(Act(act, "paper", job.id, by, {"cause": job.cause, "printer": job.printer_id, **told}))
