"""A sales history in the ledger: by the venue's clock and tax rules, once, and all of it or nothing."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.core.actor import Role
from kiosk.core.db import Database, Read
from kiosk.core.errors import NeedsManager
from kiosk.core.models import JournalEntry
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.reports import queries
from kiosk.reports.errors import FileUnreadable, SalesAlreadyImported, SalesRefused
from kiosk.reports.rules import PARTS, known_of
from kiosk.reports.sales import Imported, import_sales
from tests.reports.making import BY, HEADING, brought_in, count, open_venue, sales_file, sold

pytestmark = pytest.mark.slow

FULL = f"{HEADING},category,portion,tender,tip,staff,table,covers,tax_rate"
EVENING = (
    "1,2026-03-06 19:10,Tagliata,2,22.00,Mains,,card,5.00,Marco,4,2,10",
    "2,2026-03-06 20:15,Diavola,1,11.50,Pizza,Medium,cash,,Elena,7,1,10",
    "1,2026-03-06 19:10,Chianti,1,24.00,Wine,Bottle,card,5.00,Marco,4,2,22",
    "3,2026-03-07 00:40,Grappa,1,4.00,Bar,,Meal ticket,,Elena,7,0,22",
)


async def receipts(db: Database) -> list[Receipt]:
    async with db.read() as read:
        return list(await read.session.scalars(select(Receipt).order_by(Receipt.closed_at)))


async def test_an_evening_comes_in_with_all_its_parts(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    imported = await brought_in(db, tmp_path, *EVENING, heading=FULL)
    assert imported == Imported(3, 4, 8350, date(2026, 3, 6), date(2026, 3, 6))
    first, second, late = await receipts(db)
    assert (first.series, first.number, first.label, first.staff, first.covers) == ("import", "1", "4", "Marco", 2)
    assert (first.gross_lines, first.net, first.tax, first.total, first.tip) == (6800, 5967, 833, 6800, 500)
    assert (first.closed_at.isoformat(), first.hour, first.business_day) == (
        "2026-03-06T18:10:00+00:00",
        19,
        date(2026, 3, 6),
    )
    assert (first.currency_code, first.check_id, first.staff_id) == ("EUR", None, None)
    assert (second.total, late.hour, late.business_day) == (1150, 0, date(2026, 3, 6))
    assert [await count(db, table) for table in (ReceiptLine, ReceiptTax, Tender)] == [4, 4, 3]


async def test_the_report_treats_it_like_its_own_sales(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *EVENING, heading=FULL)
    day = await sold(db, "2026-03-06")
    keys = ("turnover", "net", "tax", "checks", "average", "covers", "per_guest", "pieces", "tips")
    assert [day.figure(key) for key in keys] == [8350, 7340, 1010, 3, 2783, 3, 2783, 5, 500]
    assert day.parts["hours"] == [
        (19, 1, 3, 6800),
        (20, 1, 1, 1150),
        (21, 0, 0, 0),
        (22, 0, 0, 0),
        (23, 0, 0, 0),
        (0, 1, 1, 400),
    ]
    assert known_of(PARTS["items"], day.parts["items"])[1] == [
        ("Mains", "Tagliata", "", 2, 4400),
        ("Wine", "Chianti", "Bottle", 1, 2400),
        ("Pizza", "Diavola", "Medium", 1, 1150),
        ("Bar", "Grappa", "", 1, 400),
    ]
    assert day.parts["portions"] == [("one size", 2, 3, 4800), ("Bottle", 1, 1, 2400), ("Medium", 1, 1, 1150)]
    assert day.parts["payments"] == [("Card", 1, 0, 6800, 500), ("Cash", 1, 0, 1150, 0), ("Meal ticket", 1, 0, 400, 0)]
    assert day.parts["staff"] == [("Marco", 1, 2, 6800, 500), ("Elena", 2, 1, 1550, 0)]
    assert day.parts["taxes"] == [(100_000, 5045, 505, 5550), (220_000, 2295, 505, 2800)]
    assert day.parts["receipts"][2][:2] == ("3", "Sale")
    assert day.parts["receipts"][2][2].isoformat() == "2026-03-07T00:40:00"


@pytest.mark.parametrize(
    ("rules", "sums"),
    [
        ({}, (42017, 7983, 50000)),
        ({"tax_per_line": True}, (42015, 7985, 50000)),
        ({"prices_include_tax": False}, (50000, 9500, 59500)),
    ],
)
async def test_tax_follows_the_rules_of_the_venue(
    db: Database, tmp_path: Path, rules: dict[str, bool], sums: tuple[int, int, int]
) -> None:
    await open_venue(db, **rules)
    rows = [f"1,2026-03-06 19:10,Dish {n},1,100.00,19" for n in range(5)]
    imported = await brought_in(db, tmp_path, *rows, heading=f"{HEADING},tax_rate")
    (receipt,) = await receipts(db)
    assert (receipt.net, receipt.tax, receipt.total) == sums
    assert imported.total == sums[2]
    await sold(db, "2026-03-06")


@pytest.mark.parametrize(
    ("closed_at", "day", "hour"),
    [
        ("2026-03-07 03:59:59.999999", "2026-03-06", 3),
        ("2026-03-07 04:00", "2026-03-07", 4),
        ("2026-03-07T02:59:59Z", "2026-03-06", 3),
        ("2026-03-07T03:00:00+00:00", "2026-03-07", 4),
        ("2026-03-06T22:30:00-05:00", "2026-03-07", 4),
    ],
)
async def test_the_business_day_ends_at_the_cut_over(
    db: Database, tmp_path: Path, closed_at: str, day: str, hour: int
) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, f"1,{closed_at},Grappa,1,4.00")
    (receipt,) = await receipts(db)
    assert (receipt.business_day.isoformat(), receipt.hour) == (day, hour)


@pytest.mark.parametrize(
    ("closed_at", "instant", "hour"),
    [
        ("2026-03-29 01:59", "2026-03-29T00:59:00+00:00", 1),
        ("2026-03-29 02:30", "2026-03-29T01:30:00+00:00", 3),
        ("2026-03-29 03:00", "2026-03-29T01:00:00+00:00", 3),
        ("2026-10-25 02:30", "2026-10-25T00:30:00+00:00", 2),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00+00:00", 2),
    ],
)
async def test_the_nights_when_the_clock_changes_belong_to_the_evening_before(
    db: Database, tmp_path: Path, closed_at: str, instant: str, hour: int
) -> None:
    """02:30 does not exist in March and is twice in October: read as the clock before the change says."""
    await open_venue(db)
    await brought_in(db, tmp_path, f"1,{closed_at},Grappa,1,4.00")
    (receipt,) = await receipts(db)
    assert (receipt.closed_at.isoformat(), receipt.hour) == (instant, hour)
    assert receipt.business_day.isoformat() in {"2026-03-28", "2026-10-24"}


async def test_a_second_import_of_the_same_receipts_is_refused_by_name(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *EVENING, heading=FULL)
    more = ("4,2026-03-08 19:10,Diavola,1,11.50", "2,2026-03-08 19:20,Diavola,1,11.50")
    with pytest.raises(SalesAlreadyImported) as refused:
        await brought_in(db, tmp_path, *more, name="more.csv")
    assert refused.value.sentence == (
        "more.csv has receipts that were imported before: 2. "
        "Nothing was imported; take them out of the file, or leave it at that."
    )
    assert await count(db, Receipt) == 3
    assert await count(db, JournalEntry) == 1


async def test_numbers_that_differ_only_by_case_or_accent_are_different_receipts(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    numbers = ("a1", "A1", "á1", "🍕", "🍔")
    imported = await brought_in(db, tmp_path, *(f"{number},2026-03-06 19:10,Diavola,1,11.50" for number in numbers))
    assert imported.receipts == 5


async def test_one_bad_row_keeps_the_whole_file_out(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    with pytest.raises(SalesRefused):
        await brought_in(db, tmp_path, "1,2026-03-06 19:10,Diavola,1,11.50", "2,2026-03-06 19:20,Diavola,0,11.50")
    assert await count(db, Receipt) == 0


async def test_trouble_halfway_leaves_nothing_behind(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two imports of one file that both believe to be first: the database itself turns the second away."""
    await open_venue(db)
    row = "{},2026-03-06 19:{},Diavola,1,11.50"
    await brought_in(db, tmp_path, row.format(2, 20))

    async def none_known(_read: Read, *_: object) -> list[str]:
        return []

    monkeypatch.setattr(queries, "known_numbers", none_known)
    with pytest.raises(SalesAlreadyImported, match=r"sales.csv has receipts that were imported before\."):
        await brought_in(db, tmp_path, row.format(1, 10), row.format(2, 20))
    assert [await count(db, table) for table in (Receipt, ReceiptLine, ReceiptTax, Tender)] == [1, 1, 1, 1]


async def test_the_journal_keeps_the_files_name_and_digest(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *EVENING, heading=FULL)
    async with db.read() as read:
        entry = (await read.session.scalars(select(JournalEntry))).one()
    body = json.loads(entry.body)
    assert (entry.act, body["by"]) == ("sales_imported", [None, "command line"])
    assert body["details"] == {
        "file": "sales.csv",
        "lines": 4,
        "receipts": 3,
        "sha256": hashlib.sha256((tmp_path / "sales.csv").read_bytes()).hexdigest(),
        "total": 8350,
    }


async def test_a_waiter_may_not_import_a_past(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    with pytest.raises(NeedsManager):
        await brought_in(db, tmp_path, *EVENING, heading=FULL, by=replace(BY, role=Role.WAITER))
    assert await count(db, Receipt) == 0


async def test_a_file_that_is_not_there_is_told(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    with pytest.raises(FileUnreadable, match="cannot be read: No such file or directory"):
        await import_sales(db, tmp_path / "gone.csv", by=BY)


async def test_a_receipt_over_nothing_needs_no_tender(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, "1,2026-03-06 19:10,Amuse-bouche,4,0")
    day = await sold(db, "2026-03-06")
    assert (day.figure("turnover"), day.figure("checks"), day.parts["payments"]) == (0, 1, [])


async def test_progress_is_told_from_the_first_row_to_the_last(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    told: list[tuple[str, int, int]] = []
    rows = [f"{n},2026-03-06 19:10,Diavola,1,11.50" for n in range(2_500)]
    path = sales_file(tmp_path, rows)
    await import_sales(db, path, by=BY, progress=lambda what, done, of: told.append((what, done, of)))
    assert list(dict.fromkeys(what for what, _, _ in told)) == [
        "Reading",
        "Adding up",
        "Writing receipts",
        "Writing receipt lines",
        "Writing receipt taxes",
        "Writing tenders",
    ]
    assert all(0 <= done <= of for _, done, of in told)
    assert told[-1] == ("Writing tenders", 2_500, 2_500)
