"""A paper that goes to another printer: the job stays as a record, a child of it is printed there."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.printing.events import JobChanged, PaperUnwanted, PrintQueued
from kiosk.printing.models import JobState, PrintJob


async def reroute(tx: Tx, job: PrintJob, printer_id: int, *, why: str, asked_by: str = "") -> int | None:
    """Let another printer print a job that is as `job` says; returns the child's id, None when it has moved on.

    A child of what may be on paper already is marked as another copy; every child says for whom it stands in.
    """
    left = (PrintJob.id == job.id, PrintJob.state == job.state, PrintJob.copy_no == job.copy_no)
    told = {"state": JobState.REROUTED, "trouble": why[:500], "troubled_at": job.troubled_at or tx.at}
    if not await tx.change(update(PrintJob).where(*left).values(**told)):
        return None
    child = {name: getattr(job, name) for name in ("kind", "document", "check_id", "label")}
    child |= {"id": new_id(), "printer_id": printer_id, "cause": await _cause(tx, job, printer_id)}
    child |= {"copy_no": job.copy_no + (job.first_sent_at is not None), "rerouted_from": job.id}
    await tx.change(insert(PrintJob).values(**child, queued_at=tx.at, asked_by=asked_by or job.asked_by))
    tx.announce(JobChanged(job.id, job.printer_id, job.check_id))
    if job.first_sent_at:
        tx.announce(PaperUnwanted(job.printer_id))
    tx.announce(PrintQueued(printer_id))
    return int(child["id"])


async def _cause(tx: Tx, job: PrintJob, printer_id: int) -> str:
    """The same cause, so that what follows finds where the paper went; another where that printer has it itself."""
    theirs = select(PrintJob.id).where(PrintJob.printer_id == printer_id, PrintJob.cause == job.cause)
    has_it = (await tx.session.execute(theirs)).first() is not None
    return f"{job.cause[:90]} from {job.id}" if has_it else job.cause
