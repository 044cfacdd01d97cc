"""A range by weekday, table, section and rate: literal figures, before and after the days are rolled up."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.errors import Refused
from kiosk.floor import service as floor
from kiosk.reports.book import book_of
from kiosk.reports.errors import FilterUnreadable
from kiosk.reports.peaks import peaks
from kiosk.reports.queries import Wall
from kiosk.reports.ranges import Beside, beside, elapsed, range_of
from kiosk.reports.report_view import show_behind, show_report
from kiosk.reports.rolling import roll_missing
from kiosk.reports.rules import Dimension, Row
from kiosk.reports.takings import told_by
from tests.reports.making import BY, brought_in, open_venue
from tests.reports.test_payroll import at_work

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
    Dimension.WHOLE_ITEM: [
        ("not named", "Pasta", 4, 48_00),
        ("not named", "Soup", 2, 10_00),
        ("not named", "Wine", 1, 6_00),
    ],
    Dimension.BEST: [("2026-03", "turnover", "Pasta", 4, 48_00), ("2026-03", "pieces", "Pasta", 4, 48_00)],
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
    Dimension.WHOLE_ITEM: [["4", "2"], ["1"], ["3"]],
    Dimension.BEST: [["4", "2"], ["4", "2"]],
    Dimension.CATEGORY: [["4", "3", "2", "1"]],
    Dimension.PORTION: [["4", "3", "2", "1"]],
    Dimension.STAFF: [["2"], ["3", "1"], ["4"]],
    Dimension.TENDER: [["4", "3", "2", "1"]],
    Dimension.COURSE: [["4", "3", "2", "1"]],
    Dimension.TAX: [["4", "2", "1"], ["3"]],
    Dimension.TABLE: [["2"], ["3", "1"], ["4"]],
    Dimension.SECTION: [["2"], ["3", "1"], ["4"]],
}


async def opened(db: Database, dimension: Dimension, **words: str) -> list[list[str]]:
    """The receipts behind every row of two weeks."""
    asked = {"from": "2026-03-01", "to": "2026-03-15", "by": dimension}
    async with db.read() as read:
        report = await show_report(read, asked)
        found = [await show_behind(read, asked | {"key": json.dumps(row["key"])} | words) for row in report["rows"]]
    assert all(page["next"] is None for page in found)
    return [[one["number"] for one in page["rows"]] for page in found]


async def test_every_number_opens_the_receipts_behind_it(db: Database, tmp_path: Path) -> None:
    await house(db, tmp_path)
    assert {dimension: await opened(db, dimension) for dimension in BEHIND} == BEHIND
    await roll_missing(db)
    assert {dimension: await opened(db, dimension) for dimension in BEHIND} == BEHIND
    assert await opened(db, Dimension.STAFF, figure="refunds") == [[], [], []]
    late = ("5,2026-03-14T20:00:00,21,2,Wine,1,6.00,22,Marco",)
    await brought_in(db, tmp_path, *late, heading=HEADING, name="late.csv")
    assert (await opened(db, Dimension.STAFF))[1] == ["5", "3", "1"]


async def test_of_a_long_list_the_first_receipts_are_told_and_what_the_others_come_to(
    db: Database, tmp_path: Path
) -> None:
    await house(db, tmp_path)
    async with db.read() as read:
        found = (await book_of(read, date(2026, 3, 1), date(2026, 3, 31), most=3)).parts
    assert [(row[0], row[2].isoformat(), row[6]) for row in found["receipts"]] == [
        ("1", "2026-03-02T12:00:00", "imported"),
        ("2", "2026-03-02T20:00:00", "imported"),
        ("3", "2026-03-03T20:00:00", "imported"),
    ]
    assert dict(found["beyond"])["total"] == 12_00


@pytest.mark.parametrize("timezone", ["Europe/Rome", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"])
def test_the_clock_on_the_wall_is_right_on_every_quarter_of_two_years(timezone: str) -> None:
    wall, begin = Wall(timezone), datetime(2025, 1, 1, tzinfo=UTC)
    every = [begin + timedelta(minutes=15 * number, seconds=899) for number in range(0, 2 * 365 * 96, 7)]
    assert all(wall(at) == clock.local(at, timezone).replace(tzinfo=None) for at in every)


@pytest.mark.parametrize("month", ["2026-13", "26", "99999999999999999999-01"])
async def test_what_is_no_month_opens_nothing(db: Database, month: str) -> None:
    await open_venue(db)
    async with db.read() as read:
        with pytest.raises(FilterUnreadable):
            await show_behind(read, {"by": "month", "key": json.dumps({"month": month})})


def test_what_stands_out_of_a_time_is_its_busiest_best_and_quietest() -> None:
    columns = ("hour", "receipts", "pieces", "turnover")
    rows = [(11, 3, 4, 50_00), (12, 9, 12, 80_00), (13, 0, 0, -5_00), (14, 9, 20, 90_00), (15, 1, 1, 4_00)]
    today = date(2026, 3, 15)
    assert peaks(Dimension.HOUR, columns, rows, today) == {"busiest": 1, "best": 3, "quietest": 4}
    assert peaks(Dimension.HOUR, columns, rows[:1], today) == {}
    assert peaks(Dimension.STAFF, columns, rows, today) == {}


def test_a_day_that_is_going_on_may_be_the_best_but_not_the_quietest() -> None:
    columns = ("day", "receipts", "turnover")
    rows = [(date(2026, 3, 13), 7, 40_00), (date(2026, 3, 14), 9, 80_00), (date(2026, 3, 15), 1, 90_00)]
    assert peaks(Dimension.DAY, columns, rows, date(2026, 3, 15)) == {"busiest": 1, "best": 2, "quietest": 0}
    assert peaks(Dimension.DAY, columns, rows, date(2026, 3, 16)) == {"busiest": 1, "best": 2, "quietest": 2}


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


async def test_a_day_that_goes_on_stands_beside_as_much_of_the_other(db: Database, tmp_path: Path) -> None:
    """It is 13:00 in Rome, and a week before until 13:00 nothing but the soup was sold."""
    await open_venue(db)
    week_before = ("5,2026-03-08T12:30:00,1,2,Soup,1,5.00,10,Marco", "6,2026-03-08T19:00:00,1,2,Pasta,1,12.00,10,Elena")
    await brought_in(db, tmp_path, *week_before, "7,2026-03-15T12:00:00,1,2,Soup,2,5.00,10,Marco", heading=HEADING)
    await roll_missing(db)
    for by in [one for one in Dimension if one is not Dimension.MONTH]:
        async with db.read() as read:
            report = await show_report(read, {"from": "today", "by": by, "beside": "before"})
        assert (report["beside"], report["beside_until"]) == (["2026-03-08"] * 2, "2026-03-08T13:00:00+01:00")
        assert report["summary_before"]["turnover"] == 5_00
        sums = {"turnover", "gross", "amount"} & report["together_before"].keys()
        assert {report["together_before"][name] for name in sums} <= {5_00, 0}
    asked = {"from": "2026-03-08", "by": "day", "key": "{}"}
    async with db.read() as read:
        found = await show_behind(read, asked | {"until": report["beside_until"]})
        assert [one["number"] for one in found["rows"]] == ["5"]
        with pytest.raises(Refused, match="The until cannot be “noon”"):
            await show_behind(read, asked | {"until": "noon"})


async def test_a_month_stands_beside_a_month(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    days = ("2025-02-28", "2025-03-15", "2025-03-16", "2026-01-31", "2026-02-15", "2026-02-16", "2026-03-15")
    sold = [f"{n},{day}T12:00:00,1,2,Soup,{n},1.00,10,Marco" for n, day in enumerate(days, 1)]
    await brought_in(db, tmp_path, *sold, heading=HEADING)
    assert await months(db, "2026-03-01", "before") == [("2026-03", 7_00, 5_00)]
    assert await months(db, "2026-02-01", "year") == [("2026-02", 11_00, 1_00), ("2026-03", 7_00, 2_00)]


async def months(db: Database, first: str, how: str) -> list[tuple[str, int, int]]:
    """The months until today, each with its turnover and that of the one it stands beside."""
    async with db.read() as read:
        report = await show_report(read, {"from": first, "to": "today", "by": "month", "beside": how})
    return [(row["key"]["month"], row["cells"]["turnover"], row["before"]["turnover"]) for row in report["rows"]]


@pytest.mark.parametrize(
    ("first", "last", "how", "days"),
    [
        ("2026-02-01", "2026-02-28", "before", ("2026-01-01", "2026-01-31")),
        ("2026-01-15", "2026-03-10", "before", ("2025-10-15", "2025-12-10")),
        ("2024-02-29", "2024-02-29", "year", ("2023-02-28", "2023-02-28")),
        ("2026-01-01", "2026-12-31", "year", ("2025-01-01", "2025-12-31")),
    ],
)
def test_whole_months_stay_whole(first: str, last: str, how: Beside, days: tuple[str, str]) -> None:
    other = beside((date.fromisoformat(first), date.fromisoformat(last)), Beside(how), by_month=True)
    assert other
    assert tuple(day.isoformat() for day in other.days) == days


@pytest.mark.parametrize(
    ("today", "until"),
    [
        ("2026-03-15T13:00:00", "2026-02-15T13:00:00+01:00"),
        ("2026-03-31T13:00:00", None),
        ("2026-04-30T13:00:00", "2026-03-30T13:00:00+02:00"),
    ],
)
def test_a_month_that_goes_on_stands_beside_as_much_of_the_other(today: str, until: str | None) -> None:
    """The last of a short month is as much as a long one has by then."""
    wall = datetime.fromisoformat(today)
    days = (wall.date().replace(day=1), wall.date())
    other = beside(days, Beside.BEFORE, by_month=True)
    assert other
    found = elapsed(days, other, wall.date(), wall, "Europe/Rome")
    assert (found.until.isoformat() if found.until else None) == until
    assert found.days[1] == min(date(wall.year, wall.month, 1) - timedelta(days=1), found.days[1])


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


async def test_a_thousand_years_are_no_longer_than_what_was_sold_in_them(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, "1,2026-03-02T12:00:00,Soup,1,5.00")
    await at_work(db)
    ages, begun = {"from": "1900-01-01", "to": "2999-12-31"}, process_time()
    async with db.read() as read:
        told = await show_report(read, ages | {"by": "staff"})
        behind = await show_behind(read, ages | {"by": "weekday", "key": '{"weekday": "Monday"}'})
    assert process_time() - begun < 0.8
    assert [row["key"]["staff"] for row in told["rows"]] == ["not named"]
    assert [row["number"] for row in behind["rows"]] == ["1"]
