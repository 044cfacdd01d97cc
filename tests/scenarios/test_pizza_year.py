"""A year of a pizza place, 21,350 receipts as published: what goes in comes out again, to the cent, on both engines."""

import asyncio
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from exports.workbook import workbook_bytes
from kiosk.core.db import Database
from kiosk.reports.errors import SalesAlreadyImported
from kiosk.reports.figures import figures_of
from kiosk.reports.rules import Dimension, Row, Takings
from kiosk.reports.sales import Imported, import_sales
from kiosk.reports.takings import told_by
from tests.reports import pizza
from tests.reports.making import BY, booked, open_venue, sold
from tests.support.databases import ENGINES, Databases

pytestmark = pytest.mark.slow

WHOLE_YEAR = ("2015-01-01", "2015-12-31")
MONTHS = {
    "2015-01": (1845, 4232, 69_793_30),
    "2015-02": (1685, 3961, 65_159_60),
    "2015-03": (1840, 4261, 70_397_10),
    "2015-04": (1799, 4151, 68_736_80),
    "2015-05": (1853, 4328, 71_402_75),
    "2015-06": (1773, 4107, 68_230_20),
    "2015-07": (1935, 4392, 72_557_90),
    "2015-08": (1841, 4168, 68_278_25),
    "2015-09": (1661, 3890, 64_180_05),
    "2015-10": (1646, 3883, 64_027_60),
    "2015-11": (1792, 4266, 70_395_35),
    "2015-12": (1680, 3935, 64_701_15),
}
SIZES = {
    "L": (12736, 18956, 375_318_70),
    "M": (11159, 15635, 249_382_25),
    "S": (10490, 14403, 178_076_50),
    "XL": (544, 552, 14_076_00),
    "XXL": (28, 28, 1_006_60),
}
CATEGORIES = {
    "Chicken": (8536, 11050, 195_919_50),
    "Classic": (10859, 14888, 220_053_10),
    "Supreme": (9085, 11987, 208_197_00),
    "Veggie": (8941, 11649, 193_690_45),
}
HOURS = {
    9: (1, 4, 83_00),
    10: (8, 18, 303_65),
    11: (1231, 2728, 44_935_80),
    12: (2520, 6776, 111_877_90),
    13: (2455, 6413, 106_065_70),
    14: (1472, 3613, 59_201_40),
    15: (1468, 3216, 52_992_30),
    16: (1920, 4239, 70_055_40),
    17: (2336, 5211, 86_237_45),
    18: (2399, 5417, 89_296_85),
    19: (2009, 4406, 72_628_90),
    20: (1642, 3534, 58_215_40),
    21: (1198, 2545, 42_029_80),
    22: (663, 1386, 22_815_15),
    23: (28, 68, 1_121_35),
}
BEST_ITEMS = {
    "The Thai Chicken Pizza": 43_434_25,
    "The Barbecue Chicken Pizza": 42_768_00,
    "The California Chicken Pizza": 41_409_50,
    "The Classic Deluxe Pizza": 38_180_50,
    "The Spicy Italian Pizza": 34_831_25,
}


@dataclass(frozen=True)
class Year:
    """The imported year and what its reports say."""

    imported: Imported
    told: Takings
    book: Takings
    months: list[Row]
    busiest: Takings
    refusal: SalesAlreadyImported
    after_the_refusal: Takings

    def part(self, name: str) -> dict[Any, tuple[int, ...]]:
        return {row[0]: row[1:] for row in self.told.parts[name]}


@pytest.fixture(params=ENGINES, scope="module")
def year(request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The year in a database of its own on each engine: imported once, looked at from all sides."""
    history = pizza.write_history(tmp_path_factory.mktemp("pizza") / "pizza.csv")
    return asyncio.run(_year(databases.migrated(request.param), history))


async def _year(database_url: str, history: Path) -> Year:
    db = Database(database_url)
    await open_venue(db, **pizza.VENUE)
    imported = await import_sales(db, history, by=BY)
    told, book = await sold(db, *WHOLE_YEAR), await booked(db, *WHOLE_YEAR)
    async with db.read() as read:
        _, months = await told_by(read, *map(date.fromisoformat, WHOLE_YEAR), Dimension.MONTH)
    busiest = await sold(db, "2015-11-27")
    with pytest.raises(SalesAlreadyImported) as refused:
        await import_sales(db, history, by=BY)
    after = await sold(db, *WHOLE_YEAR)
    await db.close()
    return Year(imported, told, book, months, busiest, refused.value, after)


def test_every_receipt_and_every_cent_came_in(year: Year) -> None:
    assert year.imported == Imported(21_350, 48_620, 817_860_05, date(2015, 1, 1), date(2015, 12, 31))


def test_the_year_has_the_published_key_figures(year: Year) -> None:
    keys = ("turnover", "net", "tax", "checks", "average", "pieces")
    assert [year.told.figure(key) for key in keys] == [817_860_05, 817_860_05, 0, 21_350, 38_31, 49_574]
    assert len(year.told.parts["receipts"]) == 21_350
    assert len(year.told.parts["days"]) == 358
    assert year.told.parts["payments"] == [("imported", 21_350, 0, 817_860_05, 0)]


def test_every_month_is_as_published(year: Year) -> None:
    assert {month: (count, pieces, total) for month, count, _, pieces, total in year.months} == MONTHS


def test_every_size_category_and_hour_is_as_published(year: Year) -> None:
    assert year.part("portions") == SIZES
    assert year.part("categories") == CATEGORIES
    assert year.part("hours") == HOURS


def test_the_best_sold_pizzas_are_those_published(year: Year) -> None:
    by_item: dict[str, int] = {}
    for _, item, _, _, total in year.told.parts["items"]:
        by_item[item] = by_item.get(item, 0) + total
    assert dict(sorted(by_item.items(), key=lambda pair: -pair[1])[:5]) == BEST_ITEMS
    assert len(by_item) == 32
    portions = {row[1:3]: row[3] for row in year.told.parts["items"]}
    assert portions["The Big Meat Pizza", "S"] == 1914
    assert portions["The Thai Chicken Pizza", "L"] == 1410


def test_the_busiest_day_is_as_published(year: Year) -> None:
    assert [year.busiest.figure(key) for key in ("turnover", "checks", "pieces")] == [4_422_45, 115, 264]


def test_the_same_year_again_is_refused_and_changes_nothing(year: Year) -> None:
    assert "1, 2, 3, 4, 5 and 21345 more" in year.refusal.sentence
    assert year.after_the_refusal.parts == year.told.parts


def test_the_workbook_of_the_year_carries_the_same_figures(year: Year) -> None:
    book = load_workbook(io.BytesIO(workbook_bytes(figures_of(year.book))), read_only=True)
    assert _column(book, "Receipts", "Total") == (21_350, Decimal("817860.05"))
    assert _column(book, "Items", "Turnover")[1] == Decimal("817860.05")
    assert _column(book, "Items", "Pieces")[1] == 49_574
    assert _column(book, "Days", "Turnover") == (358, Decimal("817860.05"))
    assert _column(book, "Weeks", "Turnover") == (53, Decimal("817860.05"))
    assert _by_name(book, "Months") == {month: figures[2] for month, figures in MONTHS.items()}
    assert list(_by_name(book, "Weekdays").items())[::6] == [("Sunday", 99_203_50), ("Saturday", 123_182_40)]
    assert _by_name(book, "Categories") == {name: figures[2] for name, figures in CATEGORIES.items()}
    assert _by_name(book, "Portions") == {name: figures[2] for name, figures in SIZES.items()}
    book.close()


def _column(book: Workbook, sheet: str, heading: str) -> tuple[int, Decimal]:
    """How many rows a sheet has above its totals, and what one of its columns adds up to."""
    head, *rows, _totals = book[sheet].iter_rows(values_only=True)
    place = head.index(heading)
    return len(rows), sum((Decimal(str(row[place])) for row in rows), Decimal(0))


def _by_name(book: Workbook, sheet: str) -> dict[Any, int]:
    head, *rows, _totals = book[sheet].iter_rows(values_only=True)
    place = head.index("Turnover")
    return {row[0]: int(Decimal(str(row[place])) * 100) for row in rows}
