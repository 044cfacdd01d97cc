"""Names that a report itself uses for what has no name, and keys that nobody has: rows open what they count."""

import json
from pathlib import Path
from typing import Any

import pytest

from exports.balance import BALANCED
from exports.balance import told as verdict
from kiosk.core.db import Database
from kiosk.payments.rules import TenderKind, Way
from kiosk.payments.ways import add_way
from kiosk.reports.errors import FilterUnreadable
from kiosk.reports.figures import figures_of
from kiosk.reports.report_view import show_behind, show_report
from tests.reports.making import BY, booked, brought_in, open_venue

DAY = "2026-03-01"
HEADING = "receipt,closed_at,item,quantity,unit_price,category,portion,tender,table"
SOLD = (
    "1,2026-03-01T12:00:00,Service charge,1,5.00,Service charge,one size,Contanti,not named",
    "2,2026-03-01T12:10:00,Cola,1,3.00,not named,,cash,",
    "3,2026-03-01T12:20:00,cola,1,3.00,,,card,t1",
    "4,2026-03-01T12:30:00,Café,2,2.00,Drinks,large,card,T1",
)
EXPECTED: dict[str, dict[str, list[str]]] = {
    "category": {"Service charge": ["1"], "not named": ["2", "3"], "Drinks": ["4"]},
    "portion": {"one size": ["1", "2", "3"], "large": ["4"]},
    "table": {"not named": ["1", "2"], "t1": ["3"], "T1": ["4"]},
}


async def numbers(db: Database, by: str, key: dict[str, Any]) -> list[str]:
    """The receipts that a row opens, the oldest first."""
    async with db.read() as read:
        told = await show_behind(read, {"from": DAY, "to": DAY, "by": by, "key": json.dumps(key)})
    return [row["number"] for row in told["rows"]][::-1]


async def test_rows_called_as_a_report_calls_what_has_no_name_are_one_and_open_their_receipts(
    db: Database, tmp_path: Path
) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, *SOLD, heading=HEADING)
    for by, rows in EXPECTED.items():
        async with db.read() as read:
            told = (await show_report(read, {"from": DAY, "to": DAY, "by": by}))["rows"]
        assert sorted((row["key"][by], row["cells"]["receipts"]) for row in told) == sorted(
            (name, len(receipts)) for name, receipts in rows.items()
        )
        assert {name: await numbers(db, by, {by: name}) for name in rows} == rows
    service = {"category": "Service charge", "item": "Service charge", "portion": "one size"}
    assert await numbers(db, "item", service) == ["1"]


@pytest.mark.parametrize(
    ("by", "key"),
    [
        ("hour", {"hour": 10**30}),
        ("tax", {"rate_ppm": -(10**30)}),
        ("staff", {"staff": 10**30}),
        ("item", {"item": "\ud800"}),
        ("course", {"course": "Course 99999999999999999999"}),
        ("hour", {"hour": "99999999999999999999"}),
        ("tax", {"rate_ppm": "99999999999999999999"}),
        ("month", {"month": "99999999999999999999-1"}),
    ],
)
async def test_a_key_that_no_database_takes_is_refused(db: Database, by: str, key: dict[str, Any]) -> None:
    await open_venue(db)
    with pytest.raises(FilterUnreadable):
        await numbers(db, by, key)


async def test_cash_of_a_history_under_the_house_s_own_word_is_cash_that_went_into_no_drawer(
    db: Database, tmp_path: Path
) -> None:
    await open_venue(db)
    await db.run(lambda tx: add_way(tx, Way("cash", "Contanti", TenderKind.CASH, "cash"), by=BY))
    await brought_in(db, tmp_path, *SOLD, heading=HEADING)
    found = await booked(db, DAY)
    assert [row for row in found.parts["payments"] if row[0] == "Contanti"] == [("Contanti", 2, 0, 8_00, 0, "Cash")]
    assert found.figure("cash_outside") == 8_00
    assert verdict(figures_of(found)) == BALANCED
