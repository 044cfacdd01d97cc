"""Money that a provider took: it becomes a receipt's tender once, and goes back through the provider."""

from uuid import uuid4

import pytest
from sqlalchemy import insert

from kiosk.checks.service import Wanted
from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.ids import new_id
from kiosk.payments import asking, errors, provider_errors, service
from kiosk.payments.models import ProviderPayment, Receipt, Tender
from kiosk.payments.provider_models import ProviderRefund
from kiosk.payments.refund_errors import PaidForSure
from kiosk.payments.rules import Given, PaymentState, TenderKind, Way
from kiosk.payments.service import Asked
from tests.support.house import House, founded
from tests.support.paying import books_agree, eaten, rows

STRIPE = Way("online", "Card online", TenderKind.CARD, "stripe")


async def confirmed(house: House, check_id: int, amount: int) -> int:
    """A payment at the terminal beside the till, which the cashier has seen go through."""
    started = await house.act(asking.start, check_id, "card", amount, key=uuid4(), known=())
    await house.act(asking.confirm, started.id)
    return int(started.id)


async def captured(house: House, check_id: int, amount: int) -> int:
    """A payment that Stripe took."""
    payment_id = new_id()
    row = {
        "id": payment_id,
        "venue_id": house.by.venue_id,
        "check_id": check_id,
        "provider": "stripe",
        "tender_code": "online",
        "key": uuid4().bytes,
        "amount": amount,
        "currency_code": "EUR",
        "state": PaymentState.CAPTURED,
        "reference": "pi_1",
        "started_at": clock.now(),
        "changed_at": clock.now(),
    }
    await house.db.run(lambda tx: tx.change(insert(ProviderPayment).values(row)))
    return payment_id


async def test_a_confirmed_payment_is_a_tender_once(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    payment_id = await confirmed(house, check_id, 700)
    half = {"wanted": Wanted(even=2)}
    with pytest.raises(provider_errors.PaymentOfAnother):
        await house.act(service.settle, check_id, 660, [Given("card", 660, payment_id=payment_id)], **half)
    tenders = [Given("card", 700, 40, payment_id=payment_id)]
    paid = await house.act(service.settle, check_id, 660, tenders, **half)
    (payment,) = await rows(db, ProviderPayment)
    assert payment.receipt_id == paid.receipt_id
    with pytest.raises(provider_errors.PaymentUsed):
        await house.act(service.settle, check_id, 660, tenders)
    assert len(await rows(db, Receipt)) == 1
    assert [one.payment_id for one in await rows(db, Tender)] == [payment_id]


async def test_a_payment_nobody_confirmed_pays_nothing(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    started = await house.act(asking.start, check_id, "card", 1320, key=uuid4(), known=())
    with pytest.raises(provider_errors.PaymentNotCaptured):
        await house.act(service.settle, check_id, 1320, [Given("card", 1320, payment_id=started.id)])
    assert await rows(db, Receipt) == []


async def test_a_way_that_asks_a_provider_is_not_settled_by_hand(db: Database) -> None:
    house = await founded(db)
    await house.act(service.add_way, STRIPE)
    check_id = await eaten(house)
    with pytest.raises(errors.PaymentMissing, match="Card online is asked for by the kiosk itself"):
        await house.act(service.settle, check_id, 1320, [Given("online", 1320)])
    payment_id = await captured(house, check_id, 1320)
    assert (await house.act(service.settle, check_id, 1320, [Given("online", 1320, payment_id=payment_id)])).closed


async def test_what_a_provider_took_it_gives_back_after_the_refund(db: Database) -> None:
    house = await founded(db)
    await house.act(service.add_way, STRIPE)
    check_id = await eaten(house)
    payment_id = await captured(house, check_id, 1320)
    tenders = [Given("online", 1320, payment_id=payment_id)]
    paid = await house.act(service.settle, check_id, 1320, tenders)
    back = await house.act(service.refund, paid.receipt_id, Asked({1: None}), "corked")
    assert back.back == [("online", 620)]
    (asked,) = await rows(db, ProviderRefund)
    assert (asked.payment_id, asked.amount, asked.receipt_id) == (payment_id, 620, back.receipt_id)
    await house.act(service.refund, paid.receipt_id, Asked(), "and the rest")
    assert [one.amount for one in await rows(db, ProviderRefund)] == [620, 700]
    await books_agree(db)


async def test_a_sure_payment_is_no_wrong_tender_but_one_confirmed_by_hand_may_be(db: Database) -> None:
    house = await founded(db)
    await house.act(service.add_way, STRIPE)
    check_id = await eaten(house)
    tenders = [
        Given("online", 400, payment_id=await captured(house, check_id, 400)),
        Given("card", 920, payment_id=await confirmed(house, check_id, 920)),
    ]
    paid = await house.act(service.settle, check_id, 1320, tenders)
    with pytest.raises(PaidForSure):
        await house.act(service.correct_tender, paid.receipt_id, 0, "cash", "x")
    with pytest.raises(errors.PaymentMissing):
        await house.act(service.correct_tender, paid.receipt_id, 1, "online", "x")
    done = await house.act(service.correct_tender, paid.receipt_id, 1, "cash", "it was cash")
    (released,) = await rows(db, ProviderRefund)
    assert (released.amount, released.state) == (920, PaymentState.REFUNDED)
    back = await house.act(service.refund, done.receipt_id, Asked(), "cold")
    assert back.back == [("online", 400), ("cash", 920)]
    assert sorted(one.amount for one in await rows(db, ProviderRefund)) == [400, 920]
    await books_agree(db)
