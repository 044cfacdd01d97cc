"""Money asked of Stripe by the counter: once, whatever breaks in between, used by one receipt or given back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from kiosk.checks import service as checks
from kiosk.core.db import Database
from kiosk.core.models import JournalEntry
from kiosk.payments import asking, asking_queries, service, ways
from kiosk.payments.errors import ProviderUnfit
from kiosk.payments.models import Receipt, Tender
from kiosk.payments.provider_errors import (
    NobodyToAsk,
    NotConfirmedHere,
    PaymentAtAnEnd,
    PaymentKeyTaken,
    PaymentNotCaptured,
    PaymentNotYours,
    PaymentOfAnother,
    PaymentOtherwise,
    PaymentUsed,
)
from kiosk.payments.rules import Given, TenderKind, Way
from tests.support import stripe_server
from tests.support.asked import QUICK, Asked, asked
from tests.support.patience import until

CASH = Given("cash", 700)
pytestmark = [pytest.mark.filterwarnings(stripe_server.FORMS_AS_TEXT), pytest.mark.slow]


@pytest.fixture
async def shop(db: Database) -> AsyncIterator[Asked]:
    async with asked(db) as at_work:
        yield at_work


async def acts(shop: Asked) -> list[str]:
    async with shop.house.db.read() as read:
        found = await read.session.scalars(select(JournalEntry.act).order_by(JournalEntry.seq))
        return [act for act in found if act.startswith(("payment_", "refund_"))]


async def test_a_card_payment_is_asked_for_paid_and_settled_once(shop: Asked) -> None:
    check_id, key = await shop.due(), uuid4()
    payment_id = await shop.start(check_id, key=key)
    assert await shop.start(check_id, key=key) == payment_id
    with pytest.raises(PaymentKeyTaken):
        await shop.start(check_id, 701, key=key)
    await shop.on_the_reader()
    assert (await shop.show(payment_id))["state"] == "started"
    with pytest.raises(PaymentNotCaptured, match=r"7\.00 EUR is still waiting for the guest"):
        await shop.settle(check_id, payment_id)
    shop.stripe.tap_card()
    assert (await shop.standing(payment_id, "captured"))["is_paid"] is True
    assert [one["id"] for one in await shop.house.look(asking_queries.show_payments, check_id)] == [payment_id]
    paid = await shop.settle(check_id, payment_id)
    async with shop.house.db.read() as read:
        tender = (await read.session.scalars(select(Tender))).one()
    assert (tender.payment_id, tender.given, paid.total) == (payment_id, 700, 700)
    assert await shop.house.look(asking_queries.show_payments, check_id) == []
    assert (shop.stripe.taken, shop.stripe.calls["create_intent"]) == (700, 1)
    assert await acts(shop) == ["payment_asked", "payment_captured"]


async def test_nobody_waits_for_stripe_while_it_hangs(shop: Asked) -> None:
    shop.stripe.next_time("create_intent", *["hang"] * 6)
    check_id = await shop.due()
    payment_id = await shop.start(check_id)
    await shop.reached("create_intent")
    other = await shop.due("2")
    assert (await shop.house.act(service.settle, other, 700, [Given("cash", 1000)])).change_due == 300
    assert (await shop.standing(payment_id, "unknown"))["told"].startswith("Stripe has not answered yet")
    await shop.on_the_reader()
    shop.stripe.tap_card()
    await shop.standing(payment_id, "captured")
    assert shop.stripe.taken == 700


async def test_what_was_used_or_is_not_as_asked_is_refused(shop: Asked) -> None:
    check_id, other = await shop.due(), await shop.due("2")
    payment_id = await shop.paid(check_id)
    with pytest.raises(PaymentNotYours):
        await shop.settle(other, payment_id)
    cheaper = [Given("card", 600, payment_id=payment_id), Given("cash", 100)]
    with pytest.raises(PaymentOfAnother, match=r"The payment is 7\.00 EUR, and not 6\.00 EUR"):
        await shop.house.act(service.settle, check_id, 700, cheaper)
    await shop.house.ring(check_id)
    await shop.house.send(check_id)
    twice = [Given("card", 700, payment_id=payment_id)] * 2
    with pytest.raises(PaymentUsed):
        await shop.house.act(service.settle, check_id, 1400, twice)
    with pytest.raises(PaymentOtherwise, match="asked for as card"):
        await shop.house.act(service.settle, check_id, 1400, [Given("wallet", 700, payment_id=payment_id), CASH])
    with pytest.raises(NobodyToAsk):
        await shop.start(check_id, code="voucher")
    with pytest.raises(ProviderUnfit, match="“strpe” cannot be asked for Card"):
        await shop.house.act(ways.add_way, Way("card", "Card", TenderKind.CARD, "strpe"))
    assert (await shop.show(payment_id))["is_paid"]


async def test_of_many_tills_that_settle_with_one_payment_one_does(shop: Asked) -> None:
    check_id = await shop.due()
    payment_id = await shop.paid(check_id)
    tills = [shop.settle(check_id, payment_id) for _ in range(8)]
    answers = await asyncio.gather(*tills, return_exceptions=True)
    assert len([one for one in answers if isinstance(one, service.Settled)]) == 1
    async with shop.house.db.read() as read:
        assert len((await read.session.scalars(select(Receipt.id))).all()) == 1


@pytest.mark.parametrize(
    ("call", "trouble"),
    [
        ("create_intent", "cut"),
        ("process_intent", "cut"),
        ("process_intent", "500_after"),
        ("capture_intent", "hang"),
        ("capture_intent", "cut"),
        ("capture_intent", "500_stored"),
        ("retrieve_intent", "nonsense"),
    ],
)
async def test_a_payment_whose_answers_are_lost_is_known_by_asking(shop: Asked, call: str, trouble: str) -> None:
    shop.stripe.next_time(call, *[trouble] * 4)
    payment_id = await shop.start(await shop.due())
    await shop.on_the_reader()
    shop.stripe.tap_card()
    await shop.standing(payment_id, "captured")
    assert (shop.stripe.taken, len(shop.stripe.intents)) == (700, 1)


@pytest.mark.parametrize("call", ["create_intent", "process_intent", "retrieve_intent", "capture_intent"])
async def test_an_asker_that_is_gone_in_the_middle_of_a_call_is_followed_by_one_that_knows(
    shop: Asked, call: str
) -> None:
    shop.stripe.next_time(call, *["hang"] * 3)
    payment_id = await shop.start(await shop.due())
    if call == "capture_intent":
        await shop.on_the_reader()
        shop.stripe.tap_card()
    await shop.reached(call)
    await shop.restart()
    if call != "capture_intent":
        await shop.on_the_reader()
        shop.stripe.tap_card()
    await shop.standing(payment_id, "captured")
    assert (shop.stripe.taken, len(shop.stripe.intents)) == (700, 1)


async def test_a_cancelled_payment_is_cancelled_at_stripe_and_one_too_late_is_paid(shop: Asked) -> None:
    check_id = await shop.due()
    first = await shop.start(check_id)
    await shop.on_the_reader()
    await shop.house.act(asking.cancel, first)
    await shop.standing(first, "cancelled")
    assert [one["status"] for one in shop.stripe.intents.values()] == ["canceled"]
    second = await shop.start(check_id)
    await shop.on_the_reader()
    shop.stripe.next_time("retrieve_intent", "hang", "hang")
    shop.stripe.intents[shop.stripe.action["process_payment_intent"]["payment_intent"]] |= {  # type: ignore[index]
        "status": "succeeded",
        "amount_received": 700,
    }
    await shop.house.act(asking.cancel, second)
    assert (await shop.standing(second, "captured"))["is_paid"]
    with pytest.raises(PaymentAtAnEnd, match=r"7\.00 EUR was paid"):
        await shop.house.act(asking.cancel, second)


async def test_a_payment_no_receipt_ever_used_is_shown_and_given_back(shop: Asked) -> None:
    check_id = await shop.due()
    payment_id = await shop.paid(check_id)
    await shop.house.act(service.settle, check_id, 700, [Given("cash", 700)])
    shown = await shop.house.look(asking_queries.show_unsettled)
    assert [(one["id"], one["is_paid"]) for one in shown["payments"]] == [(payment_id, True)]
    await shop.house.act(asking.refund_unused, payment_id, reason="paid in cash")
    with pytest.raises(PaymentNotCaptured, match=r"7\.00 EUR was given back"):
        await shop.house.act(asking.use, payment_id, check_id=check_id, code="card", amount=700, receipt_id=1)
    await shop.back(payment_id, "refunded")
    assert shop.stripe.taken == 0
    assert (await shop.house.look(asking_queries.show_unsettled)) == {"payments": [], "refunds_refused": []}


async def test_a_payment_goes_with_its_check_when_that_is_merged(shop: Asked) -> None:
    check_id, other = await shop.due(), await shop.due("2")
    payment_id = await shop.paid(other)
    await shop.house.act(checks.merge, other, check_id)
    assert [one["id"] for one in await shop.house.look(asking_queries.show_payments, check_id)] == [payment_id]
    tenders = [Given("card", 700, payment_id=payment_id), Given("cash", 700)]
    assert (await shop.house.act(service.settle, check_id, 1400, tenders)).total == 1400


async def test_a_refund_is_sent_after_the_commit_until_it_is_known_and_the_receipt_stands(shop: Asked) -> None:
    check_id = await shop.due()
    settled = await shop.settle(check_id, payment_id := await shop.paid(check_id))
    shop.stripe.next_time("create_refund", "cut", "500_after", "hang", "hang")
    refunded = await shop.house.act(service.refund, settled.receipt_id, service.Asked(), reason="cold")
    assert refunded.total == -700
    await shop.back(payment_id, "refunded")
    assert (shop.stripe.taken, len(shop.stripe.refunds)) == (0, 1)
    assert await acts(shop) == ["payment_asked", "payment_captured", "payment_refund_asked", "refund_refunded"]


async def test_a_refund_that_stripe_refuses_is_shown_and_can_be_tried_again(shop: Asked) -> None:
    check_id = await shop.due()
    settled = await shop.settle(check_id, payment_id := await shop.paid(check_id))
    shop.stripe.refund_status = "failed"
    await shop.house.act(service.refund, settled.receipt_id, service.Asked(), reason="cold")

    async def refused() -> list[dict[str, int]]:
        return list((await shop.house.look(asking_queries.show_unsettled))["refunds_refused"])

    (failed,) = await until(refused, "the refusal")
    assert (failed["payment_id"], failed["amount"], (await shop.show(payment_id))["refunded"]) == (payment_id, 700, 0)
    shop.stripe.refund_status = "pending"
    await shop.house.act(asking.refund_again, failed["id"])
    await until(lambda: _pending(shop), "the refund to be pending")
    shop.stripe.refunds[max(shop.stripe.refunds)]["status"] = "succeeded"
    await shop.back(payment_id, "cancelled", "refunded")
    assert (shop.stripe.taken, await refused()) == (0, [])


async def _pending(shop: Asked) -> bool:
    return any(one["status"] == "pending" for one in shop.stripe.refunds.values())


async def test_a_refund_under_way_when_the_asker_is_gone_is_given_once(shop: Asked) -> None:
    check_id = await shop.due()
    settled = await shop.settle(check_id, payment_id := await shop.paid(check_id))
    shop.stripe.next_time("create_refund", *["hang"] * 3)
    await shop.house.act(service.refund, settled.receipt_id, service.Asked(), reason="cold")
    await shop.reached("create_refund")
    await shop.restart()
    await shop.back(payment_id, "refunded")
    assert (shop.stripe.taken, len(shop.stripe.refunds)) == (0, 1)


async def test_what_was_thought_failed_and_was_paid_after_all_is_shown_as_paid(shop: Asked) -> None:
    check_id = await shop.due()
    payment_id = await shop.start(check_id)
    await shop.on_the_reader()
    shop.stripe.decline()
    failed = await shop.standing(payment_id, "failed")
    assert failed["told"] == "Your card was declined."
    (intent,) = shop.stripe.intents.values()
    intent |= {"status": "succeeded", "amount_received": 700}
    await shop.house.act(asking.ask, payment_id)
    assert (await shop.standing(payment_id, "captured"))["is_paid"]


async def test_a_stripe_that_never_answers_is_given_up_before_anything_was_charged(db: Database) -> None:
    async with asked(db, pace=replace(QUICK, prepared_s=0.4)) as shop:
        shop.stripe.next_time("create_intent", *["500"] * 200)
        payment_id = await shop.start(await shop.due())
        failed = await shop.standing(payment_id, "failed")
        assert failed["told"].startswith("The provider did not answer. Nothing was charged")
        assert shop.stripe.taken == 0


async def test_a_guest_who_does_not_pay_by_the_link_is_not_waited_for_forever(db: Database) -> None:
    async with asked(db, reader="") as shop:
        payment_id = await shop.start(await shop.due())
        waiting = await until(lambda: _with_link(shop, payment_id), "the link")
        assert waiting["link"].startswith(shop.stripe.url)
        await shop.restart(replace(QUICK, guest_s=0))
        await shop.standing(payment_id, "cancelled")
        assert [one["active"] for one in shop.stripe.links.values()] == [False]


async def _with_link(shop: Asked, payment_id: int) -> dict[str, object] | None:
    shown = await shop.show(payment_id)
    return shown if shown["link"] else None


async def test_the_terminal_beside_the_till_is_confirmed_by_hand_and_stripe_is_not(shop: Asked) -> None:
    check_id = await shop.due()
    by_hand = await shop.start(check_id, code="wallet")
    assert (await shop.show(by_hand))["needs_confirming"] is True
    await shop.house.act(asking.confirm, by_hand)
    await shop.house.act(asking.confirm, by_hand)
    assert (await shop.show(by_hand))["is_paid"] is True
    dropped = await shop.start(check_id, code="wallet")
    await shop.house.act(asking.cancel, dropped)
    await shop.house.act(asking.cancel, dropped)
    with pytest.raises(PaymentAtAnEnd):
        await shop.house.act(asking.confirm, dropped)
    with pytest.raises(NotConfirmedHere):
        await shop.house.act(asking.confirm, await shop.start(check_id))


async def test_cash_is_not_asked_for_because_it_would_lie_in_no_drawer(shop: Asked) -> None:
    check_id = await shop.due()
    with pytest.raises(NobodyToAsk, match=r"“Cash” asks no provider for money here\. Settle with it"):
        await shop.start(check_id, code="cash")
    assert await acts(shop) == []
