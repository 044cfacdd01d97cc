import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk.core.db import Database
from kiosk.payments import day, drawers, service
from kiosk.payments.rules import Given, TenderKind
from kiosk.payments.till_queries import standing
from kiosk.reports.bindery import Bindery
from kiosk.reports.day_books import DayBooks, path_of
from tests.reports.making import a_day_later
from tests.support.house import House, founded


async def closed_day(house: House, number: int = 1) -> None:
    """A day with a check of 7.00 paid in cash out of a drawer with 10.00, closed."""
    mine = await house.act(drawers.open_drawer, 1, 1000)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    await house.act(service.settle, check_id, 700, [Given(TenderKind.CASH, 1000)])
    await house.act(drawers.count_drawer, mine, {"1000": 1, "500": 1, "200": 1})
    await house.act(day.close_day, (await house.look(standing)).day, number)


async def test_the_workbook_of_a_closed_day_comes_without_another_tap(db: Database, tmp_path: Path) -> None:
    house = await founded(db)
    bindery = Bindery()
    books = DayBooks(db, tmp_path, bindery)
    books.start()
    written = asyncio.Event()
    db.bus.listen(lambda _: written.set() if path_of(tmp_path, 1).exists() else None)
    try:
        await closed_day(house)
        async with asyncio.timeout(60):
            await written.wait()
    finally:
        await books.stop()
        await bindery.close()
    sheet = load_workbook(BytesIO(path_of(tmp_path, 1).read_bytes()))["Drawers"]
    assert [cell.value for cell in sheet[2]][4:13] == [10, 7, 0, 0, 0, 0, 0, 17, 17]


async def test_what_was_missed_is_made_up_for_once(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await founded(db)
    await closed_day(house)
    a_day_later(monkeypatch)
    await closed_day(house, 2)
    bindery = Bindery()
    books = DayBooks(db, tmp_path, bindery)
    try:
        assert await books.write_missing() == [1, 2]
        path_of(tmp_path, 2).unlink()
        assert await books.write_missing() == [2]
        assert await books.write_missing() == []
    finally:
        await bindery.close()
