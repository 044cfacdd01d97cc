"""Kill -9 between a payment provider's call and the commit: each payment is taken once, each refund given once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from kiosk.core.actor import command_line
from kiosk.core.db import Database, Tx
from kiosk.payments import ways
from kiosk.payments.rules import TenderKind, Way
from tests.support import journal, patience, people, stripe_server
from tests.support.live import LiveKiosk
from tests.support.stripe_account import READER

pytestmark = pytest.mark.slow


@dataclass
class Till:
    """A cashier's tablet at a kiosk that can be killed, its check, and Stripe."""

    kiosk: LiveKiosk
    hand: httpx.AsyncClient
    stripe: stripe_server.Stripe
    check_id: int
    price: int

    async def act(self, name: str, **args: Any) -> dict[str, Any]:
        answer = (await self.hand.post(f"/api/act/{name}", json={"key": str(uuid4()), "args": args})).json()
        assert answer["ok"], answer
        return dict(answer["result"])

    async def show(self, payment_id: int) -> dict[str, Any]:
        return dict((await self.hand.get(f"/api/view/payment/{payment_id}")).json())

    async def ask_for_money(self) -> int:
        words = {"check_id": self.check_id, "kind": "card", "amount": self.price, "key": str(uuid4())}
        return int((await self.act("start_payment", **words))["payment_id"])

    async def killed_while_asking(self, call: str) -> None:
        """Stripe has done it, its answer never comes, and the kiosk is killed; then it starts again."""
        async with asyncio.timeout(patience.COMES):
            await self.stripe.reached[call].wait()
        self.kiosk.kill9()
        await asyncio.to_thread(self.kiosk.start)

    async def on_the_reader(self) -> None:
        await patience.until(
            lambda: self.stripe.action and self.stripe.action["status"] == "in_progress", "the reader to ask"
        )

    async def captured(self, payment_id: int) -> None:
        async def look() -> bool:
            return bool((await self.show(payment_id))["is_paid"])

        await patience.until(look, "the payment to be known")


async def _take_cards_by_stripe(database_url: str) -> None:
    db = Database(database_url)

    async def add(tx: Tx) -> None:
        await ways.add_way(tx, Way("card", "Card", TenderKind.CARD, "stripe"), by=command_line((await tx.venue()).id))

    await db.run(add)
    await db.close()


async def _acts(database_url: str) -> list[str]:
    """What the journal, which is whole, tells of money asked of providers."""
    db = Database(database_url)
    try:
        assert await journal.is_whole(db)
        return [act for act in await journal.acts(db) if act.startswith(("payment_", "refund"))]
    finally:
        await db.close()


@pytest.fixture
async def till(database_url: str, live_kiosk: Callable[..., LiveKiosk]) -> AsyncIterator[Till]:
    async with stripe_server.served() as stripe:
        words = {"stripe_key": stripe_server.KEY, "stripe_url": stripe.url, "stripe_reader": READER}
        kiosk = await asyncio.to_thread(live_kiosk, database_url, log_level="DEBUG", **words)
        await _take_cards_by_stripe(database_url)
        hand = await people.client(kiosk.url, database_url, "Sofia")
        items = (await hand.get("/api/view/menu")).json()["items"]
        portion = next(one for one in items if not one["modifier_groups"] and not one["dayparts"])["portions"][0]
        opened = Till(kiosk, hand, stripe, 0, portion["price"])
        opened.check_id = (await opened.act("open_check", label="To go"))["check_id"]
        await opened.act("ring", check_id=opened.check_id, portion_id=portion["id"])
        await opened.act("send", check_id=opened.check_id)
        yield opened
        await hand.aclose()
        kiosk.stop()


async def test_a_kiosk_killed_in_every_call_of_a_payment_takes_it_once_and_gives_it_back_once(
    till: Till, database_url: str
) -> None:
    till.stripe.next_time("create_intent", "hang")
    till.stripe.next_time("process_intent", "hang")
    till.stripe.next_time("capture_intent", "hang")
    till.stripe.next_time("create_refund", "hang")
    payment_id = await till.ask_for_money()
    await till.killed_while_asking("create_intent")
    await till.killed_while_asking("process_intent")
    await till.on_the_reader()
    till.stripe.tap_card()
    await till.killed_while_asking("capture_intent")
    await till.captured(payment_id)
    assert (len(till.stripe.intents), till.stripe.taken) == (1, till.price)
    tenders = [{"kind": "card", "given": till.price, "payment_id": payment_id}]
    paid = await till.act("settle", check_id=till.check_id, total=till.price, tenders=tenders)
    await till.act("refund", receipt_id=paid["receipt_id"], reason="cold")
    await till.killed_while_asking("create_refund")

    async def is_back() -> bool:
        return [one["state"] for one in (await till.show(payment_id))["refunds"]] == ["refunded"]

    await patience.until(is_back, "the refund to be known")
    assert (len(till.stripe.refunds), till.stripe.taken) == (1, 0)
    acts = await _acts(database_url)
    assert acts == ["payment_asked", "payment_captured", "payment_refund_asked", "refunded", "refund_refunded"]
    assert stripe_server.KEY not in till.kiosk.console
