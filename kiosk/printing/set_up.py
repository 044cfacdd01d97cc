"""Printers are added, set up otherwise and taken away, by whoever may change devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select, update

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.printing import queries, rules
from kiosk.printing.errors import BackupInCircle, PrinterCodeTaken, PrinterHasPaperwork, SetUpRefused
from kiosk.printing.events import PrinterChanged
from kiosk.printing.models import Ack, Buzzer, Cut, DrawerKick, Names, Printer, PrinterKind, PrintJob
from kiosk.staff import service as staff

CHOICES: dict[str, type[StrEnum]] = {
    "kind": PrinterKind,
    "cut": Cut,
    "ack": Ack,
    "drawer_kick": DrawerKick,
    "buzzer": Buzzer,
    "names": Names,
}
FIGURES = ("columns", "dots", "code_page_no", "till", "backup_id", "backup_after_s")
ANSWERING = (PrinterKind.TCP, PrinterKind.USB, PrinterKind.SERIAL)
MAY_LACK = ("till", "backup_id")
"""What a printer can be without."""
SET_UP = ("name", "address", "prints", "code_page", "language", *CHOICES, *FIGURES)
"""What of a printer can be set up, all but its short name."""


async def add_printer(
    tx: Tx, *, code: str, name: str, prints: Sequence[str], columns: int = 42, by: Actor, **set_up: Any
) -> int:
    """A new printer for these roles; without a kind it writes files into a folder. `set_up` are columns of `Printer`.

    Raises PrinterCodeRefused, PrinterCodeTaken, PrinterNeedsName, AddressRefused, SetUpRefused or BackupInCircle.
    """
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    printer_id = new_id()
    told = {"kind": PrinterKind.FILE, "address": "", "name": name, "prints": list(prints), "columns": columns, **set_up}
    if told["kind"] in ANSWERING:
        # Whoever prints without proof must have chosen that: nearly every printer can give this one.
        told.setdefault("ack", Ack.GS_R)
    row = await _fit(tx, printer_id, told)
    taken = select(Printer.id).where(Printer.venue_id == by.venue_id, Printer.code == rules.check_code(code))
    if (await tx.session.execute(taken)).first():
        raise PrinterCodeTaken(code)
    await tx.change(insert(Printer).values(id=printer_id, venue_id=by.venue_id, code=code, **row))
    tx.record(Act("printer_added", "printer", printer_id, by, {"code": code, **row}))
    tx.announce(PrinterChanged(printer_id))
    return printer_id


async def change_printer(tx: Tx, printer_id: int, *, by: Actor, **set_up: Any) -> None:
    """Set a printer up otherwise; what is not said stays. Raises NoPrinter and what `add_printer` raises."""
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    printer = await queries.printer(tx, printer_id)
    before = {name: getattr(printer, name) for name in SET_UP}
    row = await _fit(tx, printer_id, {**before, **set_up})
    changes = {name: value for name, value in row.items() if value != before[name]}
    if changes:
        await tx.change(update(Printer).where(Printer.id == printer_id).values(**changes))
        was = {name: before[name] for name in changes}
        tx.record(Act("printer_changed", "printer", printer_id, by, {"was": was, "is": changes}))
        tx.announce(PrinterChanged(printer_id))


async def remove_printer(tx: Tx, printer_id: int, *, by: Actor) -> None:
    """Take a printer away for which nothing waits; it stands in for nobody any more.

    Raises NoPrinter or PrinterHasPaperwork.
    """
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    printer = await queries.printer(tx, printer_id)
    if count := await _waiting(tx, printer_id):
        raise PrinterHasPaperwork(printer.name, count)
    # Its short name is free for the printer that comes in its place.
    gone = {"active": False, "code": f"{printer.code[:40]} {printer_id}", "backup_id": None}
    await tx.change(update(Printer).where(Printer.id == printer_id).values(**gone))
    await tx.change(update(Printer).where(Printer.backup_id == printer_id).values(backup_id=None))
    tx.record(Act("printer_removed", "printer", printer_id, by, {"code": printer.code, "name": printer.name}))
    tx.announce(PrinterChanged(printer_id))


async def _waiting(tx: Tx, printer_id: int) -> int:
    mine = (PrintJob.printer_id == printer_id, PrintJob.state.in_(queries.WAITING))
    return (await tx.session.execute(select(func.count()).where(*mine))).scalar_one()


async def _fit(tx: Tx, printer_id: int, told: Mapping[str, Any]) -> dict[str, Any]:
    """A set-up as it is kept, once nothing in it is refused."""
    for name, value in told.items():
        if name not in SET_UP:
            raise SetUpRefused(f"A printer has no “{name}”.")
        if value is None and name not in MAY_LACK:
            raise SetUpRefused(f"A printer must have its {name.replace('_', ' ')}. Leave it as it is, or choose one.")
    row = {**told, **{name: _choice(name, told[name]) for name in CHOICES if name in told}}
    row["name"] = rules.clean_name(row["name"])
    row["prints"] = list(dict.fromkeys(row["prints"]))
    rules.check_set_up(row)
    rules.READ_AS[row["kind"].value](row["address"])
    await _check_backup(tx, printer_id, row.get("backup_id"))
    return row


def _choice(name: str, value: str) -> StrEnum:
    try:
        return CHOICES[name](value)
    except ValueError as unknown:
        known = ", ".join(CHOICES[name])
        raise SetUpRefused(f"“{value}” is not possible as {name.replace('_', ' ')}. Known are {known}.") from unknown


async def _check_backup(read: Read, printer_id: int, backup_id: int | None) -> None:
    """Whoever stands in must not end up with whom it stands in for, nor in a circle two people closed at once."""
    first: Printer | None = None
    met = {printer_id}
    while backup_id:
        backup = await queries.printer(read, backup_id)
        first = first or backup
        if backup.id in met:
            raise BackupInCircle(first.name)
        met.add(backup.id)
        backup_id = backup.backup_id
