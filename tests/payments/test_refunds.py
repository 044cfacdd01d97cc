"""Money that goes back: whole, by line, to the tender that paid, never more than is left."""

import pytest
from sqlalchemy import update

from kiosk.checks import errors as check_errors
from kiosk.checks.service import Wanted
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.core.errors import NeedsManager
from kiosk.core.models import Venue
from kiosk.payments import drawers, service, till_errors, till_locks
from kiosk.payments import refund_errors as errors
from kiosk.payments.book import cash_account
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.payments.receipts import show_issued
from kiosk.payments.rules import Given, ReceiptKind, TenderKind
from kiosk.payments.service import Asked
from kiosk.payments.till_models import MoneyHead, Movement
from tests.support import journal
from tests.support.house import House, founded
from tests.support.paying import books_agree, eaten, rows

CASH, CARD = TenderKind.CASH, TenderKind.CARD


async def paid(house: House, *tenders: Given) -> int:
    """A receipt of 13.20: 7.00 food and 6.20 wine. Returns its id."""
    return (await house.act(service.settle, await eaten(house), 1320, tenders or [Given(CARD, 1320)])).receipt_id


async def test_a_whole_refund_is_a_receipt_of_its_own_to_the_tender_that_paid(db: Database) -> None:
    house = await founded(db)
    receipt_id = await paid(house, Given(CARD, 1520, 200))
    done = await house.act(service.refund, receipt_id, Asked(), "all cold")
    assert (done.number, done.total, done.back) == ("2", -1320, [("card", 1320)])
    sale, back = await rows(db, Receipt)
    assert (back.kind, back.refunds_id, back.reason, back.tip) == (ReceiptKind.REFUND, sale.id, "all cold", 0)
    assert (back.gross_lines, back.net, back.tax, back.total, back.covers) == (-1320, -1144, -176, -1320, 0)
    lines = [line for line in await rows(db, ReceiptLine) if line.receipt_id == back.id]
    assert [(line.item, line.quantity, line.amount, line.tax, line.of_position) for line in lines] == [
        ("Tiramisù", -1, -700, -64, 0),
        ("Chianti", -1, -620, -112, 1),
    ]
    taxes = [row for row in await rows(db, ReceiptTax) if row.receipt_id == back.id]
    assert [(row.rate_ppm, row.net, row.tax, row.gross) for row in taxes] == [
        (100_000, -636, -64, -700),
        (220_000, -508, -112, -620),
    ]
    (tender,) = [one for one in await rows(db, Tender) if one.receipt_id == back.id]
    assert (tender.name, tender.given, tender.amount, tender.tip, tender.of_position) == ("card", -1320, -1320, 0, 0)
    assert [(one.kind, one.amount, one.reason) for one in await rows(db, Movement)] == [
        ("sale", 1520, ""),
        ("return", -1320, "all cold"),
    ]
    assert (await journal.acts(db))[-1] == "refunded"
    await books_agree(db)


async def test_with_the_tip_all_of_it_goes_back(db: Database) -> None:
    house = await founded(db)
    receipt_id = await paid(house, Given(CARD, 1520, 200))
    done = await house.act(service.refund, receipt_id, Asked(with_tip=True), "all cold")
    assert (done.total, done.back) == (-1320, [("card", 1520)])
    assert (await rows(db, Receipt))[1].tip == -200
    with pytest.raises(errors.NothingLeft):
        await house.act(service.refund, receipt_id, Asked(with_tip=True), "again")


async def test_a_line_goes_back_with_its_tax_and_then_there_is_no_more_of_it(db: Database) -> None:
    house = await founded(db)
    receipt_id = await paid(house)
    done = await house.act(service.refund, receipt_id, Asked({1: None}), "corked")
    assert done.total == -620
    with pytest.raises(errors.LineLeft, match=r"Of line 2 at most 0\.00"):
        await house.act(service.refund, receipt_id, Asked({1: None}), "corked")
    with pytest.raises(errors.LineLeft, match=r"Of line 1 at most 7\.00"):
        await house.act(service.refund, receipt_id, Asked({0: 701}), "cold")
    rest = await house.act(service.refund, receipt_id, Asked(), "and the rest")
    assert rest.total == -700
    assert [one.total for one in await rows(db, Receipt)] == [1320, -620, -700]
    await books_agree(db)


async def test_a_part_of_a_line_goes_back_and_its_piece_with_the_last_of_it(db: Database) -> None:
    house = await founded(db)
    receipt_id = await paid(house)
    await house.act(service.refund, receipt_id, Asked({0: 250}), "half of it")
    await house.act(service.refund, receipt_id, Asked({0: None}), "all of it")
    back = [line for line in await rows(db, ReceiptLine) if line.amount < 0]
    assert [(line.quantity, line.amount, line.net, line.tax) for line in back] == [
        (0, -250, -227, -23),
        (-1, -450, -409, -41),
    ]
    await books_agree(db)


async def test_cards_come_first_and_cash_last_unless_the_cashier_says_otherwise(db: Database) -> None:
    house = await founded(db)
    tenders = Given(CASH, 1000), Given(CARD, 1000)
    one = await paid(house, *tenders)
    assert (await house.act(service.refund, one, Asked({0: None}), "cold")).back == [("card", 700)]
    assert (await house.act(service.refund, one, Asked(), "cold")).back == [("card", 300), ("cash", 320)]
    other = await paid(house, *tenders)
    asked = Asked({0: None}, tenders={0: 500, 1: 200})
    assert (await house.act(service.refund, other, asked, "cold")).back == [("card", 500), ("cash", 200)]
    with pytest.raises(errors.TenderLeft, match=r"card paid what is left of 5\.00"):
        await house.act(service.refund, other, Asked({1: None}, tenders={0: 501, 1: 119}), "cold")
    with pytest.raises(errors.TendersDiffer, match=r"6\.20 is to go back"):
        await house.act(service.refund, other, Asked({1: None}, tenders={0: 500}), "cold")
    await books_agree(db)


async def test_cash_goes_back_in_whole_coins_and_what_is_rounded_comes_back_rounded(db: Database) -> None:
    house = await founded(db)
    await db.run(lambda tx: tx.change(update(Venue).values(cash_step=50)))
    receipt_id = await paid(house, Given(CASH, 1500))
    assert (await rows(db, Receipt))[0].cash_rounding == -20
    assert (await house.act(service.refund, receipt_id, Asked({1: None}), "corked")).back == [("cash", 600)]
    assert (await house.act(service.refund, receipt_id, Asked(), "cold")).back == [("cash", 700)]
    assert [one.cash_rounding for one in await rows(db, Receipt)] == [-20, 20, 0]
    (head,) = await rows(db, MoneyHead)
    assert head.accounts[cash_account(1)] == 0
    await books_agree(db)


async def test_a_drawer_gives_no_more_cash_than_it_holds(db: Database) -> None:
    house = await founded(db)
    receipt_id = await paid(house, Given(CASH, 1320))
    (drawer,) = await house.look(till_locks.not_closed)
    await house.act(drawers.drop, drawer.id, 1000)
    with pytest.raises(till_errors.HoldsLess, match=r"Drawer 1 does not hold 13\.20"):
        await house.act(service.refund, receipt_id, Asked(), "cold")
    assert len(await rows(db, Receipt)) == 1


async def test_the_service_charge_goes_back_when_it_is_asked_for_or_with_the_whole(db: Database) -> None:
    house = await founded(db)
    await db.run(lambda tx: tx.change(update(Venue).values(service_ppm=100_000, service_tax_code="drinks")))
    receipt_id = (await house.act(service.settle, await eaten(house), 1452, [Given(CARD, 1452)])).receipt_id
    assert (await house.act(service.refund, receipt_id, Asked({0: None}, service=70), "cold")).total == -770
    with pytest.raises(errors.ServiceLeft, match=r"at most 0\.62"):
        await house.act(service.refund, receipt_id, Asked({1: None}, service=63), "corked")
    assert (await house.act(service.refund, receipt_id, Asked(), "cold")).total == -682
    assert [one.service_charge for one in await rows(db, Receipt)] == [132, -70, -62]
    assert (await house.look(show_issued, receipt_id)).left().is_used_up
    await books_agree(db)


async def test_prices_without_tax_go_back_with_it(db: Database) -> None:
    house = await founded(db)
    await db.run(lambda tx: tx.change(update(Venue).values(prices_include_tax=False)))
    receipt_id = (await house.act(service.settle, await eaten(house), 1526, [Given(CARD, 1526)])).receipt_id
    done = await house.act(service.refund, receipt_id, Asked({0: None}), "cold")
    assert done.total == -770
    back = (await rows(db, Receipt))[1]
    assert (back.gross_lines, back.net, back.tax, back.total) == (-700, -700, -70, -770)


async def test_a_waiter_or_a_cashier_gives_nothing_back_alone(db: Database) -> None:
    house = await founded(db)
    receipt_id = await paid(house)
    for role in (Role.WAITER, Role.CASHIER):
        with pytest.raises(NeedsManager):
            await house.act(service.refund, receipt_id, Asked(), "x", by=Actor(house.by.venue_id, None, "X", role))
    with pytest.raises(check_errors.ReasonMissing):
        await house.act(service.refund, receipt_id, Asked(), "  ")


async def test_a_refund_is_not_refunded(db: Database) -> None:
    house = await founded(db)
    done = await house.act(service.refund, await paid(house), Asked({0: None}), "cold")
    with pytest.raises(errors.NoSale, match="Receipt 2 is a refund itself"):
        await house.act(service.refund, done.receipt_id, Asked(), "cold")


async def test_an_undone_payment_opens_its_share_again(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    tenders = [Given(CASH, 500, 20)]
    first = await house.act(service.settle, check_id, 440, tenders, wanted=Wanted(even=3))
    done = await house.act(service.undo_payment, first.receipt_id)
    assert (done.total, done.back) == (-440, [("cash", 460)])
    check = await house.check(check_id)
    assert (check["paid"], check["open"], check["state"]) == (0, 1320, "open")
    with pytest.raises(check_errors.ShareUnknown, match="undone already"):
        await house.act(service.undo_payment, first.receipt_id)
    whole = await house.act(service.settle, check_id, 1320, [Given(CARD, 1320)])
    assert (whole.number, whole.closed, whole.share_no) == ("3", True, 1)
    assert sum(one.covers for one in await rows(db, Receipt)) == 2
    assert (await journal.acts(db))[-2:] == ["payment_undone", "settled"]
    await books_agree(db)


async def test_a_payment_of_a_closed_check_is_refunded_and_not_undone(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(errors.CheckIsClosed, match="Refund the receipt instead"):
        await house.act(service.undo_payment, await paid(house))


async def test_a_payment_of_which_something_went_back_is_not_undone(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    first = await house.act(service.settle, check_id, 440, [Given(CARD, 440)], wanted=Wanted(even=3))
    await house.act(service.refund, first.receipt_id, Asked({0: None}), "cold")
    with pytest.raises(errors.PartlyRefunded):
        await house.act(service.undo_payment, first.receipt_id)
    assert (await house.check(check_id))["paid"] == 440
