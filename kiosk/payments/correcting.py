"""A wrong tender put right: the receipt is given back and issued anew with the right one, both marked as a pair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from kiosk.checks import rules as check_rules
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.core.models import Venue
from kiosk.core.money import Money, round_to
from kiosk.payments import asking, asking_queries, drawers, issuing, paper
from kiosk.payments.book import open_book
from kiosk.payments.errors import PaymentMissing
from kiosk.payments.issuing import Row, Slip, Till
from kiosk.payments.models import Tender
from kiosk.payments.providers.inside import INSIDE
from kiosk.payments.receipts import Issued
from kiosk.payments.refund_errors import PaidForSure, PartlyRefunded, SameTender, UnknownPosition
from kiosk.payments.refund_slips import Refund, refund_slip, with_till
from kiosk.payments.refunding import Asked, take_back
from kiosk.payments.refunds import issue_refund, lock_sale
from kiosk.payments.rules import DrawerState, Given, ReceiptKind, TenderKind
from kiosk.payments.till_models import Drawer
from kiosk.payments.ways import show_names, show_ways, with_ways
from kiosk.staff import service as staff

COPIED = ("position", "kind", "name", "given", "change_due", "tip", "amount", "rounding", "drawer_id", "note")
FOREIGN = ("payment_id", "currency_code", "currency_given", "rate")


@dataclass(frozen=True)
class Corrected:
    """What the counter tells: the refund's number, and the number and id of the receipt that holds now."""

    refund_number: str
    number: str
    receipt_id: int


async def correct_tender(
    tx: Tx,
    receipt_id: int,
    position: int,
    kind: str,
    reason: str,
    *,
    note: str = "",
    to_print: bool = True,
    by: Actor,
) -> Corrected:
    """The guest really paid by `kind`: give the receipt back and issue it anew, to the same total.

    Raises PartlyRefunded, UnknownPosition, SameTender, TenderUnknown, PaidForSure, or HoldsLess.
    """
    await staff.must(tx, by, Permission.CORRECT_TENDER)
    reason = check_rules.allowed_reason(reason)
    issued = await lock_sale(tx, receipt_id)
    if issued.refunds:
        raise PartlyRefunded(issued.receipt.number)
    wrong = _wrong(issued, position)
    venue = await tx.venue()
    right = await _right(tx, wrong, kind, note, venue)
    back = take_back(issued.left(), Asked(with_tip=True), cash_step=venue.cash_step, currency=venue.currency)
    made = Refund(venue, issued, back, by, reason, await show_names(tx), is_correction=True)
    taken = refund_slip(tx, made, covers=issued.receipt.covers)
    await _release(tx, wrong, taken.head["id"], reason, by)
    till = await _till(tx, issued, right, by)
    anew = with_till(_anew(tx, made, right), till)
    return await _issue(tx, replace(made, till=till), with_till(taken, till), anew, to_print=to_print)


def _wrong(issued: Issued, position: int) -> Tender:
    for tender in issued.tenders:
        if tender.position == position:
            return tender
    raise UnknownPosition(position)


async def _right(tx: Tx, wrong: Tender, kind: str, note: str, venue: Venue) -> Row:
    """The row of the tender that it should have been: it pays the same, in coins only what coins can pay."""
    (given,) = with_ways([Given(kind, wrong.amount + wrong.tip, wrong.tip, note)], await show_ways(tx))
    assert given.way is not None
    if given.way.code == wrong.name:
        raise SameTender(given.way.name)
    if given.way.provider not in INSIDE:
        raise PaymentMissing(given.way.name)
    rounding: Money = round_to(wrong.amount, venue.cash_step) - wrong.amount if given.is_cash else 0
    return {
        **_copy(wrong),
        **dict.fromkeys(FOREIGN),
        "kind": given.way.kind,
        "name": given.way.code,
        "given": given.given + rounding,
        "change_due": 0,
        "rounding": rounding,
        "note": given.note,
    }


def _copy(tender: Tender) -> Row:
    return {column: getattr(tender, column) for column in (*COPIED, *FOREIGN)}


async def _release(tx: Tx, wrong: Tender, refund_id: int, reason: str, by: Actor) -> None:
    """A payment that the cashier confirmed by hand is given back; one that a provider took for sure is no mistake."""
    if wrong.payment_id is None:
        return
    if (await asking_queries.payment(tx, wrong.payment_id)).provider not in INSIDE:
        raise PaidForSure(wrong.name)
    amount = wrong.amount + wrong.tip
    await asking.refund(tx, wrong.payment_id, amount=amount, receipt_id=refund_id, reason=reason, by=by)


async def _till(tx: Tx, issued: Issued, right: Row, by: Actor) -> Till | None:
    """The drawer the cash was booked into while it is open, else the one of whoever corrects."""
    cash = [one.drawer_id for one in issued.tenders if one.kind is TenderKind.CASH]
    if not cash and right["kind"] is not TenderKind.CASH:
        return None
    is_open = select(Drawer.id).where(Drawer.id.in_([one for one in cash if one]), Drawer.state == DrawerState.OPEN)
    drawer = await drawers.for_cash(tx, by, (await tx.session.scalars(is_open)).first())
    return Till(drawer.id, drawer.till)


def _anew(tx: Tx, made: Refund, right: Row) -> Slip:
    """The receipt once more, with the right tender."""
    original, issued = made.original, made.issued
    tenders = [right if one.position == right["position"] else _copy(one) for one in issued.tenders]
    head = {
        "kind": ReceiptKind.SALE,
        "refunds_id": original.id,
        **{name: getattr(original, name) for name in ("check_id", "share_no", "label", "covers", "staff_id", "staff")},
        **{name: getattr(original, name) for name in ("opened_at", "gross_lines", "discount", "service_charge")},
        **{name: getattr(original, name) for name in ("net", "tax", "total")},
        "cash_rounding": sum(row["rounding"] for row in tenders),
        "tip": sum(row["tip"] for row in tenders),
        "reason": made.reason,
        "is_correction": True,
    }
    return Slip(
        head=issuing.head_of(tx, made.venue, made.by) | head,
        lines=[_row(line, LINE) for line in issued.lines],
        taxes=[_row(tax, TAX) for tax in issued.taxes],
        tenders=tenders,
        paper=lambda numbered: paper.corrected(made, numbered, tenders),
    )


LINE = (
    *("position", "line_id", "category", "item", "portion_name", "quantity", "unit_price", "amount", "rate_ppm"),
    *("net", "tax", "less", "part", "cost"),
)
TAX = ("rate_ppm", "net", "tax", "gross")


def _row(one: Any, columns: tuple[str, ...]) -> Row:
    return {column: getattr(one, column) for column in columns}


async def _issue(tx: Tx, made: Refund, taken: Slip, anew: Slip, *, to_print: bool) -> Corrected:
    house, _ = await issuing.look(tx)
    book = await open_book(tx)
    refund = issue_refund(tx, book, made, taken)
    head = issuing.issue(tx, book, anew, by=made.by)
    book.close_later()
    issuing.print_out(tx, head, house.printers if to_print else ())
    details = {
        "of": made.original.number,
        "of_id": made.original.id,
        "refund": refund["number"],
        "refund_id": refund["id"],
        "receipt": head["number"],
        "receipt_id": head["id"],
        "total": head["total"],
        "reason": made.reason,
        "was": [[one.name, one.given] for one in made.issued.tenders],
        "now": [[row["name"], row["given"]] for row in anew.tenders],
    }
    check_id = made.original.check_id
    subject = ("check", check_id) if check_id else ("receipt", made.original.id)
    tx.record(Act("tender_corrected", *subject, made.by, details))
    return Corrected(refund["number"], head["number"], head["id"])
