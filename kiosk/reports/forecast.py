"""What the next seven days are to bring, out of the kiosk's own past."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from babel import Locale
from sqlalchemy import select

from kiosk.core.db import Read
from kiosk.core.models import Venue
from kiosk.reports.errors import ReportRefused
from kiosk.reports.forecast_rules import ONE, WEEKS, Asked, Forecast, Grid, How, Outlook, Past, Question
from kiosk.reports.forecaster import Forecaster
from kiosk.reports.models import RolledDay, Rollup
from kiosk.reports.rolling import last_over
from kiosk.reports.rollups import HOURS, ITEMS, KEYS, Grouping, Span, rows, spanned
from kiosk.reports.rules import Row

YEARS: Final = timedelta(days=3 * 365)
ITEM_WEEKS: Final = 34
"""Of items fewer weeks are read: those they are tried on, and those before the first of these."""
LEAST_DAYS: Final = 14
MADE: Final = {
    How.LEARNED: "Learned from the past with scikit-learn",
    How.SHORT: f"The median of the weekday, {WEEKS} weeks",
    How.NO_EXTRA: f"The median of the weekday, {WEEKS} weeks, because kiosk[forecast] is not installed",
}
AT_ONCE: Final = {HOURS.dimension: 90, ITEMS.dimension: 7}
"""So many days are read and sorted in before tablets are heard again."""


class TooEarly(ReportRefused):
    """`known` are the days of which there are sales."""

    def __init__(self, known: int = 0) -> None:
        self.known = known
        super().__init__(f"A forecast needs sales of at least {LEAST_DAYS} days. Ask again when there are as many.")


@dataclass(frozen=True)
class Gathered:
    """What a forecast is made of: the past as it was read, and what its columns are."""

    last: date
    currency: str
    guests_are: str
    hours: list[int]
    items: list[tuple[str, str]]
    asked: Asked


async def forecast(read: Read, maker: Forecaster, *, with_items: bool = False) -> Forecast:
    """Guests and sales by hour of the next seven days; with items, the pieces of each for tomorrow.

    Where guests were not counted in the last weeks, receipts stand for them. Raises TooEarly, ReportRefused.
    """
    return await foresee(await gathered(read, with_items=with_items), maker)


async def gathered(read: Read, *, with_items: bool = False) -> Gathered:
    """The past of which a forecast is made, read some weeks at a time. Raises TooEarly."""
    venue, last = await read.venue(), await last_over(read)
    since = await _first_sale(read, venue.id, last - YEARS, last)
    sold = [row async for some in told_each_day(read, Span(venue.id, since, last, ()), HOURS) for row in some]
    first = min((row[0] for row in sold if row[2]), default=last + ONE)
    known = (last - first).days + 1
    if known < LEAST_DAYS:
        raise TooEarly(known)
    hours = sorted({row[1] for row in sold}, key=lambda hour: (hour * 60 < venue.cutover_minutes, hour))
    are_counted = any(row[3] for row in sold if row[0] > last - WEEKS * 7 * ONE)

    def past(figure: int, unit: int = 1) -> Past:
        return Past(first, grid(((row[0], row[1], row[figure]) for row in sold), hours, first, last), unit=unit)

    asked = [Question(past(3 if are_counted else 2)), Question(past(4, 10**venue.currency.decimals))]
    items: list[tuple[str, str]] = []
    if with_items:
        items, question = await _items(read, max(first, last - ITEM_WEEKS * 7 * ONE), last)
        asked.append(question)
    guests_are = "covers" if are_counted else "receipts"
    return Gathered(last, venue.currency_code, guests_are, hours, items, Asked(asked, country_of(venue)))


async def foresee(found: Gathered, maker: Forecaster) -> Forecast:
    """What is to be expected after this past. Raises ReportRefused."""
    answer = await maker.outlooks(found.asked)
    guests, sales, *pieces = answer.outlooks
    holidays = answer.holidays
    return Forecast(
        first=found.last + 2 * ONE,
        currency=found.currency,
        guests_are=found.guests_are,
        hours=found.hours,
        guests=guests,
        sales=sales,
        items=found.items,
        pieces=pieces[0] if pieces else None,
        known=len(found.asked.questions[0].past.days),
        holidays=None if holidays is None else {day: name for day, name in holidays.items() if day > found.last},
    )


async def _first_sale(read: Read, venue_id: int, since: date, last: date) -> date:
    """The first day after `since` that had any receipt; reading begins there."""
    span = await spanned(read, venue_id, since, last)
    table = HOURS.table
    rolled = select(RolledDay.business_day).where(span.old_of(RolledDay), RolledDay.entries > 0)
    young = select(table.business_day).where(span.young_of(table))
    found = [
        await read.session.scalar(asked.order_by(column).limit(1))
        for asked, column in ((rolled, RolledDay.business_day), (young, table.business_day))
    ]
    return min((day for day in found if day), default=last)


async def _items(read: Read, first: date, last: date) -> tuple[list[tuple[str, str]], Question]:
    """What sold in the last weeks, as category and item, and its pieces by day."""
    span = Span((await read.venue()).id, first, last, ())
    cells = [(row[0], (row[1], row[2]), row[4]) async for some in told_each_day(read, span, ITEMS) for row in some]
    items = sorted({item for day, item, _ in cells if day > last - WEEKS * 7 * ONE})
    return items, Question(Past(first, grid(cells, items, first, last)), is_items=True)


async def told_each_day(read: Read, span: Span, grouping: Grouping) -> AsyncIterator[list[Row]]:
    """Day, keys and figures of a grouping, day by day, some days at a time."""
    first = span.first_day
    while first <= span.last_day:
        last = min(span.last_day, first + (AT_ONCE[grouping.dimension] - 1) * ONE)
        yield await _told(read, await spanned(read, span.venue_id, first, last), grouping)
        first = last + ONE
        await asyncio.sleep(0)


async def _told(read: Read, span: Span, grouping: Grouping) -> list[Row]:
    found: list[Row] = []
    if span.young:
        day = grouping.table.business_day
        found += await rows(read, grouping.ledger(span.young_of(grouping.table), day))
    if span.has_old:
        found += await rows(read, _kept(span, grouping))
    back: Callable[[str], Any] = grouping.back
    n = len(grouping.keys) + 1
    return [(row[0], *(back(key) for key in row[1:n]), *row[n:]) for row in found]


def _kept(span: Span, grouping: Grouping) -> Any:
    names = (*KEYS[: len(grouping.keys)], *grouping.figures)
    columns = [getattr(Rollup, name) for name in names]
    return select(Rollup.business_day, *columns).where(span.old_of(Rollup), Rollup.dimension == grouping.dimension)


def grid(cells: Iterable[tuple[date, Any, int]], columns: list[Any], first: date, last: date) -> Grid:
    """Day, column, figure as a row for each day; a day without sales is a row of nothing."""
    places = {column: place for place, column in enumerate(columns)}
    made = [[0] * len(columns) for _ in range((last - first).days + 1)]
    for day, column, figure in cells:
        if day >= first and column in places:
            made[(day - first).days][places[column]] += figure
    return made


def country_of(venue: Venue) -> str:
    """The country whose holidays a venue keeps, by its locale; "" where that names none."""
    return Locale.parse(venue.locale).territory or ""


def in_words(found: Outlook, unit: Callable[[float], str], what: str) -> str:
    """How it was made and how far off it was in the past, beside the seasonal naive."""
    how = MADE[found.how]
    if found.own is None or found.naive is None:
        return f"{what}: {how}; the past is too short to try it on."
    return (
        f"{what}: {how}; tried on {found.tried:,} figures of the past it was off by {unit(found.own.mae)} on average "
        f"(RMSLE {found.own.rmsle:.3f}); “as a week before” by {unit(found.naive.mae)} "
        f"(RMSLE {found.naive.rmsle:.3f})."
    )
