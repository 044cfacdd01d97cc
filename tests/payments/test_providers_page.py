"""Payments through the kiosk's own door: what tablets tap and see, and messages Stripe sends by itself."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from kiosk.core.db import Database
from kiosk.core.settings import Settings
from kiosk.payments import provider_page, ways
from kiosk.payments.rules import TenderKind, Way
from tests.support import counter, patience, stripe_server
from tests.support.asked import QUICK
from tests.support.counter import Counter, Tablet
from tests.support.stripe_server import KEY, SECRET, sign

pytestmark = [pytest.mark.filterwarnings(stripe_server.FORMS_AS_TEXT), pytest.mark.slow]
NOBODY_LOOKS = replace(QUICK, guest_pays_s=3600, sweep_s=3600)
"""What is known in time is known by a message."""


@dataclass
class Shop:
    """The restaurant behind its door, a cashier's tablet, Stripe."""

    counter: Counter
    stripe: stripe_server.Stripe
    tablet: Tablet

    async def due(self) -> int:
        return await self.counter.eaten()

    async def start(self, check_id: int, **words: Any) -> dict[str, Any]:
        told = {"check_id": check_id, "kind": "card", "amount": 700, "key": str(uuid4())} | words
        answer = await self.tablet.post("start_payment", args=told)
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["result"])

    async def linked(self) -> dict[str, Any]:
        """A payment whose link is on the screen."""
        payment_id = (await self.start(await self.due()))["payment_id"]

        async def look() -> dict[str, Any] | None:
            shown = await self.show(payment_id)
            return shown if shown["link"] else None

        return dict(await patience.until(look, "the link"))

    async def show(self, payment_id: int) -> dict[str, Any]:
        return dict((await self.tablet.view(f"payment/{payment_id}")).json())

    async def asked_so_far(self) -> dict[str, int]:
        """What Stripe was asked, once the last question on a slow machine has come to its end."""
        calls: dict[str, int] = {}
        while calls != dict(self.stripe.calls):
            calls = dict(self.stripe.calls)
            await asyncio.sleep(0.5)
        return calls

    async def stands(self, payment_id: int, state: str) -> None:
        async def look() -> bool:
            return str((await self.show(payment_id))["state"]) == state

        await patience.until(look, f"the payment to be {state}")

    async def send(self, kind: str, about: dict[str, Any], **signed: Any) -> httpx.Response:
        """A message of Stripe's, which is signed in on no tablet."""
        body = self.stripe.message(kind, about)
        headers = {"stripe-signature": sign(body, **signed)}
        return await (await self.counter.stranger()).post("/hooks/stripe", content=body, headers=headers)

    @property
    def link(self) -> str:
        return max(self.stripe.links)


@pytest.fixture
async def shop(db: Database, tmp_path: Path) -> AsyncIterator[Shop]:
    async with stripe_server.served() as stripe, counter.opened(db, tmp_path) as opened:
        words = {"stripe_key": SecretStr(KEY), "stripe_webhook_secret": SecretStr(SECRET), "stripe_url": stripe.url}
        opened.kiosk.settings = Settings(home=tmp_path, **words)
        asker = provider_page.register(opened.kiosk, NOBODY_LOOKS)
        await opened.house.act(ways.add_way, Way("card", "Card", TenderKind.CARD, "stripe"))
        asker.start()
        yield Shop(opened, stripe, await opened.tablet("Ana"))
        await asker.stop()


async def test_a_guest_scans_the_code_and_pays_and_the_cashier_settles(shop: Shop) -> None:
    waiting = await shop.linked()
    assert waiting["code"]["side"] > 20
    assert waiting["code"]["path"].startswith("M4 4h1v1h-1z")
    intent = shop.stripe.pay(shop.link)
    answer = await shop.send("payment_intent.succeeded", shop.stripe.intents[intent])
    assert answer.json() == {"ok": True}
    await shop.stands(waiting["id"], "captured")
    bill = (await shop.tablet.view(f"bill/{waiting['check_id']}")).json()
    assert [(one["id"], one["is_paid"]) for one in bill["payments"]] == [(waiting["id"], True)]
    tenders = [{"kind": "card", "given": 700, "payment_id": waiting["id"]}]
    paid = await shop.tablet.act("settle", check_id=waiting["check_id"], total=700, tenders=tenders)
    assert paid.json()["result"]["closed"] is True
    assert (await shop.show(waiting["id"]))["code"] is None


async def test_a_message_before_the_answer_is_no_loss(shop: Shop) -> None:
    shop.stripe.next_time("create_link", "hang")
    payment_id = (await shop.start(await shop.due()))["payment_id"]
    async with asyncio.timeout(patience.COMES):
        await shop.stripe.reached["create_link"].wait()
    intent = shop.stripe.pay(shop.link)
    assert (await shop.send("payment_intent.succeeded", shop.stripe.intents[intent])).status_code == 200
    shop.stripe.released.set()
    await shop.stands(payment_id, "captured")


async def test_messages_that_come_twice_and_in_any_order_change_nothing(shop: Shop) -> None:
    waiting = await shop.linked()
    page = shop.stripe.open_link(shop.link)
    assert (await shop.send("checkout.session.expired", shop.stripe.sessions[page])).status_code == 200
    assert (await shop.send("payment_intent.canceled", {"id": "pi_x", "metadata": {}})).status_code == 200
    intent = shop.stripe.pay(shop.link, page)
    for kind in ("payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.succeeded"):
        assert (await shop.send(kind, shop.stripe.intents[intent])).status_code == 200
    await shop.stands(waiting["id"], "captured")
    assert (await shop.send("payment_intent.canceled", shop.stripe.intents[intent])).status_code == 200
    await asyncio.sleep(0.1)
    assert (await shop.show(waiting["id"]))["is_paid"] is True


async def test_what_is_not_signed_by_stripe_or_is_old_is_refused_and_asks_nobody(shop: Shop) -> None:
    waiting = await shop.linked()
    asked = await shop.asked_so_far()
    shop.stripe.pay(shop.link)
    about = {"id": "pi_x", "metadata": {"kiosk_key": "x"}}
    stranger = await shop.counter.stranger()
    old = await shop.send("payment_intent.succeeded", about, at=time.time() - 301)
    forged = await shop.send("payment_intent.succeeded", about, secret="whsec_guessed")
    unsigned = await stranger.post("/hooks/stripe", content=b"{}")
    torn = await stranger.post("/hooks/stripe", content=b"\xff\xfe", headers={"stripe-signature": "t=1,v1=0"})
    for answer in (old, forged, unsigned, torn):
        assert (answer.status_code, answer.json()["code"]) == (422, "signature")
    for odd in ("[]", "null", "{}", '{"data": {"object": 7}}', '{"data": {"object": {"metadata": []}}}', "{"):
        answer = await stranger.post("/hooks/stripe", content=odd, headers={"stripe-signature": sign(odd)})
        assert answer.status_code in {200, 422}, odd
    assert dict(shop.stripe.calls) == asked
    assert (await shop.show(waiting["id"]))["state"] == "started"


async def test_the_hook_is_all_that_strangers_find_behind_it(shop: Shop) -> None:
    stranger = await shop.counter.stranger()
    assert (await stranger.post("/hooks/other", content=b"{}")).status_code == 404
    assert (await stranger.post("/hooks/../api/act/settle", content=b"{}")).status_code in {401, 404}
    assert (await stranger.get("/hooks/stripe")).status_code == 401
    foreign = await stranger.post("/hooks/stripe", content=b"{}", headers={"origin": "http://elsewhere.example"})
    assert foreign.status_code == 403


async def test_a_waiter_may_not_ask_for_money_and_odd_words_are_refused(shop: Shop) -> None:
    check_id = await shop.due()
    waiter = await shop.counter.tablet("Marco")
    words = {"check_id": check_id, "kind": "card", "amount": 700, "key": str(uuid4())}
    assert (await waiter.post("start_payment", args=words)).json()["code"] == "needs_manager"
    assert (await waiter.view("payments")).status_code == 403
    odd_keys = [{"key": odd} for odd in ("x", "f" * 33, "-" * 36, "f" * 31 + "-", "g" * 32)]
    for odd in ({"amount": 0}, {"amount": -1}, {"amount": 10**13}, {"kind": "c" * 65}, *odd_keys):
        assert (await shop.tablet.post("start_payment", args=words | odd)).json()["code"] == "unreadable"
    assert (await shop.tablet.view("payment/1")).status_code == 404
    assert (await shop.tablet.act("refund_payment", payment_id=1)).json()["code"] in {"needs_manager", "not_found"}
    assert shop.stripe.calls == {}


async def test_a_bank_that_sends_a_refund_back_is_told_by_a_message(shop: Shop) -> None:
    waiting = await shop.linked()
    intent = shop.stripe.pay(shop.link)
    await shop.send("payment_intent.succeeded", shop.stripe.intents[intent])
    await shop.stands(waiting["id"], "captured")
    manager = await shop.counter.tablet("Sofia")
    done = await manager.act("refund_payment", payment_id=waiting["id"], reason="left")
    assert done.json()["result"]["refunded"] == 700

    async def refunds(state: str) -> bool:
        return [one["state"] for one in (await shop.show(waiting["id"]))["refunds"]] == [state]

    await patience.until(lambda: refunds("refunded"), "the refund")
    (refund,) = shop.stripe.refunds.values()
    refund["status"] = "failed"
    assert (await shop.send("refund.failed", refund)).status_code == 200
    await patience.until(lambda: refunds("failed"), "the refund to come back")
    failed = (await manager.view("payments")).json()
    assert [one["amount"] for one in failed["refunds_refused"]] == [700]
    assert [one["id"] for one in failed["payments"]] == [waiting["id"]]


async def test_rates_are_shown_and_foreign_cash_is_valued_for_the_screen(shop: Shop) -> None:
    assert (await shop.tablet.view("rates")).json() == {"rates": []}
    missing = await shop.tablet.view("exchange?currency=USD&given=2000")
    assert missing.json()["sentence"].startswith("There is no rate for USD yet.")
    for odd in ("", "x", "-1", "0", "1e3", "9" * 14, "²"):
        answer = await shop.tablet.view(f"exchange?currency=USD&given={odd}")
        assert (answer.status_code, json.loads(answer.text)["ok"]) == (422, False)
