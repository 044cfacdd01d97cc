"""The figures of a day or a range, as the exports take them: frames of whole minor units."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

import pandas as pd
from babel.dates import format_date

from exports.amounts import amount_text
from exports.errors import FiguresDoNotBalance, FiguresUnfit

Kind = Literal["text", "money", "count", "day", "instant", "hour", "rate", "part", "hours"]

SOLD: Final[dict[str, Kind]] = {"receipts": "count", "covers": "count", "pieces": "count", "turnover": "money"}
COSTED: Final[dict[str, Kind]] = {"cost": "money", "margin": "money", "margin_ppm": "part"}
"""What goods cost, what is left of the net sales of goods whose cost is known, the same as a part of them."""
OF_STAFF: Final[dict[str, Kind]] = {
    "per_guest": "money",
    "voids": "money",
    "comps": "money",
    "discounts": "money",
    "tips": "money",
    "hours": "hours",
    "commission": "money",
}
"""What else is told of a person: spend a guest, what they took off, tips, whole minutes at work, commission."""
MAYBE: Final = {
    **dict.fromkeys(COSTED, "cost"),
    **{column: column for column in OF_STAFF if column != "tips"},
}
"""Columns that a frame may lack, and that a sheet has only where one of them, by its name, says anything."""
COLUMNS: Final[dict[str, dict[str, Kind]]] = {
    "summary": {"key": "text", "label": "text", "value": "count", "kind": "text"},
    "hours": {"hour": "hour", "receipts": "count", "pieces": "count", "turnover": "money"},
    "days": {"day": "day", **SOLD},
    "weeks": {"week": "day", **SOLD},
    "months": {"month": "text", **SOLD},
    "weekdays": {"weekday": "text", "days": "count", **SOLD},
    "best": {"month": "text", "most": "text", "item": "text", "pieces": "count", "turnover": "money"},
    "items": {"category": "text", "item": "text", "portion": "text", "pieces": "count", "turnover": "money", **COSTED},
    "categories": {"category": "text", "receipts": "count", "pieces": "count", "turnover": "money", **COSTED},
    "portions": {"portion": "text", "receipts": "count", "pieces": "count", "turnover": "money"},
    "modifiers": {"modifier": "text", "pieces": "count", "price": "money", "worth": "money"},
    "taxes": {"rate_ppm": "rate", "net": "money", "tax": "money", "gross": "money"},
    "payments": {
        "tender": "text",
        "count": "count",
        "refunds": "count",
        "amount": "money",
        "tips": "money",
        "kind": "text",
    },
    "staff": {"staff": "text", "receipts": "count", "covers": "count", "turnover": "money", **OF_STAFF},
    "staff_tenders": {
        "staff": "text",
        "tender": "text",
        "count": "count",
        "refunds": "count",
        "amount": "money",
        "tips": "money",
    },
    "deeds": {
        "kind": "text",
        "reason": "text",
        "person": "text",
        "times": "count",
        "after_bill": "count",
        "amount": "money",
    },
    "drawers": {
        "till": "text",
        "holder": "text",
        "opened_at": "instant",
        "brought": "money",
        "float": "money",
        "cash": "money",
        "returns": "money",
        "pay_ins": "money",
        "expenses": "money",
        "tips_out": "money",
        "drops": "money",
        "expected": "money",
        "counted": "money",
        "over_short": "money",
        "foreign": "text",
        "reason": "text",
    },
    "receipts": {
        "number": "text",
        "kind": "text",
        "closed_at": "instant",
        "label": "text",
        "covers": "count",
        "staff": "text",
        "tenders": "text",
        "net": "money",
        "tax": "money",
        "total": "money",
        "tip": "money",
    },
    "beyond": {"key": "text", "value": "count"},
}
"""What each frame's columns hold, in the order of its sheet.

`weeks` name their first day and `weekdays` come in the order of the venue's week. `beyond` are the receipts that are
not listed because they are too many: their count by kind and their sums by column.
"""

OF_RANGES: Final = frozenset({"days", "weeks", "months", "weekdays", "best"})
"""The frames that a single day needs not."""
CASH: Final = "Cash"
"""The kind of the ways to pay that go into a drawer."""

TURNOVER: Final[dict[str, str]] = {
    "hours": "turnover",
    "days": "turnover",
    "weeks": "turnover",
    "months": "turnover",
    "weekdays": "turnover",
    "items": "turnover",
    "categories": "turnover",
    "portions": "turnover",
    "payments": "amount",
    "staff": "turnover",
    "staff_tenders": "amount",
    "taxes": "gross",
    "receipts": "total",
}
"""The column of each frame that must sum to the turnover."""

_NUMBERS: Final = {"money", "count", "hour", "rate", "part", "hours"}
_SPELLED: Final = "EEEE d MMMM yyyy"


@dataclass(frozen=True, eq=False)
class Figures:
    """What was sold from `first_day` to `last_day`, both included.

    Money is in whole minor units of `currency` with `decimals` (0, 2 or 3); instants are naive, in the venue's time.
    Raises FiguresUnfit where a frame lacks a column, a number is not whole, or an instant carries a zone.
    """

    venue: str
    currency: str
    decimals: int
    first_day: date
    last_day: date
    made_at: datetime
    summary: pd.DataFrame
    hours: pd.DataFrame
    days: pd.DataFrame
    weeks: pd.DataFrame
    months: pd.DataFrame
    weekdays: pd.DataFrame
    best: pd.DataFrame
    items: pd.DataFrame
    categories: pd.DataFrame
    portions: pd.DataFrame
    modifiers: pd.DataFrame
    taxes: pd.DataFrame
    payments: pd.DataFrame
    staff: pd.DataFrame
    staff_tenders: pd.DataFrame
    deeds: pd.DataFrame
    drawers: pd.DataFrame
    receipts: pd.DataFrame
    beyond: pd.DataFrame

    def __post_init__(self) -> None:
        _check_heading(self)
        for name in COLUMNS:
            _check_frame(name, self.frame(name))
        strange = set(self.summary["kind"]) - {"money", "count"}
        if strange:
            raise FiguresUnfit(f"The summary knows 'money' and 'count', not {', '.join(map(repr, sorted(strange)))}.")
        if "turnover" not in set(self.summary["key"]):
            raise FiguresUnfit("The summary has no row with the key 'turnover'; every export is checked against it.")

    @property
    def one_day(self) -> bool:
        """Whether these are the figures of a single business day."""
        return self.first_day == self.last_day

    @property
    def period(self) -> str:
        """The business day or days in words."""
        first = format_date(self.first_day, _SPELLED, locale="en")
        return first if self.one_day else f"{first} – {format_date(self.last_day, _SPELLED, locale='en')}"

    def frame(self, name: str) -> pd.DataFrame:
        """Return the frame of that name, with just the columns of the contract that say anything, in their order."""
        frame: pd.DataFrame = getattr(self, name)
        missing = [column for column in COLUMNS[name] if column not in frame.columns and column not in MAYBE]
        if missing:
            raise FiguresUnfit(f"The figures' frame '{name}' lacks the column {', '.join(missing)}.")
        return frame[list(columns_of(name, frame))]

    def figure(self, key: str) -> int:
        """Return the summary's value for this key, in minor units or as a count."""
        return int(self.summary.loc[self.summary["key"] == key, "value"].iloc[0])

    def has(self, part: str) -> bool:
        """Whether this part says something of these days: a single day has no sheet of weeks."""
        return part not in OF_RANGES or not self.one_day

    def unlisted(self, key: str) -> int:
        """What the receipts that are not listed come to: their sum in a column, or how many are of a kind."""
        return int(self.beyond.loc[self.beyond["key"] == key, "value"].sum())

    def check(self) -> None:
        """Raise FiguresDoNotBalance where a part does not sum to the summary's turnover."""
        balance(self)


def columns_of(name: str, frame: pd.DataFrame) -> dict[str, Kind]:
    """The columns of a sheet and what they hold: those that may be missing only where anything is known."""
    return {column: kind for column, kind in COLUMNS[name].items() if column not in MAYBE or _knows(frame, column)}


def _knows(frame: pd.DataFrame, column: str) -> bool:
    told = MAYBE[column]
    return told in frame.columns and bool(frame[told].notna().any())


def balance(figures: Figures) -> None:
    """Raise FiguresDoNotBalance, naming both sums, where a part does not sum to the summary's turnover."""
    due = figures.figure("turnover")
    for part in parts(figures):
        found = turnover_of(figures, part)
        if found != due:
            raise FiguresDoNotBalance(part, _spoken(found, figures), _spoken(due, figures))


def parts(figures: Figures) -> Iterator[str]:
    """Yield the frames that each hold the whole turnover; a single day needs no frame of days."""
    return (name for name in TURNOVER if figures.has(name))


def turnover_of(figures: Figures, part: str) -> int:
    """Return the turnover that a part sums to, in minor units."""
    rest = figures.unlisted(TURNOVER[part]) if part == "receipts" else 0
    return int(figures.frame(part)[TURNOVER[part]].sum()) + rest


def _spoken(units: int, figures: Figures) -> str:
    return f"{amount_text(units, figures.decimals)} {figures.currency}"


def _check_heading(figures: Figures) -> None:
    if figures.decimals not in (0, 2, 3):
        raise FiguresUnfit(f"{figures.currency} with {figures.decimals} decimals is unknown; a currency has 0, 2 or 3.")
    if figures.last_day < figures.first_day:
        raise FiguresUnfit(f"The range ends on {figures.last_day}, before its first day {figures.first_day}.")
    if figures.made_at.tzinfo is not None:
        raise FiguresUnfit("made_at carries a time zone; give the venue's local time without one.")


def _check_frame(name: str, frame: pd.DataFrame) -> None:
    for column, kind in columns_of(name, frame).items() if len(frame) else ():
        if kind in _NUMBERS and not pd.api.types.is_integer_dtype(frame[column]):
            raise FiguresUnfit(
                f"{name}.{column} is {frame[column].dtype}; sums and counts come as whole numbers: .astype('int64') "
                "(or 'Int64' where some are unknown)."
            )
    for column, kind in columns_of(name, frame).items():
        if kind == "instant" and isinstance(frame[column].dtype, pd.DatetimeTZDtype):
            raise FiguresUnfit(f"{name}.{column} carries a time zone; give the venue's local time without one.")
