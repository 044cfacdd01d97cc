"""The shares of a check that its payers settle: one is locked, taken, and given back when its payment is undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, bindparam, update

from kiosk.checks import queries, rules
from kiosk.checks.billing import refuse_unsent
from kiosk.checks.errors import NothingToBill, ShareUnknown
from kiosk.checks.events import CheckChanged
from kiosk.checks.models import Check, CheckLine, CheckState
from kiosk.checks.parting import plus
from kiosk.checks.reckoned import reckoned
from kiosk.checks.reckoning import Around, PaidShare, keep
from kiosk.checks.rules import LineSum, ServiceSum, Sums, Wanted
from kiosk.checks.touching import touch
from kiosk.core.db import Tx
from kiosk.core.money import Money
from kiosk.core.packets import Asked

_CHECKS = cast(Table, Check.__table__)
_PAID_UP = (
    update(_CHECKS)
    .where(_CHECKS.c.id == bindparam("mine"))
    .values({"paid": bindparam("its_paid"), "closed_at": bindparam("its_closed_at")})
    .values({"state": CheckState.CLOSED, "version": _CHECKS.c.version + 1})
)


@dataclass(frozen=True)
class ShareLine:
    """A line in a share. `part` is the part of it ("1/3"), empty for the whole of it.

    The quantity is the whole line's on the share that pays the last of it, else 0. `amount` is as on the menu,
    `less` what is off; net and tax are what is paid.
    """

    line: CheckLine
    quantity: int
    part: str
    amount: Money
    less: Money
    net: Money
    tax: Money
    rate_ppm: int

    @property
    def gross(self) -> Money:
        return self.net + self.tax


@dataclass(frozen=True)
class Share:
    """What one payer is to settle; its check is locked. `open_total` was open before, `rest` is after it."""

    check: Check
    lines: list[ShareLine]
    service: ServiceSum | None
    sums: Sums
    rest: Sums
    open_total: Money
    is_last: bool
    around: Around


def asked(check_id: int) -> tuple[Asked, ...]:
    """What `lock_share` asks first, for those who look up more at the same time; it locks the check."""
    return queries.locked(check_id), queries.every_line(check_id)


async def lock_share(tx: Tx, check_id: int, wanted: Wanted = rules.EVERYTHING) -> Share:
    """A payer's share of what is open, its check locked.

    Lines that are named may be settled while others wait to be sent; everything else only when all are. Raises
    UnsentLines, HeldLines, NothingToBill, CheckClosed, ShareGone, ShareTooLarge or SharesOutOfRange.
    """
    check = await queries.lock(tx, check_id)
    lines = await queries.lines_of(tx, check_id)
    around = await reckoned(tx, check, lines)
    found = around.reckoning
    named = [line for line in lines if line.id in wanted.parts] if wanted.parts is not None else lines
    refuse_unsent(named)
    if not (found.open.by_line or found.open.total):
        raise NothingToBill
    taken, rest = rules.share(found.open, wanted)
    if not rest.total:
        refuse_unsent(lines)
    told = _lines(taken, rest, around, wanted)
    return Share(check, told, taken.service, taken, rest, found.open.total, not rest.total, around)


def _lines(taken: Sums, rest: Sums, around: Around, wanted: Wanted) -> list[ShareLine]:
    by_id = {line.id: line for line in around.lines}
    left = {row.key for row in rest.by_line}
    counted = {line_id for one in around.reckoning.shares for line_id in one.counted}
    return [
        ShareLine(
            line=by_id[row.key],
            quantity=0 if row.key in left or row.key in counted else by_id[row.key].quantity,
            part=_part(by_id[row.key], row, row.key in left, wanted),
            amount=row.amount,
            less=row.less,
            net=row.net,
            tax=row.tax,
            rate_ppm=row.rate_ppm,
        )
        for row in taken.by_line
    ]


def _part(line: CheckLine, row: LineSum, some_is_left: bool, wanted: Wanted) -> str:
    if not line.paid and not some_is_left:
        return ""
    of = wanted.even or (wanted.parts or {}).get(line.id, 0)
    return rules.part_of(row.amount, line.amount, of if some_is_left and not line.paid else 0)


def take(tx: Tx, share: Share, *, receipt_id: int | None = None) -> None:
    """A share is paid: the rest stays open as it is, and when nothing is left the check is closed."""
    check, around = share.check, share.around
    if share.is_last:
        tx.later(_PAID_UP, {"mine": check.id, "its_paid": check.paid + share.sums.total, "its_closed_at": tx.at})
        tx.announce(CheckChanged(check.id))
        return
    check.paid += share.sums.total
    _mark(check, around, share.sums, 1)
    counted = frozenset(one.line.id for one in share.lines if one.quantity)
    shares = [*around.reckoning.shares, PaidShare(share.sums, counted, receipt_id)]
    check.open_bill = keep(check, around, shares, share.rest)
    touch(tx, check)


def _mark(check: Check, around: Around, sums: Sums, sign: int) -> None:
    """Lines, discounts and the charge by covers remember what paid shares took of them."""
    by_id = {line.id: line for line in around.lines}
    for row in sums.by_line:
        by_id[row.key].paid += sign * row.amount
    for place, one in enumerate(around.reckoning.discounts):
        if one.amount is not None:
            one.taken += sign * sums.off(place)
    check.service_paid += sign * (sums.service.fixed if sums.service else 0)


async def give_back(
    tx: Tx,
    check_id: int,
    amounts: Mapping[int, Money],
    service_net: Money,
    total: Money,
    *,
    receipt_id: int | None = None,
) -> None:
    """A payment of a check that is still open is undone: its share is open again.

    The share is the one of this receipt, else the last that took these `amounts` of the lines, so much of the
    service charge and came to this total. Raises CheckClosed, or ShareUnknown when there is none any more.
    """
    check = await queries.lock(tx, check_id)
    around = await reckoned(tx, check, await queries.lines_of(tx, check_id))
    found = around.reckoning
    share = _known(found.shares, Given(amounts, service_net, total, receipt_id))
    _mark(check, around, share.sums, -1)
    check.paid -= share.sums.total
    others = [one for one in found.shares if one is not share]
    left = plus(found.open, share.sums) if found.is_kept else None
    check.open_bill = keep(check, around, others, left) if others else None
    touch(tx, check)


@dataclass(frozen=True)
class Given:
    """What the undone payment had paid."""

    amounts: Mapping[int, Money]
    service_net: Money
    total: Money
    receipt_id: int | None


def _known(shares: Sequence[PaidShare], given: Given) -> PaidShare:
    for share in reversed(shares):
        if share.receipt_id is not None and share.receipt_id == given.receipt_id:
            return share
    for share in reversed(shares):
        if given.receipt_id is None and _is_it(share.sums, given):
            return share
    raise ShareUnknown


def _is_it(sums: Sums, given: Given) -> bool:
    service_net = sums.service.net if sums.service else 0
    amounts = {row.key: row.amount for row in sums.by_line}
    return (sums.total, service_net, amounts) == (given.total, given.service_net, dict(given.amounts))
