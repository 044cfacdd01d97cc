"""Sums of the ledger, made by the database: one GROUP BY a part, whole numbers back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, case, distinct, extract, func, select

from kiosk.checks.models import Check, CheckState
from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.money import Currency
from kiosk.payments import till_drawers
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.rules import ReceiptKind
from kiosk.payments.till_figures import CORRECTIONS, IS_REFUND, REFUNDS, SALES, TENDERS_COUNTED
from kiosk.payments.ways import name_of, show_names
from kiosk.reports.rules import CORRECTION, NOT_NAMED, ONE_SIZE, PARTS, REFUND, SALE, SERVICE, Row

Ledger = type[Receipt] | type[ReceiptLine] | type[ReceiptTax] | type[Tender]
IN_ONE_LIST = 5_000
"""How many values one IN (...) names: well under SQLite's 32,766 parameters."""


@dataclass(frozen=True)
class Span:
    """The business days of one venue that are asked for, both ends included."""

    venue_id: int
    first_day: date
    last_day: date

    def of(self, table: Ledger) -> ColumnElement[bool]:
        """The condition that a row of the ledger lies in this span."""
        return and_(table.venue_id == self.venue_id, table.business_day.between(self.first_day, self.last_day))


def whole(value: Any) -> Any:
    """A sum as a whole number: MySQL answers SUM with a Decimal, and with nothing where there is nothing to add."""
    return int(value) if isinstance(value, Decimal) else value


async def rows(read: Read, statement: Executable) -> list[Row]:
    """The rows of a statement; the one place where sums become whole numbers."""
    return [tuple(whole(value) for value in row) for row in await read.session.execute(statement)]


async def totals(read: Read, span: Span) -> dict[str, int]:
    """The sums of the receipts themselves, and the pieces on them."""
    is_sale = Receipt.kind == ReceiptKind.SALE
    asked = {
        "turnover": func.sum(Receipt.total),
        "net": func.sum(Receipt.net),
        "tax": func.sum(Receipt.tax),
        "discounts": func.sum(Receipt.discount),
        "service": func.sum(Receipt.service_charge),
        "refunds": func.sum(case((IS_REFUND, Receipt.total), else_=0)),
        "cash_rounding": func.sum(Receipt.cash_rounding),
        "tips": func.sum(Receipt.tip),
        "covers": func.sum(Receipt.covers),
        "receipts": SALES,
        "refunds_count": REFUNDS,
        "corrections": CORRECTIONS,
        "checks": func.count(distinct(case((is_sale, func.coalesce(Receipt.check_id, Receipt.id))))),
    }
    sums = (await rows(read, select(*asked.values()).where(span.of(Receipt))))[0]
    pieces = (await rows(read, select(func.sum(ReceiptLine.quantity)).where(span.of(ReceiptLine))))[0]
    return {key: value or 0 for key, value in zip([*asked, "pieces"], [*sums, *pieces], strict=True)}


async def hours(read: Read, span: Span) -> list[Row]:
    """hour, receipts, pieces, turnover"""
    sold = select(Receipt.hour, SALES, func.sum(Receipt.total)).where(span.of(Receipt)).group_by(Receipt.hour)
    pieces = (
        select(Receipt.hour, func.sum(ReceiptLine.quantity))
        .join(ReceiptLine, ReceiptLine.receipt_id == Receipt.id)
        .where(span.of(Receipt))
        .group_by(Receipt.hour)
    )
    counts: dict[int, int] = dict(await rows(read, pieces))
    return [(hour, count, counts.get(hour, 0), total) for hour, count, total in await rows(read, sold)]


async def days(read: Read, span: Span) -> list[Row]:
    """day, receipts, covers, pieces, turnover"""
    sold = await rows(read, _sold(span, Receipt.business_day))
    pieces: dict[date, int] = dict(await rows(read, _pieces(span, ReceiptLine.business_day)))
    return [(day, count, covers, pieces.get(day, 0), total) for day, count, covers, total in sold]


async def months(read: Read, span: Span) -> list[Row]:
    """month like 2015-11, receipts, covers, pieces, turnover"""
    sold = await rows(read, _sold(span, *_month(Receipt)))
    counted = await rows(read, _pieces(span, *_month(ReceiptLine)))
    pieces = {(year, month): count for year, month, count in counted}
    return [
        (f"{year:04d}-{month:02d}", count, covers, pieces.get((year, month), 0), total)
        for year, month, count, covers, total in sold
    ]


def _month(table: type[Receipt] | type[ReceiptLine]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    return extract("year", table.business_day), extract("month", table.business_day)


def _sold(span: Span, *by: Any) -> Executable:
    sums = (SALES, func.sum(Receipt.covers), func.sum(Receipt.total))
    return select(*by, *sums).where(span.of(Receipt)).group_by(*by).order_by(*by)


def _pieces(span: Span, *by: Any) -> Executable:
    return select(*by, func.sum(ReceiptLine.quantity)).where(span.of(ReceiptLine)).group_by(*by)


async def items(read: Read, span: Span) -> list[Row]:
    """category, item, portion, pieces, turnover; the best sold first"""
    by = (ReceiptLine.category, ReceiptLine.item, ReceiptLine.portion_name)
    sums = (func.sum(ReceiptLine.quantity), func.sum(ReceiptLine.amount))
    asked = select(*by, *sums).where(span.of(ReceiptLine)).group_by(*by)
    charged, amount = await _service(read, span)
    service = [(SERVICE, SERVICE, "", 0, amount)] if amount or charged else []
    sold = sorted([*await rows(read, asked), *service], key=lambda row: (-row[4], row[:3]))
    return [(category or NOT_NAMED, *rest) for category, *rest in sold]


async def _service(read: Read, span: Span) -> tuple[int, int]:
    """How many receipts bear a service charge, and what it added to the turnover, its tax included."""
    is_charged = (span.of(Receipt), Receipt.service_charge != 0)
    totals = select(SALES, func.sum(Receipt.total)).where(*is_charged)
    lines = select(func.sum(ReceiptLine.amount)).join(Receipt, Receipt.id == ReceiptLine.receipt_id).where(*is_charged)
    count, total = (await rows(read, totals))[0]
    return count or 0, (total or 0) - ((await rows(read, lines))[0][0] or 0)


async def categories(read: Read, span: Span) -> list[Row]:
    """category, receipts that name it, pieces, turnover; the best sold first"""
    return [(name or NOT_NAMED, *rest) for name, *rest in await _parts_of_lines(read, span, ReceiptLine.category)]


async def portions(read: Read, span: Span) -> list[Row]:
    """portion, receipts that name it, pieces, turnover; the best sold first"""
    return [(name or ONE_SIZE, *rest) for name, *rest in await _parts_of_lines(read, span, ReceiptLine.portion_name)]


async def _parts_of_lines(read: Read, span: Span, by: Any) -> list[Row]:
    is_sold = case((ReceiptLine.of_position.is_(None), ReceiptLine.receipt_id))
    sums = (func.count(distinct(is_sold)), func.sum(ReceiptLine.quantity), func.sum(ReceiptLine.amount))
    asked = select(by, *sums).where(span.of(ReceiptLine)).group_by(by)
    anew = await _issued_anew(read, span, by)
    sold = [(name, count - anew.get(name, 0), *rest) for name, count, *rest in await rows(read, asked)]
    charged, amount = await _service(read, span)
    service = [(SERVICE, charged, 0, amount)] if amount or charged else []
    return sorted([*sold, *service], key=lambda row: (-row[3], row[0]))


async def _issued_anew(read: Read, span: Span, by: Any) -> dict[Any, int]:
    """How many receipts name each only because a wrong tender was put right."""
    is_anew = (span.of(Receipt), Receipt.kind == ReceiptKind.SALE, Receipt.is_correction)
    lines = select(by, func.count(distinct(ReceiptLine.receipt_id)))
    found = lines.join(Receipt, Receipt.id == ReceiptLine.receipt_id).where(*is_anew).group_by(by)
    return dict(await rows(read, found))


async def payments(read: Read, span: Span) -> list[Row]:
    """tender, how often, how often something was given back by it, amount that paid the turnover, tips"""
    sums = (*TENDERS_COUNTED, func.sum(Tender.amount), func.sum(Tender.tip))
    asked = select(Tender.name, *sums).join(Receipt, Receipt.id == Tender.receipt_id).where(span.of(Tender))
    told: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    named = await show_names(read)
    for code, *figures in await rows(read, asked.group_by(Tender.name)):
        name = name_of(named, code)
        told[name] = [known + more for known, more in zip(told[name], figures, strict=True)]
    return sorted(((name, *figures) for name, figures in told.items()), key=lambda row: (-row[3], row[0]))


async def staff(read: Read, span: Span) -> list[Row]:
    """staff, receipts, covers, turnover, tips; the highest turnover first"""
    sums = (SALES, func.sum(Receipt.covers), func.sum(Receipt.total), func.sum(Receipt.tip))
    asked = select(Receipt.staff, *sums).where(span.of(Receipt)).group_by(Receipt.staff)
    sold = sorted(await rows(read, asked), key=lambda row: (-row[3], row[0]))
    return [(name or NOT_NAMED, *rest) for name, *rest in sold]


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
    sums = (func.sum(ReceiptTax.net), func.sum(ReceiptTax.tax), func.sum(ReceiptTax.gross))
    asked = select(ReceiptTax.rate_ppm, *sums).where(span.of(ReceiptTax)).group_by(ReceiptTax.rate_ppm)
    return await rows(read, asked.order_by(ReceiptTax.rate_ppm))


async def receipts(read: Read, span: Span, timezone: str) -> list[Row]:
    """Every receipt in the order of closing: number, kind, closed at on the venue's clock, label, ... , total, tip"""
    kind = case((Receipt.is_correction, CORRECTION), (Receipt.kind == ReceiptKind.SALE, SALE), else_=REFUND)
    head = (Receipt.id, Receipt.number, kind, Receipt.closed_at, Receipt.label, Receipt.covers, Receipt.staff)
    sums = (Receipt.net, Receipt.tax, Receipt.total, Receipt.tip)
    asked = select(*head, *sums).where(span.of(Receipt))
    tenders = await _tenders(read, span)
    listed = await rows(read, asked.order_by(Receipt.business_day, Receipt.closed_at, Receipt.id))
    return [
        (number, kind, _naive(closed_at, timezone), label, covers, name, ", ".join(tenders.get(receipt_id, ())), *rest)
        for receipt_id, number, kind, closed_at, label, covers, name, *rest in listed
    ]


async def _tenders(read: Read, span: Span) -> dict[int, list[str]]:
    asked = select(Tender.receipt_id, Tender.name).where(span.of(Tender))
    told: dict[int, list[str]] = defaultdict(list)
    named = await show_names(read)
    for receipt_id, code in await rows(read, asked.order_by(Tender.receipt_id, Tender.position)):
        told[receipt_id].append(name_of(named, code))
    return told


def _naive(at: datetime, timezone: str) -> datetime:
    return clock.local(at, timezone).replace(tzinfo=None)


async def days_of_receipts(read: Read, receipt_ids: Iterable[int]) -> list[date]:
    """The business days that these receipts belong to."""
    asked = select(Receipt.business_day).where(Receipt.id.in_(list(receipt_ids))).distinct()
    return sorted(await read.session.scalars(asked))


async def days_of_series(read: Read, series: str) -> list[date]:
    """The business days that have receipts of a series."""
    return sorted(await read.session.scalars(select(Receipt.business_day).where(Receipt.series == series).distinct()))


async def open_checks(read: Read, venue_id: int) -> int:
    """How many checks are still to be settled."""
    asked = select(func.count()).where(Check.venue_id == venue_id, Check.state == CheckState.OPEN)
    return int((await read.session.execute(asked)).scalar_one())


async def known_numbers(read: Read, venue_id: int, series: str, numbers: Sequence[str]) -> list[str]:
    """Which of these receipt numbers of a series are in the ledger already, in the order they were given."""
    known: set[str] = set()
    for start in range(0, len(numbers), IN_ONE_LIST):
        some = Receipt.number.in_(numbers[start : start + IN_ONE_LIST])
        asked = select(Receipt.number).where(Receipt.venue_id == venue_id, Receipt.series == series, some)
        known.update(await read.session.scalars(asked))
    return [number for number in numbers if number in known]
