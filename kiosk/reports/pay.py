"""What the people of the house earn: wages for the time at work, and commissions on what they sold.

Both are reckoned by person and business day, at the rate of that day, and rounded there, halves away from zero: so the
days of a range always come to the range.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from sqlalchemy import func, select

from kiosk.core.db import Read
from kiosk.core.money import PPM, Money, divide_rounded
from kiosk.payments.models import Receipt
from kiosk.reports.models import Rollup
from kiosk.reports.rollups import STAFF, Span, rows
from kiosk.reports.work import WorkByDay, worked
from kiosk.staff.pay import Pay, show_pay

MINUTES: Final = 60
Earned = dict[str, Money]


async def wages_of(read: Read, first: date, last: date) -> Money | None:
    """What everybody's hours of these business days cost, in minor units; None where nobody has a wage on any."""
    rates = await show_pay(read)
    if not any(one.wages_between(first, last) for one in rates.values()):
        return None
    return sum(wages(rates, await worked(read, first, last)).values())


def wages(rates: Mapping[str, Pay], work: WorkByDay) -> Earned:
    """The wages by name, of those who had one on any day they worked."""
    found: Earned = defaultdict(int)
    for (name, day), one in work.items():
        wage = rates[name].on(day).wage if name in rates else None
        if wage is not None:
            found[name] += divide_rounded(wage * one.minutes, MINUTES)
    return dict(found)


async def commissions(read: Read, span: Span) -> Earned:
    """The commissions of a span by name, of those who had one on any day of it, in minor units.

    They are of the net of a person's receipts, service charge included, tips not; refunds count against it.
    """
    rates = await show_pay(read)
    names = [name for name, one in rates.items() if one.commissions_between(span.first_day, span.last_day)]
    found: Earned = dict.fromkeys(names, 0)
    for (day, name), net in (await _net_by_day(read, span, names) if names else {}).items():
        found[name] += divide_rounded(net * (rates[name].on(day).commission_ppm or 0), PPM)
    return found


async def _net_by_day(read: Read, span: Span, names: Collection[str]) -> dict[tuple[date, str], Money]:
    """The net of these people's receipts by day and name."""
    by = (Receipt.business_day, Receipt.staff)
    young = select(*by, func.sum(Receipt.net)).where(span.young_of(Receipt), Receipt.staff.in_(names)).group_by(*by)
    kept = (span.old_of(Rollup), Rollup.dimension == STAFF.dimension, Rollup.first_key.in_(names))
    old = select(Rollup.business_day, Rollup.first_key, Rollup.net).where(*kept)
    asked = [*([young] if span.young else []), *([old] if span.has_old else [])]
    return {(day, name): net for statement in asked for day, name, net in await rows(read, statement)}
