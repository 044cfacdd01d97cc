"""A check settled in shares: what each payer pays, what stays open, what the receipts say."""

import json

import pytest
from sqlalchemy import update

from kiosk.checks import errors as check_errors
from kiosk.checks import service as checks
from kiosk.checks.service import Wanted
from kiosk.core.db import Database
from kiosk.core.models import Venue
from kiosk.payments import errors, paper, queries, rates, service
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.rate_errors import NotWorthThat
from kiosk.payments.rules import Foreign, Given, TenderKind
from kiosk.printing.models import PrintJob
from tests.support import journal
from tests.support.house import founded
from tests.support.paying import eaten, rows

CASH, CARD = TenderKind.CASH, TenderKind.CARD


async def test_three_even_shares_are_three_receipts_that_sum_to_the_check(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    first = await house.act(service.settle, check_id, 440, [Given(CASH, 500)], wanted=Wanted(even=3))
    assert (first.number, first.rest, first.closed, first.share_no, first.change_due) == ("1", 880, False, 1, 60)
    assert (await house.check(check_id))["state"] == "open"
    second = await house.act(service.settle, check_id, 440, [Given(CARD, 440)], wanted=Wanted(even=2))
    assert (second.number, second.rest, second.closed, second.share_no) == ("2", 440, False, 2)
    tenders = [Given(CASH, 100), Given(CARD, 340)]
    third = await house.act(service.settle, check_id, 440, tenders)
    assert (third.number, third.rest, third.closed, third.share_no) == ("3", 0, True, 3)
    issued = await rows(db, Receipt)
    assert [one.total for one in issued] == [440, 440, 440]
    assert (sum(one.tax for one in issued), sum(one.net for one in issued)) == (176, 1144)
    assert [one.covers for one in issued] == [2, 0, 0]
    lines = await rows(db, ReceiptLine)
    assert sum(line.quantity for line in lines) == 2
    assert sum(line.amount for line in lines) == 1320
    assert {line.part for line in lines} == {"1/3"}
    assert sum(row.gross for row in await rows(db, ReceiptTax)) == 1320
    assert sum(tender.amount for tender in await rows(db, Tender)) == 1320
    assert (await house.check(check_id))["state"] == "closed"
    assert await journal.is_whole(db)


async def test_a_payer_settles_a_line_and_the_table_goes_on_ordering(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    wine = (await house.check(check_id))["lines"][1]["id"]
    await house.act(service.settle, check_id, 620, [Given(CARD, 620)], wanted=Wanted(parts={wine: 1}))
    await house.ring(check_id)
    await house.send(check_id)
    check = await house.check(check_id)
    assert (check["paid"], check["open"], check["sums"]["total"]) == (620, 1400, 2020)
    settled = await house.act(service.settle, check_id, 1400, [Given(CARD, 1400)])
    assert (settled.closed, settled.share_no) == (True, 2)
    assert sum(one.total for one in await rows(db, Receipt)) == 2020


async def test_a_line_that_somebody_paid_is_not_paid_again(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    wine = (await house.check(check_id))["lines"][1]["id"]
    await house.act(service.settle, check_id, 620, [Given(CARD, 620)], wanted=Wanted(parts={wine: 1}))
    with pytest.raises(check_errors.ShareGone):
        await house.act(service.settle, check_id, 620, [Given(CARD, 620)], wanted=Wanted(parts={wine: 1}))
    assert len(await rows(db, Receipt)) == 1


async def test_a_share_by_amount_leaves_the_rest_open(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    settled = await house.act(service.settle, check_id, 1000, [Given(CARD, 1000)], wanted=Wanted(amount=1000))
    assert (settled.total, settled.rest) == (1000, 320)
    with pytest.raises(check_errors.ShareTooLarge):
        await house.act(service.settle, check_id, 321, [Given(CARD, 321)], wanted=Wanted(amount=321))


async def test_a_share_whose_total_changed_meanwhile_is_not_settled(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    await house.act(service.settle, check_id, 660, [Given(CARD, 660)], wanted=Wanted(even=2))
    with pytest.raises(errors.BillChanged, match=r"now comes to 3\.30"):
        await house.act(service.settle, check_id, 660, [Given(CARD, 660)], wanted=Wanted(even=2))


async def test_the_service_charge_is_on_the_receipt_with_its_tax(db: Database) -> None:
    house = await founded(db)
    await db.run(lambda tx: tx.change(update(Venue).values(service_ppm=100_000, service_tax_code="drinks")))
    check_id = await eaten(house)
    settled = await house.act(service.settle, check_id, 1452, [Given(CARD, 1452)])
    assert settled.total == 1452
    (receipt,) = await rows(db, Receipt)
    assert (receipt.gross_lines, receipt.service_charge, receipt.total) == (1320, 132, 1452)
    taxes = {row.rate_ppm: row.gross for row in await rows(db, ReceiptTax)}
    assert taxes == {100_000: 700, 220_000: 752}


async def test_guests_who_come_after_the_first_payment_are_counted_once(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    await house.act(service.settle, check_id, 660, [Given(CARD, 660)], wanted=Wanted(even=2))
    await house.act(checks.set_covers, check_id, 5)
    await house.act(service.settle, check_id, 660, [Given(CARD, 660)])
    assert [one.covers for one in await rows(db, Receipt)] == [2, 3]


async def test_a_receipt_that_nobody_wants_on_paper_is_not_printed(db: Database) -> None:
    house = await founded(db)
    await house.act(service.settle, await eaten(house), 1320, [Given(CARD, 1320)], to_print=False)
    assert await rows(db, PrintJob) == []


async def test_the_journal_tells_which_lines_a_share_paid(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    settled = await house.act(service.settle, check_id, 440, [Given(CARD, 440)], wanted=Wanted(even=3))
    lines = [line["id"] for line in (await house.check(check_id))["lines"]]
    told = json.loads((await journal.bodies(db))[-1])["details"]
    assert (told["receipt_id"], told["total"], told["rest"], told["share_no"]) == (settled.receipt_id, 440, 880, 1)
    assert [(line_id, part) for line_id, _, part in told["lines"]] == [(lines[0], "1/3"), (lines[1], "1/3")]


async def test_cash_in_another_currency_is_taken_at_the_rate_in_force_and_changed_in_ours(db: Database) -> None:
    house = await founded(db)
    await house.act(rates.set_rate, "USD", "1.08")
    check_id = await eaten(house)
    with pytest.raises(NotWorthThat, match=r"20\.00 USD is worth 18\.51 EUR now"):
        await house.act(service.settle, check_id, 1320, [Given("cash", 1852, foreign=Foreign("USD", 2000))])
    tenders = [Given("cash", 1851, foreign=Foreign("USD", 2000))]
    settled = await house.act(service.settle, check_id, 1320, tenders)
    assert settled.change_due == 531
    (tender,) = await rows(db, Tender)
    assert (tender.given, tender.currency_code, tender.currency_given, tender.rate) == (1851, "USD", 2000, "1.08")
    receipt = await house.look(queries.show_receipt, settled.receipt_id)
    printed = [" ".join(line.split()) for line in paper.preview(receipt)["paper"]]
    assert printed[printed.index("Cash 18.51") + 1 :][:2] == ["USD 20.00 at 1.08", "CHANGE 5.31"]


async def test_the_number_of_a_share_that_was_undone_is_free_again(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)

    async def pay(total: int, even: int) -> service.Settled:
        return await house.act(service.settle, check_id, total, [Given(CARD, total)], wanted=Wanted(even=even))

    first, second = await pay(440, 3), await pay(440, 2)
    assert (first.share_no, second.share_no) == (1, 2)
    await house.act(service.undo_payment, second.receipt_id)
    again = await pay(440, 2)
    assert (again.number, again.share_no) == ("4", 2)
    await house.act(service.correct_tender, again.receipt_id, 0, "wallet", "it was a QR code")
    await house.act(service.undo_payment, first.receipt_id)
    assert [(await pay(total, even)).share_no for total, even in ((440, 2), (440, 1))] == [1, 3]
    receipts = await rows(db, Receipt)
    assert [one.is_undo for one in receipts] == [False, False, True, False, False, False, True, False, False]
    assert sum(one.covers for one in receipts) == 2
