"""A report as a screen reads it: a range told by one dimension, beside the days it is compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.models import Venue
from kiosk.reports import queries
from kiosk.reports.behind import Behind, receipts_behind
from kiosk.reports.comparing import KEYS, alike, compared, summed
from kiosk.reports.deeds_behind import DeedsWanted, deeds_behind
from kiosk.reports.errors import FilterUnreadable
from kiosk.reports.peaks import peaks
from kiosk.reports.profit import profit, rows_of
from kiosk.reports.ranges import Beside, Days, Named, Other, beside, elapsed, named, range_of
from kiosk.reports.rollups import spanned
from kiosk.reports.rules import COUNTS, DEEDS_OF, MONEY, RATES, YEARS, Dimension, Row, is_added, main_of, summary_of
from kiosk.reports.takings import business_today, told_by

Words = Mapping[str, str]
E = TypeVar("E", bound=StrEnum)
KINDS_OF_STAFF: Final = {"voids": "void", "comps": "comp", "discounts": "discount"}
"""Figures of a person that the journal tells."""
HIGHEST: Final = 10**15
"""No key of a row is such a number."""


async def show_report(read: Read, words: Words) -> dict[str, Any]:
    """The range of `from` and `to` told `by` a dimension, each row with what it was in the days `beside`.

    Rows that there were only in the days beside come last, with nothing in these. Raises DayUnreadable, RangeBackwards
    or FilterUnreadable.
    """
    venue, today = await read.venue(), await business_today(read)
    days = range_of(words.get("from", ""), words.get("to", ""), today, venue.locale)
    by = _one_of(Dimension, "by", words.get("by") or Dimension.DAY)
    how = _one_of(Beside, "beside", words.get("beside") or Beside.NOTHING)
    columns, rows = await told_by(read, *days, by)
    other = _beside(days, how, by, venue, today)
    before = alike(columns, *await told_by(read, *other.days, by, other.until)) if other else []
    told = compared(by, columns, rows, before, other.later if other else None)
    return {
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "today": today.isoformat(),
        "named": {name: [day.isoformat() for day in named(name, today, venue.locale)] for name in Named},
        "by": by,
        "beside": [day.isoformat() for day in other.days] if other else None,
        "beside_until": other.until.isoformat() if other and other.until else None,
        "columns": [_column(by, column) for column in columns],
        "main": main_of(columns),
        "peaks": _keyed(by, columns, rows, today),
        "rows": told,
        "together": summed(by, columns, rows),
        "together_before": summed(by, columns, before) if other else None,
        "summary": await _summary(read, venue.id, days),
        "summary_before": await _summary(read, venue.id, other.days, other.until) if other else None,
    }


def _beside(days: Days, how: Beside, by: Dimension, venue: Venue, today: date) -> Other | None:
    """The days that stand beside these; so much of them as has gone by of these."""
    other = beside(days, how, by_month=by is Dimension.MONTH)
    wall = clock.local(clock.now(), venue.timezone).replace(tzinfo=None)
    return elapsed(days, other, today, wall, venue.timezone) if other else None


def _column(by: Dimension, column: str) -> dict[str, Any]:
    return {"name": column, "kind": _kind(column), "is_key": column in KEYS, "is_added": is_added(by, column)}


def _keyed(by: Dimension, columns: Sequence[str], rows: Sequence[Row], today: date) -> dict[str, Any]:
    """The key of every row that stands out."""
    told = compared(by, columns, rows, [], None)
    return {what: told[place]["key"] for what, place in peaks(by, columns, rows, today).items()}


def _one_of(choices: type[E], name: str, word: str) -> E:
    if word not in list(choices):
        raise FilterUnreadable(name, word, ", ".join(choices))
    return choices(word)


def _kind(column: str) -> str:
    if column in MONEY:
        return "money"
    if column == "hours":
        return "hours"
    return "count" if column in COUNTS else "rate" if column in RATES else "text"


async def _summary(read: Read, venue_id: int, days: Days, until: datetime | None = None) -> dict[str, int]:
    """The key figures; without the profit where the last day is told `until` a moment: wages are known of days."""
    span = await spanned(read, venue_id, *days, until)
    told = {row[0]: row[2] for row in summary_of(await queries.totals(read, span))}
    found = None if until else await profit(read, span)
    if found is None or not found.is_known:
        return told
    return told | {row[0]: row[2] for row in rows_of(found)} | {"known_ppm": found.known_ppm}


async def show_behind(read: Read, words: Words) -> dict[str, Any]:
    """What a row of a report counts, by its `key` as JSON, or all of it without one: a page at a time.

    Receipts, of those only such as the `figure` is about; for what was taken off, the entries of the journal.
    """
    venue, today = await read.venue(), await business_today(read)
    days = range_of(words.get("from", ""), words.get("to", ""), today, venue.locale)
    by = _one_of(Dimension, "by", words.get("by", ""))
    key, before, figure = _key(words.get("key", "")), _before(words.get("before", "")), words.get("figure", "")
    deed = deed_of(by, key, figure)
    until = _until(words.get("until", ""))
    if deed is not None:
        return await deeds_behind(read, DeedsWanted(days, deed, before, figure == "after_bill", until))
    return {"of": "receipts", **await receipts_behind(read, Behind(days, by, key, before, figure, until))}


def deed_of(by: Dimension, key: Mapping[str, Any], figure: str) -> dict[str, Any] | None:
    """Which deeds a figure counts; None where it counts receipts."""
    if by is Dimension.DEED:
        return dict(key)
    if by in DEEDS_OF:
        return {"kind": DEEDS_OF[by], **key}
    if by is Dimension.STAFF and figure in KINDS_OF_STAFF:
        return {"kind": KINDS_OF_STAFF[figure], **({"person": key["staff"]} if "staff" in key else {})}
    return None


def _key(word: str) -> dict[str, Any]:
    try:
        key = json.loads(word)
    except ValueError as unreadable:
        raise FilterUnreadable("key", word, "the key of a row as JSON") from unreadable
    if not isinstance(key, dict) or not all(map(_is_told, key.values())):
        raise FilterUnreadable("key", word, "the key of a row as JSON")
    return key


def _is_told(value: Any) -> bool:
    """Whether a value can stand in a key: a number or a text that any database takes."""
    if isinstance(value, int):
        return abs(value) < HIGHEST
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _until(word: str) -> datetime | None:
    if not word:
        return None
    unreadable = FilterUnreadable("until", word, "a moment like 2015-11-27T19:30:00+01:00")
    try:
        until = datetime.fromisoformat(word)
    except ValueError as trouble:
        raise unreadable from trouble
    if until.tzinfo is None or until.year not in YEARS:
        raise unreadable
    return until


def _before(word: str) -> int | None:
    if word and not (word.isascii() and word.isdecimal() and len(word) <= 16):
        raise FilterUnreadable("before", word, "a whole number")
    return int(word) if word else None
