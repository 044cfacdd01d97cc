"""A year of a pizza place, 21,350 receipts as published: what goes in comes out again, to the cent, on both engines.

And on the owner's screen, in the kiosk on SQLite that the same year came into.
"""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.async_api import Page, expect
from sqlalchemy import update

from exports.workbook import workbook_bytes
from kiosk import sample
from kiosk.core import clock
from kiosk.core.actor import command_line
from kiosk.core.db import Database
from kiosk.core.models import Venue
from kiosk.core.secrets import secret
from kiosk.reports.errors import SalesAlreadyImported
from kiosk.reports.figures import figures_of
from kiosk.reports.forecast import forecast
from kiosk.reports.rules import PARTS, Dimension, Row, Takings, known_of
from kiosk.reports.sales import Imported, import_sales
from kiosk.reports.takings import told_by
from kiosk.staff.pins import Pins
from tests.reports import pizza
from tests.reports.making import booked, sold
from tests.reports.pizza_totals import (
    BEST_ITEMS,
    BEST_OF_MONTHS,
    CATEGORIES,
    HOURS,
    MONTHS,
    MOST_PIECES,
    SIZES,
    WEEKDAYS,
)
from tests.reports.test_forecast import AtOnce
from tests.support.databases import ENGINES, Databases
from tests.support.live import LiveKiosk
from tests.support.tablets import OpenTablet, Tablets

pytestmark = pytest.mark.slow

WHOLE_YEAR = ("2015-01-01", "2015-12-31")
YEAR = "/reports?from=2015-01-01&to=2015-12-31&by=month"
ROWS = """() => [...document.querySelectorAll(".rp-ledger tbody tr")].map(row => [
  row.querySelector("th bdi").innerText, row.querySelector("th small")?.innerText ?? "",
  ...[...row.querySelectorAll("td")].map(cell => cell.innerText.trim())])"""
NAMES = {month: f"{date.fromisoformat(f'{month}-01'):%B}" for month in MONTHS}


@dataclass(frozen=True)
class Year:
    """The imported year and what its reports say."""

    home: Path
    url: str
    imported: Imported
    told: Takings
    book: Takings
    months: list[Row]
    best: list[Row]
    busiest: Takings
    refusal: SalesAlreadyImported
    after_the_refusal: Takings

    def part(self, name: str) -> dict[Any, tuple[int, ...]]:
        return {row[0]: row[1:] for row in known_of(PARTS[name], self.told.parts[name])[1]}


@pytest.fixture(params=ENGINES, scope="module")
def year(request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The year in a database of its own on each engine: imported once, looked at from all sides."""
    home = tmp_path_factory.mktemp("pizza")
    return asyncio.run(_year(databases.migrated(request.param), home))


async def _year(url: str, home: Path) -> Year:
    db, history = Database(url), pizza.write_history(home / "pizza.csv")
    await sample.load(db, Pins(secret(home, "pepper")))
    await db.run(lambda tx: tx.change(update(Venue).values(**pizza.VENUE)))
    async with db.read() as read:
        by = command_line((await read.venue()).id)
    imported = await import_sales(db, history, by=by)
    told, book = await sold(db, *WHOLE_YEAR), await booked(db, *WHOLE_YEAR)
    async with db.read() as read:
        _, months = await told_by(read, *map(date.fromisoformat, WHOLE_YEAR), Dimension.MONTH)
        _, best = await told_by(read, *map(date.fromisoformat, WHOLE_YEAR), Dimension.BEST)
    busiest = await sold(db, "2015-11-27")
    with pytest.raises(SalesAlreadyImported) as refused:
        await import_sales(db, history, by=by)
    after = await sold(db, *WHOLE_YEAR)
    await db.close()
    return Year(home, url, imported, told, book, months, best, busiest, refused.value, after)


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
    for _, item, _, _, total, *_ in year.told.parts["items"]:
        by_item[item] = by_item.get(item, 0) + total
    assert dict(sorted(by_item.items(), key=lambda pair: -pair[1])[:5]) == BEST_ITEMS
    assert len(by_item) == 32
    portions = {row[1:3]: row[3] for row in year.told.parts["items"]}
    assert portions["The Big Meat Pizza", "S"] == 1914
    assert portions["The Thai Chicken Pizza", "L"] == 1410


def test_every_month_has_its_best_pizzas(year: Year) -> None:
    told = {month: tuple(row[2:] for row in year.best if row[0] == month) for month in MONTHS}
    assert told == BEST_OF_MONTHS
    assert [row[1] for row in year.best] == ["turnover", "pieces"] * 12


def test_the_busiest_day_is_as_published(year: Year) -> None:
    assert [year.busiest.figure(key) for key in ("turnover", "checks", "pieces")] == [4_422_45, 115, 264]


def test_the_same_year_again_is_refused_and_changes_nothing(year: Year) -> None:
    assert "1, 2, 3, 4, 5 and 21345 more" in year.refusal.sentence
    assert year.after_the_refusal.parts == year.told.parts


async def test_the_forecast_beats_the_seasonal_naive(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn")
    monkeypatch.setattr(clock, "now", lambda: datetime(2016, 1, 1, 12, tzinfo=UTC))
    db = Database(year.url)
    async with db.read() as read:
        found = await forecast(read, AtOnce(), with_items=True)
    await db.close()
    assert found.pieces is not None
    for told_of in (found.guests, found.sales, found.pieces):
        assert told_of.is_learned
        assert told_of.own is not None
        assert told_of.naive is not None
        assert told_of.own.mae < 0.8 * told_of.naive.mae
        assert told_of.own.rmsle < 0.9 * told_of.naive.rmsle


def test_the_workbook_of_the_year_carries_the_same_figures(year: Year) -> None:
    book = load_workbook(io.BytesIO(workbook_bytes(figures_of(year.book))), read_only=True)
    assert _column(book, "Receipts", "Total") == (21_350, Decimal("817860.05"))
    assert _column(book, "Items", "Turnover")[1] == Decimal("817860.05")
    assert _column(book, "Items", "Pieces")[1] == 49_574
    assert _column(book, "Days", "Turnover") == (358, Decimal("817860.05"))
    assert _column(book, "Weeks", "Turnover") == (53, Decimal("817860.05"))
    assert _by_name(book, "Months") == {month: figures[2] for month, figures in MONTHS.items()}
    assert list(_by_name(book, "Weekdays").items())[::6] == [("Sunday", 99_203_50), ("Saturday", 123_182_40)]
    _, *best, _totals = book["Best of months"].iter_rows(values_only=True)
    assert [row[:4] for row in best] == [
        (month, most, item, pieces)
        for month, both in BEST_OF_MONTHS.items()
        for most, (item, pieces, _) in zip(("turnover", "pieces"), both, strict=True)
    ]
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


@pytest.fixture
async def page(year: Year, tablet: OpenTablet) -> AsyncIterator[Page]:
    """The owner looks at the months of the year."""
    with LiveKiosk(year.home, year.url) as kiosk:
        tablets = Tablets(kiosk, year.url, tablet)
        page = await tablets.page("Giulia", YEAR)
        await expect(page.locator(".rp-ledger tbody tr")).to_have_count(12)
        yield page
        await tablets.close()
        assert tablets.faults == []


async def told(page: Page, word: str) -> list[list[str]]:
    """The rows of the year told by this, as they stand on the screen."""
    await page.get_by_role("navigation", name="Told by").get_by_role("button", name=word, exact=True).tap()
    await expect(page.locator(".rp[aria-busy=false] .rp-h")).to_contain_text(word)
    return await rows(page)


async def rows(page: Page) -> list[list[str]]:
    return [list(row) for row in await page.evaluate(ROWS)]


def said(receipts: int, pieces: int, cents: int) -> list[str]:
    return [f"{receipts:,}", f"{pieces:,}", money(cents)]


def money(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02}"


def without_covers(row: list[str]) -> list[str]:
    return [*row[-4:-3], *row[-2:]]


async def standing_out(page: Page) -> list[str]:
    found = await page.get_by_role("group", name="What stands out").get_by_role("button").all_inner_texts()
    return [" ".join(one.split()) for one in found]


@pytest.mark.browser
@pytest.mark.parametrize("year", ["sqlite"], indirect=True)
async def test_the_year_stands_on_the_screen_as_it_was_published(page: Page) -> None:
    await _stands_as_published(page)
    await _names_the_busiest_day_and_the_busiest_hour(page)
    await _names_the_best_items_of_the_year_and_of_every_month(page)


async def _stands_as_published(page: Page) -> None:
    sums = page.get_by_role("group", name="Sums")
    for one in ("Turnover 817,860.05", "Receipts 21,350"):
        await expect(sums.get_by_role("button", name=one)).to_be_visible()
    await expect(sums.get_by_role("button", name="Receipts 21,350")).to_contain_text("38.31")
    assert {row[0]: without_covers(row) for row in await rows(page)} == {
        f"{NAMES[month]} 2015": said(*figures) for month, figures in MONTHS.items()
    }
    assert {row[0]: without_covers(row) for row in await told(page, "Weekdays")} == {
        day: said(*figures) for day, figures in WEEKDAYS.items()
    }
    assert {row[0]: row[2:] for row in await told(page, "Hours")} == {
        f"{hour:02}:00": said(*figures) for hour, figures in HOURS.items()
    }
    assert {row[0]: row[2:] for row in await told(page, "Categories")} == _said(CATEGORIES)
    assert {row[0]: row[2:] for row in await told(page, "Portions")} == _said(SIZES)


def _said(figures: dict[str, tuple[int, int, int]]) -> dict[str, list[str]]:
    return {name: said(*row) for name, row in figures.items()}


async def _names_the_busiest_day_and_the_busiest_hour(page: Page) -> None:
    assert len(await told(page, "Days")) > 1
    await expect(page.locator(".rp-h")).to_contain_text("358 rows")
    assert await standing_out(page) == [
        "Busiest Fri 27 Nov 115 receipts, 4,422.45",
        "Best Fri 27 Nov 4,422.45",
        "Quietest Tue 29 Dec 27 receipts, 1,353.25",
    ]
    await told(page, "Hours")
    assert await standing_out(page) == [
        "Busiest 12:00 2,520 receipts, 111,877.90",
        "Best 12:00 111,877.90",
        "Quietest 09:00 1 receipt, 83.00",
    ]
    await page.get_by_role("button", name="Quietest").tap()
    await expect(page.get_by_role("dialog").locator(".rp-one")).to_have_count(1)
    await page.keyboard.press("Escape")


async def _names_the_best_items_of_the_year_and_of_every_month(page: Page) -> None:
    items = await told(page, "Whole items")
    assert len(items) == 32
    assert [(row[0], row[-1]) for row in items[:5]] == [(name, money(cents)) for name, cents in BEST_ITEMS.items()]
    await page.get_by_role("button", name="Pieces", exact=True).tap()
    most = await rows(page)
    assert [(row[0], row[2]) for row in most[:5]] == [(name, f"{count:,}") for name, count in MOST_PIECES.items()]
    assert [(row[0], row[2]) for row in most[-3:]] == [
        ("The Calabrese Pizza", "937"),
        ("The Mediterranean Pizza", "934"),
        ("The Brie Carre Pizza", "490"),
    ]
    assert await told(page, "Best of month") == [row for month in MONTHS for row in _best(month)]
    sized = {row[0]: row[2] for row in await told(page, "Items")}
    assert (sized["The Big Meat Pizza, S"], sized["The Thai Chicken Pizza, L"]) == ("1,914", "1,410")


def _best(month: str) -> list[list[Any]]:
    words = ("most turnover", "most pieces")
    return [
        [f"{NAMES[month]} 2015", f"{item}, {word}", f"{pieces:,}", money(cents)]
        for word, (item, pieces, cents) in zip(words, BEST_OF_MONTHS[month], strict=True)
    ]
