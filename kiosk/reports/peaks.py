"""What stands out: the busiest, best and quietest row of a time, the best item of every month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kiosk.core.db import Read
from kiosk.reports import queries
from kiosk.reports.ranges import month_of
from kiosk.reports.rollups import ITEMS, Span, added_up, told, told_by_day
from kiosk.reports.rules import Dimension, Row

IN_TIME: Final = frozenset({Dimension.DAY, Dimension.WEEKDAY, Dimension.HOUR, Dimension.MONTH})
BEST_BY: Final = ("turnover", "pieces")
Sold = tuple[str, int, int]


def peaks(by: Dimension, columns: Sequence[str], rows: Sequence[Row], today: date) -> dict[str, int]:
    """Which row of a time stands out, by its place: `busiest` and `quietest` by receipts, `best` by turnover.

    Of equals it is the first. Rows without a sale are passed over; of fewer than two others nothing stands out.
    A day or a month that is still going on is not called quiet.
    """
    if by not in IN_TIME:
        return {}
    receipts, turnover = columns.index("receipts"), columns.index("turnover")
    open_ = [place for place, row in enumerate(rows) if row[receipts]]
    if len(open_) < 2:
        return {}
    over = [place for place in open_ if str(rows[place][0]) not in (f"{today}", f"{today:%Y-%m}")]
    return {
        "busiest": max(open_, key=lambda place: rows[place][receipts]),
        "best": max(open_, key=lambda place: rows[place][turnover]),
        "quietest": min(over, key=lambda place: rows[place][receipts]),
    }


async def whole_items(read: Read, span: Span) -> list[Row]:
    """category, item in all its portions, pieces, turnover; the best sold first"""
    sold = await queries.items(read, span)
    by_item = added_up(((category, item), figures[:2]) for category, item, _, *figures in sold)
    return sorted(((*key, *figures) for key, figures in by_item.items()), key=lambda row: (-row[3], row[:2]))


async def best_of_months(read: Read, span: Span) -> list[Row]:
    """month like 2015-11, what the item was the most in, item in all its portions, pieces, turnover"""
    found: list[Row] = []
    for first, last in sorted({month_of(day) for day in await told_by_day(read, span)}):
        sold = await _sold(read, _within(span, first, last))
        found += (_best(f"{first:%Y-%m}", most, sold) for most in BEST_BY if sold)
    return found


def _best(month: str, most: str, sold: Iterable[Sold]) -> Row:
    def weight(row: Sold) -> int:
        return row[1] if most == "pieces" else row[2]

    return month, most, *min(sold, key=lambda row: (-weight(row), row[0]))


async def _sold(read: Read, span: Span) -> list[Sold]:
    """Every item's pieces and turnover; a service charge is none."""
    by_item = added_up((item, figures[:2]) for _, item, _, *figures in await told(read, span, ITEMS))
    return [(item, pieces, turnover) for item, (pieces, turnover) in by_item.items()]


def _within(span: Span, first: date, last: date) -> Span:
    """The days of a span that lie between these two."""
    young = ((max(first, begin), min(last, end)) for begin, end in span.young if begin <= last and end >= first)
    days = max(first, span.first_day), min(last, span.last_day)
    until = span.until if days[1] == span.last_day else None
    return replace(span, first_day=days[0], last_day=days[1], young=tuple(young), sums={}, until=until)
