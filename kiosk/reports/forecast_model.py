"""What is to be expected, learned from what was. Home of scikit-learn; loaded by a process of its own alone.

A day's sum is learned by a Poisson regression on its weekday, public holidays and the trend, younger days counting
more; hours and items share it as they did on that weekday. Without the extra, or with a short past, it is the median
of the same weekday.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np

from kiosk.reports.forecast_rules import AHEAD, ONE, WEEKS, Errors, Grid, How, Outlook, Past

Values: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Method: TypeAlias = "Callable[[Days, int], Values]"
WEEK: Final = 7
HALF_LIFE: Final = 120
"""A day so many days ago counts half."""
TRIED_WEEKS: Final = 26
STIFFNESS: Final = 0.001
LOW, HIGH = 0.1, 0.9
"""Between these quantiles lie eight of ten."""
ONCE: Final = 20
"""A day that was so many times what its weekday usually is comes once: a banquet for the town, a typing error."""
TINY: Final = 1e-9
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
    known = [day for day in _same(latest) if days.is_open[day]]
    if _is_shut(days, latest) or not known:
        return np.zeros(days.values.shape[1])
    return np.asarray(np.median(days.values[known], axis=0))


def _same(latest: int) -> range:
    """The last weeks' days of the same weekday, the youngest first."""
    return range(latest, max(-1, latest - WEEK * WEEKS), -WEEK)


def _is_shut(days: Days, latest: int) -> bool:
    return not any(days.is_open[day] for day in (latest, latest - WEEK) if day >= 0)


def learned(model: Any, days: Days, t: int) -> Values:
    """What a model makes of the days before `t`: sums of days, shared out as on that weekday."""
    known, ahead = np.flatnonzero(days.is_open[:t]), np.arange(t, t + AHEAD)
    if not known.size:
        return np.zeros((AHEAD, days.values.shape[1]))
    sums = _believed(days.values[known].sum(axis=1), days.weekday[known])
    usual = sums.mean()
    model.fit(_told(days, known, t), sums / usual, sample_weight=0.5 ** ((t - known) / HALF_LIFE))
    expected = model.predict(_told(days, ahead, t)) * usual
    shut = [_is_shut(days, _before(t, one)) for one in range(AHEAD)]
    expected[np.array(shut)] = 0
    return np.asarray(expected[:, None] * _shares(days, t)[days.weekday[ahead]])


def _believed(sums: Values, weekdays: Any) -> Values:
    """Sums of days; one that was so many times what is usual on its weekday happens once, and counts as no more."""
    believed = sums.copy()
    for weekday in np.unique(weekdays):
        mine = weekdays == weekday
        believed[mine] = np.minimum(sums[mine], np.median(sums[mine]) * ONCE)
    return believed


def _told(days: Days, which: Any, t: int) -> Values:
    """What is known of days: weekday, holiday, months ago; the days ahead count as the last that is over."""
    weekdays = days.weekday[which][:, None] == np.arange(WEEK)
    months = np.minimum(which - t, 0) / 30
    return np.column_stack([weekdays, days.is_free[which], months]).astype(float)


def _shares(days: Days, t: int) -> Values:
    """How hours or items share a day's sum, by weekday; what was given back is not expected again."""
    begin = max(0, t - WEEK * days.weeks_shared)
    some, weekdays = np.maximum(days.values[begin:t], 0), days.weekday[begin:t]
    sums = np.array([some[weekdays == weekday].sum(axis=0) for weekday in range(WEEK)])
    whole = sums.sum()
    lean = LEAN * whole / max(1, t - begin)
    together = sums.sum(axis=0) / max(whole, 1)
    return np.asarray((sums + lean * together) / np.maximum(sums.sum(axis=1, keepdims=True) + lean, 1))


def outlook(past: Past, *, weeks_shared: int = TRIED_WEEKS, tomorrow_only: bool = False) -> Outlook:
    """The next days of a past, tried on that past: week by week, or every fifth day on the day after alone."""
    with _one_core():
        return _outlook(past, weeks_shared, tomorrow_only)


def _one_core() -> AbstractContextManager[Any]:
    """These sums are so small that cores that share them take a hundred times as long."""
    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        return nullcontext()
    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits


def _outlook(past: Past, weeks_shared: int, tomorrow_only: bool) -> Outlook:
    days, count = Days(past, weeks_shared), len(past.days)
    how, method = _method(days)
    ahead = np.maximum(method(days, count), 0)
    until, step = (2, 5) if tomorrow_only else (AHEAD, WEEK)
    begin = max(WEEK * WEEKS, count - WEEK * TRIED_WEEKS)
    origins = range(count - until, begin - 1, -step)
    if not origins or not ahead.size:
        low, high = _usual(days, ahead)
        return Outlook(how, _whole(ahead, past), _whole(low, past), _whole(high, past))
    actual = np.array([days.values[t + 1 : t + until] for t in origins])
    own, other = (np.maximum([one(days, t)[1:until] for t in origins], 0) for one in (method, naive))
    low, high = ranges(ahead, actual, own)
    errors = (_errors(actual, own), _errors(actual, other))
    return Outlook(how, _whole(ahead, past), _whole(low, past), _whole(high, past), *errors, actual.size)


def _whole(values: Values, past: Past) -> Grid:
    found: Grid = np.rint(values * past.unit).astype(int).tolist()
    return found


def _method(days: Days) -> tuple[How, Method]:
    """The library's where it is installed and the past is long enough."""
    if days.is_open.sum() < WEEK * WEEKS:
        return How.SHORT, weekday_median
    try:
        from sklearn.linear_model import PoissonRegressor
    except ImportError:
        return How.NO_EXTRA, weekday_median
    return How.LEARNED, partial(learned, PoissonRegressor(alpha=STIFFNESS, max_iter=300))


def _usual(days: Days, ahead: Values) -> tuple[Values, Values]:
    """The lowest and the highest of the same weekdays and of what is told, where there is no past to try that on."""
    low, high = ahead.copy(), ahead.copy()
    for place, day in enumerate(ahead):
        same = [one for one in _same(_before(len(days.values), place)) if days.is_open[one]]
        if day.any() and same:
            low[place], high[place] = days.values[same].min(axis=0), days.values[same].max(axis=0)
    return np.clip(low, 0, ahead), np.maximum(high, ahead)


def ranges(ahead: Values, actual: Values, told: Values) -> tuple[Values, Values]:
    """Between what eight of ten figures lay in the past, beside what was told of them then.

    Distances grow with the root of a figure, so a quiet Monday and a full Saturday are measured by one scale.
    """
    columns = actual.shape[2]
    true, expected = np.maximum(actual, 0).reshape(-1, columns), told.reshape(-1, columns)
    is_open = expected.any(axis=1)
    if not is_open.any():
        return ahead, ahead
    true, expected = true[is_open], expected[is_open]
    least = np.maximum(expected.mean(axis=0), true.mean(axis=0)) / 4 + TINY
    off = (true - expected) / np.sqrt(np.maximum(expected, least))
    low, high = np.quantile(off, LOW, axis=0), np.quantile(off, HIGH, axis=0)
    scale = np.sqrt(np.maximum(ahead, least)) * ahead.any(axis=1, keepdims=True)
    return np.clip(ahead + low * scale, 0, ahead), np.maximum(ahead + high * scale, ahead)


def _errors(actual: Values, told: Values) -> Errors:
    true = np.maximum(actual, 0)
    logarithms = np.log1p(true) - np.log1p(told)
    return Errors(np.abs(true - told).mean().item(), np.sqrt((logarithms**2).mean()).item())
