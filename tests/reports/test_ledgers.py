"""The accountant's journal: in balance for every day anybody can think of, and the same money as the Z."""

import csv
from collections import defaultdict
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from exports.accounting import JournalOutOfBalance, Posting, write_journal
from kiosk.checks.discounting import Off, discount
from kiosk.checks.taking_off import comp_line
from kiosk.core.db import Database
from kiosk.core.house_rules import change_rule
from kiosk.core.models import Venue
from kiosk.core.money import Currency
from kiosk.payments import drawers, refunds
from kiosk.payments.day import close_day
from kiosk.payments.rules import Given, TenderKind
from kiosk.payments.service import settle
from kiosk.payments.till_queries import standing
from kiosk.reports.ledgers import journal
from kiosk.reports.ledgers_errors import DayNotClosed
from tests.reports.making import HEADING, a_day_later, brought_in, open_venue
from tests.reports.random_day import RandomDay, counter
from tests.support.house import House, founded

pytestmark = pytest.mark.slow

DAY = date(2026, 3, 6)
HEAD = f"{HEADING},category,portion,tender,tip,staff,covers,tax_rate"
SERVICE_RATES: dict[str, set[str]] = {"EUR": {"10"}, "JPY": {"0"}, "BHD": set()}


async def posted(db: Database, first: date, last: date | None = None) -> list[Posting]:
    async with db.read() as read:
        return await journal(read, first, last or first)


def sums(postings: list[Posting], *numbers: str) -> int:
    return sum(one.amount for one in postings if one.account in numbers)


def printed(postings: list[Posting], currency: str = "EUR") -> list[dict[str, str]]:
    file = BytesIO()
    write_journal(postings, currency, Currency(currency).decimals, file)
    return list(csv.DictReader(StringIO(file.getvalue().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("currency", "seed"), [("EUR", 11), ("JPY", 12), ("BHD", 13)])
async def test_debits_are_credits_on_random_days_and_tell_what_the_z_tells(
    db: Database, currency: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = await counter(db, currency, seed)
    days = []
    for _ in range(2):
        when = await counted.today()
        await counted.work(45)
        _, closed, _ = await counted.end()
        postings = await posted(db, when)
        _in_balance(printed(postings, currency), Currency(currency))
        _as_the_z(postings, closed.figures)
        assert {one.tax_rate for one in postings if one.account == "4100"} <= SERVICE_RATES[currency]
        days.append(when)
        a_day_later(monkeypatch)
    both = await posted(db, *days)
    assert [one.day for one in both] == sorted(one.day for one in both)
    assert len(both) == sum([len(await posted(db, day)) for day in days])


def _in_balance(rows: list[dict[str, str]], currency: Currency) -> None:
    """Read off the file, apart from what made it: each document of each day comes to nothing."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        assert (row["debit"] == "") != (row["credit"] == "")
        units = currency.parse(row["debit"] or "0") - currency.parse(row["credit"] or "0")
        assert units
        found[(row["date"], row["document"])] += units
    assert len(found) > 1
    assert set(found.values()) == {0}


def _as_the_z(postings: list[Posting], z: dict[str, Any]) -> None:
    assert sums(postings, "4000", "4100", "4800", "4810") == -z["net"]
    assert sums(postings, "2200") == -z["tax"]
    assert sums(postings, "4900") == -z["rounding"]
    tips_out = sum(drawer["tips_out"] for drawer in z["drawers"])
    assert sums(postings, "2300") == -z["tips"] - tips_out
    assert sums(postings, "6000") == -sum(drawer["expenses"] for drawer in z["drawers"])
    assert sums(postings, "4910") == -sum(drawer["over_short"] for drawer in z["drawers"])
    assert sums(postings, "1000") == 0, "every drawer ends with nothing"
    for code, account in (("card", "1200"), ("wallet", "1210"), ("voucher", "1220"), ("account", "1230")):
        due = sum(one["amount"] + one["tip"] for one in z["tenders"] if one["code"] == code)
        assert sums(postings, account) == due


async def worked(db: Database) -> tuple[RandomDay, date]:
    """A counter with an open drawer of 100.00, and its day."""
    counted = await counter(db, "EUR", 1)
    await counted.house.act(drawers.open_drawer, 1, 10_000)
    return counted, await counted.today()


async def test_drawers_are_booked_one_by_one_with_who_and_why(db: Database) -> None:
    counted, day = await worked(db)
    till = await counted._drawer()
    await counted.house.act(drawers.pay_in, till, 5_000, "Change")
    await counted.house.act(drawers.pay_out, till, 1_250, "=HYPERLINK(1)", "expense")
    await counted.house.act(drawers.pay_out, till, 750, "Marco", "tips")
    await counted.house.act(drawers.drop, till, 4_000, "Bag 7")
    await counted.house.act(drawers.count_drawer, till, {"5000": 1, "2000": 1, "500": 3, "200": 1, "100": 1, "50": 1})
    await counted.house.act(drawers.close_drawer, till, "Nobody knows why")
    await counted.end()
    told = [(row["document"], row["account"], row["debit"], row["credit"]) for row in printed(await posted(db, day))]
    assert told == [
        ("M 1", "1000", "100.00", ""), ("M 1", "1010", "", "100.00"),
        ("M 2", "1000", "50.00", ""), ("M 2", "1090", "", "50.00"),
        ("M 3", "1000", "", "12.50"), ("M 3", "6000", "12.50", ""),
        ("M 4", "1000", "", "7.50"), ("M 4", "2300", "7.50", ""),
        ("M 5", "1000", "", "40.00"), ("M 5", "1010", "40.00", ""),
        ("M 6", "1000", "", "1.50"), ("M 6", "4910", "1.50", ""),
        ("M 7", "1000", "", "88.50"), ("M 7", "1010", "88.50", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("is_tax_in", "total", "booked"),
    [
        (True, 26_00, {"4000": -31_44, "4800": 2_00, "4810": 6_36, "2200": -2_92}),
        (False, 29_34, {"4000": -35_20, "4800": 2_20, "4810": 7_00, "2200": -3_34}),
    ],
)
async def test_sales_are_booked_at_their_prices_and_what_was_taken_off_apart(
    db: Database, is_tax_in: bool, total: int, booked: dict[str, int]
) -> None:
    """A steak of 22.00 at a tenth less, a tiramisù of 7.00 on the house, wine of 6.20; and a sale given back whole."""
    house = await founded(db)
    await house.act(change_rule, "hold_courses", "off")
    await set_tax(db, is_tax_in=is_tax_in)
    day = (await house.look(standing)).day
    await steak(house, "1", total)
    await house.act(refunds.refund, await steak(house, "2", total), refunds.Asked(), "Cold")
    await house.act(close_day, day, 1)
    postings = await posted(db, day)
    sales = [one for one in postings if one.document == "Z 1"]
    assert {number: sums(sales, number) for number in booked} == booked
    assert {one.text for one in sales if one.account == "4800"} == {"Discounts 10 %"}
    assert sum(one.amount for one in sales) == 0


async def steak(house: House, table: str, total: int) -> int:
    """A dinner with a discount and something on the house, paid by card. Returns the receipt's id."""
    check_id = await house.seat(table)
    rare = [await house.modifier("Rare")]
    line_id = await house.ring(check_id, "Tagliata", "200 g", modifier_ids=rare)
    tiramisu = await house.ring(check_id)
    await house.ring(check_id, "Chianti", "Glass")
    await house.send(check_id)
    await house.act(discount, check_id, line_id, Off("Regular", percent="10"))
    await house.act(comp_line, tiramisu, "Long wait")
    return (await house.act(settle, check_id, total, [Given(TenderKind.CARD, total)])).receipt_id


async def set_tax(db: Database, *, is_tax_in: bool) -> None:
    await db.run(lambda tx: tx.change(update(Venue).values(prices_include_tax=is_tax_in)))


async def test_a_history_is_booked_on_the_houses_own_accounts(db: Database, tmp_path: Path) -> None:
    await open_venue(db, accounts={"sales:22": "4022 Wine", "tender": "1300 =cmd()", "tax": "2210 VAT"})
    await brought_in(
        db,
        tmp_path,
        "1,2026-03-06 19:10,Tagliata,2,22.00,Mains,,card,5.00,Marco,2,10",
        "2,2026-03-06 20:15,Chianti,1,12.20,Wine,,cash,,Elena,1,22",
        heading=HEAD,
    )
    assert [tuple(row.values())[1:] for row in printed(await posted(db, DAY))] == [
        ("Sales 2026-03-06", "1300", "'=cmd()", "Card", "", "49.00", "", "EUR"),
        ("Sales 2026-03-06", "1000", "Cash in drawers", "Cash", "", "12.20", "", "EUR"),
        ("Sales 2026-03-06", "2300", "Tips owed to staff", "Tips", "", "", "5.00", "EUR"),
        ("Sales 2026-03-06", "4000", "Sales", "Turnover 10 %", "10", "", "40.00", "EUR"),
        ("Sales 2026-03-06", "2210", "VAT", "Tax 10 %", "10", "", "4.00", "EUR"),
        ("Sales 2026-03-06", "4022", "Wine", "Turnover 22 %", "22", "", "10.00", "EUR"),
        ("Sales 2026-03-06", "2210", "VAT", "Tax 22 %", "22", "", "2.20", "EUR"),
    ]


async def test_the_house_chooses_its_accounts_by_a_rule(db: Database) -> None:
    counted, day = await worked(db)
    await counted.house.act(change_rule, "accounts", "safe=1050 Strongbox, cash:1=1001 Till one")
    await counted.end()
    assert {(one.account, one.account_name) for one in await posted(db, day)} >= {
        ("1050", "Strongbox"),
        ("1001", "Till one"),
    }


async def test_a_day_that_is_not_closed_is_not_booked(db: Database) -> None:
    counted, day = await worked(db)
    with pytest.raises(DayNotClosed, match=rf"^The business day {day} is not closed"):
        await posted(db, day)
    await counted.end()
    assert await posted(db, day)
    with pytest.raises(DayNotClosed):
        await posted(db, day, date(2199, 1, 1))


def test_a_document_out_of_balance_leaves_no_file_behind(tmp_path: Path) -> None:
    wrong = [Posting(DAY, "Z 1", "1000", "Cash", "Cash", 1000), Posting(DAY, "Z 1", "4000", "Sales", "Sales", -999)]
    with pytest.raises(JournalOutOfBalance, match=r"Z 1 has debits of 10\.00 and credits of 9\.99"):
        write_journal(wrong, "EUR", 2, tmp_path / "journal.csv")
    assert list(tmp_path.iterdir()) == []
