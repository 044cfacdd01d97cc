"""The gestures of paper, the public face of the slice: documents into queues, printers set up, what is stuck moved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, select, update

from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.printing import queries
from kiosk.printing.documents import TestPage
from kiosk.printing.events import JobChanged, PrintQueued
from kiosk.printing.job_acts import cancel_job, mark_done, reprint_job, retry_job, send_elsewhere
from kiosk.printing.models import JobState, Printer, PrintJob
from kiosk.printing.set_up import add_printer, change_printer, remove_printer
from kiosk.staff import service as staff

__all__ = [
    "add_printer",
    "cancel_job",
    "change_printer",
    "enqueue",
    "mark_done",
    "print_on",
    "remove_printer",
    "reprint_job",
    "retry_job",
    "send_elsewhere",
    "test_page",
    "withdraw",
]

_JOBS = insert(cast(Table, PrintJob.__table__))


def print_on(
    tx: Tx,
    printer_ids: Sequence[int],
    document: dict[str, Any],
    *,
    kind: str,
    cause: str,
    check_id: int | None = None,
    label: str = "",
    not_before: datetime | None = None,
) -> None:
    """Let a document be printed whose cause never was before, not before an instant; written at the transaction's end.

    `label` is what people know it by, such as the table; `check_id` the check whose tile shows when it does not come.
    """
    told = {"kind": kind, "cause": cause, "document": document, "check_id": check_id, "label": label[:200]}
    for printer_id in printer_ids:
        job = {"id": new_id(), "printer_id": printer_id, **told, "not_before": not_before}
        tx.later(_JOBS, {**job, "queued_at": tx.at})
        tx.announce(PrintQueued(printer_id))


async def enqueue(tx: Tx, document: dict[str, Any], *, kind: str, cause: str, role: str, **told: Any) -> int:
    """Let a document be printed wherever its role is printed, in the transaction that causes it.

    The same cause is printed once by each printer. `told` as in `print_on`. Returns how many jobs were made.
    """
    printers = await queries.printers_for(tx, role)
    known = select(PrintJob.printer_id).where(
        PrintJob.printer_id.in_([printer.id for printer in printers]), PrintJob.cause == cause
    )
    has_it = set(await tx.session.scalars(known)) if printers else set()
    left = [printer.id for printer in printers if printer.id not in has_it]
    print_on(tx, left, document, kind=kind, cause=cause, **told)
    return len(left)


async def withdraw(tx: Tx, causes: Collection[str]) -> int:
    """Let these not be printed as far as they still wait; returns how many that were, over all printers.

    Fewer than there are means that a printer has some already, or is being given them now.
    """
    waits = (PrintJob.state == JobState.QUEUED, PrintJob.cause.in_(causes))
    seen = select(PrintJob.id, PrintJob.printer_id, PrintJob.check_id, PrintJob.troubled_at).where(*waits)
    found = (await tx.session.execute(seen)).all()
    mine = (PrintJob.id.in_([job_id for job_id, *_ in found]), PrintJob.state == JobState.QUEUED)
    gone = {"state": JobState.CANCELLED, "troubled_at": None, "trouble": None}
    count = await tx.change(update(PrintJob).where(*mine).values(**gone)) if found else 0
    for job_id, printer_id, check_id, troubled_at in found:
        tx.announce(JobChanged(job_id, printer_id, check_id if troubled_at else None))
    return count


async def test_page(tx: Tx, printer_id: int, *, by: Actor) -> int:
    """Print a page that shows what the printer understood of its set-up. Returns the job. Raises NoPrinter."""
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    printer = await queries.printer(tx, printer_id)
    job_id = new_id()
    job = {"id": job_id, "printer_id": printer_id, "kind": "test", "cause": f"test {job_id}", "label": printer.name}
    document = _test_document(printer, f"{clock.local(tx.at, (await tx.venue()).timezone):%Y-%m-%d %H:%M}")
    await tx.change(insert(PrintJob).values(**job, document=document, queued_at=tx.at))
    tx.record(Act("printer_tested", "printer", printer_id, by, {"job": job_id}))
    tx.announce(PrintQueued(printer_id))
    return job_id


def _test_document(printer: Printer, time: str) -> dict[str, Any]:
    return TestPage(
        printer=printer.name,
        time=time,
        columns=printer.columns,
        dots=printer.dots,
        code_page=printer.code_page,
        code_page_no=printer.code_page_no,
        cut=str(printer.cut.value),
        ack=str(printer.ack.value),
        drawer=str(printer.drawer_kick.value),
        buzzer=str(printer.buzzer.value),
    ).to_json()
