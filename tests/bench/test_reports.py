"""Reports over three years of receipts, beside the bare GROUP BY on the ledger; what they leave of the event loop.

`BENCH_RECEIPTS=100000` makes it small. Goals: 20,000 lines a second come in; a day with its workbook and a month with
its own under 1 s; three years by a dimension under 2 s; what is behind a rare value under 1 s; the dashboard painted
within 300 ms; under 400 MB; the event loop never held for over 50 ms. What was not kept is named at the end.
"""

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from kiosk.core.db import Database
from kiosk.reports.believable import DAYS, RARE
from kiosk.reports.bench_cli import fill_with
from kiosk.reports.bindery import Bindery
from kiosk.reports.book import staff_tenders
from kiosk.reports.report_view import show_behind, show_report
from kiosk.reports.rolling import last_over, roll_missing
from kiosk.reports.rollups import spanned
from kiosk.reports.rules import Dimension
from kiosk.reports.takings import takings
from kiosk.reports.view import show_day
from tests.bench.beats import Promises, forget_peak, memory
from tests.bench.served import MB, PAINT_MS, Served
from tests.support.databases import Databases
from tests.support.live import LiveKiosk
from tests.support.tablets import OpenTablet

pytestmark = pytest.mark.bench

RECEIPTS = int(os.environ.get("BENCH_RECEIPTS", "1000000"))
LINES_A_SECOND = 20_000
DAY_MS, MONTH_MS, YEARS_MS, BEHIND_MS = 1000, 1000, 2000, 1000
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
STAFF_TENDERS = (
    "SELECT r.staff, t.name, count(*), sum(t.amount) FROM receipts r JOIN tenders t ON t.receipt_id = r.id"
    " GROUP BY r.staff, t.name"
)
BEHIND: dict[str, dict[str, str]] = {
    "a dish sold some twenty times": {"by": "whole_item", "key": json.dumps({"category": RARE[0], "item": RARE[1]})},
    "refunds, of which there is none": {"by": "day", "key": "{}", "figure": "refunds"},
    "a waiter's refunds, none either": {"by": "staff", "key": json.dumps({"staff": "Waiter A"}), "figure": "refunds"},
    "an hour": {"by": "hour", "key": json.dumps({"hour": 23})},
}


@dataclass
class Years:
    """Three years in a database, their first and last day, and what was promised about them."""

    db: Database
    first: date
    last: date
    promises: Promises

    async def report(self, words: dict[str, str], show: Callable[..., Any] = show_report) -> dict[str, Any]:
        """A report as the screen asks for it."""
        async with self.db.read() as read:
            return dict(await show(read, {"from": self.first.isoformat(), "to": self.last.isoformat(), **words}))


@pytest.fixture
def url(engine_name: str, databases: Databases) -> str:
    return databases.fresh(engine_name)


@pytest.fixture
async def filled(url: str, live_kiosk: Callable[..., LiveKiosk]) -> AsyncIterator[tuple[LiveKiosk, Years]]:
    """The sample trattoria with three years behind it; its kiosk stands still."""
    kiosk = live_kiosk(url)
    kiosk.kill9()
    db, promises = Database(url), Promises()
    await fill(db, promises)
    async with db.read() as read:
        last = await last_over(read)
    yield kiosk, Years(db, last - timedelta(days=DAYS - 1), last, promises)
    await db.close()


async def fill(db: Database, promises: Promises) -> None:
    print(f"\n\n{'SQLite' if db.is_sqlite else 'MariaDB'}", end="")
    began = time.perf_counter()
    lines = await fill_with(db, RECEIPTS, 1)
    took = time.perf_counter() - began
    print(f"\n{RECEIPTS:,} receipts with {lines:,} lines in {took:.1f} s", end="")
    promises.told("a thousand lines of them", took * 1_000_000 / lines, 1_000_000 / LINES_A_SECOND)
    gc.collect()
    gc.freeze()  # as the server does when it has started
    began = time.perf_counter()
    async with promises.felt("the rolling up"):
        rolled = await roll_missing(db)
    print(f"\n{rolled:,} days rolled up in {time.perf_counter() - began:.1f} s", end="")


async def test_three_years_are_told_beside_the_bare_ledger(
    filled: tuple[LiveKiosk, Years], url: str, tablet: OpenTablet
) -> None:
    kiosk, them = filled
    before = forget_peak()
    async with them.promises.felt("nothing, for comparison"):
        await asyncio.sleep(1)
    await days(them)
    await years(them)
    await behind(them)
    gc.unfreeze()
    print(f"\nthis process: {before:.0f} MB before the reports", end="")
    them.promises.told("  at most", memory("VmHWM"), MB, "MB")
    await Served(kiosk, url, them.last, them.promises).measured(tablet)
    print()
    sys.stdout.flush()
    assert them.promises.broken == []


async def days(them: Years) -> None:
    """The last day and its workbook, the month before it and its workbook."""
    month, maker = them.last - timedelta(days=29), Bindery()

    async def screen() -> Any:
        async with them.db.read() as read:
            return await show_day(read, them.last.isoformat())

    async def figures() -> Any:
        async with them.db.read() as read:
            return await takings(read, month, them.last, with_receipts=False)

    measured, felt = them.promises.measured, them.promises.felt
    async with felt("a day"):
        await measured("the day's screen", PAINT_MS, screen)
    async with felt("a month"):
        await measured("30 days' report", MONTH_MS, figures)
    maker.warm(them.db)
    assert maker._warming
    await maker._warming
    async with felt("a day's workbook"):
        await measured("a day's report and workbook", DAY_MS, lambda: maker.file(them.db, them.last, them.last))
    async with felt("a month's workbook"):
        await measured("30 days' report and workbook", MONTH_MS, lambda: maker.file(them.db, month, them.last))
    them.promises.told(
        "memory of the workbook's process, at most", memory("VmHWM", (await maker._running()).pid), MB, "MB"
    )
    await maker.close()


async def years(them: Years) -> None:
    """Three years by every dimension, as the screen asks for them, and from the ledger."""
    measured = them.promises.measured
    for by in Dimension:
        async with them.promises.felt(by):
            told = await measured(f"three years by {by}", YEARS_MS, lambda by=by: them.report({"by": by.value}), 3)  # type: ignore[misc]
        if by in BARE:
            keys = BARE[by].removeprefix("SELECT ").partition(", count" if ", count" in BARE[by] else ", sum")[0]
            await bare(them.db, f"{BARE[by]} GROUP BY {keys}", len(told["rows"]))

    async def both() -> Any:
        async with them.db.read() as read:
            return await staff_tenders(read, await spanned(read, (await read.venue()).id, them.first, them.last))

    told = await measured("three years by staff x tender", YEARS_MS, both, 3)
    await bare(them.db, STAFF_TENDERS, len(told))


async def behind(them: Years) -> None:
    """The receipts behind a value that is rare, or never was, and behind one that is not."""
    for what, words in BEHIND.items():
        await them.promises.measured(
            f"behind {what}",
            BEHIND_MS,
            lambda words=words: them.report(words, show_behind),
            3,
        )


async def bare(db: Database, statement: str, rows: int) -> None:
    """How long the ledger takes for the same by itself."""
    began = time.perf_counter()
    async with db.read() as read:
        found = (await read.session.execute(text(statement))).all()
    took = (time.perf_counter() - began) * 1000
    print(f"\n  the bare GROUP BY {took:,.0f} ms; {rows} rows, {len(found)} in the ledger", end="")
