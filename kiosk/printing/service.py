"""The gestures of paper: set up a printer, put a document into the queue of those that print it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, insert, select

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.printing import queries
from kiosk.printing.events import PrintQueued
from kiosk.printing.models import Printer, PrinterKind, PrintJob
from kiosk.staff import service as staff

_JOBS = insert(cast(Table, PrintJob.__table__))


async def add_printer(
    tx: Tx, *, code: str, name: str, prints: Sequence[str], columns: int = 42, address: str = "", by: Actor
) -> int:
    """A printer that writes files into a folder (`address`, else the data directory), for these roles."""
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    printer_id = new_id()
    row = {"id": printer_id, "venue_id": by.venue_id, "code": code, "name": name, "kind": PrinterKind.FILE}
    await tx.change(insert(Printer).values(**row, prints=list(prints), columns=columns, address=address))
    tx.record(Act("printer_added", "printer", printer_id, by, {"code": code, "prints": list(prints)}))
    return printer_id


def print_on(tx: Tx, printer_ids: Sequence[int], document: dict[str, Any], *, kind: str, cause: str) -> None:
    """Let a document be printed whose cause never was before; written at the transaction's end."""
    for printer_id in printer_ids:
        job = {"id": new_id(), "printer_id": printer_id, "kind": kind, "cause": cause, "document": document}
        tx.later(_JOBS, {**job, "queued_at": tx.at})
        tx.announce(PrintQueued(printer_id))


async def enqueue(tx: Tx, document: dict[str, Any], *, kind: str, cause: str, role: str) -> int:
    """Let a document be printed wherever its role is printed, in the transaction that causes it.

    The same cause is printed once by each printer. Returns how many jobs were made.
    """
    made = 0
    for printer in await queries.printers_for(tx, role):
        mine = (PrintJob.printer_id == printer.id, PrintJob.cause == cause)
        if (await tx.session.scalars(select(PrintJob.id).where(*mine))).first():
            continue
        job = {"id": new_id(), "printer_id": printer.id, "kind": kind, "cause": cause, "document": document}
        await tx.change(insert(PrintJob).values(**job, queued_at=tx.at))
        tx.announce(PrintQueued(printer.id))
        made += 1
    return made
