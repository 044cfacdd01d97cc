"""On which business days something of a report occurs: what is rare is not looked for on all the others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select

from kiosk.core.db import Read
from kiosk.reports import queries
from kiosk.reports.courses import course_of
from kiosk.reports.models import RolledDay, Rollup
from kiosk.reports.modifiers import DIMENSION as MODIFIER
from kiosk.reports.ranges import ONE, Days
from kiosk.reports.rollups import (
    CATEGORIES,
    COURSES,
    HOURS,
    ITEMS,
    PORTIONS,
    STAFF,
    TABLES,
    TAXES,
    TENDERS,
    Span,
)
from kiosk.reports.rules import NO_TABLE, NOT_NAMED, ONE_SIZE, SERVICE, Dimension

Key = Mapping[str, Any]
Columns = tuple[str, Mapping[str, tuple[Any, str]]]
_GAVE_BACK: Final = or_(RolledDay.refunds_count > 0, RolledDay.corrections > 0)
"""On such a day sums may be nothing although there was something."""
_CHARGED: Final = or_(RolledDay.service_receipts > 0, RolledDay.service != 0, _GAVE_BACK)
_FIGURES: Final[dict[str, ColumnElement[bool]]] = {
    "tips": or_(RolledDay.tips != 0, _GAVE_BACK),
    "refunds": RolledDay.refunds_count > 0,
    "discounts": or_(RolledDay.discounts != 0, _GAVE_BACK),
    "service": _CHARGED,
    "corrections": RolledDay.corrections > 0,
}
_FIRST, _SECOND, _THIRD = Rollup.first_key, Rollup.second_key, Rollup.third_key
_NAMED: Final[dict[Dimension, Columns]] = {
    Dimension.HOUR: (HOURS.dimension, {"hour": (_FIRST, "")}),
    Dimension.STAFF: (STAFF.dimension, {"staff": (_FIRST, NOT_NAMED)}),
    Dimension.TABLE: (TABLES.dimension, {"table": (_FIRST, NOT_NAMED)}),
    Dimension.TAX: (TAXES.dimension, {"rate_ppm": (_FIRST, "")}),
    Dimension.CATEGORY: (CATEGORIES.dimension, {"category": (_FIRST, NOT_NAMED)}),
    Dimension.PORTION: (PORTIONS.dimension, {"portion": (_FIRST, ONE_SIZE)}),
    Dimension.ITEM: (
        ITEMS.dimension,
        {"category": (_FIRST, NOT_NAMED), "item": (_SECOND, ""), "portion": (_THIRD, ONE_SIZE)},
    ),
    Dimension.WHOLE_ITEM: (ITEMS.dimension, {"category": (_FIRST, NOT_NAMED), "item": (_SECOND, "")}),
    Dimension.BEST: (ITEMS.dimension, {"item": (_SECOND, "")}),
    Dimension.MODIFIER: (MODIFIER, {"prefix": (_FIRST, ""), "modifier": (_SECOND, ""), "price": (_THIRD, "")}),
}
"""Where the rollups keep what a key names, and what a report shows where nothing is kept."""
_NUMBERS: Final = ("hour", "rate_ppm", "price")


async def occurring(read: Read, span: Span, by: Dimension, key: Key, figure: str) -> list[Days]:
    """The runs of days with receipts that a row and a figure may count, the newest first.

    Days without rollups are always among them. Raises KeyError or ValueError where the key is none of this dimension.
    """
    rolled = select(RolledDay.business_day).where(span.old_of(RolledDay))
    wanted = [_FIGURES[figure]] if figure in _FIGURES else []
    found = set(await read.session.scalars(rolled.where(*wanted)))
    if key and (named := await _named(read, by, key)) is not None:
        kept = select(Rollup.business_day).where(span.old_of(Rollup), *named).distinct()
        is_service = SERVICE in key.values()
        charged = set(await read.session.scalars(rolled.where(_CHARGED))) if is_service else set[date]()
        found &= {*await read.session.scalars(kept), *charged}
    return sorted([*span.young, *_runs(sorted(found))], reverse=True)


def _runs(days: Iterable[date]) -> list[Days]:
    """Days in their order, those that follow each other together."""
    found: list[Days] = []
    for day in days:
        if found and found[-1][1] == day - ONE:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


async def _named(read: Read, by: Dimension, key: Key) -> list[ColumnElement[bool]] | None:
    """The condition for the rollups of what a key names; None where there are none of it."""
    if by in _ASKED:
        return await _ASKED[by](read, key)
    if by not in _NAMED:
        return None
    dimension, columns = _NAMED[by]
    shown = {name: int(key[name]) if name in _NUMBERS else key[name] for name in columns if name in key}
    told = [called(columns[name][0], value, columns[name][1]) for name, value in shown.items()]
    return [Rollup.dimension == dimension, *told]


def called(column: Any, shown: Any, unnamed: str) -> ColumnElement[bool]:
    """The condition that a report shows this for what is kept: something may really be called "not named"."""
    found: ColumnElement[bool] = column.in_(["", str(shown)] if shown == unnamed else [str(shown)])
    return found


async def in_section(read: Read, label: Any, section: Any) -> ColumnElement[bool]:
    """The condition that a table's label is of a section, or of none of the floor."""
    if section == NO_TABLE:
        found: ColumnElement[bool] = label.not_in(list(await queries.sections_of_labels(read)))
    else:
        found = label.in_(await queries.labels_of(read, section))
    return found


async def _tenders(read: Read, key: Key) -> list[ColumnElement[bool]]:
    return [Rollup.dimension == TENDERS.dimension, _FIRST.in_(await queries.codes_of(read, str(key["tender"])))]


async def _tables(read: Read, key: Key) -> list[ColumnElement[bool]]:
    return [Rollup.dimension == TABLES.dimension, await in_section(read, _FIRST, key["section"])]


async def _courses(_read: Read, key: Key) -> list[ColumnElement[bool]]:
    course = "" if key["course"] == SERVICE else str(course_of(str(key["course"])))
    return [Rollup.dimension == COURSES.dimension, Rollup.first_key == course]


_ASKED: Final[dict[Dimension, Callable[[Read, Key], Awaitable[list[ColumnElement[bool]]]]]] = {
    Dimension.TENDER: _tenders,
    Dimension.SECTION: _tables,
    Dimension.COURSE: _courses,
}
