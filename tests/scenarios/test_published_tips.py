"""157 bills with servers, cards, guests and tips, as published: who served whom and what was left on the table."""

import csv
from pathlib import Path

from kiosk.core.db import Database
from tests.reports import pizza
from tests.reports.making import HEADING, brought_in, open_venue, sold

DAYS = {"m": "2026-03-02", "t": "2026-03-03", "w": "2026-03-04", "th": "2026-03-05", "f": "2026-03-06"}
HEAD = f"{HEADING},staff,tip,covers,tender"


def bills() -> list[str]:
    """Each bill as one line of a sales history; the weekday becomes a day of one week in March."""
    with (pizza.folder("tips") / "RestaurantTips.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    return [
        f"{number},{DAYS[bill['Day']]} 19:00,Dinner,1,{bill['Bill']},{bill['Server']},{bill['Tip']},{bill['Guests']},"
        f"{'card' if bill['Credit'] == 'y' else 'cash'}"
        for number, bill in enumerate(told, 1)
    ]


async def test_tips_covers_staff_and_tenders_are_as_published(db: Database, tmp_path: Path) -> None:
    await open_venue(db, currency_code="USD")
    await brought_in(db, tmp_path, *bills(), heading=HEAD)
    week = await sold(db, "2026-03-02", "2026-03-06")
    keys = ("turnover", "tips", "covers", "checks")
    assert [week.figure(key) for key in keys] == [3_568_46, 604_34, 329, 157]
    assert week.parts["staff"] == [
        ("B", 65, 141, 1_373_87, 223_26),
        ("A", 60, 112, 1_365_30, 242_52),
        ("C", 32, 76, 829_29, 138_56),
    ]
    assert week.parts["payments"] == [("Cash", 106, 0, 2_068_02, 344_42), ("Card", 51, 0, 1_500_44, 259_92)]
    assert [(row[1], row[2], row[4]) for row in week.parts["days"]] == [
        (20, 47, 437_47),
        (13, 31, 316_07),
        (62, 117, 1_385_38),
        (36, 82, 903_81),
        (26, 52, 525_73),
    ]
