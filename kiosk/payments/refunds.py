"""Money that goes back: refunds whole or by line, payments undone, wrong tenders put right. Always a new receipt."""

from __future__ import annotations

from collections.abc import Sequence
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
from kiosk.payments import asking, drawers, issuing, receipts
from kiosk.payments.book import Book, open_book
from kiosk.payments.issuing import Row, Slip, Till
from kiosk.payments.models import Receipt, ReceiptLine
from kiosk.payments.queries import show_receipt
from kiosk.payments.receipts import Issued
from kiosk.payments.refund_errors import CheckIsClosed, NoSale, NotOurs, PartlyRefunded
from kiosk.payments.refund_slips import Refund, line_of, refund_slip, tender_of, with_till
from kiosk.payments.refunding import Asked, take_back
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
    return await _refund(tx, issued, EVERYTHING, "Payment undone", to_print=False, drawer_id=None, by=by, is_undo=True)


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
    is_undo: bool = False,
) -> Refunded:
    venue = await tx.venue()
    back = take_back(issued.left(), asked, cash_step=venue.cash_step, currency=venue.currency)
    made = Refund(venue, issued, back, by, reason, await show_names(tx), is_undo=is_undo)
    slip = refund_slip(tx, made, covers=issued.receipt.covers if is_undo else 0)
    await ask_providers(tx, made, slip)
    made = replace(made, till=await _till(tx, made, drawer_id))
    slip = with_till(slip, made.till)
    house, _ = await issuing.look(tx)
    book = await open_book(tx)
    head = issue_refund(tx, book, made, slip)
    book.close_later()
    issuing.print_out(tx, head, house.printers if to_print else ())
    if made.till:
        drawers.kick(tx, made.till, "refunded", by)
    tx.record(Act("payment_undone" if is_undo else "refunded", *_subject(made), by, told(made, head)))
    return Refunded(head["id"], head["number"], head["total"], [(row["name"], _out(row)) for row in slip.tenders])


async def _till(tx: Tx, made: Refund, drawer_id: int | None) -> Till | None:
    if not any(tender_of(made.issued, one).kind is TenderKind.CASH for one in made.back.tenders):
        return None
    drawer = await drawers.for_cash(tx, made.by, drawer_id)
    return Till(drawer.id, drawer.till)


async def ask_providers(tx: Tx, made: Refund, slip: Slip) -> None:
    """What a provider's payment paid, the provider gives back, after the commit."""
    for one in made.back.tenders:
        payment_id = tender_of(made.issued, one).payment_id
        if payment_id is not None:
            await asking.refund(
                tx, payment_id, amount=one.given, receipt_id=slip.head["id"], reason=made.reason, by=made.by
            )


def issue_refund(tx: Tx, book: Book, made: Refund, slip: Slip) -> Row:
    """Write a refund into the open book; a drawer gives no more cash than it holds."""
    head = issuing.issue(tx, book, slip, by=made.by)
    if slip.till and book.balance_of(slip.till.account) < 0:
        out = sum(_out(row) for row in slip.tenders if row["kind"] is TenderKind.CASH)
        raise HoldsLess(slip.till.number, made.venue.currency.say(out))
    return head


def _out(row: Row) -> Money:
    """What leaves the house by a tender of a refund."""
    out: Money = row["change_due"] - row["given"]
    return out


def _subject(made: Refund) -> tuple[str, int]:
    """The journal tells of a refund under its check, or under its receipt when there is none."""
    check_id = made.original.check_id
    return ("check", check_id) if check_id else ("receipt", made.original.id)


def told(made: Refund, head: Row) -> dict[str, Any]:
    """A refund as the journal keeps it."""
    lines: Sequence[Any] = [[line_of(made, one.position).line_id, one.gross] for one in made.back.lines]
    return {
        "receipt": head["number"],
        "receipt_id": head["id"],
        "of": made.original.number,
        "of_id": made.original.id,
        "total": head["total"],
        "tip": head["tip"],
        "reason": made.reason,
        "lines": lines,
        "tenders": [[tender_of(made.issued, one).name, one.given, one.amount, one.tip] for one in made.back.tenders],
    }
