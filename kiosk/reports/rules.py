"""What a report's parts hold and how they hang together. Pure; its numbers are whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from kiosk.core.money import Money, divide_rounded
from kiosk.reports.errors import DayUnreadable

Row: TypeAlias = tuple[Any, ...]
NOT_NAMED: Final = "not named"
NO_TABLE: Final = "No table of the floor"
SERVICE: Final = "Service charge"
ONE_SIZE: Final = "one size"
SALE, REFUND, CORRECTION = "Sale", "Refund", "Correction"
"""What a receipt is; of a correction there are two, which cancel out but for the tender."""
TODAY: Final = "today"
YEARS: Final = range(1900, 3000)
"""Years a restaurant can have had sales in; days at the ends of the calendar have no neighbours."""

COSTED: Final = ("cost", "margin", "margin_ppm")
"""What goods cost, what is left of the net sales of goods whose cost is known, the same in ppm; None is not known."""

EARNED: Final = ("hours", "commission")
"""A person's time at work in whole minutes, written as hours, and what they earned on their sales; None is none."""

PARTS: Final[dict[str, tuple[str, ...]]] = {
    "summary": ("key", "label", "value", "kind"),
    "hours": ("hour", "receipts", "pieces", "turnover"),
    "days": ("day", "receipts", "covers", "pieces", "turnover"),
    "items": ("category", "item", "portion", "pieces", "turnover", *COSTED),
    "categories": ("category", "receipts", "pieces", "turnover", *COSTED),
    "portions": ("portion", "receipts", "pieces", "turnover"),
    "payments": ("tender", "count", "refunds", "amount", "tips"),
    "staff": ("staff", "receipts", "covers", "turnover", "tips"),
    "taxes": ("rate_ppm", "net", "tax", "gross"),
    "drawers": (
        *("till", "holder", "opened_at", "brought", "float", "cash", "returns", "pay_ins", "expenses", "tips_out"),
        *("drops", "expected", "counted", "over_short", "foreign", "reason"),
    ),
    "receipts": ("number", "kind", "closed_at", "label", "covers", "staff", "tenders", "net", "tax", "total", "tip"),
}
"""The columns of every part of a report. `receipts` and `count` are of sales; `refunds` are told apart."""

MONTHS: Final = ("month", "receipts", "covers", "pieces", "turnover")
WEEKDAYS: Final = ("weekday", "days", "receipts", "covers", "pieces", "turnover")
TABLES: Final = ("table", "receipts", "covers", "turnover", "tips")
SECTIONS: Final = ("section", *TABLES[1:])
WHOLE_ITEMS: Final = ("category", "item", "pieces", "turnover")
BEST: Final = ("month", "most", "item", "pieces", "turnover")
COURSES: Final = ("course", "receipts", "pieces", "turnover")
MODIFIERS: Final = ("prefix", "modifier", "price", "pieces", "surcharge")
STAFF: Final = ("staff", "receipts", "covers", "turnover", "per_guest", "voids", "comps", "discounts", "tips", *EARNED)
MAYBE: Final = {**dict.fromkeys(COSTED, COSTED[0]), **{name: name for name in EARNED}}
"""Columns that a report has only where a column says anything: that of this name."""
DEEDS: Final = ("kind", "reason", "person", "times", "after_bill", "amount")
REASONS: Final = ("reason", "times", "amount")
REASONS_OF_VOIDS: Final = ("reason", "times", "after_bill", "amount")
DRAWER_MONEY: Final = PARTS["drawers"][3:-2]
OF_STAFF: Final = ("per_guest", "voids", "comps", "discounts")
MONEY: Final = frozenset(
    {
        "turnover",
        "amount",
        "tips",
        "net",
        "tax",
        "gross",
        "total",
        "tip",
        "price",
        "surcharge",
        "cost",
        "margin",
        "commission",
        *DRAWER_MONEY,
        *OF_STAFF,
    }
)
COUNTS: Final = frozenset({"receipts", "covers", "pieces", "count", "refunds", "days", "times", "after_bill"})
RATES: Final = frozenset({"rate_ppm", "margin_ppm"})
WHOLE: Final = MONEY | COUNTS | RATES | {"hour", "hours", "value"}

NOT_ADDED: Final = frozenset({"hour", *RATES, "price", "per_guest"})
"""Whole numbers that mean nothing together."""

TURNOVER: Final = {
    "hours": "turnover",
    "days": "turnover",
    "items": "turnover",
    "categories": "turnover",
    "portions": "turnover",
    "payments": "amount",
    "staff": "turnover",
    "taxes": "gross",
    "receipts": "total",
}
"""The column of each part that sums to the turnover."""

SUMMARY: Final = (
    ("turnover", "Turnover", "money"),
    ("net", "Net", "money"),
    ("tax", "Tax", "money"),
    ("discounts", "Discounts and on the house", "money"),
    ("service", "Service charge", "money"),
    ("refunds", "Refunds", "money"),
    ("cash_rounding", "Cash rounding", "money"),
    ("tips", "Tips", "money"),
    ("receipts", "Receipts", "count"),
    ("refunds_count", "Receipts of refunds", "count"),
    ("corrections", "Tenders corrected", "count"),
    ("checks", "Checks", "count"),
    ("average", "Average check", "money"),
    ("covers", "Covers", "count"),
    ("per_guest", "Per guest", "money"),
    ("pieces", "Pieces", "count"),
)
"""The key figures in their order: key, label, kind."""


class Dimension(StrEnum):
    """What a range can be told by."""

    DAY = "day"
    MONTH = "month"
    ITEM = "item"
    CATEGORY = "category"
    PORTION = "portion"
    HOUR = "hour"
    STAFF = "staff"
    TENDER = "tender"
    WEEKDAY = "weekday"
    TAX = "tax"
    TABLE = "table"
    SECTION = "section"
    DEED = "deed"
    COURSE = "course"
    MODIFIER = "modifier"
    DISCOUNT = "discount_reason"
    VOID = "void_reason"
    COMP = "comp_reason"
    REFUND = "refund_reason"
    WHOLE_ITEM = "whole_item"
    BEST = "best"


NAMED_BY_MANY: Final = frozenset({Dimension.CATEGORY, Dimension.PORTION, Dimension.COURSE})
"""Dimensions of which a receipt names several, so that its receipts do not add up."""
DEEDS_OF: Final = {
    Dimension.VOID: "void",
    Dimension.COMP: "comp",
    Dimension.DISCOUNT: "discount",
    Dimension.REFUND: "refund",
}
"""The kind of deed whose reasons a range is told by."""


def main_of(columns: Sequence[str]) -> str:
    """The column that a row is weighed by: what it brought, else what it cost, else how many."""
    return next(name for name in ("turnover", "gross", "amount", "pieces") if name in columns)


def is_added(dimension: Dimension, column: str) -> bool:
    """Whether a column's figures add up to something."""
    is_shared = (column == "receipts" and dimension in NAMED_BY_MANY) or dimension is Dimension.BEST
    return column in WHOLE - NOT_ADDED and not is_shared


def known_of(columns: tuple[str, ...], rows: list[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """The same without the columns of costs, hours and commissions where no row has any."""
    kept = [place for place, name in enumerate(columns) if name not in MAYBE or _has_any(columns, rows, MAYBE[name])]
    return tuple(columns[place] for place in kept), [tuple(row[place] for place in kept) for row in rows]


def _has_any(columns: Sequence[str], rows: Sequence[Row], name: str) -> bool:
    place = columns.index(name)
    return any(row[place] is not None for row in rows)


@dataclass(frozen=True)
class Takings:
    """Every figure of a day or a range, as rows of whole numbers and text: one list for each of PARTS.

    Money is in minor units; instants are naive, on the venue's clock. `with_receipts` tells whether the single
    receipts are listed.
    """

    venue: str
    currency: str
    decimals: int
    first_day: date
    last_day: date
    made_at: datetime
    parts: dict[str, list[Row]]
    with_receipts: bool = True

    def figure(self, key: str) -> int:
        """A key figure of the summary."""
        return next(int(row[2]) for row in self.parts["summary"] if row[0] == key)

    def sum(self, part: str) -> Money:
        """The turnover that a part adds up to."""
        place = PARTS[part].index(TURNOVER[part])
        return sum(row[place] for row in self.parts[part])

    def unbalanced(self) -> list[tuple[str, Money]]:
        """The parts that do not add up to the turnover, with what they come to; none, or something is wrong."""
        told = [part for part in TURNOVER if self.with_receipts or part != "receipts"]
        sums = {part: self.sum(part) for part in told}
        return [(part, found) for part, found in sums.items() if found != self.figure("turnover")]


def day_of(text: str, today: date) -> date:
    """The business day that somebody names: ISO, or "today". Raises DayUnreadable."""
    if text.casefold() == TODAY:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError as unreadable:
        raise DayUnreadable(text) from unreadable
    if day.year not in YEARS:
        raise DayUnreadable(text)
    return day


def each(amount: Money, by: int) -> Money:
    """An amount divided among so many, halves away from zero; among nobody it is nothing."""
    return divide_rounded(amount, by) if by else 0


def hours_text(minutes: int) -> str:
    """Minutes as hours with two decimals: 470 are 7.83."""
    whole, part = divmod(divide_rounded(minutes * 100, 60), 100)
    return f"{whole}.{part:02}"


def summary_of(figures: dict[str, int]) -> list[Row]:
    """The rows of the summary from its sums; what is an average follows from them."""
    known = figures | {
        "average": each(figures["turnover"], figures["checks"]),
        "per_guest": each(figures["turnover"], figures["covers"]),
    }
    return [(key, label, known[key], kind) for key, label, kind in SUMMARY]


def place_of(hour: int, cutover_minutes: int) -> int:
    """Where an hour of the wall clock lies in the business day: the one that holds the cut-over is the first."""
    return (hour - cutover_minutes // 60) % 24


def in_order(hours: Sequence[Row], cutover_minutes: int) -> list[Row]:
    """The hours as the business day runs, from cut-over to cut-over, quiet ones between others with zeros."""
    by_place = {place_of(row[0], cutover_minutes): row for row in hours}
    if not by_place:
        return []
    nothing = (0,) * (len(hours[0]) - 1)
    places = range(min(by_place), max(by_place) + 1)
    return [by_place.get(place, ((place + cutover_minutes // 60) % 24, *nothing)) for place in places]
