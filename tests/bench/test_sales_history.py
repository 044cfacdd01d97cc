"""How fast a year of another system's sales comes in, and how fast its figures go out."""

import sys
import time
from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exports.workbook import workbook_bytes
from kiosk.core.db import Database
from kiosk.reports.bindery import Bindery
from kiosk.reports.figures import figures_of
from kiosk.reports.sales import import_sales
from kiosk.reports.view import show_day
from tests.reports import pizza
from tests.reports.making import BY, booked, open_venue

pytestmark = pytest.mark.bench


async def timed(work: Callable[[], Coroutine[Any, Any, Any]], times: int = 3) -> tuple[float, Any]:
    """The median of the seconds that something takes, and what came of it last."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        result = await work()
        took.append(time.perf_counter() - began)
    return sorted(took)[len(took) // 2], result


async def test_a_year_comes_in_and_its_figures_go_out(db: Database, tmp_path: Path) -> None:
    history = pizza.write_history(tmp_path / "pizza.csv")
    await open_venue(db, **pizza.VENUE)
    took, imported = await timed(lambda: import_sales(db, history, by=BY), times=1)
    engine = "SQLite" if db.is_sqlite else "MariaDB"
    print(f"\n{engine}: {imported.lines:,} lines in {took:.2f} s, {imported.lines / took:,.0f} lines a second")

    async def view() -> dict[str, Any]:
        async with db.read() as read:
            return await show_day(read, "2015-11-27")

    year, told = await timed(lambda: booked(db, "2015-01-01", "2015-12-31"))
    day, _ = await timed(lambda: booked(db, "2015-11-27"))
    screen, _ = await timed(view)
    print(f"figures: year with its receipts {year:.2f} s, day {day * 1000:.0f} ms, day's screen {screen * 1000:.0f} ms")
    maker = Bindery()
    busiest = date(2015, 11, 27)
    first, _ = await timed(lambda: maker.file(db, busiest, busiest), times=1)
    again, _ = await timed(lambda: maker.file(db, busiest, busiest))
    await maker.close()
    began = time.perf_counter()
    size = len(workbook_bytes(figures_of(told)))
    whole = time.perf_counter() - began
    print(f"day and its workbook: {first:.2f} s at first, then {again:.2f} s; year {whole:.1f} s, {size:,} B")
    sys.stdout.flush()
