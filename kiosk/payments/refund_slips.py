"""What a refund's receipt is made of: the slip of what goes back, everything of it negative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.core.actor import Actor
from kiosk.core.db import Tx
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.payments import issuing, paper
from kiosk.payments.issuing import Row, Slip, Till
from kiosk.payments.models import Receipt, ReceiptLine, Tender
from kiosk.payments.receipts import Issued
from kiosk.payments.refunding import Back, Returned
from kiosk.payments.rules import ReceiptKind, TenderKind


@dataclass(frozen=True)
class Refund:
    """Everything a refund's receipt is made of, before its number is drawn."""

    venue: Venue
    issued: Issued
    back: Back
    by: Actor
    reason: str
    names: Mapping[str, str]
    till: Till | None = None
    is_correction: bool = False
    is_undo: bool = False

    @property
    def original(self) -> Receipt:
        return self.issued.receipt


def refund_slip(tx: Tx, made: Refund, *, covers: int = 0) -> Slip:
    """The slip of a refund: everything of it negative."""
    return Slip(
        head=_head(tx, made) | {"covers": -covers},
        lines=[_line(place, made, line.position) for place, line in enumerate(made.back.lines)],
        taxes=_taxes(made.back),
        tenders=[_tender(place, made, one) for place, one in enumerate(made.back.tenders)],
        paper=lambda head: paper.refund(made, head),
    )


def with_till(slip: Slip, till: Till | None) -> Slip:
    """The slip with its cash in a drawer."""
    rows = [
        row | {"drawer_id": till.drawer_id if till and row["kind"] is TenderKind.CASH else None} for row in slip.tenders
    ]
    return replace(slip, tenders=rows, till=till)


def _head(tx: Tx, made: Refund) -> Row:
    original, back = made.original, made.back
    service = back.service
    charge = (service.gross if made.venue.prices_include_tax else service.net) if service else 0
    net, tax = sum(row.net for row in back.rows), sum(row.tax for row in back.rows)
    less = sum(row.less for row in back.lines)
    priced = net + tax if made.venue.prices_include_tax else net
    return issuing.head_of(tx, made.venue, made.by) | {
        "kind": ReceiptKind.REFUND,
        "refunds_id": original.id,
        "check_id": original.check_id,
        "share_no": original.share_no,
        "label": original.label,
        "staff_id": original.staff_id,
        "staff": original.staff,
        "opened_at": original.opened_at,
        "gross_lines": -(priced - charge + less),
        "discount": -less,
        "service_charge": -charge,
        "net": -net,
        "tax": -tax,
        "total": -back.total,
        "cash_rounding": -sum(one.rounding for one in back.tenders),
        "tip": -back.tip,
        "reason": made.reason,
        "is_correction": made.is_correction,
        "is_undo": made.is_undo,
    }


def line_of(made: Refund, position: int) -> ReceiptLine:
    """The line that something goes back of."""
    return next(one for one in made.issued.lines if one.position == position)


def _line(place: int, made: Refund, position: int) -> Row:
    line = line_of(made, position)
    back = next(one for one in made.back.lines if one.position == position)
    return {
        "position": place,
        "line_id": line.line_id,
        "category": line.category,
        "item": line.item,
        "portion_name": line.portion_name,
        "quantity": -back.whole,
        "unit_price": line.unit_price,
        "amount": -back.gross,
        "rate_ppm": line.rate_ppm,
        "net": -back.net,
        "tax": -back.tax,
        "less": -back.less,
        "part": line.part,
        "of_position": position,
        "cost": _cost(made, line),
    }


def _cost(made: Refund, line: ReceiptLine) -> Money | None:
    """A refund gives no goods back; what is undone or put right was never sold on this receipt."""
    if line.cost is None or not (made.is_undo or made.is_correction):
        return None if line.cost is None else 0
    return -line.cost


def _taxes(back: Back) -> list[Row]:
    rows = []
    for rate in sorted({row.rate_ppm for row in back.rows}):
        mine = [row for row in back.rows if row.rate_ppm == rate]
        net, tax = sum(row.net for row in mine), sum(row.tax for row in mine)
        rows.append({"rate_ppm": rate, "net": -net, "tax": -tax, "gross": -net - tax})
    return rows


def tender_of(issued: Issued, one: Returned) -> Tender:
    """The tender that something goes back to."""
    return next(tender for tender in issued.tenders if tender.position == one.position)


def _given(made: Refund, tender: Tender, one: Returned) -> Row:
    """What goes back is in our own currency; but what is undone or put right was never given, note and change."""
    if not (tender.currency_code and (made.is_undo or made.is_correction)):
        return {"given": -one.given, "change_due": 0}
    assert tender.currency_given is not None
    notes = {"currency_code": tender.currency_code, "currency_given": -tender.currency_given, "rate": tender.rate}
    return {"given": -tender.given, "change_due": -tender.change_due, **notes}


def _tender(place: int, made: Refund, one: Returned) -> Row:
    tender = tender_of(made.issued, one)
    return {
        "position": place,
        "kind": tender.kind,
        "name": tender.name,
        **_given(made, tender, one),
        "tip": -one.tip,
        "amount": -one.amount,
        "rounding": -one.rounding,
        "drawer_id": None,
        "note": tender.note,
        "payment_id": tender.payment_id,
        "of_position": tender.position,
    }
