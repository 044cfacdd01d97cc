"""The figures of a day or a range, read in one consistent look at the ledger."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Final

from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.models import Venue
from kiosk.core.money import Currency
from kiosk.payments.till_queries import book_day
from kiosk.reports import peaks, queries, reasons
from kiosk.reports.errors import OutOfBalance, RangeBackwards
from kiosk.reports.profit import profit, rows_of
from kiosk.reports.rollups import Span, spanned
from kiosk.reports.rules import (
    BEST,
    COURSES,
    DEEDS,
    DEEDS_OF,
    MODIFIERS,
    MONTHS,
    PARTS,
    REASONS,
    REASONS_OF_VOIDS,
    SECTIONS,
    STAFF,
    TABLES,
    WEEKDAYS,
    WHOLE_ITEMS,
    Dimension,
    Row,
    Takings,
    in_order,
    known_of,
    summary_of,
)

Query = Callable[[Read, Span], Awaitable[list[Row]]]

GROUPED: Final[dict[str, Query]] = {
    "days": queries.days,
    "items": queries.items,
    "categories": queries.categories,
    "portions": queries.portions,
    "payments": queries.payments,
    "staff": queries.staff,
    "taxes": queries.taxes,
}
_BY: Final = {
    Dimension.DAY: "days",
    Dimension.ITEM: "items",
    Dimension.CATEGORY: "categories",
    Dimension.PORTION: "portions",
    Dimension.TENDER: "payments",
    Dimension.TAX: "taxes",
}


_APART: Final[dict[Dimension, tuple[tuple[str, ...], Query]]] = {
    Dimension.MONTH: (MONTHS, queries.months),
    Dimension.WEEKDAY: (WEEKDAYS, queries.weekdays),
    Dimension.TABLE: (TABLES, queries.tables),
    Dimension.SECTION: (SECTIONS, queries.sections),
    Dimension.DEED: (DEEDS, queries.deeds),
    Dimension.STAFF: (STAFF, reasons.staff),
    Dimension.COURSE: (COURSES, queries.courses),
    Dimension.WHOLE_ITEM: (WHOLE_ITEMS, peaks.whole_items),
    Dimension.BEST: (BEST, peaks.best_of_months),
    Dimension.MODIFIER: (MODIFIERS, queries.modifiers),
    Dimension.VOID: (REASONS_OF_VOIDS, reasons.told_of(DEEDS_OF[Dimension.VOID])),
    Dimension.COMP: (REASONS, reasons.told_of(DEEDS_OF[Dimension.COMP])),
    Dimension.DISCOUNT: (REASONS, reasons.told_of(DEEDS_OF[Dimension.DISCOUNT])),
    Dimension.REFUND: (REASONS, reasons.told_of(DEEDS_OF[Dimension.REFUND])),
}
"""What a range is told by that no part of the report is."""


async def takings(read: Read, first: date, last: date, *, with_receipts: bool = True) -> Takings:
    """What was sold from the first to the last business day, both included.

    Raises OutOfBalance where a part does not add up to the turnover: then the ledger itself is damaged.
    """
    venue = await read.venue()
    span = await _span(read, venue, first, last)
    parts: dict[str, list[Row]] = {
        "summary": [*summary_of(await queries.totals(read, span)), *rows_of(await profit(read, span))],
        "hours": in_order(await queries.hours(read, span), venue.cutover_minutes),
        **{name: await query(read, span) for name, query in GROUPED.items()},
        "drawers": await queries.drawers(read, span, venue.timezone),
        "receipts": await queries.receipts(read, span, venue.timezone) if with_receipts else [],
    }
    now = clock.local(clock.now(), venue.timezone).replace(tzinfo=None, microsecond=0)
    currency = venue.currency
    found = Takings(venue.name, currency.code, currency.decimals, first, last, now, parts, with_receipts)
    check(found)
    return found


def check(found: Takings) -> None:
    """Raise OutOfBalance, naming both sums, where a part does not add up to the turnover."""
    for part, total in found.unbalanced():
        due = found.figure("turnover")
        say = Currency(found.currency).say
        raise OutOfBalance(part, f"{say(total)} {found.currency}", f"{say(due)} {found.currency}")


async def told_by(
    read: Read, first: date, last: date, dimension: Dimension, until: datetime | None = None
) -> tuple[tuple[str, ...], list[Row]]:
    """A range told by one dimension: the columns, and a row for each of its values; the last day `until` a moment.

    Costs, hours and commissions are among them only where any row has one.
    """
    venue = await read.venue()
    return known_of(*await _told_by(read, venue, await _span(read, venue, first, last, until), dimension))


async def _told_by(read: Read, venue: Venue, span: Span, dimension: Dimension) -> tuple[tuple[str, ...], list[Row]]:
    if dimension in _APART:
        columns, query = _APART[dimension]
        return columns, await query(read, span)
    if dimension is Dimension.HOUR:
        return PARTS["hours"], in_order(await queries.hours(read, span), venue.cutover_minutes)
    part = _BY[dimension]
    return PARTS[part], await GROUPED[part](read, span)


async def business_today(read: Read) -> date:
    """The business day that is going on: after a close it is the next, whatever the clock says."""
    return await book_day(read)


async def _span(read: Read, venue: Venue, first: date, last: date, until: datetime | None = None) -> Span:
    if last < first:
        raise RangeBackwards(first, last)
    return await spanned(read, venue.id, first, last, until)
