"""What an accountant books of closed business days: the receipts against the daybook, every line on its account.

Sales are booked at the prices of the menu, and what was taken off or given away against them, both without tax.
Turnover, taxes, tips and rounding are told by the receipts; where the money went is told by the daybook, and by the
tenders alone for receipts of another system. That both come to the same is what the balance of a document proves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import and_, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from exports.accounting import Posting
from kiosk.checks.models import CheckLine
from kiosk.core.accounts import Chart
from kiosk.core.db import Read
from kiosk.core.money import PPM, Money, divide_rounded, percent_text
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_models import Movement, ZReport
from kiosk.payments.till_queries import book_day, head_of, open_days
from kiosk.payments.ways import show_every_way
from kiosk.reports.errors import RangeBackwards
from kiosk.reports.ledgers_errors import DayNotClosed
from kiosk.reports.rollups import rows

CASH: Final = "cash"
PAID: Final = (MovementKind.SALE, MovementKind.RETURN)
AGAINST: Final = {
    MovementKind.FLOAT: ("safe", "Float"),
    MovementKind.PAY_IN: ("pay_in", "Pay-in"),
    MovementKind.PAY_OUT: ("expense", "Expense"),
    MovementKind.DROP: ("safe", "Drop"),
    MovementKind.OVER_SHORT: ("over_short", "Over or short"),
    MovementKind.TO_SAFE: ("safe", "To the safe"),
}
"""What the cash of a drawer goes to or comes from when no guest pays, and how it is called."""

Sums = dict[Any, Money]


@dataclass(frozen=True)
class Line:
    """What is booked: on which role of the chart, told apart by what, debit above zero."""

    role: str
    details: tuple[str, ...]
    text: str
    amount: Money
    tax_rate: str = ""


@dataclass
class Day:
    """What a business day sold and took, by rate and by account."""

    net: Sums = field(default_factory=lambda: defaultdict(int))
    tax: Sums = field(default_factory=lambda: defaultdict(int))
    service: Sums = field(default_factory=lambda: defaultdict(int))
    discount: Sums = field(default_factory=lambda: defaultdict(int))
    comp: Sums = field(default_factory=lambda: defaultdict(int))
    taken: Sums = field(default_factory=lambda: defaultdict(int))
    tips: Money = 0
    rounding: Money = 0


async def journal(read: Read, first: date, last: date) -> list[Posting]:
    """The postings of closed business days, both included, in the order of days and documents.

    Raises RangeBackwards, and DayNotClosed where a day of the range may still get figures.
    """
    if last < first:
        raise RangeBackwards(first, last)
    await _must_be_closed(read, first, last)
    venue = await read.venue()
    days, numbers = await _days(read, first, last), await _z_numbers(read, first, last)
    moved = await _moved(read, first, last)
    chart, kinds = Chart(venue.accounts or {}), await _kinds(read)
    return [
        posting
        for day in sorted({*days, *moved})
        for document, lines in (
            *([(numbers.get(day, f"Sales {day}"), _sold(days[day], kinds))] if day in days else []),
            *((one.number, _by_hand(one)) for one in moved.get(day, [])),
        )
        for posting in _booked(chart, day, document, lines)
    ]


async def _must_be_closed(read: Read, first: date, last: date) -> None:
    head, today = await head_of(read), await book_day(read)
    waiting = [*await open_days(read, head.closed_day if head else None), today]
    still_open = min((day for day in waiting if first <= day <= last), default=None)
    if last > today or still_open:
        raise DayNotClosed(still_open or today)


def _booked(chart: Chart, day: date, document: str, lines: Iterable[Line]) -> Iterator[Posting]:
    for line in (one for one in lines if one.amount):
        account = chart.account(line.role, *line.details)
        yield Posting(day, document, account.number, account.name, line.text, line.amount, line.tax_rate)


def _sold(day: Day, kinds: dict[str, tuple[str, str]]) -> Iterator[Line]:
    """The document of a day's sales: what came in on each account, against what it was for."""
    for account, amount in sorted(day.taken.items()):
        yield _taken(account, amount, kinds)
    yield Line("rounding", (), "Cash rounding", -day.rounding)
    yield Line("tips", (), "Tips", -day.tips)
    for ppm in sorted({*day.net, *day.service, *day.discount, *day.comp}):
        rate, off = percent_text(ppm), day.discount[ppm] + day.comp[ppm]
        yield Line("sales", (rate,), f"Turnover {rate} %", day.service[ppm] - day.net[ppm] - off, rate)
        yield Line("discount", (rate,), f"Discounts {rate} %", day.discount[ppm], rate)
        yield Line("comp", (rate,), f"On the house {rate} %", day.comp[ppm], rate)
        yield Line("service", (rate,), f"Service charge {rate} %", -day.service[ppm], rate)
        yield Line("tax", (rate,), f"Tax {rate} %", -day.tax[ppm], rate)


def _taken(account: str, amount: Money, kinds: dict[str, tuple[str, str]]) -> Line:
    code, _, till = account.partition(":")
    if code == CASH:
        return Line(CASH, (till,) if till else (), f"Cash, till {till}" if till else "Cash", amount)
    kind, name = kinds.get(account, (account, account))
    return Line("tender", (account, kind), name, amount)


def _by_hand(moved: Movement) -> Iterator[Line]:
    """The document of what was done to a drawer without a guest."""
    role, word = AGAINST[moved.kind]
    if moved.kind is MovementKind.PAY_OUT and moved.tip:
        role, word = "tips", "Tips paid out"
    told = ": ".join(part for part in (f"{word}, {moved.person}", moved.reason) if part)
    yield Line(CASH, (moved.account.partition(":")[2],), told, moved.amount)
    yield Line(role, (), told, -moved.amount)


async def _kinds(read: Read) -> dict[str, tuple[str, str]]:
    """The kind and the name of every way to pay, by its code."""
    return {way.code: (way.kind.value, way.name) for way, _ in await show_every_way(read)}


async def _z_numbers(read: Read, first: date, last: date) -> dict[date, str]:
    venue = await read.venue()
    mine = (ZReport.venue_id == venue.id, ZReport.business_day.between(first, last))
    return {
        day: f"Z {number}"
        for day, number in await rows(read, select(ZReport.business_day, ZReport.number).where(*mine))
    }


async def _moved(read: Read, first: date, last: date) -> dict[date, list[Movement]]:
    """What was done to drawers by hand, by day, in the order of the daybook."""
    venue = await read.venue()
    mine = (Movement.venue_id == venue.id, Movement.business_day.between(first, last), Movement.kind.in_(AGAINST))
    found: dict[date, list[Movement]] = defaultdict(list)
    for one in await read.session.scalars(select(Movement).where(*mine, Movement.amount != 0).order_by(Movement.seq)):
        found[one.business_day].append(one)
    return found


async def _days(read: Read, first: date, last: date) -> dict[date, Day]:
    """What was sold and taken on every day that had receipts."""
    venue, days = await read.venue(), defaultdict[date, Day](Day)

    def within(table: Any) -> ColumnElement[bool]:
        mine: ColumnElement[bool] = (table.venue_id == venue.id) & table.business_day.between(first, last)
        return mine

    await _of_receipts(read, within(Receipt), days)
    await _of_taxes(read, within(ReceiptTax), days)
    await _of_service(read, within(Receipt), days)
    await _of_discounts(read, within(ReceiptLine), days, is_tax_in=venue.prices_include_tax)
    await _of_money(read, within(Movement), within(Receipt), days)
    return days


async def _of_receipts(read: Read, within: ColumnElement[bool], days: dict[date, Day]) -> None:
    by = Receipt.business_day
    sums = (func.sum(Receipt.tip), func.sum(Receipt.cash_rounding))
    for day, tips, rounding in await rows(read, select(by, *sums).where(within).group_by(by)):
        days[day].tips, days[day].rounding = tips, rounding


async def _of_taxes(read: Read, within: ColumnElement[bool], days: dict[date, Day]) -> None:
    by = (ReceiptTax.business_day, ReceiptTax.rate_ppm)
    sums = (func.sum(ReceiptTax.net), func.sum(ReceiptTax.tax))
    for day, ppm, net, tax in await rows(read, select(*by, *sums).where(within).group_by(*by)):
        days[day].net[ppm], days[day].tax[ppm] = net, tax


async def _of_service(read: Read, within: ColumnElement[bool], days: dict[date, Day]) -> None:
    """The net of service charges: what receipts that bear one have at a rate beyond their lines."""
    for table, sign in ((ReceiptTax, 1), (ReceiptLine, -1)):
        by = (Receipt.business_day, table.rate_ppm)
        asked = select(*by, func.sum(table.net)).join(Receipt, Receipt.id == table.receipt_id)
        for day, ppm, net in await rows(read, asked.where(within, Receipt.service_charge != 0).group_by(*by)):
            days[day].service[ppm] += sign * net


async def _of_discounts(read: Read, within: ColumnElement[bool], days: dict[date, Day], *, is_tax_in: bool) -> None:
    """What lines were less than their prices, without the tax that was never due on it."""
    is_comp = and_(CheckLine.comped_at.is_not(None), ReceiptLine.net == 0, ReceiptLine.tax == 0)
    by = (ReceiptLine.business_day, ReceiptLine.rate_ppm, case((is_comp, 1), else_=0))
    asked = select(*by, func.sum(ReceiptLine.less)).outerjoin(CheckLine, CheckLine.id == ReceiptLine.line_id)
    for day, ppm, is_given, less in await rows(read, asked.where(within, ReceiptLine.less != 0).group_by(*by)):
        taken_off = days[day].comp if is_given else days[day].discount
        taken_off[ppm] += less - (divide_rounded(less * ppm, PPM + ppm) if is_tax_in else 0)


async def _of_money(
    read: Read, moved: ColumnElement[bool], received: ColumnElement[bool], days: dict[date, Day]
) -> None:
    """What came in on each account: by the daybook, and by the tenders of receipts that are no own ones."""
    by = (Movement.business_day, Movement.account)
    own = select(*by, func.sum(Movement.amount)).where(moved, Movement.kind.in_(PAID)).group_by(*by)
    their = (Receipt.business_day, Tender.name)
    foreign = select(*their, func.sum(Tender.given - Tender.change_due)).join(Receipt, Receipt.id == Tender.receipt_id)
    for asked in (own, foreign.where(received, Receipt.series != "").group_by(*their)):
        for day, account, amount in await rows(read, asked):
            days[day].taken[account] += amount
