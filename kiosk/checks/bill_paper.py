"""The guest's bill on paper: what a check comes to, as it is asked for; no receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kiosk.checks.firing import said_of
from kiosk.checks.models import Check, CheckLine
from kiosk.checks.rules import Sums
from kiosk.core import clock
from kiosk.core.db import Tx
from kiosk.core.models import Venue
from kiosk.printing import papers
from kiosk.printing import queries as printing_queries
from kiosk.printing import service as printing
from kiosk.printing.documents import Bill, DishLine, TaxLine

ON_THE_HOUSE = "On the house"


async def print_bill(tx: Tx, check: Check, lines: Sequence[CheckLine], whole: Sums) -> None:
    """Print the bill of a locked check where bills are printed, else where receipts are.

    The same bill again is marked as a copy; one that still waits at a printer is replaced.
    """
    [printers] = await tx.look_up((printing_queries.ROLES_OF_PRINTERS, {}))
    to = [printer_id for printer_id, roles in printers if "bill" in roles]
    to = to or [printer_id for printer_id, roles in printers if "receipt" in roles]
    if not to:
        return
    document = _bill(check, lines, whole, await tx.venue(), tx.at).to_json()
    document["copy_no"] = await _copy_no(tx, check.id, document)
    cause = f"bill {check.id} {check.version}"
    printing.print_on(tx, to, document, kind=Bill.KIND, cause=cause, check_id=check.id, label=check.label)


async def withdraw(tx: Tx, check_id: int) -> None:
    """A bill that still waits at a printer is not wanted any more."""
    last = await papers.last_of_check(tx, check_id, Bill.KIND)
    if last:
        await printing.withdraw(tx, [last.cause])


async def _copy_no(tx: Tx, check_id: int, document: dict[str, Any]) -> int:
    """How many times the guests will have this bill, with what is on it now."""
    last = await papers.last_of_check(tx, check_id, Bill.KIND)
    if last is None:
        return 1
    printers = await printing_queries.printed_by(tx, [last.cause])
    none_has_it = await printing.withdraw(tx, [last.cause]) >= len(printers[last.cause])
    if _but_for_the_hour(last.document) != _but_for_the_hour(document):
        return 1
    return int(last.document["copy_no"]) + (not none_has_it)


def _but_for_the_hour(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in {"time", "copy_no"}}


def _bill(check: Check, lines: Sequence[CheckLine], whole: Sums, venue: Venue, at: datetime) -> Bill:
    comped = sum(line.amount for line in lines if line.comped_at)
    return Bill(
        venue=venue.name,
        currency_code=venue.currency_code,
        locale=venue.locale,
        number=f"#{check.number}",
        label=check.label,
        covers=check.covers,
        waiter=check.waiter,
        time=f"{clock.local(at, venue.timezone):%Y-%m-%d %H:%M}",
        lines=tuple(_line(line) for line in lines),
        taxes=tuple(TaxLine(tax.rate_ppm, tax.net, tax.tax, tax.gross) for tax in whole.by_rate),
        total=whole.total,
        discount=whole.less - comped,
        service=_service(whole, venue),
        paid=check.paid,
        tax_included=venue.prices_include_tax,
        tip_line=venue.tip_line,
        legal_lines=tuple(venue.legal_lines),
    )


def _service(whole: Sums, venue: Venue) -> int:
    if whole.service is None:
        return 0
    return whole.service.gross if venue.prices_include_tax else whole.service.net


def _line(line: CheckLine) -> DishLine:
    said = (*said_of(line), *([ON_THE_HOUSE] if line.comped_at else []))
    amount = 0 if line.comped_at else line.amount
    return DishLine(line.quantity, line.name, line.portion_name, amount, said, rate_ppm=line.rate_ppm)
