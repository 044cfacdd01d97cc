"""A range by weekday, table, section and rate: literal figures, before and after the days are rolled up."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.errors import Refused
from kiosk.floor import service as floor
from kiosk.reports.ranges import range_of
from kiosk.reports.report_view import show_behind, show_report
from kiosk.reports.rolling import roll_missing
from kiosk.reports.rules import Dimension, Row
from kiosk.reports.takings import told_by
from tests.reports.making import BY, brought_in, open_venue

pytestmark = pytest.mark.slow

HEADING = "receipt,closed_at,table,covers,item,quantity,unit_price,tax_rate,staff"
WEEK = [
    "1,2026-03-02T12:00:00,1,2,Soup,2,5.00,10,Marco",
    "2,2026-03-02T20:00:00,21,4,Pasta,3,12.00,10,Elena",
    "3,2026-03-03T20:00:00,1,1,Wine,1,6.00,22,Marco",
    "4,2026-03-09T13:00:00,,1,Pasta,1,12.00,10,",
]


@pytest.fixture(autouse=True)
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the fifteenth of March."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 15, 12, tzinfo=UTC))


async def by(db: Database, dimension: Dimension) -> list[Row]:
    async with db.read() as read:
        return (await told_by(read, date(2026, 3, 1), date(2026, 3, 31), dimension))[1]


EXPECTED: dict[Dimension, list[Any]] = {
    Dimension.WEEKDAY: [("Monday", 2, 3, 7, 6, 58_00), ("Tuesday", 1, 1, 1, 1, 6_00)],
    Dimension.TABLE: [("21", 1, 4, 36_00, 0), ("1", 2, 3, 16_00, 0), ("not named", 1, 1, 12_00, 0)],
    Dimension.SECTION: [
        ("Veranda", 1, 4, 36_00, 0),
        ("Sala", 2, 3, 16_00, 0),
        ("No table of the floor", 1, 1, 12_00, 0),
    ],
    Dimension.TAX: [(100_000, 52_73, 5_27, 58_00), (220_000, 4_92, 1_08, 6_00)],
}


async def house(db: Database, folder: Path) -> None:
    await open_venue(db)
    for name, label in (("Sala", "1"), ("Veranda", "21")):
        section_id = await db.run(lambda tx, name=name: floor.add_section(tx, name, by=BY))
        await db.run(lambda tx, at=section_id, label=label: floor.add_table(tx, at, label, 4, by=BY))
    await brought_in(db, folder, *WEEK, heading=HEADING)


async def test_a_range_is_told_by_weekday_table_section_and_rate(db: Database, tmp_path: Path) -> None:
    await house(db, tmp_path)
    assert {dimension: await by(db, dimension) for dimension in EXPECTED} == EXPECTED
    await roll_missing(db)
    assert {dimension: await by(db, dimension) for dimension in EXPECTED} == EXPECTED


BEHIND: dict[Dimension, list[list[str]]] = {
    Dimension.DAY: [["2", "1"], ["3"], ["4"]],
    Dimension.WEEKDAY: [["4", "2", "1"], ["3"]],
    Dimension.MONTH: [["4", "3", "2", "1"]],
    Dimension.HOUR: [["1"], ["4"], *[[]] * 6, ["3", "2"]],
    Dimension.ITEM: [["4", "2"], ["1"], ["3"]],
    Dimension.CATEGORY: [["4", "3", "2", "1"]],
    Dimension.PORTION: [["4", "3", "2", "1"]],
    Dimension.STAFF: [["2"], ["3", "1"], ["4"]],
    Dimension.TENDER: [["4", "3", "2", "1"]],
    Dimension.COURSE: [["4", "3", "2", "1"]],
    Dimension.TAX: [["4", "2", "1"], ["3"]],
    Dimension.TABLE: [["2"], ["3", "1"], ["4"]],
    Dimension.SECTION: [["2"], ["3", "1"], ["4"]],
}


@pytest.mark.parametrize("dimension", BEHIND)
async def test_every_number_opens_the_receipts_behind_it(db: Database, tmp_path: Path, dimension: Dimension) -> None:
    await house(db, tmp_path)
    asked = {"from": "2026-03-01", "to": "2026-03-15", "by": dimension}
    async with db.read() as read:
        report = await show_report(read, asked)
        found = [await show_behind(read, asked | {"key": json.dumps(row["key"])}) for row in report["rows"]]
    assert [[one["number"] for one in page["rows"]] for page in found] == BEHIND[dimension]
    assert all(page["next"] is None for page in found)


async def test_a_range_stands_beside_the_days_before_it(db: Database, tmp_path: Path) -> None:
    await house(db, tmp_path)
    asked = {"from": "2026-03-09", "to": "2026-03-15", "by": "item", "beside": "before"}
    async with db.read() as read:
        report = await show_report(read, asked)
    assert report["beside"] == ["2026-03-02", "2026-03-08"]
    told = [(row["key"]["item"], row["cells"]["turnover"], row["before"]["turnover"]) for row in report["rows"]]
    assert told == [("Pasta", 12_00, 36_00), ("Soup", 0, 10_00), ("Wine", 0, 6_00)]
    assert (report["together"], report["together_before"]) == (
        {"pieces": 1, "turnover": 12_00},
        {"pieces": 6, "turnover": 52_00},
    )
    assert (report["summary"]["turnover"], report["summary_before"]["turnover"]) == (12_00, 52_00)


async def test_a_day_stands_beside_the_one_as_far_back(db: Database, tmp_path: Path) -> None:
    await house(db, tmp_path)
    asked = {"from": "2026-03-09", "to": "2026-03-15", "by": "day", "beside": "before"}
    async with db.read() as read:
        report = await show_report(read, asked)
    told = [(row["key"]["day"], row["cells"]["turnover"], row["before"]["turnover"]) for row in report["rows"]]
    assert told == [("2026-03-09", 12_00, 46_00), ("2026-03-10", 0, 6_00)]


@pytest.mark.parametrize(("figure", "numbers"), [("", ["4", "3", "2", "1"]), ("tips", []), ("refunds", [])])
async def test_a_sum_opens_every_receipt_that_has_a_part_in_it(
    db: Database, tmp_path: Path, figure: str, numbers: list[str]
) -> None:
    await house(db, tmp_path)
    asked = {"from": "2026-03-01", "to": "2026-03-15", "by": "item", "key": "{}", "figure": figure}
    async with db.read() as read:
        found = await show_behind(read, asked)
    assert [one["number"] for one in found["rows"]] == numbers


async def test_receipts_are_told_a_page_at_a_time(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *[f"{n},2026-03-0{1 + n % 3}T12:00:00,Soup,1,5.00" for n in range(120)])
    asked = {"from": "2026-03-01", "to": "2026-03-15", "by": "item", "key": '{"item": "Soup"}'}
    numbers: list[str] = []
    pages, before = 0, ""
    async with db.read() as read:
        while before is not None:
            page = await show_behind(read, asked | {"before": str(before)})
            numbers += [one["number"] for one in page["rows"]]
            pages, before = pages + 1, page["next"]
    assert pages == 3
    assert sorted(numbers, key=int) == [str(n) for n in range(120)]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"by": "moon"}, "The by cannot be “moon”. It is day, month, item"),
        ({"by": "day", "beside": "god"}, "The beside cannot be “god”. It is nothing, before, year."),
        ({"from": "2026-03-09", "to": "2026-03-01"}, "2026-03-09"),
    ],
)
async def test_what_no_report_is_told_by_is_answered(db: Database, words: dict[str, str], sentence: str) -> None:
    await open_venue(db)
    async with db.read() as read:
        with pytest.raises(Refused, match=sentence):
            await show_report(read, words)


@pytest.mark.parametrize("key", ["", "[]", "{", '{"item": {"a": 1}}', '{"moon": 1}', '{"hour": "noon"}'])
async def test_a_key_of_no_row_is_answered(db: Database, key: str) -> None:
    await open_venue(db)
    async with db.read() as read:
        with pytest.raises(Refused, match="The key cannot be"):
            await show_behind(read, {"by": "hour", "key": key})


@pytest.mark.parametrize(
    ("name", "locale", "days"),
    [
        ("today", "de_DE", ("2026-03-15", "2026-03-15")),
        ("yesterday", "de_DE", ("2026-03-14", "2026-03-14")),
        ("week", "de_DE", ("2026-03-09", "2026-03-15")),
        ("week", "en_US", ("2026-03-15", "2026-03-15")),
        ("month", "en_US", ("2026-03-01", "2026-03-15")),
    ],
)
def test_ranges_have_names(name: str, locale: str, days: tuple[str, str]) -> None:
    found = range_of(name, "", date(2026, 3, 15), locale)
    assert tuple(day.isoformat() for day in found) == days
