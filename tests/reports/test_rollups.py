"""What is rolled up says what the receipts say, whatever came and went; when it does not, it is found out."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from kiosk.core import clock
from kiosk.core.db import Database, Tx
from kiosk.payments.models import Receipt
from kiosk.reports import rolling, work, work_rolling
from kiosk.reports.models import RolledDay, Rollup
from kiosk.reports.rolling import Difference, differences, missing, roll_missing
from kiosk.reports.rollups import spanned
from kiosk.reports.rules import Dimension, Takings
from kiosk.reports.takings import told_by
from kiosk.reports.work import Worked
from tests.reports.making import a_day_later, brought_in, count, open_venue, sold
from tests.reports.random_day import counter

pytestmark = pytest.mark.slow

DISHES = ("Soup", "Pasta", "Wine")


def rows_of(days: int) -> list[str]:
    """Four receipts of one to three dishes on each of so many days from the first of March, but none on every fifth."""
    return [
        f"A{number}-{receipt},2026-03-{1 + number:02}T{12 + receipt}:30:00,{dish},{1 + receipt % 2},4.50"
        for number in range(days)
        for receipt in range(4 if number % 5 != 4 else 0)
        for dish in DISHES[: 1 + (number + receipt) % 3]
    ]


@pytest.fixture
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the fifteenth of March."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 15, 12, tzinfo=UTC))


async def everything(db: Database, first: str, last: str) -> dict[str, Any]:
    """Every figure of a range, by every dimension, without the minute at which it was made."""
    found: Takings = await sold(db, first, last)
    async with db.read() as read:
        told = {
            each: await told_by(read, date.fromisoformat(first), date.fromisoformat(last), each) for each in Dimension
        }
    return {"parts": replace(found, made_at=found.made_at.min).parts, **told}


SPANS = [("2026-03-01", "2026-03-31"), ("2026-03-03", "2026-03-03"), ("2026-02-20", "2026-03-09")]


@pytest.mark.usefixtures("in_march")
async def test_a_history_tells_the_same_before_and_after_it_is_rolled_up(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *rows_of(12))
    before = [await everything(db, *span) for span in SPANS]
    assert before[0]["parts"]["summary"][0][2] == 121 * 4_50
    assert await roll_missing(db) == 14
    assert [await everything(db, *span) for span in SPANS] == before
    async with db.read() as read:
        assert await missing(read) == []
        assert await differences(read, date(2026, 3, 1), date(2026, 3, 31)) == []


@pytest.mark.usefixtures("in_march")
async def test_receipts_that_come_late_are_told_at_once(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *rows_of(12))
    await roll_missing(db)
    await brought_in(db, tmp_path, "late,2026-03-04T20:00:00,Soup,2,5.00", name="late.csv")
    assert (await sold(db, "2026-03-04")).figure("turnover") == 10 * 4_50 + 10_00
    late = await everything(db, *SPANS[0])
    await roll_missing(db)
    assert await everything(db, *SPANS[0]) == late


@pytest.mark.parametrize(("currency", "seed"), [("EUR", 11), ("JPY", 12)])
async def test_days_with_refunds_corrections_and_service_are_rolled_up_as_they_were(
    db: Database, currency: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = await counter(db, currency, seed)
    days = []
    for _ in range(2):
        days.append((await counted.today()).isoformat())
        await counted.work(40)
        await counted.end()
        a_day_later(monkeypatch)
    before = [await everything(db, days[0], days[-1]), await everything(db, days[0], days[0])]
    assert await roll_missing(db) == 2
    assert [await everything(db, days[0], days[-1]), await everything(db, days[0], days[0])] == before
    async with db.read() as read:
        assert await differences(read, date.fromisoformat(days[0]), date.fromisoformat(days[-1])) == []


async def test_the_day_that_is_going_on_is_not_rolled_up(db: Database) -> None:
    counted = await counter(db, "EUR", 13)
    await counted.work(10)
    assert await roll_missing(db) == 0


async def test_a_day_rolled_up_while_the_clock_was_ahead_is_made_again(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = await counter(db, "EUR", 14)
    today = (await counted.today()).isoformat()
    await counted.work(10)
    with monkeypatch.context() as ahead:
        a_day_later(ahead)
        assert await roll_missing(db) == 1
    await counted.work(10)
    a_day_later(monkeypatch)
    assert await roll_missing(db) == 1
    rolled = await everything(db, today, today)
    await db.run(lambda tx: tx.change(delete(RolledDay)))
    assert await everything(db, today, today) == rolled


async def test_a_day_that_goes_on_is_not_told_by_what_was_kept_while_the_clock_was_ahead(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = await counter(db, "EUR", 14)
    today = await counted.today()
    await counted.work(4)
    async with db.read() as read:
        venue = await read.venue()
    with monkeypatch.context() as ahead:
        a_day_later(ahead)
        assert await roll_missing(db) == 1
    await db.run(lambda tx: work_rolling.keep(tx, today, today, {("Marco", today): Worked(5, 5, 5)}, {today: 1}))
    assert await roll_missing(db) == 0
    async with db.read() as read:
        assert (await spanned(read, venue.id, today, today)).young == ((today, today),)
        assert await work.kept_days(read, today, today) == []
    assert await count(db, Rollup) == 0


@pytest.mark.parametrize("dimension", [one.dimension for one in rolling.ALL])
@pytest.mark.usefixtures("in_march")
async def test_a_bent_rollup_is_named(db: Database, tmp_path: Path, dimension: str) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *rows_of(3))
    await roll_missing(db)
    figure = "pieces" if dimension == "hour_pieces" else "amount"
    mine = (Rollup.dimension == dimension, Rollup.business_day == date(2026, 3, 2), Rollup.place == 1)
    bent = update(Rollup).where(*mine).values({figure: getattr(Rollup, figure) + 1})
    assert await db.run(lambda tx: tx.change(bent)) == 1
    async with db.read() as read:
        found = await differences(read, date(2026, 3, 1), date(2026, 3, 3))
    assert found == [Difference(date(2026, 3, 2), dimension)]


@pytest.mark.usefixtures("in_march")
async def test_a_day_is_never_rolled_up_beside_an_import_that_it_does_not_see(db: Database, tmp_path: Path) -> None:
    """Twelve imports into the same days while they are rolled up again and again."""
    await open_venue(db)
    await brought_in(db, tmp_path, *rows_of(4))
    done = asyncio.Event()

    async def roll_on() -> None:
        while not done.is_set():
            await roll_missing(db)

    task = asyncio.create_task(roll_on())
    for number in range(12):
        row = f"more{number},2026-03-0{1 + number % 4}T20:00:00,Soup,1,5.00"
        await brought_in(db, tmp_path, row, name=f"{number}.csv")
    done.set()
    await task
    await roll_missing(db)
    async with db.read() as read:
        assert await differences(read, date(2026, 3, 1), date(2026, 3, 4)) == []
        assert (await read.session.scalars(select(func.count()).select_from(Receipt))).one() == 16 + 12


@pytest.mark.usefixtures("in_march")
async def test_what_cannot_be_rolled_up_leaves_nothing_half(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *rows_of(3))

    async def fail(tx: Tx) -> None:
        await rolling.roll(tx, date(2026, 3, 1), date(2026, 3, 3))
        raise RuntimeError("power")

    with pytest.raises(RuntimeError):
        await db.run(fail)
    async with db.read() as read:
        assert (await read.session.scalars(select(func.count()).select_from(Rollup))).one() == 0
