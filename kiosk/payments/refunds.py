"""Money that goes back: refunds whole or by line, payments undone, wrong tenders put right. Always a new receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kiosk.checks import queries as check_queries
from kiosk.checks import rules as check_rules
from kiosk.checks import service as checks
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.payments import asking, drawers, issuing, paper, receipts
from kiosk.payments.book import Book, open_book
from kiosk.payments.issuing import Row, Slip, Till
from kiosk.payments.models import Receipt, ReceiptLine, Tender
from kiosk.payments.queries import show_receipt
from kiosk.payments.receipts import Issued
from kiosk.payments.refund_errors import CheckIsClosed, NoSale, NotOurs, PartlyRefunded
from kiosk.payments.refunding import Asked, Back, Returned, take_back
from kiosk.payments.rules import ReceiptKind, TenderKind
from kiosk.payments.till_errors import HoldsLess
from kiosk.payments.ways import show_names
from kiosk.staff import service as staff

EVERYTHING = Asked(with_tip=True)


@dataclass(frozen=True)
class Refunded:
    """What the counter tells after a refund: its receipt, and what goes back by which tender."""

    receipt_id: int
    number: str
    total: Money
    back: list[tuple[str, Money]]


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

    @property
    def original(self) -> Receipt:
        return self.issued.receipt


async def refund(
    tx: Tx,
    receipt_id: int,
    asked: Asked,
    reason: str,
    *,
    to_print: bool = True,
    drawer_id: int | None = None,
    by: Actor,
) -> Refunded:
    """Give back all that is left of a receipt, or so much of its lines, to the tenders that paid it.

    Never more than is left, however many try at once. Raises NothingLeft, LineLeft, ServiceLeft, TenderLeft,
    TendersDiffer, NoSale, NotOurs, or HoldsLess when the drawer has not so much cash.
    """
    await staff.must(tx, by, Permission.REFUND)
    reason = check_rules.allowed_reason(reason)
    issued = await lock_sale(tx, receipt_id)
    return await _refund(tx, issued, asked, reason, to_print=to_print, drawer_id=drawer_id, by=by)


async def undo_payment(tx: Tx, receipt_id: int, *, by: Actor) -> Refunded:
    """A share was settled by mistake while its check is still open: all goes back, its lines are open again.

    Raises CheckIsClosed, PartlyRefunded, NoSale or NotOurs.
    """
    await staff.must(tx, by, Permission.REFUND)
    receipt = _must_be_sale(await show_receipt(tx, receipt_id))
    venue = await tx.venue()
    share = await receipts.show_issued(tx, receipt_id)
    await _reopen(tx, share, venue)
    issued = await lock_sale(tx, receipt_id)
    if issued.refunds:
        raise PartlyRefunded(receipt.number)
    return await _refund(tx, issued, EVERYTHING, "Payment undone", to_print=False, drawer_id=None, by=by, covers=True)


async def _reopen(tx: Tx, share: Issued, venue: Venue) -> None:
    """The lines of a share are open on its check again; the check is locked first."""
    receipt = share.receipt
    if receipt.check_id is None or not await check_queries.is_open(tx, receipt.check_id):
        raise CheckIsClosed(receipt.number)
    amounts = {line.line_id: _menu_price(line, venue) for line in share.lines if line.line_id}
    service = share.left().service
    settled_as = await receipts.first_of(tx, receipt)
    await checks.give_back(
        tx, receipt.check_id, amounts, service.net if service else 0, receipt.total, receipt_id=settled_as
    )


def _menu_price(line: ReceiptLine, venue: Venue) -> Money:
    return (line.amount if venue.prices_include_tax else line.net) + line.less


async def lock_sale(tx: Tx, receipt_id: int) -> Issued:
    """A receipt of a sale of ours, with what is left of it, kept from other refunds until the commit.

    Its check is locked first: the refund's receipt names it, and MySQL looks after that with a lock of its own.
    """
    receipt = _must_be_sale(await show_receipt(tx, receipt_id))
    if receipt.check_id is not None:
        await check_queries.lock_all(tx, [receipt.check_id], open_only=False)
    return await receipts.lock_issued(tx, receipt_id)


def _must_be_sale(receipt: Receipt) -> Receipt:
    if receipt.series:
        raise NotOurs(receipt.number)
    if receipt.kind is not ReceiptKind.SALE:
        raise NoSale(receipt.number)
    return receipt


async def _refund(
    tx: Tx,
    issued: Issued,
    asked: Asked,
    reason: str,
    *,
    to_print: bool,
    drawer_id: int | None,
    by: Actor,
    covers: bool = False,
) -> Refunded:
    venue = await tx.venue()
    back = take_back(issued.left(), asked, cash_step=venue.cash_step, currency=venue.currency)
    made = Refund(venue, issued, back, by, reason, await show_names(tx))
    slip = refund_slip(tx, made, covers=issued.receipt.covers if covers else 0)
    await ask_providers(tx, made, slip)
    made = replace(made, till=await _till(tx, made, drawer_id))
    slip = with_till(slip, made.till)
    house, _ = await issuing.look(tx)
    book = await open_book(tx)
    head = issue_refund(tx, book, made, slip)
    book.close_later()
    issuing.print_out(tx, head, house.printers if to_print else ())
    tx.record(Act("payment_undone" if covers else "refunded", *_subject(made), by, told(made, head)))
    return Refunded(head["id"], head["number"], head["total"], [(row["name"], -row["given"]) for row in slip.tenders])


async def _till(tx: Tx, made: Refund, drawer_id: int | None) -> Till | None:
    if not any(_tender_of(made.issued, one).kind is TenderKind.CASH for one in made.back.tenders):
        return None
    drawer = await drawers.for_cash(tx, made.by, drawer_id)
    return Till(drawer.id, drawer.till)


async def ask_providers(tx: Tx, made: Refund, slip: Slip) -> None:
    """What a provider's payment paid, the provider gives back, after the commit."""
    for one in made.back.tenders:
        payment_id = _tender_of(made.issued, one).payment_id
        if payment_id is not None:
            await asking.refund(
                tx, payment_id, amount=one.given, receipt_id=slip.head["id"], reason=made.reason, by=made.by
            )


def issue_refund(tx: Tx, book: Book, made: Refund, slip: Slip) -> Row:
    """Write a refund into the open book; a drawer gives no more cash than it holds."""
    head = issuing.issue(tx, book, slip, by=made.by)
    if slip.till and book.balance_of(slip.till.account) < 0:
        out = sum(-row["given"] for row in slip.tenders if row["kind"] is TenderKind.CASH)
        raise HoldsLess(slip.till.number, made.venue.currency.plain(out))
    return head


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
    }


def _line(place: int, made: Refund, position: int) -> Row:
    line = next(one for one in made.issued.lines if one.position == position)
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
    }


def _taxes(back: Back) -> list[Row]:
    rows = []
    for rate in sorted({row.rate_ppm for row in back.rows}):
        mine = [row for row in back.rows if row.rate_ppm == rate]
        net, tax = sum(row.net for row in mine), sum(row.tax for row in mine)
        rows.append({"rate_ppm": rate, "net": -net, "tax": -tax, "gross": -net - tax})
    return rows


def _tender_of(issued: Issued, one: Returned) -> Tender:
    return next(tender for tender in issued.tenders if tender.position == one.position)


def _tender(place: int, made: Refund, one: Returned) -> Row:
    tender = _tender_of(made.issued, one)
    return {
        "position": place,
        "kind": tender.kind,
        "name": tender.name,
        "given": -one.given,
        "change_due": 0,
        "tip": -one.tip,
        "amount": -one.amount,
        "rounding": -one.rounding,
        "drawer_id": None,
        "note": tender.note,
        "payment_id": tender.payment_id,
        "of_position": tender.position,
    }


def _subject(made: Refund) -> tuple[str, int]:
    """The journal tells of a refund under its check, or under its receipt when there is none."""
    check_id = made.original.check_id
    return ("check", check_id) if check_id else ("receipt", made.original.id)


def told(made: Refund, head: Row) -> dict[str, Any]:
    """A refund as the journal keeps it."""
    lines: Sequence[Any] = [[_line(0, made, one.position)["line_id"], one.gross] for one in made.back.lines]
    return {
        "receipt": head["number"],
        "receipt_id": head["id"],
        "of": made.original.number,
        "of_id": made.original.id,
        "total": head["total"],
        "tip": head["tip"],
        "reason": made.reason,
        "lines": lines,
        "tenders": [[_tender_of(made.issued, one).name, one.given, one.amount, one.tip] for one in made.back.tenders],
    }
