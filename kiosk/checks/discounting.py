"""Less to pay on a line or on a whole check, and the service charge of one check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete

from kiosk.checks import queries, rules
from kiosk.checks.errors import (
    DiscountGone,
    DiscountTooLarge,
    DiscountUnclear,
    LineAlreadyVoid,
    LineGone,
    NothingToDiscount,
)
from kiosk.checks.models import CheckDiscount, CheckLine, LineState
from kiosk.checks.reckoned import reckoned
from kiosk.checks.reckoning import Reckoning
from kiosk.checks.touching import refuse_paid, touch
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.money import Money, percent_ppm, percent_text, share_out
from kiosk.staff import service as staff


@dataclass(frozen=True)
class Off:
    """A discount as it is meant: a name, and a percentage as typed or an amount in minor units."""

    name: str
    percent: str | None = None
    amount: Money | None = None
    reason: str = ""

    def rate_ppm(self) -> int | None:
        """The percentage in parts per million. Raises DiscountUnclear unless it is either that or an amount."""
        rate = None if self.percent is None else percent_ppm(self.percent)
        if (rate is None) == (self.amount is None) or rate == 0 or (self.amount is not None and self.amount <= 0):
            raise DiscountUnclear
        return rate


async def discount(tx: Tx, check_id: int, line_id: int | None, off: Off, *, by: Actor) -> int:
    """Less to pay, on one line with all of its set menu or on the whole check. Returns the discount's id.

    A percentage of the whole check is of what is rung later, too. Raises DiscountUnclear, PercentUnreadable,
    DiscountTooLarge when it is more than what is left to pay, NothingToDiscount, LinePaid, LineAlreadyVoid or LineGone.
    """
    await staff.must(tx, by, Permission.DISCOUNT)
    rate, name, reason = off.rate_ppm(), rules.allowed_name(off.name), rules.allowed_note(off.reason)
    check = await queries.lock(tx, check_id)
    lines = await queries.lines_of(tx, check_id)
    around = await reckoned(tx, check, lines)
    before = around.reckoning
    given = {"name": name, "rate_ppm": rate, "reason": reason, "given_by": by.person_id, "giver": by.name}
    approver = by.approver.name if by.approver else None
    shared: dict[str, Any] = {**given, "venue_id": check.venue_id, "check_id": check.id, "approver": approver}
    parts = _parts(lines, line_id, off, before, (await tx.venue()).currency.say)
    rows = [CheckDiscount(id=new_id(), **shared, **part, taken=0, given_at=tx.at) for part in parts]
    tx.session.add_all(rows)
    check.discounted = True
    after = around.reckoned_again(check, [*before.discounts, *rows])
    for row in rows:
        tx.record(Act("discounted", "check", check.id, by, _told(row, before, after)))
    touch(tx, check)
    return rows[0].id


def _parts(
    lines: Sequence[CheckLine], line_id: int | None, off: Off, before: Reckoning, plain: Any
) -> list[dict[str, Any]]:
    """On which lines how much is given; the amount on a set menu is shared out over its dishes."""
    left = {row.key: row.amount - row.less for row in before.open.by_line}
    if line_id is None:
        _must_fit(off, sum(left.values()), plain)
        return [{"line_id": None, "amount": off.amount}]
    meant = _meant(lines, line_id)
    there = [left.get(line.id, 0) for line in meant]
    if not sum(there):
        raise NothingToDiscount(meant[0].name)
    _must_fit(off, sum(there), plain)
    amounts = [None] * len(there) if off.amount is None else share_out(off.amount, there)
    return [
        {"line_id": line.id, "amount": amount}
        for line, amount, some in zip(meant, amounts, there, strict=True)
        if some and amount != 0
    ]


def _meant(lines: Sequence[CheckLine], line_id: int) -> list[CheckLine]:
    """The line with the other parts of its set menu behind it."""
    line = next((line for line in lines if line.id == line_id), None)
    if line is None:
        raise LineGone
    if line.state is LineState.VOIDED:
        raise LineAlreadyVoid(line.name)
    others = [other for other in lines if other.combo_id == line.combo_id and other is not line]
    parts = [line, *others] if line.combo_id else [line]
    refuse_paid(parts)
    return parts


def _must_fit(off: Off, left: Money, plain: Any) -> None:
    if off.amount is not None and off.amount > left:
        raise DiscountTooLarge(plain(off.amount), plain(left))


def _told(row: CheckDiscount, before: Reckoning, after: Reckoning) -> dict[str, Any]:
    return {
        "discount": row.id,
        "name": row.name,
        "line": row.line_id,
        "percent": None if row.rate_ppm is None else percent_text(row.rate_ppm),
        "amount": row.amount,
        "reason": row.reason,
        "before": before.whole.total,
        "after": after.whole.total,
    }


async def undiscount(tx: Tx, discount_id: int, *, by: Actor) -> None:
    """A discount is taken off again, on a set menu from all of its dishes; what shares were paid with it stays paid.

    Raises DiscountGone, CheckClosed or LinePaid.
    """
    await staff.must(tx, by, Permission.DISCOUNT)
    home = await queries.check_of_discount(tx, discount_id)
    check = await queries.lock(tx, home)
    lines = await queries.lines_of(tx, check.id)
    around = await reckoned(tx, check, lines)
    before = around.reckoning
    gone = _given_together(before.discounts, discount_id, lines)
    refuse_paid([line for line in lines if line.id in {row.line_id for row in gone}])
    after = around.reckoned_again(check, [row for row in before.discounts if row not in gone])
    for row in gone:
        tx.record(Act("undiscounted", "check", check.id, by, _told(row, before, after)))
    await tx.change(delete(CheckDiscount).where(CheckDiscount.id.in_([row.id for row in gone])))
    touch(tx, check)


def _given_together(
    discounts: Sequence[CheckDiscount], discount_id: int, lines: Sequence[CheckLine]
) -> list[CheckDiscount]:
    """The discount, and those that one tap gave to the other dishes of the same set menu."""
    one = next((row for row in discounts if row.id == discount_id), None)
    if one is None:
        raise DiscountGone
    combos = {line.id: line.combo_id for line in lines}
    combo = combos.get(one.line_id or 0)
    if combo is None:
        return [one]
    same = (row for row in discounts if (row.name, row.given_at) == (one.name, one.given_at))
    return [row for row in same if row.line_id is not None and combos.get(row.line_id) == combo]


async def set_service(tx: Tx, check_id: int, percent: str | None, *, by: Actor) -> None:
    """Another service charge for this party: a percentage, "0" for none, None for the house's.

    Raises PercentUnreadable or CheckClosed.
    """
    await staff.must(tx, by, Permission.WAIVE_SERVICE)
    share_ppm = None if percent is None else percent_ppm(percent)
    check = await queries.lock(tx, check_id)
    lines = await queries.lines_of(tx, check_id)
    was, before = check.service_ppm, (await reckoned(tx, check, lines)).reckoning
    check.service_ppm = share_ppm
    after = (await reckoned(tx, check, lines)).reckoning
    told = {"was": _percent(was), "now": _percent(share_ppm), "before": before.whole.total, "after": after.whole.total}
    tx.record(Act("service_set", "check", check.id, by, told))
    touch(tx, check)


def _percent(share_ppm: int | None) -> str | None:
    return None if share_ppm is None else percent_text(share_ppm)
