"""The receipts behind a number of a report, the newest first."""

from __future__ import annotations

from calendar import day_name
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from kiosk.checks.models import CheckLine
from kiosk.core.db import Read
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.rules import ReceiptKind
from kiosk.payments.till_figures import IS_REFUND
from kiosk.payments.ways import name_of, show_names
from kiosk.reports import queries
from kiosk.reports.courses import NO_COURSE, course_of
from kiosk.reports.errors import FilterUnreadable
from kiosk.reports.modifiers import names_choice
from kiosk.reports.occurring import called, in_section, occurring
from kiosk.reports.ranges import Days, each_day, month_of
from kiosk.reports.rollups import spanned
from kiosk.reports.rules import CORRECTION, NOT_NAMED, ONE_SIZE, REFUND, SALE, SERVICE, Dimension

PAGE: Final = 50
HIGHEST: Final = 2**31 - 1
"""No number in a key is higher."""
INDEX: Final = "FORCE INDEX (ix_receipts_day)"
Key = Mapping[str, Any]


@dataclass(frozen=True)
class Behind:
    """Receipts of a range that one row of a report counts, all of them without a key; only those its `figure` is of.

    `before` is the last one of the page before; `until` leaves out what was closed after that moment.
    """

    days: Days
    by: Dimension
    key: Key
    before: int | None = None
    figure: str = ""
    until: datetime | None = None


async def receipts_behind(read: Read, asked: Behind) -> dict[str, Any]:
    """A page of receipts, and the id to go on from, or None at the end."""
    venue = await read.venue()
    mine = [Receipt.venue_id == venue.id, await _counted(read, asked)]
    mine += [FIGURES[asked.figure]] if asked.figure in FIGURES else []
    mine += [Receipt.closed_at <= asked.until] if asked.until else []
    first, last = _days_of(asked)
    if asked.before is not None and (day := await _day_of(read, asked.before)) <= last:
        mine.append(or_(Receipt.business_day < day, Receipt.id < asked.before))
        last = day
    span = await spanned(read, venue.id, first, last)
    receipts: list[Receipt] = []
    for begin, end in await occurring(read, span, asked.by, asked.key, asked.figure):
        within = (*mine, Receipt.business_day.between(begin, end))
        receipts += await _newest(read, PAGE + 1 - len(receipts), *within)
        if len(receipts) > PAGE:
            break
    page, is_more = receipts[:PAGE], len(receipts) > PAGE
    tenders = await _tenders(read, [one.id for one in page])
    return {"rows": [_row(one, tenders) for one in page], "next": page[-1].id if is_more else None}


def _days_of(asked: Behind) -> Days:
    """The days of the range that its key leaves, where that names a day or a month; its words have been read before."""
    first, last = asked.days
    if asked.by is Dimension.DAY and asked.key:
        first = last = date.fromisoformat(asked.key["day"])
    elif "month" in asked.key:
        first, last = month_of(_first_of(asked.key))
    return max(first, asked.days[0]), min(last, asked.days[1])


async def _newest(read: Read, most: int, *where: ColumnElement[bool]) -> list[Receipt]:
    found = select(Receipt).where(*where).order_by(Receipt.business_day.desc(), Receipt.id.desc()).limit(most)
    hinted = found.with_hint(Receipt, INDEX, "mysql").with_hint(Receipt, INDEX, "mariadb")
    return list(await read.session.scalars(hinted))


async def _day_of(read: Read, before: int) -> date:
    day = (await read.session.scalars(select(Receipt.business_day).where(Receipt.id == before))).one_or_none()
    if day is None:
        raise FilterUnreadable("before", str(before), "the id of a receipt")
    return day


async def _counted(read: Read, asked: Behind) -> ColumnElement[bool]:
    """The condition that a receipt is counted by the row with this key."""
    if not asked.key:
        return true()
    try:
        if asked.by is Dimension.WEEKDAY:
            return await _by_weekday(read, asked)
        if asked.by in _BY:
            return _BY[asked.by](asked.key)
        return await _ASKED[asked.by](read, asked.key)
    except (KeyError, TypeError, ValueError) as unreadable:
        raise FilterUnreadable("key", str(dict(asked.key)), f"the key of a row by {asked.by}") from unreadable


async def _by_weekday(read: Read, asked: Behind) -> ColumnElement[bool]:
    """The days of that weekday, from the first to the last receipt: a database takes only so many in one list."""
    weekday = list(day_name).index(asked.key["weekday"])
    venue = await read.venue()
    mine = (Receipt.venue_id == venue.id, Receipt.business_day.between(*asked.days))
    ends = (select(end(Receipt.business_day)).where(*mine).scalar_subquery() for end in (func.min, func.max))
    found = (await read.session.execute(select(*ends))).one()
    first, last = found[0], found[1]
    if first is None:
        return false()
    return Receipt.business_day.in_([day for day in each_day(first, last) if day.weekday() == weekday])


def _number(written: Any) -> int:
    """A whole number of a key. Raises ValueError for one that no database takes."""
    number = int(written)
    if abs(number) > HIGHEST:
        raise ValueError(written)
    return number


def _first_of(key: Key) -> date:
    """The first day of the month that a key names."""
    return date.fromisoformat(f"{key['month']}-01")


def _by_month(key: Key) -> ColumnElement[bool]:
    return Receipt.business_day.between(*month_of(_first_of(key)))


def _by_line(key: Key) -> ColumnElement[bool]:
    """Receipts with a line of this category, item or portion, and those with a service charge where that is the row."""
    columns = {
        "category": called(ReceiptLine.category, key.get("category"), NOT_NAMED),
        "item": ReceiptLine.item == key.get("item"),
        "portion": called(ReceiptLine.portion_name, key.get("portion"), ONE_SIZE),
    }
    named = _has(ReceiptLine, *(columns[name] for name in key))
    is_service = {*key.values()} - {""} == {SERVICE}
    return or_(named, Receipt.service_charge != 0) if is_service else named


def _by_course(key: Key) -> ColumnElement[bool]:
    if key["course"] == SERVICE:
        return Receipt.service_charge != 0
    course = course_of(str(key["course"]))
    if course == NO_COURSE:
        return _has(ReceiptLine, ReceiptLine.line_id.is_(None))
    return _has(ReceiptLine, ReceiptLine.line_id == CheckLine.id, CheckLine.course == course)


def _has(
    table: type[ReceiptLine] | type[ReceiptTax] | type[Tender], *where: ColumnElement[bool]
) -> ColumnElement[bool]:
    return exists().where(table.receipt_id == Receipt.id, *where)


async def _by_tender(read: Read, key: Key) -> ColumnElement[bool]:
    return _has(Tender, Tender.name.in_(await queries.codes_of(read, str(key["tender"]))))


async def _by_section(read: Read, key: Key) -> ColumnElement[bool]:
    return await in_section(read, Receipt.label, key["section"])


_ASKED: Final = {Dimension.SECTION: _by_section, Dimension.TENDER: _by_tender}
_BY: Final[dict[Dimension, Callable[[Key], ColumnElement[bool]]]] = {
    Dimension.DAY: lambda key: Receipt.business_day == date.fromisoformat(key["day"]),
    Dimension.MONTH: _by_month,
    Dimension.HOUR: lambda key: Receipt.hour == _number(key["hour"]),
    Dimension.STAFF: lambda key: called(Receipt.staff, key["staff"], NOT_NAMED),
    Dimension.TABLE: lambda key: called(Receipt.label, key["table"], NOT_NAMED),
    Dimension.TAX: lambda key: _has(ReceiptTax, ReceiptTax.rate_ppm == _number(key["rate_ppm"])),
    Dimension.ITEM: _by_line,
    Dimension.WHOLE_ITEM: _by_line,
    Dimension.BEST: lambda key: and_(_by_month(key), _by_line({"item": key["item"]})),
    Dimension.CATEGORY: _by_line,
    Dimension.PORTION: _by_line,
    Dimension.COURSE: _by_course,
    Dimension.MODIFIER: names_choice,
}
FIGURES: Final[dict[str, ColumnElement[bool]]] = {
    "tips": Receipt.tip != 0,
    "refunds": IS_REFUND,
    "discounts": Receipt.discount != 0,
    "service": Receipt.service_charge != 0,
    "cash_rounding": Receipt.cash_rounding != 0,
    "corrections": Receipt.is_correction.is_(True),
}
"""Figures that only some receipts have a part in."""


async def _tenders(read: Read, receipt_ids: list[int]) -> dict[int, list[str]]:
    names, found = await show_names(read), defaultdict[int, list[str]](list)
    asked = select(Tender.receipt_id, Tender.name).where(Tender.receipt_id.in_(receipt_ids))
    for receipt_id, code in await read.session.execute(asked.order_by(Tender.receipt_id, Tender.position)):
        found[receipt_id].append(name_of(names, code))
    return found


def _row(one: Receipt, tenders: Mapping[int, list[str]]) -> dict[str, Any]:
    return {
        "id": one.id,
        "check_id": one.check_id,
        "number": one.number,
        "kind": CORRECTION if one.is_correction else SALE if one.kind is ReceiptKind.SALE else REFUND,
        "day": one.business_day.isoformat(),
        "at": one.closed_at.isoformat(),
        "label": one.label,
        "covers": one.covers,
        "staff": one.staff,
        "tenders": tenders.get(one.id, []),
        "total": one.total,
        "tip": one.tip,
        "discount": one.discount,
        "is_ours": not one.series,
    }
