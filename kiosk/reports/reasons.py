"""Why something was taken off, and by whom it was, beside what they sold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Final

from kiosk.core.db import Read
from kiosk.reports import queries
from kiosk.reports.deeds import show_deeds
from kiosk.reports.pay import commissions
from kiosk.reports.rollups import Span, added_up
from kiosk.reports.rules import DEEDS_OF, Dimension, Row, each
from kiosk.reports.work import minutes_of
from kiosk.staff.pay import show_pay

OF_STAFF: Final = (DEEDS_OF[Dimension.VOID], DEEDS_OF[Dimension.COMP], DEEDS_OF[Dimension.DISCOUNT])
NOTHING: Final = (0, 0, 0, 0)


def told_of(kind: str) -> Callable[[Read, Span], Awaitable[list[Row]]]:
    """What tells the deeds of one kind by their reasons."""

    async def show(read: Read, span: Span) -> list[Row]:
        """reason, times, for voids how many of them after the bill, amount; the dearest first"""
        mine = [one for one in await show_deeds(read, span) if one.kind == kind]
        sums = added_up((one.reason, (one.times, one.after_bill, one.amount)) for one in mine)
        ordered = sorted(sums.items(), key=lambda entry: (-entry[1][2], -entry[1][0], entry[0]))
        return [_row(kind, reason, *figures) for reason, figures in ordered]

    return show


def _row(kind: str, reason: str, times: int, after_bill: int, amount: int) -> Row:
    late = (after_bill,) if kind == DEEDS_OF[Dimension.VOID] else ()
    return (reason, times, *late, amount)


async def staff(read: Read, span: Span) -> list[Row]:
    """staff, receipts, covers, turnover, spend a guest, voids, comps, discounts, tips, minutes at work, commission.

    The highest turnover first. What was taken off stands with whoever did it, also where somebody else served the
    guests; who only worked is named where a wage or a commission was agreed.
    """
    paid, earned = await show_pay(read), await commissions(read, span)
    minutes = await minutes_of(read, span.first_day, span.last_day, span.until)
    off: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(OF_STAFF, 0))
    for one in await show_deeds(read, span):
        if one.kind in OF_STAFF:
            off[one.person][one.kind] += one.amount
    sold = {name: tuple(rest) for name, *rest in await queries.staff(read, span)}
    told = []
    for name in [*sold, *sorted((off.keys() | (minutes.keys() & paid.keys())) - sold.keys())]:
        receipts, covers, turnover, tips = sold.get(name, NOTHING)
        last = (minutes.get(name), earned.get(name))
        told.append((name, receipts, covers, turnover, each(turnover, covers), *off[name].values(), tips, *last))
    return told
