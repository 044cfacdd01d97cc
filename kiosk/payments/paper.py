"""The receipt as a document for paper and screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk.checks import service as checks
from kiosk.core import clock
from kiosk.payments.models import Receipt
from kiosk.printing import documents, layouts

if TYPE_CHECKING:
    from kiosk.payments.service import Settlement

COLUMNS = 42
ON_THE_HOUSE = "On the house"


def receipt(settlement: Settlement, row: dict[str, Any]) -> dict[str, Any]:
    """The frozen document of a receipt that is being issued."""
    venue, bill = settlement.venue, settlement.bill
    made = documents.Receipt(
        venue=venue.name,
        currency_code=venue.currency_code,
        locale=venue.locale,
        number=row["number"],
        issued=f"{clock.local(row['closed_at'], venue.timezone):%Y-%m-%d %H:%M}",
        label=row["label"],
        covers=row["covers"],
        waiter=row["staff"],
        cashier=row["cashier"],
        lines=_lines(settlement),
        taxes=tuple(documents.TaxLine(tax.rate_ppm, tax.net, tax.tax, tax.gross) for tax in bill.sums.by_rate),
        total=row["total"],
        tenders=tuple(documents.TenderLine(one.kind, one.given, one.change_due) for one in settlement.paid),
        tax_included=venue.prices_include_tax,
        tip=row["tip"],
        cash_rounding=row["cash_rounding"],
        legal_lines=tuple(venue.legal_lines),
    )
    return made.to_json()


def _lines(settlement: Settlement) -> tuple[documents.DishLine, ...]:
    return tuple(
        documents.DishLine(
            line.quantity,
            line.name,
            line.portion_name,
            line.amount - line.less,
            (*checks.said_of(line), *([ON_THE_HOUSE] if line.less else [])),
        )
        for line in settlement.bill.lines
    )


def copy_of(issued: Receipt, copy_no: int) -> dict[str, Any]:
    """The same document, marked as a copy."""
    return replace(documents.Receipt.from_json(issued.paper), copy_no=copy_no).to_json()


def preview(issued: Receipt) -> dict[str, Any]:
    """The receipt's paper as plain lines; an imported one has none."""
    if issued.paper is None:
        return {"paper": [], "columns": COLUMNS}
    return {"paper": layouts.preview(documents.Receipt.from_json(issued.paper), COLUMNS), "columns": COLUMNS}
