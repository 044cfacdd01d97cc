"""The days that somebody asks for, by name or by date, and the days they are compared with. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from babel import Locale

from kiosk.reports.errors import RangeBackwards
from kiosk.reports.rules import TODAY, day_of

ONE: Final = timedelta(days=1)
A_YEAR: Final = timedelta(days=364)
"""52 weeks: the same weekdays a year before."""
Days = tuple[date, date]


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


def beside(days: Days, how: Beside) -> Days | None:
    """The days to compare with; before a single day it is the same weekday a week before."""
    first, last = days
    if how is Beside.NOTHING:
        return None
    if how is Beside.YEAR:
        return first - A_YEAR, last - A_YEAR
    length = 7 * ONE if first == last else last - first + ONE
    return first - length, last - length
