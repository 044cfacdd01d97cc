"""What the payroll needs of a period: for each person the hours and their wage, what was sold, commission and tips.

How the time is told from sign-ins stands in `work`, how it is paid in `pay`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.core.db import Read
from kiosk.core.money import Money
from kiosk.reports.errors import RangeBackwards
from kiosk.reports.pay import commissions, wages
from kiosk.reports.rollups import STAFF, spanned, told
from kiosk.reports.work import Worked, worked
from kiosk.staff.pay import Pay, show_pay

COLUMNS = (
    *("person", "first_day", "last_day", "days", "minutes_first_to_last_tap", "minutes_signed_in", "hours"),
    *("receipts", "covers", "sales", "net_sales", "tips"),
    *("wage_an_hour", "wage", "commission_percent", "commission", "currency"),
)
NOTHING_SOLD: Final = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Earner:
    """What somebody worked, sold and earned in a period; minutes are whole, money in minor units.

    `at_work` is paid: it leaves out long pauses. `wage_an_hour` and `commission_ppm` are None where there was none, or
    more than one; `wage` and `commission` where there was none.
    """

    person: str
    days: int
    minutes: int
    signed_in: int
    at_work: int
    receipts: int
    covers: int
    sales: Money
    tips: Money
    net: Money
    wage_an_hour: Money | None = None
    wage: Money | None = None
    commission_ppm: int | None = None
    commission: Money | None = None


async def payroll(read: Read, first: date, last: date) -> list[Earner]:
    """Everybody who tapped or sold from the first to the last business day, by name. Raises RangeBackwards."""
    if last < first:
        raise RangeBackwards(first, last)
    span = await spanned(read, (await read.venue()).id, first, last)
    work, rates = await worked(read, first, last), await show_pay(read)
    paid, commission = wages(rates, work), await commissions(read, span)
    sold = {row[0]: row[1:] for row in await told(read, span, STAFF)}
    days: dict[str, list[Worked]] = defaultdict(list)
    for (name, _), one in work.items():
        days[name].append(one)

    def told_of(name: str) -> Earner:
        wage, share = _agreed(rates.get(name), first, last)
        receipts, covers, sales, tips, net = sold.get(name, NOTHING_SOLD)
        earned = (wage, paid.get(name), share, commission.get(name))
        return Earner(name, *_time(days.get(name, [])), receipts, covers, sales, tips, net, *earned)

    return [told_of(name) for name in sorted({*days, *sold})]


def _time(days: Sequence[Worked]) -> tuple[int, int, int, int]:
    """days, minutes from the first to the last tap, signed in, at work"""
    taps, signed_in = sum(one.first_to_last for one in days), sum(one.signed_in for one in days)
    return len(days), taps, signed_in, sum(one.minutes for one in days)


def _agreed(pay: Pay | None, first: date, last: date) -> tuple[int | None, int | None]:
    """The wage an hour and the commission that held all these days."""
    rates = pay.between(first, last) if pay else []
    return _only({one.wage for one in rates}), _only({one.commission_ppm for one in rates})


def _only(held: Collection[int | None]) -> int | None:
    return next(iter(held)) if len(held) == 1 else None
