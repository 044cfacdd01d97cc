"""The receipt as a document for paper and screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk.checks import service as checks
from kiosk.core import clock
from kiosk.payments.models import Receipt
from kiosk.payments.rules import Paid
from kiosk.payments.shares import ShareLine
from kiosk.printing import documents, layouts

if TYPE_CHECKING:
    from kiosk.payments.settling import Settlement

COLUMNS = 42
ON_THE_HOUSE = "On the house"


def receipt(settlement: Settlement, row: dict[str, Any]) -> dict[str, Any]:
    """The frozen document of a receipt that is being issued."""
    venue, share = settlement.venue, settlement.share
    comped = sum(line.amount for line in share.lines if line.line.comped_at)
    made = documents.Receipt(
        venue=venue.name,
        currency_code=venue.currency_code,
        locale=venue.locale,
        number=row["number"],
        issued=f"{clock.local(row['closed_at'], venue.timezone):%Y-%m-%d %H:%M}",
        label=row["label"],
        covers=share.check.covers,
        waiter=row["staff"],
        cashier=row["cashier"],
        lines=tuple(_dish(line) for line in share.lines),
        taxes=tuple(documents.TaxLine(tax.rate_ppm, tax.net, tax.tax, tax.gross) for tax in share.sums.by_rate),
        total=row["total"],
        tenders=tuple(_tender(one) for one in settlement.paid),
        tax_included=venue.prices_include_tax,
        tip=row["tip"],
        cash_rounding=row["cash_rounding"],
        legal_lines=tuple(venue.legal_lines),
        share_no=row["share_no"] if row["share_no"] > 1 or not share.is_last else 0,
        discount=row["discount"] - comped,
        service=row["service_charge"],
    )
    return made.to_json()


def _dish(share: ShareLine) -> documents.DishLine:
    line = share.line
    said = (*checks.said_of(line), *([ON_THE_HOUSE] if line.comped_at else []))
    amount = 0 if line.comped_at else share.amount
    return documents.DishLine(line.quantity, line.name, line.portion_name, amount, said, share.part)


def _tender(one: Paid) -> documents.TenderLine:
    told = one.told
    name = told.way.name if told and told.way else one.kind
    foreign = told.foreign if told else None
    return documents.TenderLine(
        name,
        one.given,
        one.change_due,
        note=told.note if told else "",
        currency_code=foreign.currency_code if foreign else "",
        currency_given=foreign.given if foreign else 0,
        rate=foreign.rate if foreign else "",
    )


def copy_of(issued: Receipt, copy_no: int) -> dict[str, Any]:
    """The same document, marked as a copy."""
    return replace(documents.Receipt.from_json(issued.paper), copy_no=copy_no).to_json()


def preview(issued: Receipt) -> dict[str, Any]:
    """The receipt's paper as plain lines; an imported one has none."""
    if issued.paper is None:
        return {"paper": [], "columns": COLUMNS}
    return {"paper": layouts.preview(documents.Receipt.from_json(issued.paper), COLUMNS), "columns": COLUMNS}
