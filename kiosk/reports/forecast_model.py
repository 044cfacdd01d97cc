"""What is to be expected, learned from what was. Home of scikit-learn; loaded by a process of its own alone.

A day's sum is learned by a Poisson regression on its weekday, public holidays and the trend, younger days counting
more; hours and items share it as they did on that weekday. Without the extra, or with a short past, it is the median
of the same weekday.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np

from kiosk.reports.forecast_rules import AHEAD, ONE, WEEKS, Errors, Outlook, Past

Values: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Method: TypeAlias = "Callable[[Days, int], Values]"
WEEK: Final = 7
HALF_LIFE: Final = 120
"""A day so many days ago counts half."""
TRIED_WEEKS: Final = 26
STIFFNESS: Final = 0.001
LEAN: Final = 2
"""A weekday's shares lean on those of all days as if there had been so many average days more of it."""


class Days:
    """The days of a past as numbers, each with its weekday and whether it is a holiday, the days ahead included."""

    def __init__(self, past: Past, weeks_shared: int) -> None:
        self.values = np.array(past.days, dtype=float) / past.unit
        calendar = [past.first + ONE * number for number in range(len(past.days) + AHEAD)]
        self.weekday = np.array([day.weekday() for day in calendar])
        self.is_free = np.array([day in past.free for day in calendar])
        self.is_open = self.values.sum(axis=1) > 0
        self.weeks_shared = weeks_shared


def naive(days: Days, t: int) -> Values:
    """Everything as a week before."""
    return np.array([days.values[_before(t, ahead)] for ahead in range(AHEAD)])


def weekday_median(days: Days, t: int) -> Values:
    """The median of the same weekday when it was open; nothing where it was shut twice in a row."""
    return np.array([_median(days, _before(t, ahead)) for ahead in range(AHEAD)])


def _before(t: int, ahead: int) -> int:
    """The youngest day known at `t` with the weekday of so many days ahead."""
    return t - WEEK + ahead % WEEK


def _median(days: Days, latest: int) -> Values:
    same = list(range(latest, -1, -WEEK))[:WEEKS]
    known = [day for day in same if days.is_open[day]]
    if _is_shut(days, latest) or not known:
        return np.zeros(days.values.shape[1])
    return np.asarray(np.median(days.values[known], axis=0))


def _is_shut(days: Days, latest: int) -> bool:
    return not any(days.is_open[day] for day in (latest, latest - WEEK) if day >= 0)


def learned(model: Any, days: Days, t: int) -> Values:
    """What a model makes of the days before `t`: sums of days, shared out as on that weekday."""
    known, ahead = np.flatnonzero(days.is_open[:t]), np.arange(t, t + AHEAD)
    sums = days.values[known].sum(axis=1)
    usual = sums.mean()
    model.fit(_told(days, known, t), sums / usual, sample_weight=0.5 ** ((t - known) / HALF_LIFE))
    expected = model.predict(_told(days, ahead, t)) * usual
    shut = [_is_shut(days, _before(t, one)) for one in range(AHEAD)]
    expected[np.array(shut)] = 0
    return np.asarray(expected[:, None] * _shares(days, t)[days.weekday[ahead]])


def _told(days: Days, which: Any, t: int) -> Values:
    """What is known of days: weekday, holiday, months ago; the days ahead count as the last that is over."""
    weekdays = days.weekday[which][:, None] == np.arange(WEEK)
    months = np.minimum(which - t, 0) / 30
    return np.column_stack([weekdays, days.is_free[which], months]).astype(float)


def _shares(days: Days, t: int) -> Values:
    """How hours or items share a day's sum, by weekday."""
    begin = max(0, t - WEEK * days.weeks_shared)
    some, weekdays = days.values[begin:t], days.weekday[begin:t]
    sums = np.array([some[weekdays == weekday].sum(axis=0) for weekday in range(WEEK)])
    whole = sums.sum()
    lean = LEAN * whole / max(1, t - begin)
    together = sums.sum(axis=0) / max(whole, 1)
    return np.asarray((sums + lean * together) / np.maximum(sums.sum(axis=1, keepdims=True) + lean, 1))


def outlook(past: Past, *, weeks_shared: int = TRIED_WEEKS, tomorrow_only: bool = False) -> Outlook:
    """The next days of a past, tried on that past: week by week, or every fifth day on the day after alone."""
    days, count = Days(past, weeks_shared), len(past.days)
    method = _method(days)
    found = np.rint(np.maximum(method(days, count), 0) * past.unit).astype(int)[1:].tolist()
    is_learned = method is not weekday_median
    until, step = (2, 5) if tomorrow_only else (AHEAD, WEEK)
    begin = max(WEEK * WEEKS, count - WEEK * TRIED_WEEKS)
    origins = range(count - until, begin - 1, -step)
    if not origins:
        return Outlook(is_learned, found)
    actual = np.array([days.values[t + 1 : t + until] for t in origins])
    own, other = (_errors(actual, [one(days, t)[1:until] for t in origins]) for one in (method, naive))
    return Outlook(is_learned, found, own, other, actual.size)


def _method(days: Days) -> Method:
    """The library's where it is installed and the past is long enough."""
    if days.is_open.sum() < WEEK * WEEKS:
        return weekday_median
    try:
        from sklearn.linear_model import PoissonRegressor
    except ImportError:
        return weekday_median
    return partial(learned, PoissonRegressor(alpha=STIFFNESS, max_iter=300))


def _errors(actual: Values, told: list[Values]) -> Errors:
    true, expected = np.maximum(actual, 0), np.maximum(np.array(told), 0)
    logarithms = np.log1p(true) - np.log1p(expected)
    return Errors(np.abs(true - expected).mean().item(), np.sqrt((logarithms**2).mean()).item())
