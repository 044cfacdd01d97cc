"""What the next seven days are to bring, out of the kiosk's own past."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, Final

from babel import Locale
from sqlalchemy import select

from kiosk.core.db import Read
from kiosk.core.models import Venue
from kiosk.reports.errors import ReportRefused
from kiosk.reports.forecast_rules import AHEAD, ONE, WEEKS, Forecast, Grid, Outlook, Past
from kiosk.reports.forecaster import Forecaster, Question
from kiosk.reports.models import Rollup
from kiosk.reports.rolling import last_over
from kiosk.reports.rollups import HOURS, ITEMS, KEYS, Grouping, Span, rows, spanned
from kiosk.reports.rules import Row

YEARS: Final = timedelta(days=3 * 365)
ITEM_WEEKS: Final = 34
"""Of items fewer weeks are read: those they are tried on, and those before the first of these."""
LEAST_DAYS: Final = 14


class TooEarly(ReportRefused):
    def __init__(self) -> None:
        super().__init__(f"A forecast needs sales of at least {LEAST_DAYS} days. Ask again when there are as many.")


async def forecast(read: Read, maker: Forecaster, *, with_items: bool = False) -> Forecast:
    """Guests and sales by hour of the next seven days; with items, the pieces of each for tomorrow.

    Where guests were not counted in the last weeks, receipts stand for them. Raises TooEarly, ReportRefused.
    """
    venue, last = await read.venue(), await last_over(read)
    sold = await told_each_day(read, await spanned(read, venue.id, last - YEARS, last), HOURS)
    first = min((row[0] for row in sold if row[2]), default=last)
    if (last - first).days + 1 < LEAST_DAYS:
        raise TooEarly
    free = public_holidays(venue, first, last + ONE * AHEAD)
    hours = sorted({row[1] for row in sold}, key=lambda hour: (hour * 60 < venue.cutover_minutes, hour))
    are_counted = any(row[3] for row in sold if row[0] > last - WEEKS * 7 * ONE)

    def past(figure: int, unit: int = 1) -> Past:
        return Past(first, grid(((row[0], row[1], row[figure]) for row in sold), hours, first, last), free, unit)

    asked = [Question(past(3 if are_counted else 2)), Question(past(4, 10**venue.currency.decimals))]
    items: list[tuple[str, str]] = []
    if with_items:
        items, question = await _items(read, max(first, last - ITEM_WEEKS * 7 * ONE), last, free)
        asked.append(question)
    guests, sales, *pieces = await maker.outlooks(asked)
    guests_are, of_items = "covers" if are_counted else "receipts", pieces[0] if pieces else None
    return Forecast(last + 2 * ONE, venue.currency_code, guests_are, hours, guests, sales, items, of_items)


async def _items(read: Read, first: date, last: date, free: frozenset[date]) -> tuple[list[tuple[str, str]], Question]:
    """What sold in the last weeks, as category and item, and its pieces by day."""
    venue = await read.venue()
    sold = await told_each_day(read, await spanned(read, venue.id, first, last), ITEMS)
    items = sorted({(row[1], row[2]) for row in sold if row[0] > last - WEEKS * 7 * ONE})
    cells = ((row[0], (row[1], row[2]), row[4]) for row in sold)
    return items, Question(Past(first, grid(cells, items, first, last), free), is_items=True)


async def told_each_day(read: Read, span: Span, grouping: Grouping) -> list[Row]:
    """Day, keys and figures of a grouping, day by day."""
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


def public_holidays(venue: Venue, first: date, last: date) -> frozenset[date]:
    """The public holidays of the venue's country; none where the extra is missing or does not know the country."""
    country = Locale.parse(venue.locale).territory
    try:
        import holidays

        known = holidays.country_holidays(country or "", years=range(first.year, last.year + 1))
    except (ImportError, NotImplementedError):
        return frozenset()
    return frozenset(day for day in known if first <= day <= last)


def in_words(found: Outlook, unit: Callable[[float], str], what: str) -> str:
    """How it was made and how far off it was in the past, beside the seasonal naive."""
    how = "Learned from the past with scikit-learn" if found.is_learned else f"The median of the weekday, {WEEKS} weeks"
    if found.own is None or found.naive is None:
        return f"{what}: {how}; the past is too short to try it on."
    return (
        f"{what}: {how}; tried on {found.tried:,} figures of the past it was off by {unit(found.own.mae)} on average "
        f"(RMSLE {found.own.rmsle:.3f}); “as a week before” by {unit(found.naive.mae)} "
        f"(RMSLE {found.naive.rmsle:.3f})."
    )
