"""What waits at the printers."""

from __future__ import annotations

from sqlalchemy import func, select

from kiosk.core.db import Read
from kiosk.printing.models import JobState, Printer, PrintJob

ROLES_OF_PRINTERS = select(Printer.id, Printer.prints).where(Printer.active).order_by(Printer.id)
"""Every active printer with the roles it prints, for those who look up more at the same time."""
_ACTIVE = select(Printer).where(Printer.active).order_by(Printer.id)
WAITING = (JobState.QUEUED, JobState.SENDING, JobState.FAILED)


async def printers_for(read: Read, role: str) -> list[Printer]:
    """The active printers that print this role, such as `receipt`."""
    found = await read.session.scalars(_ACTIVE)
    return [printer for printer in found if role in printer.prints]


async def busy_printers(read: Read) -> list[Printer]:
    """The printers for which something waits."""
    mine = select(PrintJob.printer_id).where(PrintJob.state.in_(WAITING))
    return list(await read.session.scalars(select(Printer).where(Printer.id.in_(mine)).order_by(Printer.id)))


async def waiting(read: Read, printer_id: int, after: int = 0, limit: int = 50) -> list[PrintJob]:
    """The next jobs of a printer that are not on paper yet, in order, after the job with this id."""
    mine = (PrintJob.printer_id == printer_id, PrintJob.state.in_(WAITING), PrintJob.id > after)
    return list(await read.session.scalars(select(PrintJob).where(*mine).order_by(PrintJob.id).limit(limit)))


async def count_waiting(read: Read) -> int:
    """How many documents are not on paper yet."""
    return (await read.session.execute(select(func.count()).where(PrintJob.state.in_(WAITING)))).scalar_one()
