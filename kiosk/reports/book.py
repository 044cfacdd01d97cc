"""Everything a workbook tells of a day or a range: the takings, and what only a workbook has room for."""

from __future__ import annotations

from calendar import day_name
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, replace
from datetime import date
from typing import Any, Final

from babel import Locale

from kiosk.core.db import Read
from kiosk.menu.rules import spoken
from kiosk.payments.rules import TenderKind
from kiosk.payments.ways import name_of, show_every_way, show_names
from kiosk.reports import queries, reasons
from kiosk.reports.deeds import show_deeds
from kiosk.reports.peaks import best_of_months
from kiosk.reports.ranges import ONE
from kiosk.reports.rollups import OUTSIDE, STAFF_BY_TENDER, Span, added_up, spanned, told
from kiosk.reports.rules import (
    BEST,
    CORRECTION,
    DEEDS,
    MONTHS,
    NOT_NAMED,
    PARTS,
    REFUND,
    SALE,
    STAFF,
    WEEKDAYS,
    WHOLE,
    Row,
    Takings,
)
from kiosk.reports.takings import check, takings

LISTED: Final = 50_000
"""How many receipts a book lists one by one; of more it tells what the others come to."""
WEEKS: Final = ("week", *MONTHS[1:])
MODIFIERS: Final = ("modifier", "pieces", "price", "worth")
STAFF_TENDERS: Final = ("staff", *PARTS["payments"])
BOOK: Final[dict[str, tuple[str, ...]]] = {
    **PARTS,
    "payments": (*PARTS["payments"], "kind"),
    "staff": STAFF,
    "weeks": WEEKS,
    "months": MONTHS,
    "weekdays": WEEKDAYS,
    "best": BEST,
    "modifiers": MODIFIERS,
    "staff_tenders": STAFF_TENDERS,
    "deeds": DEEDS,
    "beyond": ("key", "value"),
}
"""The columns of every part of a book."""
BOOK_WHOLE: Final = WHOLE | {"price", "worth"}
_SUMS: Final = {"covers": "covers", "net": "net", "tax": "tax", "total": "turnover", "tip": "tips"}
"""The sums of the list of receipts and the key figures they come to."""


async def book_of(read: Read, first: date, last: date, *, most: int | None = LISTED) -> Takings:
    """The takings with every part of a book; of the receipts at most so many are listed, or all.

    Raises RangeBackwards, or OutOfBalance where a part does not add up to the turnover.
    """
    venue = await read.venue()
    found = await takings(read, first, last, with_receipts=False)
    span = await spanned(read, venue.id, first, last)
    listed = await queries.receipts(read, span, venue.timezone, most)
    beyond = beyond_of(found, listed)
    more: dict[str, list[Row]] = {
        **over_days(found.parts["days"], Locale.parse(venue.locale).first_week_day),
        "summary": [*found.parts["summary"], *await _outside(read, span)],
        "payments": await _with_kinds(read, found.parts["payments"]),
        "staff": await reasons.staff(read, span),
        "modifiers": await modifiers(read, span),
        "staff_tenders": await staff_tenders(read, span),
        "best": await best_of_months(read, span) if first < last else [],
        "deeds": [astuple(one) for one in await show_deeds(read, span)],
        "receipts": listed,
        "beyond": beyond,
    }
    made = replace(found, parts=found.parts | more, with_receipts=not beyond)
    check(made)
    return made


def beyond_of(found: Takings, listed: Sequence[Row]) -> list[Row]:
    """What the receipts that are not listed come to: how many of each kind, and their sums by column."""
    kinds = Counter(row[1] for row in listed)
    due = {SALE: found.figure("receipts"), REFUND: found.figure("refunds_count")}
    due[CORRECTION] = 2 * found.figure("corrections")
    if sum(due.values()) <= len(listed):
        return []
    sums = {column: sum(row[BOOK["receipts"].index(column)] for row in listed) for column in _SUMS}
    left = {column: found.figure(key) - sums[column] for column, key in _SUMS.items()}
    return [*((kind, count - kinds[kind]) for kind, count in due.items()), *left.items()]


def over_days(days: Sequence[Row], first_week_day: int) -> dict[str, list[Row]]:
    """The days of a range by week, by month and by weekday; a week begins on `first_week_day`, Monday is 0."""
    weeks = _by(days, lambda day: day - (day.weekday() - first_week_day) % 7 * ONE)
    months = _by(days, lambda day: f"{day:%Y-%m}")
    weekdays = _by(days, lambda day: (day.weekday() - first_week_day) % 7)
    many = Counter(row[0].weekday() for row in days)
    named = {place: (place + first_week_day) % 7 for place, *_ in weekdays}
    told = [(day_name[named[place]], many[named[place]], *sums) for place, *sums in weekdays]
    return {"weeks": weeks, "months": months, "weekdays": told}


def _by(days: Sequence[Row], key: Callable[[date], Any]) -> list[Row]:
    found = added_up((key(day), sums) for day, *sums in days)
    return [(one, *found[one]) for one in sorted(found)]


async def _with_kinds(read: Read, payments: Iterable[Row]) -> list[Row]:
    """The payments, each with the kind of its way to pay; one that the house never had is of another kind."""
    kinds = {way.name: way.kind for way, _ in await show_every_way(read)}
    return [(*row, kinds.get(row[0], TenderKind.OTHER).value.capitalize()) for row in payments]


async def _outside(read: Read, span: Span) -> list[Row]:
    """A key figure of the cash that went into no drawer, where there is any: that of a history from elsewhere."""
    ways = [way for way, _ in await show_every_way(read)]
    named, cash = {way.code: way.name for way in ways}, {way.name for way in ways if way.kind is TenderKind.CASH}
    amount = sum(amount for code, amount in await told(read, span, OUTSIDE) if name_of(named, code) in cash)
    return [("cash_outside", "Cash that went into no drawer", amount, "money")] if amount else []


async def staff_tenders(read: Read, span: Span) -> list[Row]:
    """staff, tender, how often, how often something was given back, amount, tips; by person, the most first"""
    named = await show_names(read)
    paid = await told(read, span, STAFF_BY_TENDER)
    found = added_up(((name or NOT_NAMED, name_of(named, code)), figures) for name, code, *figures in paid)
    return sorted(((*key, *sums) for key, sums in found.items()), key=lambda row: (row[0], -row[4], row[1]))


async def modifiers(read: Read, span: Span) -> list[Row]:
    """modifier, pieces of dishes with it, price each, what it brought by its price; the most wanted first"""
    found = await queries.modifiers(read, span)
    return [(spoken(name, prefix or None), pieces, price, worth) for prefix, name, price, pieces, worth in found]
