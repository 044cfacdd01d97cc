"""A venue without a menu or tables, and ways to give it a past."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from kiosk.core import clock
from kiosk.core.actor import Actor, command_line
from kiosk.core.db import Database, Tx
from kiosk.core.models import Venue
from kiosk.reports.book import book_of
from kiosk.reports.rules import Takings
from kiosk.reports.sales import Imported, import_sales
from kiosk.reports.takings import takings

VENUE_ID = 1001
BY = command_line(VENUE_ID)
HEADING = "receipt,closed_at,item,quantity,unit_price"


def a_day_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the clock shows the day after."""
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(days=1))


async def open_venue(db: Database, **rules: Any) -> None:
    """One venue in Rome that counts in euros and closes its day at 04:00, unless told otherwise."""
    usual = {"id": VENUE_ID, "name": "Al Ponte", "currency_code": "EUR", "locale": "en_IE", "timezone": "Europe/Rome"}

    async def found(tx: Tx) -> None:
        await tx.change(insert(Venue).values(**{**usual, "legal_lines": []} | rules))

    await db.run(found)


def sales_file(folder: Path, rows: Iterable[str], heading: str = HEADING, name: str = "sales.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return path


async def brought_in(
    db: Database, folder: Path, *rows: str, heading: str = HEADING, by: Actor = BY, name: str = "sales.csv"
) -> Imported:
    return await import_sales(db, sales_file(folder, rows, heading, name), by=by)


async def sold(db: Database, first: str, last: str | None = None) -> Takings:
    """The figures of a day or a range."""
    async with db.read() as read:
        return await takings(read, date.fromisoformat(first), date.fromisoformat(last or first))


async def booked(db: Database, first: str, last: str | None = None) -> Takings:
    """The book of a day or a range."""
    async with db.read() as read:
        return await book_of(read, date.fromisoformat(first), date.fromisoformat(last or first))


async def count(db: Database, table: Any) -> int:
    async with db.read() as read:
        return len((await read.session.execute(select(table))).all())
