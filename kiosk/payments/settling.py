"""Settling a share: the tenders that pay it, its receipt, its place in the book; once, whoever taps how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, case, func, not_, select

from kiosk.checks import service as checks
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import VENUE, Tx, journal_head
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.payments import asking, drawers, issuing, paper, rules
from kiosk.payments.book import open_book
from kiosk.payments.errors import BillChanged, PaymentMissing
from kiosk.payments.foreign import exchanged
from kiosk.payments.issuing import Row, Slip, Till
from kiosk.payments.models import Receipt
from kiosk.payments.providers.inside import INSIDE
from kiosk.payments.rules import Given, Paid, ReceiptKind
from kiosk.payments.ways import with_ways
from kiosk.staff import service as staff

EVERYTHING = checks.Wanted()
_RECEIPTS = cast(Table, Receipt.__table__).c
_IS_SHARE = and_(_RECEIPTS.kind == ReceiptKind.SALE, not_(_RECEIPTS.is_correction))
_STANDS = func.sum(case((_IS_SHARE, 1), (_RECEIPTS.is_undo, -1), else_=0))
_BEFORE = (
    select(_RECEIPTS.share_no, _STANDS, func.sum(_RECEIPTS.covers))
    .where(_RECEIPTS.check_id == bindparam("its_check"))
    .group_by(_RECEIPTS.share_no)
)
"""Of every share of a check: whether it was settled before and not undone, and the guests its receipts counted."""


@dataclass(frozen=True)
class Settled:
    """What the counter tells after a settlement; `rest` is what the check still owes."""

    receipt_id: int
    number: str
    total: Money
    paid: list[Paid]
    rest: Money = 0
    closed: bool = True
    share_no: int = 1

    @property
    def change_due(self) -> Money:
        return sum(one.change_due for one in self.paid)


@dataclass(frozen=True)
class Settlement:
    """Everything a receipt is made of, before its number is drawn."""

    venue: Venue
    share: checks.Share
    paid: Sequence[Paid]
    by: Actor
    share_no: int = 1
    covers: int = 0
    till: Till | None = None


async def settle(
    tx: Tx,
    check_id: int,
    total: Money,
    tenders: Sequence[Given],
    *,
    wanted: checks.Wanted = EVERYTHING,
    to_print: bool = True,
    drawer_id: int | None = None,
    by: Actor,
) -> Settled:
    """Settle a share of the check, else all that is open, with these tenders, and issue its receipt.

    `total` is what the cashier saw: when the share has changed since, nothing happens and BillChanged says so.
    Raises StillShort, Overpaid, UnsentLines, ShareGone or CheckClosed; of many tills at once one wins.
    """
    await staff.must(tx, by, Permission.SETTLE)
    before_it = (_BEFORE, {"its_check": check_id})
    await tx.look_ahead(VENUE, *checks.asked(check_id), *issuing.asked(by.venue_id), before_it)
    venue = await tx.venue()
    share = await checks.lock_share(tx, check_id, wanted)
    if share.sums.total != total:
        raise BillChanged(venue.currency.say(share.sums.total))
    house, [before] = await issuing.look(tx, before_it)
    given = await exchanged(tx, with_ways(tenders, house.ways))
    paid = rules.pay(total, given, cash_step=venue.cash_step, currency=venue.currency)
    uncounted = max(share.check.covers - sum(int(covers) for *_, covers in before), 0)
    settlement = Settlement(venue, share, paid, by, _next_share(before), uncounted)
    receipt_id = new_id()
    await _use_payments(tx, check_id, given, receipt_id, by)
    if any(one.is_cash for one in given):
        drawer = await drawers.for_cash(tx, by, drawer_id)
        settlement = replace(settlement, till=Till(drawer.id, drawer.till))
    return await _issue(tx, settlement, receipt_id, house.printers if to_print else ())


def _next_share(before: Sequence[tuple[Any, ...]]) -> int:
    """The lowest number that no settled share has; one that was undone is free again."""
    taken = {share_no for share_no, stands, _ in before if stands > 0}
    return next(number for number in count(1) if number not in taken)


async def _use_payments(tx: Tx, check_id: int, given: Sequence[Given], receipt_id: int, by: Actor) -> None:
    """What a provider was asked for is there, for this check, and used once."""
    for one in given:
        if one.payment_id is not None:
            await asking.use(
                tx, one.payment_id, check_id=check_id, code=one.kind, amount=one.given, receipt_id=receipt_id, by=by
            )
        elif one.way and one.way.provider not in INSIDE:
            raise PaymentMissing(one.way.name)


async def _issue(tx: Tx, settlement: Settlement, receipt_id: int, printers: Sequence[int]) -> Settled:
    share, by = settlement.share, settlement.by
    checks.take(tx, share, receipt_id=receipt_id)
    slip = Slip(
        head=_head(tx, settlement) | {"id": receipt_id},
        lines=[_line(position, line) for position, line in enumerate(share.lines)],
        taxes=[_tax(row) for row in share.sums.by_rate],
        tenders=[_tender(position, one, settlement.till) for position, one in enumerate(settlement.paid)],
        paper=lambda head: paper.receipt(settlement, head),
        till=settlement.till,
    )
    book = await open_book(tx, journal_head(by.venue_id))
    head = issuing.issue(tx, book, slip, by=by)
    book.close_later()
    issuing.print_out(tx, head, printers)
    if settlement.till:
        drawers.kick(tx, settlement.till, "settled", by)
    tx.record(Act("settled", "check", share.check.id, by, _told(settlement, head)))
    rest, paid = share.rest.total, list(settlement.paid)
    return Settled(head["id"], head["number"], head["total"], paid, rest, share.is_last, head["share_no"])


def _head(tx: Tx, settlement: Settlement) -> Row:
    check, sums = settlement.share.check, settlement.share.sums
    return issuing.head_of(tx, settlement.venue, settlement.by) | {
        "kind": ReceiptKind.SALE,
        "check_id": check.id,
        "share_no": settlement.share_no,
        "label": check.label,
        "covers": settlement.covers,
        "staff_id": check.waiter_id,
        "staff": check.waiter,
        "opened_at": check.opened_at,
        "gross_lines": sums.lines,
        "discount": sums.less,
        "service_charge": _service(settlement),
        "net": sums.net,
        "tax": sums.tax,
        "total": sums.total,
        "cash_rounding": sum(one.rounding for one in settlement.paid),
        "tip": sum(one.tip for one in settlement.paid),
    }


def _service(settlement: Settlement) -> Money:
    """The service charge as prices are written in this house: with its tax in it, or without."""
    service = settlement.share.service
    if service is None:
        return 0
    return service.gross if settlement.venue.prices_include_tax else service.net


def _line(position: int, share: checks.ShareLine) -> Row:
    line = share.line
    return {
        "position": position,
        "line_id": line.id,
        "category": line.category,
        "item": line.name,
        "portion_name": line.portion_name,
        "quantity": share.quantity,
        "unit_price": line.unit_price,
        "amount": share.net + share.tax,
        "rate_ppm": share.rate_ppm,
        "net": share.net,
        "tax": share.tax,
        "less": share.less,
        "part": share.part,
        "cost": _cost(share),
    }


def _cost(share: checks.ShareLine) -> Money | None:
    """What the goods of a line cost, on the share that counts its pieces; nothing more on the others."""
    return share.line.cost if share.quantity or share.line.cost is None else 0


def _tax(row: Any) -> Row:
    return {"rate_ppm": row.rate_ppm, "net": row.net, "tax": row.tax, "gross": row.gross}


def _tender(position: int, one: Paid, till: Till | None) -> Row:
    told = one.told
    assert told is not None
    assert told.way is not None
    foreign = told.foreign
    return {
        "position": position,
        "kind": told.way.kind,
        "name": told.way.code,
        "given": one.given,
        "change_due": one.change_due,
        "tip": one.tip,
        "amount": one.amount,
        "rounding": one.rounding,
        "drawer_id": till.drawer_id if till and told.is_cash else None,
        "note": told.note,
        "payment_id": told.payment_id,
        "currency_code": foreign.currency_code if foreign else None,
        "currency_given": foreign.given if foreign else None,
        "rate": foreign.rate if foreign else None,
    }


def _told(settlement: Settlement, receipt: Row) -> dict[str, Any]:
    share = settlement.share
    return {
        "receipt": receipt["number"],
        "receipt_id": receipt["id"],
        "share_no": receipt["share_no"],
        "total": receipt["total"],
        "tip": receipt["tip"],
        "cash_rounding": receipt["cash_rounding"],
        "rest": share.rest.total,
        "lines": [[line.line.id, line.net + line.tax, line.part] for line in share.lines],
        "tenders": [[one.kind, one.given, one.amount, one.change_due, one.tip] for one in settlement.paid],
    }
