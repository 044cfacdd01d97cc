"""Sums of the ledger, made by the database: what the parts of a report are made of, in their order."""

from __future__ import annotations

from calendar import day_name
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Executable, case, select

from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.money import Currency
from kiosk.floor.models import DiningTable, Section
from kiosk.payments import till_drawers
from kiosk.payments.models import Receipt, Tender
from kiosk.payments.rules import ReceiptKind
from kiosk.payments.ways import name_of, show_names
from kiosk.reports.courses import name_of_course
from kiosk.reports.deeds import show_deeds
from kiosk.reports.modifiers import show_modifiers
from kiosk.reports.profit_rules import UNKNOWN, margin
from kiosk.reports.rollups import (
    CATEGORIES,
    COURSES,
    DAY,
    HOUR_PIECES,
    HOURS,
    ITEMS,
    PORTIONS,
    STAFF,
    TABLES,
    TAXES,
    TENDERS,
    Span,
    added_up,
    told,
    told_by_day,
)
from kiosk.reports.rules import CORRECTION, NO_TABLE, NOT_NAMED, ONE_SIZE, PARTS, REFUND, SALE, SERVICE, Row

IN_ONE_LIST = 5_000
"""How many values one IN (...) names: well under SQLite's 32,766 parameters."""


async def totals(read: Read, span: Span) -> dict[str, int]:
    """The sums of the receipts themselves, and the pieces on them."""
    return summed((await told_by_day(read, span)).values())


def summed(days: Iterable[dict[str, int]]) -> dict[str, int]:
    """The sums of these days together; a check that was paid on two of them counts on both."""
    total = dict.fromkeys(DAY, 0)
    for one in days:
        for name, value in one.items():
            total[name] += value
    return total


async def sold_by_hour(read: Read, span: Span) -> list[Row]:
    """hour, receipts, covers, turnover, tips"""
    return sorted(await told(read, span, HOURS))


async def hours(read: Read, span: Span) -> list[Row]:
    """hour, receipts, pieces, turnover"""
    counts: dict[int, int] = dict(await told(read, span, HOUR_PIECES))
    sold = await sold_by_hour(read, span)
    return [(hour, count, counts.get(hour, 0), total) for hour, count, _, total, _ in sold]


async def days(read: Read, span: Span) -> list[Row]:
    """day, receipts, covers, pieces, turnover"""
    return [(day, *_sold(one)) for day, one in sorted((await told_by_day(read, span)).items())]


async def months(read: Read, span: Span) -> list[Row]:
    """month like 2015-11, receipts, covers, pieces, turnover"""
    by_month: dict[str, list[dict[str, int]]] = defaultdict(list)
    for day, one in sorted((await told_by_day(read, span)).items()):
        by_month[f"{day:%Y-%m}"].append(one)
    return [(month, *_sold(summed(some))) for month, some in by_month.items()]


async def weekdays(read: Read, span: Span) -> list[Row]:
    """weekday, days of it that had receipts, receipts, covers, pieces, turnover; Monday first"""
    by_weekday: dict[int, list[dict[str, int]]] = defaultdict(list)
    for day, one in (await told_by_day(read, span)).items():
        by_weekday[day.weekday()].append(one)
    return [(day_name[day], len(some), *_sold(summed(some))) for day, some in sorted(by_weekday.items())]


def _sold(one: dict[str, int]) -> tuple[int, ...]:
    return tuple(one[name] for name in ("receipts", "covers", "pieces", "turnover"))


async def items(read: Read, span: Span) -> list[Row]:
    """category, item, portion, pieces, turnover, what the goods cost, margin, margin in ppm; the best sold first"""
    charged, amount = await _service(read, span)
    service = [(SERVICE, SERVICE, "", 0, amount, *UNKNOWN)] if amount or charged else []
    sold = [(*rest, *margin(cost, costed)) for *rest, _, cost, costed in await told(read, span, ITEMS)]
    listed = sorted([*sold, *service], key=lambda row: (-row[4], row[:3]))
    return [(category or NOT_NAMED, *rest) for category, *rest in listed]


async def _service(read: Read, span: Span) -> tuple[int, int]:
    """How many receipts bear a service charge, and what it added to the turnover, its tax included."""
    found = await totals(read, span)
    return found["service_receipts"], found["service_amount"]


async def categories(read: Read, span: Span) -> list[Row]:
    """category, receipts that name it, pieces, turnover, what the goods cost, margin, margin in ppm; best sold first"""
    sold = [(*rest, *margin(cost, costed)) for *rest, _, cost, costed in await told(read, span, CATEGORIES)]
    service = [(*row, *UNKNOWN) for row in await _service_row(read, span)]
    listed = sorted([*sold, *service], key=lambda row: (-row[3], row[0]))
    return [(name or NOT_NAMED, *rest) for name, *rest in listed]


async def portions(read: Read, span: Span) -> list[Row]:
    """portion, receipts that name it, pieces, turnover; the best sold first"""
    sold = sorted(
        [*await told(read, span, PORTIONS), *await _service_row(read, span)], key=lambda row: (-row[3], row[0])
    )
    return [(name or ONE_SIZE, *rest) for name, *rest in sold]


async def courses(read: Read, span: Span) -> list[Row]:
    """course, receipts that name it, pieces, turnover; in the order they are served"""
    sold = sorted(await told(read, span, COURSES))
    return [*((name_of_course(course), *rest) for course, *rest in sold), *await _service_row(read, span)]


async def modifiers(read: Read, span: Span) -> list[Row]:
    """prefix, modifier, price, pieces of dishes with it, what it brought by its price; the most wanted first"""
    found = [(*key, pieces, key[2] * pieces) for key, pieces in (await show_modifiers(read, span)).items() if pieces]
    return sorted(found, key=lambda row: (-row[3], row[:3]))


async def _service_row(read: Read, span: Span) -> list[Row]:
    """The service charge as a row among others that lines are told by, where there was any."""
    charged, amount = await _service(read, span)
    return [(SERVICE, charged, 0, amount)] if amount or charged else []


async def payments(read: Read, span: Span) -> list[Row]:
    """tender, how often, how often something was given back by it, amount that paid the turnover, tips"""
    named = await show_names(read)
    by_name = added_up((name_of(named, code), figures) for code, *figures in await told(read, span, TENDERS))
    return sorted(((name, *figures) for name, figures in by_name.items()), key=lambda row: (-row[3], row[0]))


async def staff(read: Read, span: Span) -> list[Row]:
    """staff, receipts, covers, turnover, tips; the highest turnover first"""
    sold = sorted(await told(read, span, STAFF), key=lambda row: (-row[3], row[0]))
    return [(name or NOT_NAMED, *rest) for name, *rest, _ in sold]


async def tables(read: Read, span: Span) -> list[Row]:
    """table, receipts, covers, turnover, tips; the highest turnover first"""
    sold = sorted(await told(read, span, TABLES), key=lambda row: (-row[3], row[0]))
    return [(name or NOT_NAMED, *rest) for name, *rest in sold]


async def sections(read: Read, span: Span) -> list[Row]:
    """section, receipts, covers, turnover, tips, by where the tables are now; the highest turnover first"""
    sections = await sections_of_labels(read)
    sold = await told(read, span, TABLES)
    found = added_up((sections.get(label, NO_TABLE), figures) for label, *figures in sold)
    return sorted(((name, *figures) for name, figures in found.items()), key=lambda row: (-row[3], row[0]))


async def labels_of(read: Read, section: str) -> list[str]:
    """The tables of a section, as the floor is now."""
    return [label for label, name in (await sections_of_labels(read)).items() if name == section]


async def codes_of(read: Read, tender: str) -> list[str]:
    """What the ledger may call a way to pay that reports call so: its codes, or this very name."""
    return [*(code for code, name in (await show_names(read)).items() if name == tender), tender]


async def sections_of_labels(read: Read) -> dict[str, str]:
    """The section of every table by its label, as the floor is now."""
    asked = select(DiningTable.label, Section.name).join(Section, Section.id == DiningTable.section_id)
    return {label: name for label, name in await read.session.execute(asked)}


async def deeds(read: Read, span: Span) -> list[Row]:
    """kind, reason, person, times, of them after the bill, amount; the dearest first"""
    return [astuple(one) for one in await show_deeds(read, span)]


async def drawers(read: Read, span: Span, timezone: str) -> list[Row]:
    """Every drawer that money moved in: till, holder, opened at on the venue's clock, what came and went, the count"""
    found = await till_drawers.drawers_of(read, span.first_day, span.last_day)
    told = [
        one
        | {"till": str(one["till"]), "opened_at": _naive(datetime.fromisoformat(one["opened_at"]), timezone)}
        | {"foreign": ", ".join(_foreign(row) for row in one["foreign"])}
        for one in found
    ]
    return [tuple(one[column] for column in PARTS["drawers"]) for one in told]


def _foreign(row: dict[str, Any]) -> str:
    """A currency in a drawer as its sheet tells it: USD 20.00 counted of 20.00."""
    plain = Currency(row["code"]).plain
    counted = f"{plain(row['counted'])} counted of " if "counted" in row else ""
    return f"{row['code']} {counted}{plain(row['expected'])}"


async def taxes(read: Read, span: Span) -> list[Row]:
    """rate in parts per million, net, tax, gross"""
    return sorted(await told(read, span, TAXES))


async def receipts(read: Read, span: Span, timezone: str, most: int | None = None) -> list[Row]:
    """Every receipt, or the first so many, in the order of closing: number, kind, closed at on the venue's clock,
    label, covers, staff, tenders, net, tax, total, tip"""
    kind = case((Receipt.is_correction, CORRECTION), (Receipt.kind == ReceiptKind.SALE, SALE), else_=REFUND)
    head = (Receipt.id, Receipt.number, kind, Receipt.closed_at, Receipt.label, Receipt.covers)
    sums = (Receipt.net, Receipt.tax, Receipt.total, Receipt.tip)
    asked = select(*head, Receipt.staff, *sums).where(span.of(Receipt))
    listed = await _listed(read, asked.order_by(Receipt.business_day, Receipt.closed_at, Receipt.id).limit(most))
    if len(listed) == most:
        span = replace(span, last_day=(await days_of_receipts(read, [listed[-1][0]]))[0])
    tenders = await _tenders(read, span) if listed else {}
    at, paid = Wall(timezone), tenders.get
    return [
        (number, kind, at(closed_at), label, covers, name, paid(receipt_id, ""), *rest)
        for receipt_id, number, kind, closed_at, label, covers, name, *rest in listed
    ]


async def _listed(read: Read, asked: Executable) -> Sequence[Row]:
    """Rows one by one, without sums, past what the session does for each."""
    return (await (await read.session.connection()).execute(asked)).all()


async def _tenders(read: Read, span: Span) -> dict[int, str]:
    """What each receipt was paid by, in words."""
    asked = select(Tender.receipt_id, Tender.name).where(span.of(Tender))
    told: dict[int, str] = {}
    named = await show_names(read)
    known: dict[str, str] = {}
    for receipt_id, code in await _listed(read, asked.order_by(Tender.receipt_id, Tender.position)):
        name = known.get(code) or known.setdefault(code, name_of(named, code))
        told[receipt_id] = f"{told[receipt_id]}, {name}" if receipt_id in told else name
    return told


class Wall:
    """The clock on a venue's wall. Looks up once an hour how far it is from UTC: clocks change on the quarter."""

    def __init__(self, timezone: str) -> None:
        self._timezone = timezone
        self._known: dict[tuple[int, int], timedelta] = {}

    def __call__(self, at: datetime) -> datetime:
        """What it shows at an instant."""
        key = (at.toordinal(), at.hour * 4 + at.minute // 15)
        ahead = self._known.get(key)
        if ahead is None:
            wall = clock.local(at, self._timezone)
            ahead = self._known[key] = wall.utcoffset() or timedelta()
        return at.replace(tzinfo=None) + ahead


def _naive(at: datetime, timezone: str) -> datetime:
    return clock.local(at, timezone).replace(tzinfo=None)


async def days_of_receipts(read: Read, receipt_ids: Iterable[int]) -> list[date]:
    """The business days that these receipts belong to."""
    asked = select(Receipt.business_day).where(Receipt.id.in_(list(receipt_ids))).distinct()
    return sorted(await read.session.scalars(asked))


async def days_of_series(read: Read, series: str) -> list[date]:
    """The business days that have receipts of a series."""
    return sorted(await read.session.scalars(select(Receipt.business_day).where(Receipt.series == series).distinct()))


async def known_numbers(read: Read, venue_id: int, series: str, numbers: Sequence[str]) -> list[str]:
    """Which of these receipt numbers of a series are in the ledger already, in the order they were given."""
    known: set[str] = set()
    for start in range(0, len(numbers), IN_ONE_LIST):
        some = Receipt.number.in_(numbers[start : start + IN_ONE_LIST])
        asked = select(Receipt.number).where(Receipt.venue_id == venue_id, Receipt.series == series, some)
        known.update(await read.session.scalars(asked))
    return [number for number in numbers if number in known]
