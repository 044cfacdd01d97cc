"""X, Z, daybook, report and workbook of random days tell the same to the coin."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from exports.workbook import workbook_bytes
from kiosk.checks.models import Check, CheckLine, CheckState
from kiosk.core.db import Database
from kiosk.core.money import Currency
from kiosk.payments.models import Receipt, ReceiptLine, Tender
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_models import MoneyHead, Movement, ZReport
from kiosk.printing.models import PrintJob
from kiosk.reports.book import book_of
from kiosk.reports.daybook_view import show_daybook
from kiosk.reports.figures import figures_of
from kiosk.reports.rollups import rows
from kiosk.reports.rules import Takings
from tests.reports.making import a_day_later
from tests.reports.random_day import Told, counter
from tests.support import journal

pytestmark = pytest.mark.slow

ACTS = 45
DAYS = 2
Z_EQUALS_X = ("turnover", "net", "tax", "gross_lines", "discounts", "service", "returns", "tips", "rounding", "covers")
DRAWER = ("brought", "float", "cash", "returns", "pay_ins", "expenses", "tips_out", "drops")


@pytest.mark.parametrize(("currency", "seed"), [("EUR", 1), ("JPY", 2), ("BHD", 3)])
async def test_random_days_tell_the_same_everywhere(
    db: Database, currency: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = await counter(db, currency, seed)
    for number in range(1, DAYS + 1):
        when = await counted.today()
        await counted.work(ACTS)
        before, closed, told = await counted.end()
        assert (closed.number, closed.day) == (number, when)
        z = closed.figures
        assert {key: before[key] for key in Z_EQUALS_X} == {key: z[key] for key in Z_EQUALS_X}
        assert (before["tenders"], before["taxes"]) == (z["tenders"], z["taxes"])
        _as_told(z, told)
        await _as_moved(db, z, when)
        await _as_in_the_daybook(db, z, when)
        found = await _taken(db, when)
        _as_reported(found, z)
        _as_written(found, z, Currency(currency))
        await _as_summed(db, z, number)
        a_day_later(monkeypatch)
    await _every_tender_is_in_one_z(db)
    await _goods_cost_once(db)
    assert await journal.is_whole(db)


async def _goods_cost_once(db: Database) -> None:
    """What is settled costs what its lines cost when they were rung, in however many shares and corrections."""
    closed = select(Check.id).where(Check.state == CheckState.CLOSED)
    rung = select(CheckLine.check_id, func.sum(CheckLine.cost)).where(CheckLine.check_id.in_(closed))
    sold = select(Receipt.check_id, func.sum(ReceiptLine.cost)).join(ReceiptLine, ReceiptLine.receipt_id == Receipt.id)
    async with db.read() as read:
        of_lines = await rows(read, rung.group_by(CheckLine.check_id))
        of_receipts = await rows(read, sold.where(Receipt.check_id.in_(closed)).group_by(Receipt.check_id))
    assert sorted(of_lines) == sorted(of_receipts)
    assert any(cost for _, cost in of_lines)


def _as_told(z: dict[str, Any], told: Told) -> None:
    """What the counter was answered, tap by tap."""
    assert z["difference"] == 0
    assert (z["turnover"], z["returns"]) == (told.turnover, told.returns), told.done
    assert z["sales"] + z["returns"] == z["turnover"]
    assert z["gross_lines"] - z["discounts"] + z["service"] + z["tax_added"] == z["sales"]
    assert sum(tax["gross"] for tax in z["taxes"]) == z["net"] + z["tax"] == z["turnover"]


async def _as_moved(db: Database, z: dict[str, Any], when: date) -> None:
    """The movements of the day: without tips and rounding they are the turnover; every drawer ends with nothing."""
    async with db.read() as read:
        rows = list(await read.session.scalars(select(Movement).where(Movement.business_day == when)))
        head = (await read.session.scalars(select(MoneyHead))).one()
    paid = [one for one in rows if one.kind in (MovementKind.SALE, MovementKind.RETURN)]
    assert sum(one.amount - one.tip - one.rounding for one in paid) == z["turnover"]
    assert (sum(one.tip for one in paid), sum(one.rounding for one in paid)) == (z["tips"], z["rounding"])
    for tender in z["tenders"]:
        mine = [
            one
            for one in paid
            if (one.account.startswith("cash:") if tender["code"] == "cash" else one.account == tender["code"])
        ]
        assert sum(one.amount - one.tip - one.rounding for one in mine) == tender["amount"]
    for drawer in z["drawers"]:
        assert sum(drawer[key] for key in DRAWER) == drawer["expected"]
        assert drawer["over_short"] == drawer["counted"] - drawer["expected"]
        assert sum(one.amount for one in rows if one.drawer_id == drawer["id"]) == 0
    assert all(balance == 0 for account, balance in head.accounts.items() if account.startswith("cash:"))


async def _as_in_the_daybook(db: Database, z: dict[str, Any], when: date) -> None:
    words = {"from": when.isoformat(), "to": when.isoformat()}
    async with db.read() as read:
        book = await show_daybook(read, words)
        rows, page = book["rows"], book
        while page["next"] is not None:
            page = await show_daybook(read, words | {"before": str(page["next"])})
            rows = [*page["rows"], *rows]
    sums = book["sums"]
    gone = sum(row["amount"] for row in rows if row["kind"] == "return")
    assert sums["returns"] == gone
    assert sums["sales"] + sums["returns"] - z["tips"] - z["rounding"] == z["turnover"]
    counts, tenders = book["counts"], z["tenders"]
    assert counts["sales"] == sum(row["kind"] == "sale" for row in rows)
    assert counts["returns"] == sum(row["kind"] == "return" for row in rows)
    refunded = {row["receipt_id"] for row in rows if row["kind"] == "return" and not row["is_correction"]}
    assert len(refunded) == z["returns_count"]
    # A tender that was put right is in the book as it was, as a refund of that, and as it is.
    paid = sum(one["count"] for one in tenders) - sum(one["refunds"] for one in tenders)
    assert counts["sales"] - counts["returns"] == paid
    assert {row["account_name"] for row in rows if row["account"] in {one["code"] for one in tenders}} <= {
        one["name"] for one in tenders
    }
    assert sums["expenses"] == sum(drawer["expenses"] for drawer in z["drawers"])
    named = ("opening", "sales", "returns", "expenses", "safe")
    assert sum(sums[name] for name in named) == sums["balance"] == rows[-1]["balance"]
    assert page["brought"]["balance"] + sum(row["amount"] for row in rows) == sums["balance"]
    assert book["brought"]["count"] + len(book["rows"]) == len(rows)


async def _taken(db: Database, when: date) -> Takings:
    async with db.read() as read:
        return await book_of(read, when, when)


def _as_reported(found: Takings, z: dict[str, Any]) -> None:
    """The day's report, whose parts balance or it would not have been made."""
    named = {"turnover": "turnover", "net": "net", "tax": "tax", "tips": "tips", "covers": "covers"}
    named |= {"refunds": "returns", "cash_rounding": "rounding"}
    assert {key: found.figure(key) for key in named} == {key: z[name] for key, name in named.items()}
    told = {row[0]: row[1:5] for row in found.parts["payments"]}
    assert told == {one["name"]: (one["count"], one["refunds"], one["amount"], one["tip"]) for one in z["tenders"]}
    counted = {"receipts": "receipts", "refunds_count": "returns_count", "corrections": "corrections"}
    assert {key: found.figure(key) for key in counted} == {key: z[name] for key, name in counted.items()}
    kinds = Counter(row[1] for row in found.parts["receipts"])
    assert (kinds["Sale"], kinds["Refund"]) == (z["receipts"], z["returns_count"])
    assert kinds["Correction"] == 2 * z["corrections"]
    for part in ("hours", "staff"):
        assert sum(row[1] for row in found.parts[part]) == z["receipts"], part
    cash = sum(row[3] + row[4] for row in found.parts["payments"] if row[5] == "Cash") + z["rounding"]
    assert cash == sum(one["cash"] + one["returns"] for one in z["drawers"])
    assert [row[3:14] for row in found.parts["drawers"]] == [
        tuple(one[key] for key in (*DRAWER, "expected", "counted", "over_short")) for one in z["drawers"]
    ]


def _as_written(found: Takings, z: dict[str, Any], currency: Currency) -> None:
    """The workbook, opened again: its cells are those amounts, not merely close to them."""
    book = load_workbook(BytesIO(workbook_bytes(figures_of(found))))

    def column(sheet: str, heading: str) -> list[int]:
        place = [cell.value for cell in book[sheet][1]].index(heading)
        cells = [
            row[place] for row in book[sheet].iter_rows(min_row=2, max_row=book[sheet].max_row - 1, values_only=True)
        ]
        return [
            int((Decimal(str(cell)) * 10**currency.decimals).to_integral_exact()) for cell in cells if cell is not None
        ]

    for sheet, heading in (
        ("Items", "Turnover"),
        ("Payments", "Amount"),
        ("Staff", "Turnover"),
        ("Taxes", "Gross"),
        ("Receipts", "Total"),
    ):
        assert sum(column(sheet, heading)) == z["turnover"], sheet
    assert sum(column("Payments", "Tips")) == z["tips"]
    names, counts, refunds = (
        [row[place] for row in book["Payments"].iter_rows(min_row=2, values_only=True)][:-1] for place in range(3)
    )
    assert list(zip(names, counts, refunds, strict=True)) == [row[:3] for row in found.parts["payments"]]
    assert column("Drawers", "Expected") == [one["expected"] for one in z["drawers"]]
    assert column("Drawers", "Counted") == [one["counted"] for one in z["drawers"]]
    key = {row[0]: row[1] for row in book["Summary"].iter_rows(min_row=6, values_only=True) if row[0]}
    for label, amount in (("Refunds", z["returns"]), ("Cash rounding", z["rounding"])):
        assert Decimal(str(key[label])) == currency.decimal(amount), label


async def _as_summed(db: Database, z: dict[str, Any], number: int) -> None:
    """The summary on paper: its categories, its people and its hours each come to the turnover."""
    async with db.read() as read:
        cause = PrintJob.cause == f"day summary {number}"
        blocks = (await read.session.scalars(select(PrintJob.document).where(cause))).one()["blocks"]
    told = {block[0]["label"]: block[1:] for block in blocks}
    for heading in ("By category", "By person", "By hour"):
        assert sum(row["amount"] for row in told[heading] if row["label"] != "  tips, apart") == z["turnover"], heading


async def _every_tender_is_in_one_z(db: Database) -> None:
    async with db.read() as read:
        zs = list(await read.session.scalars(select(ZReport)))
        total = (await read.session.execute(select(func.sum(Tender.amount)))).scalar_one()
    days = {one.business_day for one in zs}
    assert sum(one.figures["turnover"] for one in zs) == total
    assert len(days) == len(zs)
    assert max(days) - min(days) == timedelta(days=len(zs) - 1)
