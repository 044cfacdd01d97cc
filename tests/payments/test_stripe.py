"""Stripe by its own SDK against a Stripe on this machine: what each answer, and each silence, comes to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import SecretStr

from kiosk.core import clock
from kiosk.payments.providers.protocol import Ask, GiveBack, Outcome
from kiosk.payments.providers.stripe import Stripe
from kiosk.payments.providers.stripe_calls import Calls, Pace
from kiosk.payments.providers.stripe_money import to_stripe
from kiosk.payments.rules import PaymentState as S
from tests.support import stripe_server
from tests.support.stripe_account import READER

pytestmark = [pytest.mark.filterwarnings(stripe_server.FORMS_AS_TEXT), pytest.mark.slow]
QUICK = Pace(request_s=0.2, call_s=3, pause_s=0.02)


def ask(amount: int = 1250, currency: str = "EUR") -> Ask:
    return Ask(uuid4(), amount, currency, "Small", clock.now())


@pytest.fixture
async def house() -> AsyncIterator[stripe_server.Stripe]:
    async with stripe_server.served() as stripe:
        yield stripe


def speaking(house: stripe_server.Stripe, reader: str = READER, key: str = stripe_server.KEY) -> Stripe:
    return Stripe(Calls(SecretStr(key), house.url, QUICK), reader)


@pytest.fixture
async def at_reader(house: stripe_server.Stripe) -> AsyncIterator[Stripe]:
    provider = speaking(house)
    yield provider
    await provider.close()


@pytest.fixture
async def by_link(house: stripe_server.Stripe) -> AsyncIterator[Stripe]:
    provider = speaking(house, reader="")
    yield provider
    await provider.close()


async def paid_at(house: stripe_server.Stripe, provider: Stripe, wish: Ask) -> str:
    """The payment of a guest who held a card to the reader."""
    reference = (await provider.authorise(wish)).reference
    await provider.find(wish, reference)
    house.tap_card()
    assert (await provider.capture(wish, reference)).state is S.CAPTURED
    return reference


async def test_a_card_at_the_reader_is_prepared_put_before_the_guest_authorised_and_captured(
    house: stripe_server.Stripe, at_reader: Stripe
) -> None:
    wish = ask()
    prepared = await at_reader.authorise(wish)
    assert (prepared.state, house.action) == (S.STARTED, None)
    reference = prepared.reference
    waiting = await at_reader.find(wish, reference)
    assert waiting == Outcome(S.STARTED, reference, "The guest holds the card to the reader.")
    assert await at_reader.find(wish, reference) == waiting
    house.tap_card()
    assert (await at_reader.find(wish, reference)).state is S.AUTHORISED
    assert house.taken == 0
    assert await at_reader.capture(wish, reference) == Outcome(S.CAPTURED, reference)
    assert await at_reader.find(wish, reference) == Outcome(S.CAPTURED, reference)
    assert (house.taken, house.calls["process_intent"]) == (1250, 1)
    assert house.intents[reference]["metadata"] == {"kiosk_key": str(wish.key)}


async def test_a_declined_card_is_a_known_no_and_the_payment_is_closed(
    house: stripe_server.Stripe, at_reader: Stripe
) -> None:
    wish = ask()
    reference = (await at_reader.authorise(wish)).reference
    await at_reader.find(wish, reference)
    house.decline()
    assert await at_reader.find(wish, reference) == Outcome(S.FAILED, reference, "Your card was declined.")
    assert house.intents[reference]["status"] == "canceled"


async def test_a_busy_reader_is_said_and_charges_nobody(house: stripe_server.Stripe, at_reader: Stripe) -> None:
    first, second = ask(), ask(900)
    await at_reader.find(first, (await at_reader.authorise(first)).reference)
    reference = (await at_reader.authorise(second)).reference
    busy = await at_reader.find(second, reference)
    assert busy == Outcome(S.FAILED, reference, "Reader is currently busy processing another request.")
    assert house.action
    assert house.action["status"] == "in_progress"


async def test_a_payment_found_again_long_after_is_not_put_before_a_guest_who_left(
    house: stripe_server.Stripe, at_reader: Stripe
) -> None:
    wish = replace(ask(), asked_at=clock.now() - timedelta(hours=1))
    reference = (await at_reader.authorise(wish)).reference
    found = await at_reader.find(wish, reference)
    assert found == Outcome(S.FAILED, reference, "The reader did not ask the guest in time. Nothing was charged.")
    assert house.action is None


async def test_a_cancelled_payment_leaves_the_reader(house: stripe_server.Stripe, at_reader: Stripe) -> None:
    wish = ask()
    reference = (await at_reader.authorise(wish)).reference
    await at_reader.find(wish, reference)
    assert await at_reader.cancel(wish, reference) == Outcome(S.CANCELLED, reference)
    assert house.action is None
    assert await at_reader.cancel(wish, reference) == Outcome(S.CANCELLED, reference)


async def test_whoever_cancels_too_late_is_told_that_it_was_paid(
    house: stripe_server.Stripe, at_reader: Stripe
) -> None:
    wish = ask()
    reference = await paid_at(house, at_reader, wish)
    assert await at_reader.cancel(wish, reference) == Outcome(S.CAPTURED, reference)


async def test_a_link_is_open_until_it_is_paid(house: stripe_server.Stripe, by_link: Stripe) -> None:
    wish = ask()
    waiting = await by_link.authorise(wish)
    link = waiting.reference
    assert waiting.link == f"{house.url}/pay/{link}"
    assert (await by_link.find(wish, link)).state is S.STARTED
    house.open_link(link)
    assert (await by_link.find(wish, link)).state is S.STARTED
    intent = house.pay(link)
    assert await by_link.find(wish, link) == Outcome(S.CAPTURED, intent)
    assert house.links[link]["amount"] == 1250


async def test_a_cancelled_link_closes_the_pages_that_are_open(house: stripe_server.Stripe, by_link: Stripe) -> None:
    wish = ask()
    link = (await by_link.authorise(wish)).reference
    page = house.open_link(link)
    assert (await by_link.cancel(wish, link)).state is S.CANCELLED
    assert house.sessions[page]["status"] == "expired"


async def test_a_link_paid_while_it_is_cancelled_is_paid(house: stripe_server.Stripe, by_link: Stripe) -> None:
    wish = ask()
    link = (await by_link.authorise(wish)).reference
    intent = house.pay(link)
    assert await by_link.cancel(wish, link) == Outcome(S.CAPTURED, intent)


@pytest.mark.parametrize("trouble", ["500", "500_after", "cut", "cut_before", "hang", "slow", "nonsense"])
async def test_a_call_that_goes_wrong_once_is_made_again_and_acts_once(
    house: stripe_server.Stripe, at_reader: Stripe, trouble: str
) -> None:
    wish = ask()
    house.next_time("create_intent", trouble)
    reference = (await at_reader.authorise(wish)).reference
    assert list(house.intents) == [reference]
    await at_reader.find(wish, reference)
    house.tap_card()
    house.next_time("capture_intent", trouble)
    assert await at_reader.capture(wish, reference) == Outcome(S.CAPTURED, reference)
    house.next_time("create_refund", trouble)
    back = GiveBack(uuid4(), 250, "EUR")
    assert (await at_reader.refund(back, reference)).state is S.REFUNDED
    assert (len(house.refunds), house.taken) == (1, 1000)


@pytest.mark.parametrize("trouble", ["500", "500_after", "500_stored", "cut", "hang", "nonsense"])
async def test_a_call_that_goes_wrong_each_time_is_unknown_and_found_by_asking(
    house: stripe_server.Stripe, at_reader: Stripe, trouble: str
) -> None:
    wish = ask()
    reference = await paid_at(house, at_reader, wish)
    house.next_time("create_refund", trouble, trouble, trouble)
    back = GiveBack(uuid4(), 250, "EUR")
    assert (await at_reader.refund(back, reference)).state is S.UNKNOWN
    if trouble != "500_stored":
        assert (await at_reader.refund(back, reference)).state is S.REFUNDED
        assert (len(house.refunds), house.taken) == (1, 1000)


async def test_a_refund_is_found_at_any_age_and_never_sent_twice(
    house: stripe_server.Stripe, at_reader: Stripe
) -> None:
    wish = ask()
    reference = await paid_at(house, at_reader, wish)
    back = GiveBack(uuid4(), 250, "EUR")
    first = await at_reader.refund(back, reference)
    house._stored.clear()
    assert await at_reader.refund(back, reference) == first
    assert house.calls["create_refund"] == 1


async def test_more_than_was_paid_is_not_given_back(house: stripe_server.Stripe, at_reader: Stripe) -> None:
    reference = await paid_at(house, at_reader, ask())
    refused = await at_reader.refund(GiveBack(uuid4(), 1251, "EUR"), reference)
    assert refused == Outcome(S.FAILED, "", "Refund amount is greater than what is left on the charge.")


async def test_a_refund_the_bank_is_at_is_started_and_then_known(
    house: stripe_server.Stripe, at_reader: Stripe
) -> None:
    reference = await paid_at(house, at_reader, ask())
    house.refund_status = "pending"
    back = GiveBack(uuid4(), 250, "EUR")
    pending = await at_reader.refund(back, reference)
    assert pending.state is S.STARTED
    house.refunds[pending.reference]["status"] = "failed"
    refused = await at_reader.refund(back, reference)
    assert (refused.state, refused.told[:33]) == (S.FAILED, "Stripe could not give the money b")


async def test_a_no_while_asking_how_it_stands_is_no_answer(house: stripe_server.Stripe, at_reader: Stripe) -> None:
    wish = ask()
    reference = await paid_at(house, at_reader, wish)
    lost = speaking(house, key="sk_test_withdrawn")
    for question in (lost.find(wish, reference), lost.capture(wish, reference), lost.cancel(wish, reference)):
        assert (await question).state is S.UNKNOWN
    assert (await lost.refund(GiveBack(uuid4(), 1, "EUR"), reference)).state is S.UNKNOWN
    await lost.close()


async def test_a_refused_key_is_said_without_the_key(
    house: stripe_server.Stripe, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    lost = speaking(house, key="sk_test_withdrawn")
    assert await lost.authorise(ask()) == Outcome(
        S.FAILED, "", "Stripe does not accept this kiosk's key. Check KIOSK_STRIPE_KEY."
    )
    await lost.close()
    assert "sk_test" not in caplog.text + repr(lost)
    assert "Stripe: AuthenticationError 401" in caplog.text


async def test_another_amount_than_was_asked_for_is_not_taken_for_paid(
    house: stripe_server.Stripe, at_reader: Stripe
) -> None:
    wish = ask()
    reference = await paid_at(house, at_reader, wish)
    house.intents[reference]["amount_received"] = 1000
    odd = await at_reader.find(wish, reference)
    assert odd == Outcome(S.UNKNOWN, reference, "Stripe took 1000 EUR instead. Look at it in its dashboard.")


async def test_two_asks_are_two_payments_and_one_key_is_one(house: stripe_server.Stripe, at_reader: Stripe) -> None:
    wish = ask()
    same = {(await at_reader.authorise(wish)).reference for _ in range(3)}
    other = (await at_reader.authorise(ask())).reference
    assert len(same) == 1
    assert other not in same


async def test_the_event_loop_goes_on_while_stripe_hangs(house: stripe_server.Stripe, at_reader: Stripe) -> None:
    house.next_time("create_intent", "hang", "hang", "hang")
    asked = asyncio.create_task(at_reader.authorise(ask()))
    turns = 0
    while not asked.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert asked.result().state is S.UNKNOWN
    assert turns > 20


@pytest.mark.parametrize(
    ("amount", "currency", "theirs"),
    [
        (1250, "EUR", 1250),
        (350, "JPY", 350),
        (1250, "BHD", 1250),
        (1255, "BHD", None),
        (350, "ISK", 35000),
        (350, "UGX", 35000),
        (350, "LAK", 35000),
    ],
)
def test_amounts_are_said_as_stripe_counts_them(amount: int, currency: str, theirs: int | None) -> None:
    assert to_stripe(amount, currency) == theirs


async def test_an_amount_stripe_cannot_ask_for_is_refused(house: stripe_server.Stripe, at_reader: Stripe) -> None:
    refused = await at_reader.authorise(ask(1255, "BHD"))
    assert refused.state is S.FAILED
    assert house.calls == {}
