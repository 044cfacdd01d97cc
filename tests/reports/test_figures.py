"""The figures of a day and a range: whole, balanced, the same on both engines."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import insert

from exports.errors import FiguresDoNotBalance
from exports.figures import COLUMNS
from kiosk.core.db import Database, Tx
from kiosk.payments.models import Receipt, ReceiptKind, ReceiptLine, ReceiptTax, Tender, TenderKind
from kiosk.reports import figures
from kiosk.reports.book import BOOK
from kiosk.reports.errors import RangeBackwards
from kiosk.reports.rules import PARTS, Dimension, in_order, summary_of
from kiosk.reports.takings import takings, told_by
from tests.reports.making import HEADING, VENUE_ID, booked, brought_in, open_venue, sold

JANUARY = (
    "1,2026-01-05 12:10,Margherita,2,8.50,Pizza,Small,Elena",
    "2,2026-01-05 20:10,Margherita,1,11.00,Pizza,Large,Marco",
    "3,2026-01-06 20:30,Chianti,1,24.00,Wine,Bottle,Marco",
    "4,2026-02-01 03:30,Chianti,3,6.00,Wine,Glass,Elena",
    "5,2026-02-01 12:30,Chianti,1,6.00,Wine,Glass,Elena",
)
HEAD = f"{HEADING},category,portion,staff"


async def receipt(db: Database, receipt_id: int, total: int, **differently: Any) -> None:
    """One receipt with a line, a tax and a tender that agree with its total, unless told otherwise."""
    shared = {"venue_id": VENUE_ID, "business_day": date(2026, 3, 6)}
    head = {
        **{"id": receipt_id, "number": str(receipt_id), "closed_at": datetime(2026, 3, 6, 19, 0, tzinfo=UTC)},
        **{"hour": 20, "currency_code": "EUR", "gross_lines": total, "net": total, "tax": 0, "total": total},
    }
    parts: dict[Any, dict[str, Any]] = {
        ReceiptLine: {"position": 0, "category": "Mains", "item": "Dish", "portion_name": "", "quantity": 1}
        | {"unit_price": abs(total), "amount": total, "rate_ppm": 0, "net": total, "tax": 0},
        ReceiptTax: {"rate_ppm": 0, "net": total, "tax": 0, "gross": total},
        Tender: {"position": 0, "kind": TenderKind.CASH, "name": "cash", "given": total, "amount": total},
    }

    async def write(tx: Tx) -> None:
        await tx.change(insert(Receipt).values(**{**shared, **head, **differently}))
        for table, row in parts.items():
            await tx.change(insert(table).values(receipt_id=receipt_id, **shared, **row))

    await db.run(write)


def test_the_parts_are_those_of_the_exports() -> None:
    assert {name: tuple(columns) for name, columns in COLUMNS.items()} == BOOK


async def test_a_day_is_frames_of_whole_numbers_that_balance(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *JANUARY, heading=HEAD)
    async with db.read() as read:
        day = await figures.day_figures(read, date(2026, 1, 5))
    day.check()
    assert (day.venue, day.currency, day.decimals, day.one_day) == ("Al Ponte", "EUR", 2, True)
    assert day.figure("turnover") == 2800
    assert day.hours["turnover"].dtype == "int64"
    assert day.hours["hour"].tolist() == [12, 13, 14, 15, 16, 17, 18, 19, 20]
    assert day.receipts["tenders"].tolist() == ["imported", "imported"]
    assert day.receipts["closed_at"].dt.tz is None


async def test_a_range_holds_every_business_day_in_it_and_no_other(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *JANUARY, heading=HEAD)
    async with db.read() as read:
        month = await figures.range_figures(read, date(2026, 1, 1), date(2026, 1, 31))
    month.check()
    assert month.figure("turnover") == 7000
    assert month.days.values.tolist() == [
        [date(2026, 1, 5), 2, 0, 3, 2800],
        [date(2026, 1, 6), 1, 0, 1, 2400],
        [date(2026, 1, 31), 1, 0, 3, 1800],
    ]


@pytest.mark.parametrize(
    ("dimension", "rows"),
    [
        ("day", [[date(2026, 1, 5), 2, 0, 3, 2800], [date(2026, 1, 6), 1, 0, 1, 2400]]),
        ("month", [["2026-01", 4, 0, 7, 7000], ["2026-02", 1, 0, 1, 600]]),
        ("item", [["Wine", "Chianti", "Bottle", 1, 2400], ["Wine", "Chianti", "Glass", 4, 2400]]),
        ("category", [["Wine", 3, 5, 4800], ["Pizza", 2, 3, 2800]]),
        ("portion", [["Bottle", 1, 1, 2400], ["Glass", 2, 4, 2400]]),
        ("hour", [[12, 2, 3, 2300], [13, 0, 0, 0]]),
        ("staff", [["Elena", 3, 0, 4100, *[0] * 5], ["Marco", 2, 0, 3500, *[0] * 5]]),
        ("tender", [["imported", 5, 0, 7600, 0]]),
    ],
)
async def test_a_range_is_told_by_any_dimension(
    db: Database, tmp_path: Path, dimension: str, rows: list[list[Any]]
) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *JANUARY, heading=HEAD)
    async with db.read() as read:
        frame = await figures.by(read, date(2026, 1, 1), date(2026, 2, 28), dimension)
    assert frame.values.tolist()[:2] == rows
    assert int(frame["amount" if dimension == "tender" else "turnover"].sum()) == 7600


async def test_a_day_without_sales_is_a_day_of_zeros(db: Database) -> None:
    await open_venue(db)
    async with db.read() as read:
        day = await figures.day_figures(read, date(2026, 1, 5))
    day.check()
    assert day.summary["value"].tolist() == [0] * 16
    assert all(day.frame(name).empty for name in COLUMNS if name != "summary")
    assert day.items["turnover"].dtype == "int64"


async def test_a_range_that_ends_before_it_starts_is_refused(db: Database) -> None:
    await open_venue(db)
    with pytest.raises(RangeBackwards, match="The range ends on 2026-01-05, before its first day 2026-01-06"):
        await sold(db, "2026-01-06", "2026-01-05")


async def test_a_refund_lessens_the_turnover_and_is_no_check(db: Database) -> None:
    await open_venue(db)
    await receipt(db, 1, 3000)
    await receipt(db, 2, 2000)
    await receipt(db, 3, -600, kind=ReceiptKind.REFUND, refunds_id=1)
    day = await sold(db, "2026-03-06")
    keys = ("turnover", "refunds", "checks", "average", "receipts", "refunds_count", "corrections")
    assert [day.figure(key) for key in keys] == [4400, -600, 2, 2200, 2, 1, 0]
    assert day.parts["payments"] == [("Cash", 2, 1, 4400, 0)]
    assert [row[:2] for row in day.parts["receipts"]] == [("1", "Sale"), ("2", "Sale"), ("3", "Refund")]


async def test_tips_and_cash_rounding_stand_beside_the_turnover(db: Database) -> None:
    await open_venue(db)
    await receipt(db, 1, 492, cash_rounding=-2, tip=100, discount=8, gross_lines=500)
    day = await sold(db, "2026-03-06")
    keys = ("turnover", "cash_rounding", "tips", "discounts")
    assert [day.figure(key) for key in keys] == [492, -2, 100, 8]


async def test_a_ledger_that_does_not_add_up_is_not_reported_as_if_it_did(db: Database) -> None:
    await open_venue(db)
    await receipt(db, 1, 1000)
    more = {"receipt_id": 1, "position": 1, "venue_id": VENUE_ID, "business_day": date(2026, 3, 6), "category": "Mains"}
    more |= {"item": "Dish", "portion_name": "", "quantity": 1, "unit_price": 1, "amount": 1, "rate_ppm": 0}

    async def write(tx: Tx) -> None:
        await tx.change(insert(ReceiptLine).values(**more, net=1, tax=0))

    await db.run(write)
    with pytest.raises(FiguresDoNotBalance, match=r"items sum to 10\.01 EUR, but the summary's turnover is 10\.00 EUR"):
        await sold(db, "2026-03-06")


async def test_sums_beyond_two_billion_stay_exact(db: Database) -> None:
    await open_venue(db, currency_code="VND")
    for number in range(1, 4):
        await receipt(db, number, 9_007_199_254_740_993, currency_code="VND")
    day = await booked(db, "2026-03-06")
    assert day.figure("turnover") == 27_021_597_764_222_979
    assert figures.figures_of(day).hours["turnover"].tolist() == [27_021_597_764_222_979]


async def test_a_look_shows_one_moment_however_long_it_takes(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await receipt(db, 1, 1000)
    async with db.read() as read:
        await takings(read, date(2026, 3, 6), date(2026, 3, 6))
        await receipt(db, 2, 500)
        again = await takings(read, date(2026, 3, 6), date(2026, 3, 6))
    assert again.figure("turnover") == 1000
    assert (await sold(db, "2026-03-06")).figure("turnover") == 1500


async def test_what_has_no_name_is_called_so(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, "1,2026-01-05 12:10,Margherita,2,8.50")
    async with db.read() as read:
        named = [(await told_by(read, date(2026, 1, 5), date(2026, 1, 5), one))[1][0][0] for one in NAMED]
    assert named == ["not named", "not named", "one size", "not named"]


NAMED = (Dimension.ITEM, Dimension.CATEGORY, Dimension.PORTION, Dimension.STAFF)


def test_hours_run_from_cut_over_to_cut_over_without_gaps() -> None:
    assert in_order([(1, 1, 1, 5), (22, 2, 2, 7)], 240) == [(22, 2, 2, 7), (23, 0, 0, 0), (0, 0, 0, 0), (1, 1, 1, 5)]
    assert in_order([], 240) == []


def test_averages_are_rounded_half_up_and_nothing_among_nobody() -> None:
    names = ("net", "tax", "discounts", "service", "refunds", "cash_rounding", "tips", "pieces")
    sums = dict.fromkeys((*names, "receipts", "refunds_count", "corrections"), 0)
    told = {row[0]: row[2] for row in summary_of(sums | {"turnover": 1001, "checks": 2, "covers": 0})}
    assert (told["average"], told["per_guest"]) == (501, 0)


def test_frames_cross_to_another_process(tmp_path: Path) -> None:
    frame = figures.frame_of(PARTS["hours"], [(12, 1, 2, 300)])
    frame.to_pickle(tmp_path / "hours")
    assert pd.read_pickle(tmp_path / "hours").equals(frame)
