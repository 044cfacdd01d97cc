"""The receipt as a document for paper and screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk.checks import service as checks
from kiosk.core import clock
from kiosk.core.models import Venue
from kiosk.payments.models import Receipt, ReceiptLine
from kiosk.payments.refunding import OpenLine
from kiosk.payments.rules import Paid, TenderKind
from kiosk.printing import documents, layouts

if TYPE_CHECKING:
    from kiosk.payments.refund_slips import Refund
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
        tip_line=venue.tip_line and not row["tip"] and any(_is_card(one) for one in settlement.paid),
    )
    return made.to_json()


def _is_card(one: Paid) -> bool:
    return one.told is not None and one.told.way is not None and one.told.way.kind is TenderKind.CARD


def _dish(share: checks.ShareLine) -> documents.DishLine:
    line = share.line
    said = (*checks.said_of(line), *([ON_THE_HOUSE] if line.comped_at else []))
    amount = 0 if line.comped_at else share.amount
    return documents.DishLine(line.quantity, line.name, line.portion_name, amount, said, share.part, share.rate_ppm)


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


def refund(made: Refund, row: dict[str, Any]) -> dict[str, Any]:
    """The frozen document of a refund: what goes back, and of which receipt."""
    venue, original = made.venue, made.original
    lines = {line.position: line for line in made.issued.lines}
    names = {tender.position: _name(made, tender.name) for tender in made.issued.tenders}
    made_of = documents.Receipt(
        venue=venue.name,
        currency_code=venue.currency_code,
        locale=venue.locale,
        number=row["number"],
        issued=f"{clock.local(row['closed_at'], venue.timezone):%Y-%m-%d %H:%M}",
        label=row["label"],
        covers=original.covers,
        waiter=row["staff"],
        cashier=row["cashier"],
        lines=tuple(_returned(lines[back.position], back, venue) for back in made.back.lines),
        taxes=tuple(_negative(tax) for tax in _rates(made.back.rows)),
        total=row["total"],
        tenders=tuple(documents.TenderLine(names[one.position], -one.given) for one in made.back.tenders),
        tax_included=venue.prices_include_tax,
        tip=row["tip"],
        cash_rounding=row["cash_rounding"],
        legal_lines=tuple(venue.legal_lines),
        heading="CORRECTION" if made.is_correction else "REFUND",
        of_number=original.number,
        reason=made.reason,
        service=row["service_charge"],
    )
    return made_of.to_json()


def corrected(made: Refund, row: dict[str, Any], tenders: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The document of a receipt issued anew with the right tender: the old one's, but for its head and its tenders."""
    if made.original.paper is None:
        return None
    anew = replace(
        documents.Receipt.from_json(made.original.paper),
        number=row["number"],
        issued=f"{clock.local(row['closed_at'], made.venue.timezone):%Y-%m-%d %H:%M}",
        cashier=row["cashier"],
        tenders=tuple(_tender_row(made, one) for one in tenders),
        tip=row["tip"],
        cash_rounding=row["cash_rounding"],
        heading="CORRECTION",
        of_number=made.original.number,
        reason=made.reason,
    )
    return anew.to_json()


def _name(made: Refund, code: str) -> str:
    return made.names.get(code, code)


def _tender_row(made: Refund, row: dict[str, Any]) -> documents.TenderLine:
    return documents.TenderLine(
        _name(made, row["name"]),
        row["given"],
        row["change_due"],
        note=row["note"],
        currency_code=row["currency_code"] or "",
        currency_given=row["currency_given"] or 0,
        rate=row["rate"] or "",
    )


def _returned(line: ReceiptLine, back: OpenLine, venue: Venue) -> documents.DishLine:
    amount = back.gross if venue.prices_include_tax else back.net
    part = line.part or ("" if back.whole else "part of")
    return documents.DishLine(-(back.whole or 1), line.item, line.portion_name, -amount, (), part, line.rate_ppm)


def _rates(rows: Sequence[OpenLine]) -> list[documents.TaxLine]:
    totals: dict[int, tuple[int, int]] = {}
    for row in rows:
        net, tax = totals.get(row.rate_ppm, (0, 0))
        totals[row.rate_ppm] = (net + row.net, tax + row.tax)
    return [documents.TaxLine(rate, net, tax, net + tax) for rate, (net, tax) in sorted(totals.items())]


def _negative(tax: documents.TaxLine) -> documents.TaxLine:
    return documents.TaxLine(tax.rate_ppm, -tax.net, -tax.tax, -tax.gross)


def copy_of(issued: Receipt, copy_no: int) -> dict[str, Any]:
    """The same document, marked as a copy."""
    return replace(documents.Receipt.from_json(issued.paper), copy_no=copy_no).to_json()


def preview(issued: Receipt) -> dict[str, Any]:
    """The receipt's paper as plain lines; an imported one has none."""
    if issued.paper is None:
        return {"paper": [], "columns": COLUMNS}
    return {"paper": layouts.lines_of(documents.Receipt.from_json(issued.paper), COLUMNS), "columns": COLUMNS}
