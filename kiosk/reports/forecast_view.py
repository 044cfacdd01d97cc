"""The forecast as a screen reads it: seven days by hour, what to prepare, how far off it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kiosk.core.money import Currency
from kiosk.reports.errors import ReportRefused
from kiosk.reports.forecast import LEAST_DAYS
from kiosk.reports.forecast_rules import AHEAD, ONE, WEEKS, Forecast, Grid, How, Outlook
from kiosk.reports.foresight import Foresight

QUIET: Final = 100
"""An hour that never brings the hundredth part of the busiest one is not drawn."""
PREP_COLUMNS: Final = ("day", "category", "item", "pieces", "rarely_over")
HOW: Final = {
    How.LEARNED: "Learned from {known} days.",
    How.SHORT: (
        "The median of the last weeks' same weekdays. It learns from {weeks} weeks of open days on; this kiosk knows "
        "{known} days."
    ),
    How.NO_EXTRA: (
        "The median of the same weekday of the last {weeks} weeks: what learns is not installed here. Install it with "
        "pip install 'kiosk[forecast]' and start the kiosk again."
    ),
}
NO_CALENDAR: Final = "Public holidays are not known here."


class NoForecastYet(ReportRefused):
    """What is to be taken away is not there."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence or "The forecast is being made. Try again in a few seconds.")


@dataclass(frozen=True)
class Today:
    """One day of a forecast: its sales, and by hour the lowest, the middle and the highest that are to be expected."""

    how: How
    expected: int
    hours: dict[int, tuple[int, int, int]]

    def band(self, hours: Iterable[int]) -> dict[int, dict[str, int]]:
        """What is to be expected in each of these hours, as `evening.band` tells what is usual."""
        nothing = (0, 0, 0)
        return {hour: dict(zip(("low", "usual", "high"), self.hours.get(hour, nothing), strict=True)) for hour in hours}


def today_of(found: Forecast | None, day: date) -> Today | None:
    """The sales that a forecast says of a day, by the hours that are worth drawing."""
    place = found.place_of(day) if found else None
    if found is None or place is None:
        return None
    sales = found.sales
    hours = {
        found.hours[one]: (sales.low[place][one], sales.ahead[place][one], sales.high[place][one])
        for one in drawn(found)
    }
    return Today(sales.how, sum(sales.ahead[place]), hours)


def drawn(found: Forecast) -> list[int]:
    """The places of the hours that are not nearly empty on every day ahead."""
    busiest = max((max(day, default=0) for day in found.sales.ahead), default=0)
    return [
        place for place in range(len(found.hours)) if max(day[place] for day in found.sales.ahead) * QUIET > busiest
    ]


def show_forecast(foresight: Foresight, today: date) -> dict[str, Any]:
    """The forecast that is kept; `state` says whether there is one: ready, making, early or failed."""
    found = foresight.look()
    if found is None:
        state = "early" if foresight.early is not None else "failed" if foresight.trouble else "making"
        early = {"known": max(foresight.early or 0, 0), "needed": LEAST_DAYS}
        return {"state": state, "sentence": foresight.trouble, **early}
    return {"state": "ready", "sentence": foresight.trouble, **told(found, today)}


def told(found: Forecast, today: date) -> dict[str, Any]:
    """Days, hours, pieces and errors; amounts in minor units."""
    places = drawn(found)
    return {
        "until": (found.first - 2 * ONE).isoformat(),
        "how": sentence(found),
        "is_learned": found.sales.is_learned,
        "guests_are": found.guests_are,
        "hours": [found.hours[place] for place in places],
        "days": [_day(found, place, places, today) for place in range(1, AHEAD)],
        "prep": {"day": found.first.isoformat(), "rows": [_piece(row) for row in found.prep()]},
        "errors": [_error(*one) for one in _outlooks(found)],
    }


def sentence(found: Forecast) -> str:
    """How it was made, and why so where it did not learn."""
    how = HOW[found.sales.how].format(known=found.known, weeks=WEEKS)
    return how if found.holidays is not None else f"{how} {NO_CALENDAR}"


def _day(found: Forecast, place: int, places: Sequence[int], today: date) -> dict[str, Any]:
    day = found.first + (place - 1) * ONE
    return {
        "day": day.isoformat(),
        "is_tomorrow": day == today + ONE,
        "holiday": (found.holidays or {}).get(day, ""),
        "sales": sum(found.sales.ahead[place]),
        "guests": sum(found.guests.ahead[place]),
        "by_hour": {
            "sales": _ranges(found.sales, place, places),
            "guests": _ranges(found.guests, place, places),
        },
    }


def _ranges(found: Outlook, place: int, places: Sequence[int]) -> Grid:
    """Low, middle, high of each hour of a day."""
    rows = (found.low[place], found.ahead[place], found.high[place])
    return [[row[one] for row in rows] for one in places]


def _piece(row: tuple[str, str, int, int]) -> dict[str, Any]:
    return dict(zip(("category", "item", "pieces", "most"), row, strict=True))


def _outlooks(found: Forecast) -> list[tuple[str, Outlook, int]]:
    """What is told of what, and by which part of a unit its errors are written: minor units, hundredths."""
    named = [("sales", found.sales, 10 ** Currency(found.currency).decimals), (found.guests_are, found.guests, 100)]
    return [*named, ("pieces", found.pieces, 100)] if found.pieces else named


def _error(what: str, found: Outlook, parts: int) -> dict[str, Any]:
    """How far off it was on average and by RMSLE in thousandths, beside the seasonal naive; None if never tried."""
    pair = {"own": found.own, "naive": found.naive}
    return {
        "what": what,
        "tried": found.tried,
        **{
            name: {"mae": round(one.mae * parts), "rmsle": round(one.rmsle * 1000)} if one else None
            for name, one in pair.items()
        },
    }


def prep_rows(foresight: Foresight) -> tuple[date, list[tuple[str, ...]]]:
    """The day to prepare for, and a row of text for each item. Raises NoForecastYet with what there is instead."""
    found = foresight.look()
    if found is None:
        raise NoForecastYet(foresight.trouble)
    day = found.first
    return day, [(day.isoformat(), kind, item, str(count), str(most)) for kind, item, count, most in found.prep()]
