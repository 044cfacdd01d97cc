"""Notes of other currencies lie in the drawer: counted by currency, worth what the receipts said, expected in both."""

import pytest

from kiosk.checks.service import Wanted
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.core.money import Currency
from kiosk.payments import day, drawers, rates, service, till_view
from kiosk.payments import till_errors as errors
from kiosk.payments.models import Tender
from kiosk.payments.rules import Foreign, Given
from kiosk.payments.till_models import Drawer
from kiosk.payments.till_queries import standing
from kiosk.reports.day_cli import read_count
from kiosk.reports.takings import takings
from tests.support.house import House, founded
from tests.support.paying import books_agree, eaten, rows

TWENTY = Given("cash", 1846, foreign=Foreign("USD", 2000))
"""A note of 20.00 USD at 1.0832, which pays 18.46 EUR."""
CENTS = {"5000": 1, "1000": 4, "200": 2, "50": 1, "20": 1, "2": 2}


async def taken(db: Database) -> tuple[House, int, int]:
    """A drawer with a float of 100.00 and a receipt of 13.20 paid with a note of 20.00 USD: 5.26 EUR went out."""
    house = await founded(db)
    await house.act(rates.set_rate, "USD", "1.0832")
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    settled = await house.act(service.settle, await eaten(house), 1320, [TWENTY])
    assert settled.change_due == 526
    return house, mine, settled.receipt_id


async def count(house: House, drawer_id: int, **more: int) -> Drawer:
    """94.74 in euros, and more."""
    return await house.act(drawers.count_drawer, drawer_id, CENTS | more)


async def test_a_dollar_note_is_counted_apart_and_the_drawer_agrees(db: Database) -> None:
    house, mine, _ = await taken(db)
    counted = await count(house, mine, USD=2000)
    assert (counted.expected, counted.counted) == (11_320, 11_320)
    assert counted.counts[-1]["foreign"] == [
        {"code": "USD", "expected": 2000, "expected_worth": 1846, "counted": 2000, "counted_worth": 1846}
    ]


async def test_a_note_that_is_not_there_is_short_by_what_the_receipt_took_it_for(db: Database) -> None:
    house, mine, _ = await taken(db)
    await house.act(service.settle, await eaten(house, "2"), 1320, [TWENTY])
    counted = await house.act(drawers.count_drawer, mine, CENTS | {"20": 0, "2": 0, "USD": 2000})
    assert (counted.expected, counted.counted) == (12_640, 9450 + 1846)
    (dollars,) = counted.counts[-1]["foreign"]
    assert (dollars["expected"], dollars["expected_worth"], dollars["counted_worth"]) == (4000, 3692, 1846)


async def test_only_a_currency_that_was_taken_is_counted(db: Database) -> None:
    house, mine, _ = await taken(db)
    for strange in ({"GBP": 100}, {"USD": -1}, {"USD": 10**9 + 1}):
        with pytest.raises(errors.StrangePieces, match="is not among the coins and notes of EUR"):
            await house.act(drawers.count_drawer, mine, strange)


async def test_whoever_counts_sees_which_currencies_to_count_and_not_how_much(db: Database) -> None:
    house, mine, _ = await taken(db)
    ana = Actor(house.by.venue_id, None, "Ana", Role.CASHIER)
    shown = (await house.look(till_view.show_till, ana))["drawers"][0]
    assert (shown["foreign"], shown["counts"], shown["expected"]) == ([{"code": "USD", "decimals": 2}], [], None)
    assert day.seen_by(ana, await house.look(day.x_report))["drawers"][0]["foreign"] == []
    await count(house, mine, USD=2000)
    shown = (await house.look(till_view.show_till, ana))["drawers"][0]
    assert shown["counts"][0]["foreign"][0]["expected"] == 2000


async def test_a_payment_that_was_corrected_or_undone_leaves_no_note_in_the_drawer(db: Database) -> None:
    house, mine, receipt_id = await taken(db)
    await house.act(service.correct_tender, receipt_id, 0, "card", "it was a card")
    half = await house.act(service.settle, await eaten(house, "2"), 660, [TWENTY], wanted=Wanted(even=2))
    undone = await house.act(service.undo_payment, half.receipt_id)
    assert undone.back == [("cash", 660)]
    back = [one for one in await rows(db, Tender) if one.given < 0]
    assert [(one.currency_code, one.currency_given, one.given, one.change_due) for one in back] == [
        ("USD", -2000, -1846, -526),
        ("USD", -2000, -1846, -1186),
    ]
    await books_agree(db)
    counted = await house.act(drawers.count_drawer, mine, {"10000": 1})
    assert (counted.expected, counted.counted, counted.counts[-1]["foreign"]) == (10_000, 10_000, [])


async def test_a_refund_is_given_in_our_money_and_the_note_stays(db: Database) -> None:
    house, mine, receipt_id = await taken(db)
    await house.act(service.refund, receipt_id, service.Asked(), "cold")
    counted = await house.act(
        drawers.count_drawer, mine, {"5000": 1, "2000": 1, "1000": 1, "100": 1, "50": 1, "USD": 2000}
    )
    assert (counted.expected, counted.counts[-1]["foreign"][0]["expected"]) == (10_000, 2000)


async def test_z_and_workbook_name_the_notes_within_what_was_counted(db: Database) -> None:
    house, mine, _ = await taken(db)
    await count(house, mine, USD=1000)
    await house.act(drawers.explain_drawer, mine, "One note is gone")
    closed = await house.act(day.close_day, (await house.look(standing)).day, 1)
    sheet = [(row["label"], row["amount"]) for block in closed.paper["blocks"] for row in block]
    place = sheet.index(("Expected", 11_320))
    assert sheet[place + 1] == ("of it USD 20.00", 1846)
    assert sheet[place + 2 : place + 4] == [("Counted by command line", 10_397), ("of it USD 10.00", 923)]
    found = await house.look(takings, closed.day, closed.day)
    assert found.parts["drawers"][0][-2] == "USD 10.00 counted of 20.00"


def test_a_count_is_typed_with_other_currencies_by_their_code() -> None:
    assert read_count("1=50x7,USD20x2,usd5x1,JPY1000x1", Currency("EUR")) == (1, {"5000": 7, "USD": 4500, "JPY": 1000})
