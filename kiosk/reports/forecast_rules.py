"""What a forecast is made of and what it tells. Pure; its numbers are whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

Grid: TypeAlias = list[list[int]]
"""A row for each day, a column for each hour or item."""
AHEAD: Final = 8
"""Days that are forecast: the one that is going on, and the next seven."""
WEEKS: Final = 8
"""The same weekday of so many weeks is what is usual; a history that is shorter learns nothing."""
ONE: Final = timedelta(days=1)


class How(StrEnum):
    """How figures were made: learned, or the weekday's median, because the past is short or the extra is missing."""

    LEARNED = "learned"
    SHORT = "short"
    NO_EXTRA = "no_extra"


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
    """The days ahead by hour or item, how they were made, and how it and the seasonal naive did in the past.

    `ahead` begins with the day that is going on; eight of ten figures are to lie from `low` to `high`. `own` and
    `naive` are None where the past is too short to try them on; `tried` is how many figures they were tried on. The
    seasonal naive says that everything is as a week before.
    """

    how: How
    ahead: Grid
    low: Grid
    high: Grid
    own: Errors | None = None
    naive: Errors | None = None
    tried: int = 0

    @property
    def is_learned(self) -> bool:
        return self.how is How.LEARNED

    @property
    def days(self) -> Grid:
        """The next seven days, without the one that is going on."""
        return self.ahead[1:]


@dataclass(frozen=True)
class Question:
    """A past by hour, or by item of which only tomorrow is wanted."""

    past: Past
    is_items: bool = False


@dataclass(frozen=True)
class Asked:
    """Pasts that end on the same day, and the country whose public holidays are kept, such as IT."""

    questions: list[Question]
    country: str = ""


@dataclass(frozen=True)
class Answered:
    """The outlook of each past, and the public holidays of its days and those ahead; None where nobody knows them."""

    outlooks: list[Outlook]
    holidays: dict[date, str] | None = None


@dataclass(frozen=True)
class Forecast:
    """Guests (or receipts, where guests are not counted), sales in minor units by hour, and pieces by item.

    `first` is the first of the next seven days, `known` how many days it was made of. `holidays` names the public
    holidays among the days ahead; None where the extra that knows them is missing or does not know the country.
    """

    first: date
    currency: str
    guests_are: str
    hours: list[int]
    guests: Outlook
    sales: Outlook
    items: list[tuple[str, str]] = field(default_factory=list)
    pieces: Outlook | None = None
    known: int = 0
    holidays: dict[date, str] | None = None

    @property
    def days(self) -> list[date]:
        """The days that are told, the first of them tomorrow."""
        return [self.first + ONE * number for number in range(AHEAD - 1)]

    def place_of(self, day: date) -> int | None:
        """Which row of `ahead` is about a day, the one that is going on included."""
        place = (day - self.first).days + 1
        return place if 0 <= place < AHEAD else None

    def prep(self) -> list[tuple[str, str, int, int]]:
        """Category, item, pieces for tomorrow, and how many that are rarely outsold; the most first."""
        if self.pieces is None:
            return []
        told = zip(self.items, self.pieces.days[0], self.pieces.high[1], strict=True)
        return sorted(((*item, count, most) for item, count, most in told if count), key=lambda row: (-row[2], row[:2]))
