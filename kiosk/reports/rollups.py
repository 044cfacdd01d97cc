"""Every way the ledger is told, once: grouped from its rows where a day is young, from its rollups where it is old.

A day is old when `rolled_days` names it. Whatever brings receipts to an old day forgets its rollups in the same
transaction, so that what is read never depends on whether they are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Executable, FromClause, and_, case, distinct, false, func, or_, select, true

from kiosk.checks.models import CheckLine
from kiosk.core.db import Read
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.rules import ReceiptKind
from kiosk.payments.till_figures import CORRECTIONS, IS_REFUND, IS_SALE, REFUNDS, SALES, TENDERS_COUNTED
from kiosk.reports.courses import NO_COURSE
from kiosk.reports.models import RolledDay, Rollup
from kiosk.reports.ranges import ONE, Days
from kiosk.reports.rules import NOT_NAMED, ONE_SIZE, Row

Ledger = type[Receipt] | type[ReceiptLine] | type[ReceiptTax] | type[Tender]
Column = ColumnElement[Any]
K = TypeVar("K")
KEYS: Final = ("first_key", "second_key", "third_key")
FIGURES: Final = ("times", "returns", "covers", "pieces", "amount", "net", "tax", "tips", "cost", "costed")


@dataclass(frozen=True)
class Span:
    """The business days of one venue that are asked for, both ends included; `young` are the runs without rollups.

    With `until` the last day is only asked for up to that moment, and always young.
    """

    venue_id: int
    first_day: date
    last_day: date
    young: tuple[Days, ...]
    sums: dict[date, dict[str, int]] = field(default_factory=dict, compare=False, repr=False)
    """What `told_by_day` found: a span is made for one look."""
    until: datetime | None = None

    def of(self, table: Ledger) -> ColumnElement[bool]:
        """The condition that a row of the ledger lies in this span, old days included."""
        days = table.business_day.between(self.first_day, self.last_day)
        return and_(table.venue_id == self.venue_id, days, self._by_then(table))

    def young_of(self, table: Ledger) -> ColumnElement[bool]:
        """The condition that a row of the ledger lies on a day of this span that has to be read from it."""
        runs = (table.business_day.between(first, last) for first, last in self.young)
        return and_(table.venue_id == self.venue_id, or_(false(), *runs), self._by_then(table))

    def _by_then(self, table: Any) -> ColumnElement[bool]:
        """The condition that a row was there at the moment up to which the last day is asked for."""
        if self.until is None:
            return true()
        mine = (Receipt.venue_id == self.venue_id, Receipt.business_day == self.last_day)
        known = select(Receipt.id).where(*mine, Receipt.closed_at <= self.until).correlate(None)
        part: Any = table
        is_known = Receipt.closed_at <= self.until if table is Receipt else part.receipt_id.in_(known)
        return or_(table.business_day < self.last_day, is_known)

    def old_of(self, table: type[Rollup] | type[RolledDay]) -> ColumnElement[bool]:
        """The condition that a row of the rollups lies in this span."""
        last = self.last_day - ONE if self.until else self.last_day
        return and_(table.venue_id == self.venue_id, table.business_day.between(self.first_day, last))

    @property
    def has_old(self) -> bool:
        """Whether any of its days has rollups."""
        return self.young != ((self.first_day, self.last_day),)


async def spanned(read: Read, venue_id: int, first: date, last: date, until: datetime | None = None) -> Span:
    """The days from the first to the last, told apart into those with rollups and those without.

    With `until` the last day only up to that moment.
    """
    mine = (RolledDay.venue_id == venue_id, RolledDay.business_day.between(first, last - ONE if until else last))
    old = await read.session.scalars(select(RolledDay.business_day).where(*mine).order_by(RolledDay.business_day))
    return Span(venue_id, first, last, tuple(runs_between(first, last, old)), until=until)


def runs_between(first: date, last: date, old: Iterable[date]) -> Iterable[Days]:
    """The runs of days from the first to the last that lie between these."""
    begin = first
    for day in old:
        if begin < day:
            yield begin, day - ONE
        begin = day + ONE
    if begin <= last:
        yield begin, last


@dataclass(frozen=True)
class Grouping:
    """One way to tell the ledger: rows of `table` by `keys`, with the sums `figures` by their names in the rollups.

    `joined` is the table with the others that keys or sums come from; `back` makes a key what it was before it was
    kept as text. `unnamed` is what a report calls a first key that is empty, which something may really be called.
    """

    dimension: str
    table: Ledger
    keys: tuple[Any, ...]
    figures: dict[str, Column]
    joined: FromClause | None = None
    back: Callable[[str], Any] = str
    unnamed: str = ""

    def called(self, key: Row) -> Row:
        """A key as reports call it."""
        return (self.unnamed, *key[1:]) if key[0] == "" else key

    def ledger(self, where: ColumnElement[bool], *also: Any) -> Any:
        """What else is asked for, keys, figures, from the ledger."""
        asked = select(*also, *self.keys, *self.figures.values()).where(where).group_by(*also, *self.keys)
        return asked if self.joined is None else asked.select_from(self.joined)

    def rollup(self, span: Span) -> Any:
        """Keys, figures, from the rollups."""
        keys = [getattr(Rollup, name) for name in KEYS[: len(self.keys)]]
        sums = (func.sum(getattr(Rollup, name)) for name in self.figures)
        return select(*keys, *sums).where(span.old_of(Rollup), Rollup.dimension == self.dimension).group_by(*keys)


def _joined(table: Any) -> FromClause:
    return Receipt.__table__.join(table.__table__, table.receipt_id == Receipt.id)


_PIECES: dict[str, Column] = {"pieces": func.sum(ReceiptLine.quantity)}
_ON_LINES: dict[str, Column] = {**_PIECES, "amount": func.sum(ReceiptLine.amount)}
_COSTS: dict[str, Column] = {
    "cost": func.coalesce(func.sum(ReceiptLine.cost), 0),
    "costed": func.coalesce(func.sum(case((ReceiptLine.cost.is_not(None), ReceiptLine.net))), 0),
}
"""What goods cost as far as that is known, and the net sales of which it is."""
_COSTED: dict[str, Column] = {"net": func.sum(ReceiptLine.net), **_COSTS}
_NAMED: dict[str, Column] = {"times": func.count(distinct(case((IS_SALE, Receipt.id)))), **_ON_LINES}
"""`times` are the sales that name it, however many of their lines do."""
_SOLD: dict[str, Column] = {
    "times": SALES,
    "covers": func.sum(Receipt.covers),
    "amount": func.sum(Receipt.total),
    "tips": func.sum(Receipt.tip),
}
_PAID: dict[str, Column] = {
    "times": TENDERS_COUNTED[0],
    "returns": TENDERS_COUNTED[1],
    "amount": func.sum(Tender.amount),
    "tips": func.sum(Tender.tip),
}
_OUTSIDE: Final = case((Tender.drawer_id.is_(None), Tender.amount + Tender.tip + Tender.rounding), else_=0)
"""What went into no drawer: of cash, that of a history from elsewhere."""
_TAXED: dict[str, Column] = {
    "net": func.sum(ReceiptTax.net),
    "tax": func.sum(ReceiptTax.tax),
    "amount": func.sum(ReceiptTax.gross),
}
HOURS: Final = Grouping("hour", Receipt, (Receipt.hour,), _SOLD, back=int)
HOUR_PIECES: Final = Grouping("hour_pieces", Receipt, (Receipt.hour,), _PIECES, _joined(ReceiptLine), int)
STAFF: Final = Grouping("staff", Receipt, (Receipt.staff,), {**_SOLD, "net": func.sum(Receipt.net)}, unnamed=NOT_NAMED)
TABLES: Final = Grouping("table", Receipt, (Receipt.label,), _SOLD, unnamed=NOT_NAMED)
ITEMS: Final = Grouping(
    "item",
    ReceiptLine,
    (ReceiptLine.category, ReceiptLine.item, ReceiptLine.portion_name),
    _ON_LINES | _COSTED,
    unnamed=NOT_NAMED,
)
CATEGORIES: Final = Grouping(
    "category", Receipt, (ReceiptLine.category,), _NAMED | _COSTED, _joined(ReceiptLine), unnamed=NOT_NAMED
)
PORTIONS: Final = Grouping(
    "portion", Receipt, (ReceiptLine.portion_name,), _NAMED, _joined(ReceiptLine), unnamed=ONE_SIZE
)
COURSES: Final = Grouping(
    "course",
    Receipt,
    (func.coalesce(CheckLine.course, NO_COURSE),),
    _NAMED,
    _joined(ReceiptLine).outerjoin(CheckLine.__table__, CheckLine.id == ReceiptLine.line_id),
    int,
)
TENDERS: Final = Grouping("tender", Receipt, (Tender.name,), _PAID, _joined(Tender))
STAFF_BY_TENDER: Final = Grouping("staff_tender", Receipt, (Receipt.staff, Tender.name), _PAID, _joined(Tender))
OUTSIDE: Final = Grouping("outside", Tender, (Tender.name,), {"amount": func.sum(_OUTSIDE)})
TAXES: Final = Grouping("tax", ReceiptTax, (ReceiptTax.rate_ppm,), _TAXED, back=int)
ALL: Final = (
    *(HOURS, HOUR_PIECES, STAFF, TABLES, ITEMS, CATEGORIES, PORTIONS, COURSES),
    *(TENDERS, STAFF_BY_TENDER, OUTSIDE, TAXES),
)
"""Every grouping that is rolled up."""

_IS_CHARGED = Receipt.service_charge != 0
OF_RECEIPTS: Final[dict[str, Column]] = {
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
    "checks": func.count(
        distinct(case((Receipt.kind == ReceiptKind.SALE, func.coalesce(Receipt.check_id, Receipt.id))))
    ),
    "entries": func.count(),
    "service_receipts": func.sum(case((_IS_CHARGED & IS_SALE, 1), else_=0)),
    "charged": func.sum(case((_IS_CHARGED, Receipt.total), else_=0)),
}
"""The sums of the receipts of one day; `charged` is the total of those with a service charge."""


async def rows(read: Read, statement: Executable) -> list[Row]:
    """The rows of a statement; the one place where sums become whole numbers.

    MySQL answers SUM with a Decimal, and with nothing where there is nothing to add.
    """
    found = await read.session.execute(statement)
    return [tuple([int(value) if type(value) is Decimal else value for value in row]) for row in found]


async def told(read: Read, span: Span, grouping: Grouping) -> list[Row]:
    """Keys and figures of a grouping over a span, in no order."""
    n = len(grouping.keys)
    young = await rows(read, grouping.ledger(span.young_of(grouping.table))) if span.young else []
    kept = await rows(read, grouping.rollup(span)) if span.has_old else []
    of_ledger = ((row[:n], row[n:]) for row in young)
    of_rollups = ((tuple(grouping.back(key) for key in row[:n]), row[n:]) for row in kept)
    found = added_up((grouping.called(key), figures) for key, figures in chain(of_ledger, of_rollups))
    return [(*key, *figures) for key, figures in found.items()]


def added_up(told: Iterable[tuple[K, Iterable[int]]]) -> dict[K, list[int]]:
    """The figures of each key together, in the order in which the keys come."""
    found: dict[K, list[int]] = {}
    for key, figures in told:
        known = found.get(key)
        found[key] = [a + b for a, b in zip(known, figures, strict=True)] if known else list(figures)
    return found


async def told_by_day(read: Read, span: Span) -> dict[date, dict[str, int]]:
    """The sums of every day of the span that had receipts, by day."""
    found = span.sums
    if found:
        return found
    if span.young:
        found |= await days_of_ledger(read, span.young_of(Receipt), span.young_of(ReceiptLine))
    if span.has_old:
        columns = [getattr(RolledDay, name) for name in DAY]
        asked = select(RolledDay.business_day, *columns).where(span.old_of(RolledDay), RolledDay.entries > 0)
        found |= {row[0]: dict(zip(DAY, row[1:], strict=True)) for row in await rows(read, asked)}
    return found


DAY: Final = (*(name for name in OF_RECEIPTS if name != "charged"), "pieces", "service_amount", "cost", "costed")
"""What is known of every day."""


async def days_of_ledger(
    read: Read, receipts: ColumnElement[bool], lines: ColumnElement[bool]
) -> dict[date, dict[str, int]]:
    """The sums of the days that these receipts, and the lines of the same days, come to."""
    asked = select(Receipt.business_day, *OF_RECEIPTS.values()).where(receipts).group_by(Receipt.business_day)
    sums = {row[0]: dict(zip(OF_RECEIPTS, row[1:], strict=True)) for row in await rows(read, asked)}
    by = ReceiptLine.business_day
    of_lines = _PIECES | _COSTS
    each_day = select(by, *of_lines.values()).where(lines).group_by(by)
    on_days = {row[0]: dict(zip(of_lines, row[1:], strict=True)) for row in await rows(read, each_day)}
    nothing = dict.fromkeys(of_lines, 0)
    on_lines = select(by, func.sum(ReceiptLine.amount)).join(Receipt, Receipt.id == ReceiptLine.receipt_id)
    charged: dict[date, int] = dict(await rows(read, on_lines.where(lines, _IS_CHARGED).group_by(by)))
    for day, told in sums.items():
        told.update(on_days.get(day, nothing))
        told["service_amount"] = told.pop("charged") - charged.get(day, 0)
    return sums
