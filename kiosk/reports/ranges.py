"""The days that somebody asks for, by name or by date, and the days they are compared with. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale

from kiosk.reports.errors import RangeBackwards
from kiosk.reports.rules import TODAY, day_of

ONE: Final = timedelta(days=1)
A_YEAR: Final = timedelta(days=364)
"""52 weeks: the same weekdays a year before."""
Days = tuple[date, date]


def each_day(first: date, last: date) -> list[date]:
    """The days from the first to the last, none where that lies before it."""
    return [first + number * ONE for number in range((last - first).days + 1)]


def month_of(day: date) -> Days:
    """The first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


class Named(StrEnum):
    """Ranges that have a name; they end with the business day that is going on."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"


class Beside(StrEnum):
    """What a range is compared with: nothing, the days right before it, or the same weekdays a year before."""

    NOTHING = "nothing"
    BEFORE = "before"
    YEAR = "year"


def range_of(first: str, last: str, today: date, locale: str) -> Days:
    """The days from one to another, "today" among them; or those that `first` alone names. Raises DayUnreadable."""
    if first in list(Named) and not last:
        return named(Named(first), today, locale)
    begin = day_of(first or TODAY, today)
    end = day_of(last or begin.isoformat(), today)
    if end < begin:
        raise RangeBackwards(begin, end)
    return begin, end


def named(name: Named, today: date, locale: str) -> Days:
    """The days of a named range; a week begins where the locale has it begin."""
    if name is Named.YESTERDAY:
        return today - ONE, today - ONE
    if name is Named.WEEK:
        return today - (today.weekday() - Locale.parse(locale).first_week_day) % 7 * ONE, today
    return (today.replace(day=1) if name is Named.MONTH else today), today


@dataclass(frozen=True)
class Other:
    """The days that others are compared with, the last of them only `until` a moment where those are going on.

    `later` is how much later those are: in days, or in whole months.
    """

    days: Days
    later: timedelta | int
    until: datetime | None = None


def beside(days: Days, how: Beside, *, by_month: bool = False) -> Other | None:
    """The days to compare with; before a single day it is the same weekday a week before.

    `by_month` they begin and end on the same days of other months, so that month can stand beside month.
    """
    first, last = days
    if how is Beside.NOTHING:
        return None
    if by_month:
        months = 12 if how is Beside.YEAR else _month(last) - _month(first) + 1
        return Other((months_before(first, months), _end_before(last, months)), months)
    length = A_YEAR if how is Beside.YEAR else 7 * ONE if first == last else last - first + ONE
    return Other((first - length, last - length), length)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def months_before(day: date, months: int) -> date:
    """The same day of the month so many before, or its last where it has no such day."""
    year, month = divmod(_month(day) - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end_before(day: date, months: int) -> date:
    """The same day of the month so many before; the last for the last, so that whole months stay whole."""
    is_last = (day + ONE).day == 1
    return months_before(day + ONE, months) - ONE if is_last else months_before(day, months)


def elapsed(days: Days, other: Other, today: date, wall: datetime, timezone: str) -> Other:
    """So much of the other days as has gone by of these: to the same minute of the same day, where today is in them.

    `wall` is what the venue's clock shows.
    """
    if not days[0] <= today <= days[1]:
        return other
    is_by_days = isinstance(other.later, timedelta)
    last = today - other.later if isinstance(other.later, timedelta) else months_before(today, other.later)
    cut = datetime.combine(last + (wall.date() - today), wall.time(), ZoneInfo(timezone))
    return Other((other.days[0], last), other.later, cut if is_by_days or last.day == today.day else None)
