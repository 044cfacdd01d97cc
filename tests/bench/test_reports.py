"""Reports over three years of receipts, beside the bare GROUP BY on the ledger; what they leave of the event loop.

`BENCH_RECEIPTS=100000` makes it small. Goals: 20,000 lines a second come in; a day with its workbook and a month
under 1 s; three years by a dimension under 2 s; under 400 MB; the event loop never blocked for over 50 ms.
"""

import asyncio
import gc
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kiosk.core.db import Database
from kiosk.reports.believable import DAYS
from kiosk.reports.bench_cli import fill_with
from kiosk.reports.bindery import Bindery
from kiosk.reports.book import book_of
from kiosk.reports.report_view import show_report
from kiosk.reports.rolling import last_over, roll_missing
from kiosk.reports.rules import Dimension
from kiosk.reports.takings import takings, told_by
from kiosk.reports.view import show_day
from tests.bench.telling import say
from tests.reports.making import open_venue

pytestmark = pytest.mark.bench

RECEIPTS = int(os.environ.get("BENCH_RECEIPTS", "1000000"))
TIMES = 5
BEAT_S = 0.005
RECEIPT_SUMS = "count(*), sum(covers), sum(total), sum(tip)"
LINE_SUMS = "count(DISTINCT receipt_id), sum(quantity), sum(amount)"
BARE = {
    Dimension.DAY: f"SELECT business_day, {RECEIPT_SUMS} FROM receipts",
    Dimension.HOUR: f"SELECT hour, {RECEIPT_SUMS} FROM receipts",
    Dimension.STAFF: f"SELECT staff, {RECEIPT_SUMS} FROM receipts",
    Dimension.TABLE: f"SELECT label, {RECEIPT_SUMS} FROM receipts",
    Dimension.ITEM: "SELECT category, item, portion_name, sum(quantity), sum(amount) FROM receipt_lines",
    Dimension.CATEGORY: f"SELECT category, {LINE_SUMS} FROM receipt_lines",
    Dimension.PORTION: f"SELECT portion_name, {LINE_SUMS} FROM receipt_lines",
    Dimension.TENDER: "SELECT name, count(*), sum(amount), sum(tip) FROM tenders",
    Dimension.TAX: "SELECT rate_ppm, sum(net), sum(tax), sum(gross) FROM receipt_taxes",
}
"""What each dimension asks of the ledger when nothing was added up before; the others are made of these."""
SAME = {Dimension.MONTH: Dimension.DAY, Dimension.WEEKDAY: Dimension.DAY, Dimension.SECTION: Dimension.TABLE}


@dataclass
class Beats:
    """How late a task was that wants to wake every 5 ms, and how long its thread worked meanwhile, at most, in ms."""

    late: float = 0.0
    worked: float = 0.0
    count: int = 0

    async def beat(self) -> None:
        """For ever."""
        while True:
            began, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(BEAT_S)
            self.late = max(self.late, (time.perf_counter() - began - BEAT_S) * 1000)
            self.worked = max(self.worked, (time.thread_time() - worked) * 1000)
            self.count += 1


@asynccontextmanager
async def felt(what: str) -> AsyncIterator[None]:
    """Tell how late the event loop came to others while something was done."""
    beats = Beats()
    task = asyncio.create_task(beats.beat())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    print(f"\n  event loop during {what}: at most {beats.late:.0f} ms late, {beats.worked:.0f} ms at one piece", end="")
    print(f", {beats.count} beats", end="")


async def measured(what: str, work: Callable[[], Awaitable[Any]], times: int = TIMES) -> Any:
    """What comes of something, after a row with its median and 95th percentile."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        found = await work()
        took.append((time.perf_counter() - began) * 1000)
    say(what, took)
    return found


def memory(kind: str, pid: int | str = "self") -> float:
    """VmRSS or VmHWM of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024


def forget_peak() -> float:
    """Let the peak of this process begin anew where it is now, in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


async def test_three_years_are_told_beside_the_bare_ledger(db: Database) -> None:
    await open_venue(db)
    await fill(db)
    gc.collect()
    gc.freeze()  # as the server does when it has started
    before = forget_peak()
    async with db.read() as read:
        last = await last_over(read)
    first = last - timedelta(days=DAYS - 1)
    async with felt("nothing, for comparison"):
        await asyncio.sleep(2)
    await days(db, last)
    await years(db, first, last)
    gc.unfreeze()
    print(f"\nmemory of the process: {before:.0f} MB before the reports, at most {memory('VmHWM'):.0f} MB during them")
    sys.stdout.flush()


async def fill(db: Database) -> None:
    began = time.perf_counter()
    lines = await fill_with(db, RECEIPTS, 1)
    took = time.perf_counter() - began
    engine = "SQLite" if db.is_sqlite else "MariaDB"
    print(
        f"\n\n{engine}: {RECEIPTS:,} receipts with {lines:,} lines in {took:.1f} s, {lines / took:,.0f} lines a second"
    )
    began = time.perf_counter()
    async with felt("the rolling up"):
        rolled = await roll_missing(db)
    print(f"\nrolled up: {rolled:,} days in {time.perf_counter() - began:.1f} s", end="")


async def days(db: Database, last: date) -> None:
    """The last day and its workbook, the month before it and its workbook."""
    month = last - timedelta(days=29)

    async def screen() -> Any:
        async with db.read() as read:
            return await show_day(read, last.isoformat())

    async def book(first: date) -> Any:
        async with db.read() as read:
            return await book_of(read, first, last)

    async def figures() -> Any:
        async with db.read() as read:
            return await takings(read, month, last, with_receipts=False)

    maker = Bindery()
    async with felt("a day"):
        await measured("the day's screen", screen)
        await measured("one day's report, every part", lambda: book(last))
    async with felt("a day's workbook"):
        await measured("its first workbook, a process begins", lambda: bound(maker, book(last)), 1)
        await measured("one day's report and workbook", lambda: bound(maker, book(last)))
    async with felt("a month"):
        await measured("30 days' report", figures)
    async with felt("a month's workbook"):
        await measured("30 days' report and workbook", lambda: bound(maker, book(month)), 3)
    process = maker._process
    assert process is not None
    print(f"\nmemory of the workbook's process: at most {memory('VmHWM', process.pid):.0f} MB", end="")
    await maker.close()


async def bound(maker: Bindery, reading: Awaitable[Any]) -> int:
    return len(await maker.workbook(await reading))


async def years(db: Database, first: date, last: date) -> None:
    """Three years by every dimension, as the screen asks for them, and from the ledger."""

    async def shown(by: Dimension) -> Any:
        async with db.read() as read:
            return await show_report(read, {"from": first.isoformat(), "to": last.isoformat(), "by": by.value})

    async def told(by: Dimension) -> Any:
        async with db.read() as read:
            return (await told_by(read, first, last, by))[1]

    for by in Dimension:
        async with felt(by):
            rows = await measured(f"three years by {by}", lambda by=by: told(by))  # type: ignore[misc]
            await measured("  as the reports' page reads it", lambda by=by: shown(by), 3)  # type: ignore[misc]
        if (asked := SAME.get(by, by)) in BARE:
            bare = await measured("  the bare GROUP BY", lambda asked=asked: grouped(db, asked), 1)  # type: ignore[misc]
            print(f"   {len(rows)} rows, {len(bare)} in the ledger", end="")


async def grouped(db: Database, by: Dimension) -> list[Any]:
    """The rows of a bare GROUP BY."""
    statement = BARE[by]
    keys = statement.removeprefix("SELECT ").partition(", count" if ", count" in statement else ", sum")[0]
    async with db.read() as read:
        return list((await read.session.execute(text(f"{statement} GROUP BY {keys}"))).all())
