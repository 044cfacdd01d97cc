"""A report as a screen reads it: a range told by one dimension, beside the days it is compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar

from kiosk.core.db import Read
from kiosk.reports import queries
from kiosk.reports.behind import Behind, receipts_behind
from kiosk.reports.errors import FilterUnreadable
from kiosk.reports.ranges import Beside, Days, beside, range_of
from kiosk.reports.rollups import spanned
from kiosk.reports.rules import COUNTS, MONEY, Dimension, Row, summary_of
from kiosk.reports.takings import business_today, told_by

Words = Mapping[str, str]
E = TypeVar("E", bound=StrEnum)
KEYS: Final = frozenset(
    {*Dimension, "rate_ppm", "category", "portion", "kind", "reason", "person"} - {Dimension.TAX, Dimension.DEED}
)
"""Columns that say which row it is."""


async def show_report(read: Read, words: Words) -> dict[str, Any]:
    """The range of `from` and `to` told `by` a dimension, each row with what it was in the days `beside`.

    Raises DayUnreadable, RangeBackwards or FilterUnreadable.
    """
    venue, today = await read.venue(), await business_today(read)
    days = range_of(words.get("from", ""), words.get("to", ""), today, venue.locale)
    by, how = (
        _one_of(Dimension, "by", words.get("by") or Dimension.DAY),
        _one_of(Beside, "beside", words.get("beside") or Beside.NOTHING),
    )
    columns, rows = await told_by(read, *days, by)
    other = beside(days, how)
    before = (await told_by(read, *other, by))[1] if other else []
    return {
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "today": today.isoformat(),
        "by": by,
        "beside": [day.isoformat() for day in other] if other else None,
        "columns": [{"name": column, "kind": _kind(column)} for column in columns],
        "rows": _beside(columns, rows, before, by),
        "summary": await _summary(read, venue.id, days),
        "summary_before": await _summary(read, venue.id, other) if other else None,
    }


def _one_of(choices: type[E], name: str, word: str) -> E:
    if word not in list(choices):
        raise FilterUnreadable(name, word, ", ".join(choices))
    return choices(word)


def _kind(column: str) -> str:
    if column in MONEY:
        return "money"
    return "count" if column in COUNTS else "rate" if column == "rate_ppm" else "text"


async def _summary(read: Read, venue_id: int, days: Days) -> dict[str, int]:
    figures = await queries.totals(read, await spanned(read, venue_id, *days))
    return {row[0]: row[2] for row in summary_of(figures)}


def _beside(columns: Sequence[str], rows: Sequence[Row], before: Sequence[Row], by: Dimension) -> list[dict[str, Any]]:
    """The rows by their names; `before` is the row with the same key in the other days, where days can be alike."""
    told = [_named(columns, row) for row in rows]
    if by in {Dimension.DAY, Dimension.MONTH}:
        return told
    known = {str(one["key"]): one["cells"] for one in (_named(columns, row) for row in before)}
    return [one | {"before": known.get(str(one["key"]))} for one in told]


def _named(columns: Sequence[str], row: Row) -> dict[str, Any]:
    cells = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in zip(columns, row, strict=True)
    }
    return {"key": {name: cells[name] for name in columns if name in KEYS}, "cells": cells}


async def show_behind(read: Read, words: Words) -> dict[str, Any]:
    """The receipts that a row of a report counts, by its `key` as JSON, a page at a time."""
    venue, today = await read.venue(), await business_today(read)
    days = range_of(words.get("from", ""), words.get("to", ""), today, venue.locale)
    by = _one_of(Dimension, "by", words.get("by", ""))
    return await receipts_behind(read, Behind(days, by, _key(words.get("key", "")), _before(words.get("before", ""))))


def _key(word: str) -> dict[str, Any]:
    try:
        key = json.loads(word)
    except ValueError as unreadable:
        raise FilterUnreadable("key", word, "the key of a row as JSON") from unreadable
    if not isinstance(key, dict) or not all(isinstance(value, str | int) for value in key.values()):
        raise FilterUnreadable("key", word, "the key of a row as JSON")
    return key


def _before(word: str) -> int | None:
    if word and not (word.isascii() and word.isdecimal() and len(word) <= 16):
        raise FilterUnreadable("before", word, "a whole number")
    return int(word) if word else None
