"""Receipts on paper: shares, discounts, service, tips, rounding, legal lines; and those of before."""

from sqlalchemy import update

from kiosk.checks import discounting
from kiosk.checks.service import Wanted
from kiosk.core.db import Database
from kiosk.core.models import Venue
from kiosk.payments import paper, queries, service
from kiosk.payments.rules import Given
from kiosk.payments.service import Asked
from kiosk.printing import layouts
from kiosk.printing.documents import Receipt
from tests.support.house import House, founded
from tests.support.paying import eaten, taken_away

OF_BEFORE = {
    "kind": "receipt",
    "venue": "Small",
    "currency_code": "EUR",
    "locale": "en_IE",
    "number": "7",
    "issued": "2026-10-02 21:14",
    "label": "1",
    "covers": 2,
    "waiter": "Marco",
    "cashier": "Ana",
    "lines": [{"quantity": 1, "name": "Tiramisù", "portion": "", "amount": 700, "details": ["No cocoa"]}],
    "taxes": [{"rate_ppm": 100_000, "net": 636, "tax": 64, "gross": 700}],
    "total": 700,
    "tenders": [{"name": "cash", "given": 1000, "change_due": 300}],
    "tax_included": True,
    "tip": 0,
    "cash_rounding": 0,
    "legal_lines": ["Thank you."],
    "copy_no": 1,
}
"""A receipt as it was kept before there were shares."""


async def printed(house: House, receipt_id: int) -> list[str]:
    """The rows of a receipt's paper, blanks folded."""
    receipt = await house.look(queries.show_receipt, receipt_id)
    return [" ".join(line.split()) for line in paper.preview(receipt)["paper"]]


def test_a_receipt_of_before_still_prints() -> None:
    rows = [" ".join(line.split()) for line in layouts.lines_of(Receipt.from_json(OF_BEFORE), 42)]
    for row in ("Receipt 7 2026-10-02 21:14", "1 Tiramisù 7.00", "No cocoa", "Cash 10.00", "CHANGE 3.00", "Thank you."):
        assert row in rows
    assert not any("Share" in row or "Discount" in row or "Service" in row for row in rows)


async def test_a_share_says_which_it_is_and_which_part_of_each_line(db: Database) -> None:
    house = await founded(db)
    await db.run(lambda tx: tx.change(update(Venue).values(legal_lines=["VAT IT0123456789", "Via Aurora 1"])))
    check_id = await eaten(house)
    paid = await house.act(service.settle, check_id, 440, [Given("cash", 500)], wanted=Wanted(even=3))
    rows = await printed(house, paid.receipt_id)
    assert "Share 1" in rows
    assert "1/3 Tiramisù 2.33 A" in rows
    assert "TOTAL 4.40 EUR" in rows
    assert rows[-3:] == ["VAT IT0123456789", "Via Aurora 1", "END 1"]


async def test_discount_service_tip_and_rounding_are_rows_of_their_own_that_add_up(db: Database) -> None:
    house = await founded(db)
    rules = {"cash_step": 10, "service_ppm": 100_000, "service_tax_code": "drinks"}
    await db.run(lambda tx: tx.change(update(Venue).values(**rules)))
    check_id = await eaten(house)
    await house.act(discounting.discount, check_id, None, discounting.Off("Staff", percent="10"))
    total = (await house.check(check_id))["open"]
    assert total == 1307
    paid = await house.act(service.settle, check_id, total, [Given("cash", 2000, 100)])
    rows = await printed(house, paid.receipt_id)
    assert [row for row in rows if row.split(" ")[0] in {"Discount", "Service", "TOTAL", "Cash", "Tip", "CHANGE"}] == [
        "Discount -1.32",
        "Service charge 1.19",
        "TOTAL 13.07 EUR",
        "Cash rounding 0.03",
        "Tip 1.00",
        "Cash 20.00",
        "CHANGE 5.90",
    ]
    assert "B 22 % 5.55 1.22 6.77" in rows


async def test_a_refund_is_marked_names_its_receipt_and_has_negative_figures(db: Database) -> None:
    house = await founded(db)
    paid = await house.act(service.settle, await eaten(house), 1320, [Given("wallet", 1320)])
    done = await house.act(service.refund, paid.receipt_id, Asked({1: None}), "corked")
    rows = await printed(house, done.receipt_id)
    for row in ("REFUND", "Of receipt 1", "Reason: corked", "-1 Chianti Glass -6.20 A", "TOTAL -6.20 EUR", "QR -6.20"):
        assert row in rows, rows
    assert "A 22 % -5.08 -1.12 -6.20" in rows


async def test_a_part_of_a_line_given_back_says_so(db: Database) -> None:
    house = await founded(db)
    paid = await house.act(service.settle, await taken_away(house), 700, [Given("card", 700)])
    done = await house.act(service.refund, paid.receipt_id, Asked({0: 200}), "cold")
    assert "-1 part of Tiramisù -2.00 A" in await printed(house, done.receipt_id)


async def test_what_guests_are_called_cannot_make_a_printer_do_anything(db: Database) -> None:
    house = await founded(db)
    tenders = [Given("account", 1320, note="Ferrari \x1b@\x1dV\x00 <b>")]
    paid = await house.act(service.settle, await eaten(house), 1320, tenders)
    done = await house.act(service.refund, paid.receipt_id, Asked({1: None}), "a\x1b@b")
    for receipt_id in (paid.receipt_id, done.receipt_id):
        assert all(letter.isprintable() for row in await printed(house, receipt_id) for letter in row)
    assert "Ferrari @ V <b>" in await printed(house, paid.receipt_id)
