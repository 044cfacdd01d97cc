"""The sales history another system left: all of it in one transaction, or nothing."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from kiosk.checks import queries as checks
from kiosk.checks.rules import Priced, Sums, TaxRules, sums
from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Database, OutcomeUnknown, Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.models import Venue
from kiosk.core.money import Money
from kiosk.payments.rules import ReceiptKind
from kiosk.reports import queries
from kiosk.reports.errors import FileUnreadable, ImportUnsure, SalesAlreadyImported
from kiosk.reports.rolling import forget
from kiosk.reports.sales_cells import Cells
from kiosk.reports.sales_file import TOLD_EVERY, Progress, Sale, read_sales
from kiosk.staff import service as staff

Tell = Callable[[int, int], None]
SERIES: Final = "import"
TX_SECONDS: Final = 3600
AT_ONCE: Final = 10_000
"""Rows given to the driver at once: enough to be quick, few enough to show progress."""

TABLES: Final[dict[str, tuple[str, ...]]] = {
    "receipts": (
        *("id", "venue_id", "series", "number", "kind", "share_no", "label", "covers", "staff", "cashier"),
        *("closed_at", "business_day", "hour", "currency_code", "gross_lines", "discount", "service_charge"),
        *("net", "tax", "total", "cash_rounding", "tip"),
    ),
    "receipt_lines": (
        *("receipt_id", "position", "venue_id", "business_day", "category", "item", "portion_name"),
        *("quantity", "unit_price", "amount", "rate_ppm", "net", "tax"),
    ),
    "receipt_taxes": ("receipt_id", "rate_ppm", "venue_id", "business_day", "net", "tax", "gross"),
    "tenders": (
        *("receipt_id", "position", "venue_id", "business_day"),
        *("kind", "name", "given", "change_due", "tip", "amount"),
    ),
}
"""The columns that an import fills, in the order that foreign keys ask for."""


@dataclass(frozen=True)
class Imported:
    """What an import brought in; `total` is its turnover in minor units."""

    receipts: int
    lines: int
    total: Money
    first_day: date
    last_day: date


@dataclass
class Ledger:
    """The rows that the sales become, ready for the driver, and what they come to."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {table: [] for table in TABLES})
    total: Money = 0
    days: set[date] = field(default_factory=set)

    def imported(self) -> Imported:
        receipts, lines = len(self.rows["receipts"]), len(self.rows["receipt_lines"])
        return Imported(receipts, lines, self.total, min(self.days), max(self.days))


async def import_sales(db: Database, path: Path, *, by: Actor, progress: Progress | None = None) -> Imported:
    """Bring in a sales history as receipts of their own series, all of it in one transaction or nothing.

    Raises SalesRefused with every problem of the file, SalesAlreadyImported, FileUnreadable or NeedsManager.
    """
    tell = progress or (lambda _what, _done, _of: None)
    async with db.read() as read:
        await staff.must(read, by, Permission.CLOSE_DAY)
        venue = await read.venue()
    data, ledger = await asyncio.to_thread(_prepare, path, venue, tell)
    imported = ledger.imported()
    told = {
        "file": path.name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "receipts": imported.receipts,
        "lines": imported.lines,
        "total": imported.total,
    }

    async def write(tx: Tx) -> None:
        await staff.must(tx, by, Permission.CLOSE_DAY)
        await forget(tx, ledger.days)
        await _refuse_known(tx, venue, path, ledger)
        for table, rows in ledger.rows.items():
            await insert_rows(tx, table, TABLES[table], rows, partial(tell, f"Writing {table.replace('_', ' ')}"))
        tx.record(Act("sales_imported", "venue", venue.id, by, told))

    try:
        await db.run(write, seconds=TX_SECONDS)
    except IntegrityError as trouble:
        if not _is_doubled(trouble):
            raise
        raise SalesAlreadyImported(path.name) from trouble
    except OutcomeUnknown as lost:
        raise ImportUnsure(path.name) from lost
    return imported


def _is_doubled(trouble: IntegrityError) -> bool:
    """Whether another import of the same receipts was quicker: SQLite or a trigger of ours says so, or MySQL."""
    return any(word in str(trouble.orig) for word in ("UNIQUE", "REPLACE refused", "Duplicate"))


def _prepare(path: Path, venue: Venue, tell: Progress) -> tuple[bytes, Ledger]:
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise FileUnreadable(path, trouble.strerror or trouble) from trouble
    cells = Cells(venue.currency, ZoneInfo(venue.timezone))
    return data, ledger_of(read_sales(data, path.name, cells, tell), venue, tell)


def ledger_of(sales: Sequence[Sale], venue: Venue, tell: Progress) -> Ledger:
    """The rows of these sales by the venue's clock and tax rules, in the order of closing."""
    ledger = Ledger()
    rules = checks.tax_rules(venue)
    for done, sale in enumerate(sorted(sales, key=lambda sale: sale.closed_at)):
        _enter(ledger, sale, venue, rules)
        if done % TOLD_EVERY == 0:
            tell("Adding up", done, len(sales))
    return ledger


def _enter(ledger: Ledger, sale: Sale, venue: Venue, rules: TaxRules) -> None:
    receipt_id, summed = new_id(), _summed(sale, rules)
    day = clock.business_day(sale.closed_at, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
    key = (venue.id, day.isoformat())
    rows = ledger.rows
    rows["receipts"].append(_receipt(receipt_id, sale, summed, venue, key[1]))
    rows["receipt_lines"].extend(_lines(receipt_id, sale, summed, key))
    rows["receipt_taxes"].extend(
        (receipt_id, rate.rate_ppm, *key, rate.net, rate.tax, rate.gross) for rate in summed.by_rate
    )
    total = summed.total
    if total or sale.tip:
        kind, name = sale.tender
        rows["tenders"].append((receipt_id, 0, *key, kind.value, name, total + sale.tip, 0, sale.tip, total))
    ledger.total += total
    ledger.days.add(day)


def _summed(sale: Sale, rules: TaxRules) -> Sums:
    return sums([Priced(line.quantity * line.unit_price, line.rate_ppm) for line in sale.lines], rules)


def _receipt(receipt_id: int, sale: Sale, summed: Sums, venue: Venue, day: str) -> tuple[Any, ...]:
    hour = clock.local(sale.closed_at, venue.timezone).hour
    closed_at = sale.closed_at.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    return (
        *(
            receipt_id,
            venue.id,
            SERIES,
            sale.number,
            ReceiptKind.SALE.value,
            1,
            sale.table,
            sale.covers,
            sale.staff,
            "",
        ),
        *(closed_at, day, hour, venue.currency_code, summed.lines, 0, 0),
        *(summed.net, summed.tax, summed.total, 0, sale.tip),
    )


def _lines(receipt_id: int, sale: Sale, summed: Sums, key: tuple[int, str]) -> Iterator[tuple[Any, ...]]:
    for position, (line, taxed) in enumerate(zip(sale.lines, summed.by_line, strict=True)):
        names = (line.category, line.item, line.portion)
        figures = (line.quantity, line.unit_price, taxed.gross, taxed.rate_ppm, taxed.net, taxed.tax)
        yield (receipt_id, position, *key, *names, *figures)


async def _refuse_known(tx: Tx, venue: Venue, path: Path, ledger: Ledger) -> None:
    place = TABLES["receipts"].index("number")
    numbers = [row[place] for row in ledger.rows["receipts"]]
    if known := await queries.known_numbers(tx, venue.id, SERIES, numbers):
        raise SalesAlreadyImported(path.name, known)


async def insert_rows(
    tx: Tx, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], tell: Tell = lambda _done, _of: None
) -> None:
    """Give rows straight to the driver: SQLAlchemy's own executemany takes three times as long."""
    connection = await tx.session.connection()
    marks = ", ".join(["?" if connection.dialect.name == "sqlite" else "%s"] * len(columns))
    done = 0
    for some in _batches(rows):
        await connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", some)
        done += len(some)
        tell(done, len(rows))


def _batches(rows: Sequence[tuple[Any, ...]]) -> Iterable[list[tuple[Any, ...]]]:
    return (list(rows[start : start + AT_ONCE]) for start in range(0, len(rows), AT_ONCE))
