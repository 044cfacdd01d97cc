"""An evening on a bad line: whatever Stripe, the guests and the cashiers do, kiosk and Stripe agree in the end."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress

import pytest

from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.payments import asking
from kiosk.payments.models import ProviderPayment
from kiosk.payments.provider_models import ProviderRefund
from kiosk.payments.rules import PaymentState
from tests.support import journal, patience, stripe_server
from tests.support.asked import Asked, asked
from tests.support.paying import rows

pytestmark = [pytest.mark.filterwarnings(stripe_server.FORMS_AS_TEXT), pytest.mark.slow]
CALLS = ("create_link", "retrieve_link", "list_sessions", "update_link", "expire_session", "create_refund")
MOODS = ("500", "500_after", "cut", "cut_before", "slow", "nonsense", "")
WAITING = {PaymentState.STARTED, PaymentState.AUTHORISED, PaymentState.UNKNOWN}


async def guest(shop: Asked, chance: random.Random) -> None:
    """Scans the codes that are shown, pays most of them, some in several pages at once."""
    while True:
        await asyncio.sleep(chance.uniform(0, 0.05))
        shown = [one.reference for one in await rows(shop.house.db, ProviderPayment) if one.link]
        if open_links := [name for name in shown if shop.stripe.links[name]["active"]]:
            link = chance.choice(open_links)
            page = shop.stripe.open_link(link)
            await asyncio.sleep(chance.uniform(0, 0.05))
            if shop.stripe.sessions[page]["status"] == "open" and chance.random() < 0.6:
                shop.stripe.pay(link, page)


async def cashier(shop: Asked, check_id: int, chance: random.Random) -> None:
    """Asks for money five times, cancels some of it, gives some of it back, and asks again how it stands."""
    for _ in range(5):
        payment_id = await shop.start(check_id, chance.randint(1, 700))
        for _ in range(chance.randint(0, 4)):
            await asyncio.sleep(chance.uniform(0, 0.1))
            with suppress(KioskError):
                if chance.random() < 0.4:
                    await shop.house.act(asking.cancel, payment_id)
                elif chance.random() < 0.5:
                    await shop.house.act(asking.refund_unused, payment_id, reason="chance")
                else:
                    await shop.house.act(asking.ask, payment_id)


async def nothing_waits(shop: Asked) -> bool:
    payments, refunds = await rows(shop.house.db, ProviderPayment), await rows(shop.house.db, ProviderRefund)
    return not any(one.state in WAITING for one in [*payments, *refunds])


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.million) for seed in range(3, 100))])
async def test_kiosk_and_stripe_agree_after_an_evening_on_a_bad_line(db: Database, seed: int) -> None:
    chance = random.Random(seed)
    async with asked(db, reader="") as shop:
        checks = [await shop.due(label) for label in ("1", "2")]
        for call in CALLS:
            shop.stripe.next_time(call, *chance.choices(MOODS, k=40))
        guests = asyncio.create_task(guest(shop, chance))
        cashiers = [asyncio.create_task(cashier(shop, check_id, chance)) for check_id in checks]
        for _ in range(4):
            await asyncio.sleep(chance.uniform(0.05, 0.3))
            await shop.restart()
        await asyncio.gather(*cashiers)
        shop.stripe._moods.clear()
        await patience.until(lambda: nothing_waits(shop), "every payment and refund to be known")
        guests.cancel()
        await asyncio.gather(guests, return_exceptions=True)
        payments, refunds = await rows(db, ProviderPayment), await rows(db, ProviderRefund)
    captured = {one.reference: one.amount for one in payments if one.state in {"captured", "refunded"}}
    at_stripe = {one["id"]: one["amount_received"] for one in shop.stripe.intents.values() if one["amount_received"]}
    assert captured == at_stripe
    given_back = [one.amount for one in refunds if one.state == "refunded"]
    assert sorted(given_back) == sorted(one["amount"] for one in shop.stripe.refunds.values())
    assert sum(one.refunded for one in payments) == sum(given_back)
    assert len(payments) == 10
    assert await journal.is_whole(db)
