"""A wrong tender put right: a refund and a new receipt, a pair, to the same total."""

import pytest
from sqlalchemy import update

from kiosk.checks.service import Wanted
from kiosk.core.db import Database
from kiosk.core.models import Venue
from kiosk.payments import errors as pay_errors
from kiosk.payments import paper, queries, service
from kiosk.payments import refund_errors as errors
from kiosk.payments.book import cash_account
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.rules import Given, ReceiptKind, TenderKind
from kiosk.payments.service import Asked
from kiosk.payments.till_models import MoneyHead
from tests.support import journal
from tests.support.house import founded
from tests.support.paying import books_agree, eaten, rows

CASH, CARD = TenderKind.CASH, TenderKind.CARD


async def test_a_card_that_was_cash_is_given_back_and_issued_anew(db: Database) -> None:
    house = await founded(db)
    settled = await house.act(service.settle, await eaten(house), 1320, [Given(CARD, 1520, 200)])
    done = await house.act(service.correct_tender, settled.receipt_id, 0, "cash", "guest paid cash")
    assert (done.refund_number, done.number) == ("2", "3")
    sale, back, anew = await rows(db, Receipt)
    assert (back.kind, back.total, back.tip, back.is_correction) == (ReceiptKind.REFUND, -1320, -200, True)
    assert (anew.kind, anew.total, anew.tip, anew.is_correction) == (ReceiptKind.SALE, 1320, 200, True)
    assert back.refunds_id == anew.refunds_id == sale.id
    assert anew.share_no == sale.share_no == 1
    assert sum(one.covers for one in (sale, back, anew)) == 2
    tenders = [(one.name, one.given, one.amount, one.tip) for one in await rows(db, Tender)]
    assert tenders == [("card", 1520, 1320, 200), ("card", -1520, -1320, -200), ("cash", 1520, 1320, 200)]
    assert sum(line.quantity for line in await rows(db, ReceiptLine)) == 2
    assert sum(row.tax for row in await rows(db, ReceiptTax)) == 176
    (head,) = await rows(db, MoneyHead)
    assert head.accounts == {"card": 0, cash_account(1): 1520}
    assert (await journal.acts(db))[-1] == "tender_corrected"
    await books_agree(db)


async def test_both_papers_say_that_they_correct_and_what(db: Database) -> None:
    house = await founded(db)
    settled = await house.act(service.settle, await eaten(house), 1320, [Given(CARD, 1320)])
    done = await house.act(service.correct_tender, settled.receipt_id, 0, "cash", "guest paid cash")
    printed = paper.preview(await house.look(queries.show_receipt, done.receipt_id))["paper"]
    shown = [" ".join(line.split()) for line in printed]
    assert "CORRECTION" in shown
    assert "Of receipt 1" in shown
    assert "Reason: guest paid cash" in shown
    assert "Cash 13.20" in shown
    assert any("Tiramisù" in line for line in shown)


async def test_one_of_several_tenders_is_corrected_and_the_others_stay(db: Database) -> None:
    house = await founded(db)
    tenders = [Given(CASH, 1000), Given(CARD, 800)]
    settled = await house.act(service.settle, await eaten(house), 1320, tenders)
    await house.act(service.correct_tender, settled.receipt_id, 0, "wallet", "it was a QR code")
    anew = [one for one in await rows(db, Tender)][-2:]
    assert [(one.name, one.given, one.change_due, one.amount) for one in anew] == [
        ("wallet", 800, 0, 800),
        ("cash", 1000, 480, 520),
    ]
    await books_agree(db)


async def test_what_becomes_cash_comes_to_whole_coins(db: Database) -> None:
    house = await founded(db)
    await db.run(lambda tx: tx.change(update(Venue).values(cash_step=50)))
    settled = await house.act(service.settle, await eaten(house), 1320, [Given(CARD, 1320)])
    await house.act(service.correct_tender, settled.receipt_id, 0, "cash", "guest paid cash")
    assert [one.cash_rounding for one in await rows(db, Receipt)] == [0, 0, -20]
    await books_agree(db)


async def test_a_corrected_share_can_still_be_undone(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    settled = await house.act(service.settle, check_id, 660, [Given(CARD, 660)], wanted=Wanted(even=2))
    once = await house.act(service.correct_tender, settled.receipt_id, 0, "cash", "guest paid cash")
    twice = await house.act(service.correct_tender, once.receipt_id, 0, "wallet", "no, a QR code")
    with pytest.raises(errors.PartlyRefunded):
        await house.act(service.undo_payment, settled.receipt_id)
    await house.act(service.undo_payment, twice.receipt_id)
    assert (await house.check(check_id))["open"] == 1320
    await books_agree(db)


async def test_what_was_given_back_in_part_or_is_right_already_is_not_corrected(db: Database) -> None:
    house = await founded(db)
    settled = await house.act(service.settle, await eaten(house), 1320, [Given(CARD, 1320)])
    with pytest.raises(errors.SameTender, match="paid by Card already"):
        await house.act(service.correct_tender, settled.receipt_id, 0, "card", "x")
    with pytest.raises(errors.UnknownPosition):
        await house.act(service.correct_tender, settled.receipt_id, 1, "cash", "x")
    with pytest.raises(pay_errors.TenderUnknown, match="Take Cash, Card, QR, Voucher or House account"):
        await house.act(service.correct_tender, settled.receipt_id, 0, "gold", "x")
    with pytest.raises(pay_errors.NoteMissing):
        await house.act(service.correct_tender, settled.receipt_id, 0, "account", "x")
    await house.act(service.refund, settled.receipt_id, Asked({0: None}), "cold")
    with pytest.raises(errors.PartlyRefunded):
        await house.act(service.correct_tender, settled.receipt_id, 0, "cash", "x")
