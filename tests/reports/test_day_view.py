"""The day as its screen reads it, and its workbook from another process."""

import asyncio
import io
import os
import signal
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.errors import Unavailable
from kiosk.payments.events import ReceiptIssued
from kiosk.payments.models import Receipt
from kiosk.reports import bindery, downloads, page
from kiosk.reports.bindery import Bindery
from kiosk.reports.errors import DayUnreadable, ReportRefused
from kiosk.reports.evening import Before
from kiosk.reports.view import hours_beside, show_day
from tests.reports.making import HEADING, brought_in, open_venue
from tests.support import patience

ROWS = (
    "1,2026-02-27 19:10,Tagliata,2,22.00,Mains,,card,5.00,Marco,2,10",
    "2,2026-03-06 20:15,Diavola,1,11.50,Pizza,Medium,cash,,Elena,1,10",
    "3,2026-03-06 22:15,Tagliata,1,22.00,Mains,,card,3.00,Marco,2,10",
)
HEAD = f"{HEADING},category,portion,tender,tip,staff,covers,tax_rate"


async def test_a_day_is_read_beside_the_same_weekday_a_week_before(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *ROWS, heading=HEAD)
    async with db.read() as read:
        day = await show_day(read, "2026-03-06")
    assert (day["day"], day["previous"], day["next"]) == ("2026-03-06", "2026-03-05", "2026-03-07")
    assert day["before"] == {"day": "2026-02-27", "turnover": 4400, "covers": 2, "until": None}
    assert day["usual"] == {"weeks": 1, "turnover": 4400, "covers": 2}
    quiet = {"low": 0, "usual": 0, "high": 0}
    assert day["hours"] == [
        {
            "hour": 19,
            "receipts": 0,
            "pieces": 0,
            "turnover": 0,
            "before": 4400,
            "low": 4400,
            "usual": 4400,
            "high": 4400,
        },
        {"hour": 20, "receipts": 1, "pieces": 1, "turnover": 1150, "before": 0, **quiet},
        {"hour": 21, "receipts": 0, "pieces": 0, "turnover": 0, "before": 0, **quiet},
        {"hour": 22, "receipts": 1, "pieces": 1, "turnover": 2200, "before": 0, **quiet},
    ]
    assert day["summary"] == {
        **{"turnover": 3350, "net": 3045, "tax": 305, "discounts": 0, "service": 0, "refunds": 0, "cash_rounding": 0},
        **{"receipts": 2, "refunds_count": 0, "corrections": 0},
        **{"tips": 300, "checks": 2, "average": 1675, "covers": 3, "per_guest": 1117, "pieces": 2},
    }
    assert day["payments"] == [
        {"tender": "Card", "count": 1, "refunds": 0, "amount": 2200, "tips": 300},
        {"tender": "Cash", "count": 1, "refunds": 0, "amount": 1150, "tips": 0},
    ]
    assert day["taxes"] == [{"rate_ppm": 100_000, "net": 3045, "tax": 305, "gross": 3350}]


async def test_today_has_no_day_after_it_and_compares_up_to_this_minute(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    now = clock.local(clock.now(), "Europe/Rome")
    last_week = (now - timedelta(days=7)).isoformat()
    await brought_in(db, tmp_path, f"1,{last_week},Grappa,1,4.00", f"2,{now.isoformat()},Grappa,2,4.00")
    async with db.read() as read:
        day = await show_day(read, "today")
    assert (day["day"], day["next"], day["now"]["open"]["checks"]) == (day["today"], None, 0)
    assert day["before"]["until"] in {f"{now:%H:%M}", f"{clock.local(clock.now(), 'Europe/Rome'):%H:%M}"}
    assert (day["before"]["turnover"], day["summary"]["turnover"]) == (400, 800)


async def test_a_day_without_sales_and_without_a_week_before_is_empty(db: Database) -> None:
    await open_venue(db)
    async with db.read() as read:
        day = await show_day(read, "2026-03-06")
    assert (day["hours"], day["before"], day["summary"]["turnover"]) == ([], None, 0)


async def test_what_is_no_date_is_no_day(db: Database) -> None:
    await open_venue(db)
    async with db.read() as read:
        with pytest.raises(DayUnreadable):
            await show_day(read, "yesterday")


def test_hours_of_two_days_lie_side_by_side_over_midnight() -> None:
    before = [Before(date(2026, 2, 27), {22: 70, 0: 50}), Before(date(2026, 2, 20), {0: 90})]
    told = hours_beside([(0, 1, 2, 300)], before, date(2026, 3, 6), 240)
    figures = [tuple(row[name] for name in ("hour", "turnover", "before", "low", "usual", "high")) for row in told]
    assert figures == [(22, 0, 70, 0, 35, 70), (23, 0, 0, 0, 0, 0), (0, 300, 50, 50, 70, 90)]


async def test_a_receipt_is_news_for_its_business_day(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *ROWS, heading=HEAD)
    async with db.read() as read:
        ids = list(await read.session.scalars(select(Receipt.id)))
        (news,) = await page.tell(read, [ReceiptIssued(receipt_id, 1) for receipt_id in ids])
        assert (news.topic, news.data) == ("day", {"days": ["2026-02-27", "2026-03-06"]})
        assert list(await page.tell(read, [ReceiptIssued(17, 1)])) == []


def test_file_names_are_safe_everywhere() -> None:
    names = ["Al Ponte", 'Café "Ö" / Bar\r\nX: y', "サイゼリヤ", "../../etc/passwd"]
    assert [downloads.slug(name) for name in names] == ["al-ponte", "cafe-o-bar-x-y", "kiosk", "etc-passwd"]


DAY = date(2026, 3, 6)


@pytest.fixture
async def maker() -> AsyncIterator[Bindery]:
    maker = Bindery()
    yield maker
    await maker.close()


@pytest.mark.slow
class TestBindery:
    """Its process reads the database by itself."""

    async def test_a_workbook_is_made_in_another_process(self, db: Database, tmp_path: Path, maker: Bindery) -> None:
        await open_venue(db)
        await brought_in(db, tmp_path, *ROWS, heading=HEAD)
        first, second = await asyncio.gather(maker.file(db, DAY, DAY), maker.file(db, DAY, DAY))
        book = load_workbook(io.BytesIO(first.content), read_only=True)
        assert book["Summary"]["A2"].value == "Friday 6 March 2026"
        book.close()
        assert len(second.content) == pytest.approx(len(first.content), abs=50)
        assert (first.found.figure("turnover"), first.found.parts["receipts"]) == (3350, [])
        with pytest.raises(ReportRefused, match="The range ends on 2026-03-05, before its first day 2026-03-06"):
            await maker.file(db, DAY, DAY - timedelta(days=1))

    @pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
    async def test_it_begins_before_anybody_waits_for_it(self, db: Database, maker: Bindery) -> None:
        await open_venue(db)
        maker.warm(db)
        maker.warm(db)
        assert maker._warming
        await maker._warming
        process = await maker._running()
        maker.warm(db, after_s=60)
        assert maker._warming.done()
        assert (await maker.file(db, DAY, DAY)).found.figure("turnover") == 0
        assert await maker._running() is process

    @pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
    async def test_a_killed_process_is_told_and_started_again(
        self, db: Database, maker: Bindery, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await open_venue(db)
        monkeypatch.setattr(bindery, "PATIENCE_S", 0.01)
        with pytest.raises(ReportRefused, match="Try again"):
            await maker.file(db, DAY, DAY)
        monkeypatch.undo()
        process = await maker._running()
        asking = asyncio.create_task(maker.file(db, DAY, DAY))
        await asyncio.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(ReportRefused, match="The workbook could not be made"):
            await asking
        assert len((await maker.file(db, DAY, DAY)).content) > 5_000
        process = await maker._running()
        maker._leave()
        assert await asyncio.wait_for(process.wait(), patience.COMES) == 0

    @pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
    async def test_a_database_that_is_away_is_a_sentence(self, db: Database, maker: Bindery, tmp_path: Path) -> None:
        away = Database(f"sqlite+aiosqlite:///{tmp_path}/nowhere/kiosk.sqlite")
        try:
            with pytest.raises((ReportRefused, Unavailable)):
                await maker.file(away, DAY, DAY)
        finally:
            await away.close()
