"""What a forecast is made of and what it tells. Pure; its numbers are whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeAlias

Grid: TypeAlias = list[list[int]]
"""A row for each day, a column for each hour or item."""
AHEAD: Final = 8
"""Days that are forecast: the one that is going on, which nobody is told, and the next seven."""
WEEKS: Final = 8
"""The same weekday of so many weeks is what is usual; a history that is shorter learns nothing."""
ONE: Final = timedelta(days=1)


@dataclass(frozen=True)
class Past:
    """Days that are over, in a row from `first`; `free` are the public holidays among them and in the days ahead.

    Errors are told in units of so many: money in whole units of the currency, not in minor ones.
    """

    first: date
    days: Grid
    free: frozenset[date] = frozenset()
    unit: int = 1


@dataclass(frozen=True)
class Errors:
    """How far off a forecast was on average, and the RMSLE, the root of its mean squared difference of logarithms."""

    mae: float
    rmsle: float


@dataclass(frozen=True)
class Outlook:
    """The next seven days by hour or item, how they were made, and how it and the seasonal naive did in the past.

    `own` and `naive` are None where the past is too short to try them on; `tried` is how many figures they were tried
    on. The seasonal naive says that everything is as a week before.
    """

    is_learned: bool
    days: Grid
    own: Errors | None = None
    naive: Errors | None = None
    tried: int = 0


@dataclass(frozen=True)
class Forecast:
    """Guests (or receipts, where guests are not counted), sales in minor units by hour, and pieces by item."""

    first: date
    currency: str
    guests_are: str
    hours: list[int]
    guests: Outlook
    sales: Outlook
    items: list[tuple[str, str]] = field(default_factory=list)
    pieces: Outlook | None = None

    @property
    def days(self) -> list[date]:
        """The days that are told, the first of them tomorrow."""
        return [self.first + ONE * number for number in range(AHEAD - 1)]

    def prep(self) -> list[tuple[str, str, int]]:
        """Category, item, pieces for tomorrow; the most first."""
        tomorrow = self.pieces.days[0] if self.pieces else []
        listed = [(*item, count) for item, count in zip(self.items, tomorrow, strict=True) if count]
        return sorted(listed, key=lambda row: (-row[2], row[:2]))
