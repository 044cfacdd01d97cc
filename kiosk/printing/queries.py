"""What waits at the printers."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core.db import Read
from kiosk.printing.models import JobState, Printer, PrintJob


async def printers_for(read: Read, role: str) -> list[Printer]:
    """The active printers that print this role, such as `receipt`."""
    found = await read.session.scalars(select(Printer).where(Printer.active).order_by(Printer.id))
    return [printer for printer in found if role in printer.prints]


async def waiting(read: Read, limit: int = 50) -> list[tuple[PrintJob, Printer]]:
    """Jobs that are not on paper yet, with their printers, in order."""
    found = (
        select(PrintJob, Printer)
        .join(Printer, Printer.id == PrintJob.printer_id)
        .where(PrintJob.state.in_([JobState.QUEUED, JobState.SENDING, JobState.FAILED]))
        .order_by(PrintJob.printer_id, PrintJob.id)
        .limit(limit)
    )
    return [(job, printer) for job, printer in await read.session.execute(found)]
