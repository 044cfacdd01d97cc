"""Kill -9 in the middle of payments and refunds: each that was answered is there once, no other is half there."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from kiosk.core.db import Database
from kiosk.payments.models import Receipt, Tender
from tests.support import journal, people
from tests.support.live import LiveKiosk
from tests.support.paying import books_agree, rows
from tests.support.stubborn import Stubborn

pytestmark = pytest.mark.slow
Start = Callable[..., LiveKiosk]


@dataclass
class Till(Stubborn):
    """A tablet at the counter that takes money and gives it back, and remembers the answers."""

    portion_id: int
    price: int
    chance: random.Random
    sales: dict[str, int] = field(default_factory=dict)
    refunds: dict[str, int] = field(default_factory=dict)

    async def take_money(self, until: asyncio.Event) -> None:
        while not until.is_set():
            await self.serve_party()

    async def serve_party(self) -> None:
        """Three dishes in three shares, each with cash and card; now and then one is undone, or a dish given back."""
        check_id = (await self.tap("open_check", label="To go"))["check_id"]
        for _ in range(3):
            await self.tap("ring", check_id=check_id, portion_id=self.portion_id)
        await self.tap("send", check_id=check_id)
        first = await self.settle(check_id, even=3)
        if self.chance.random() < 0.3:
            await self.give_back("undo_payment", receipt_id=first)
            first = await self.settle(check_id, even=3)
        await self.settle(check_id, even=2)
        await self.settle(check_id, even=1)
        if self.chance.random() < 0.5:
            back = {"lines": [{"position": 0, "amount": 100}], "reason": "cold"}
            await self.give_back("refund", receipt_id=first, **back)

    async def settle(self, check_id: int, *, even: int) -> int:
        tenders = [{"kind": "cash", "given": 200, "tip": 20}, {"kind": "card", "given": self.price - 180}]
        paid = await self.tap("settle", check_id=check_id, share={"even": even}, total=self.price, tenders=tenders)
        self.sales[paid["number"]] = paid["total"]
        return int(paid["receipt_id"])

    async def give_back(self, act: str, **args: Any) -> None:
        done = await self.tap(act, **args)
        self.refunds[done["number"]] = done["total"]


async def tills(kiosk: LiveKiosk, database_url: str) -> list[Till]:
    hands = [await people.client(kiosk.url, database_url, "Sofia") for _ in range(2)]
    portion = await people.plain_portion(hands[0])
    return [Till(hand, int(portion["id"]), int(portion["price"]), random.Random(no)) for no, hand in enumerate(hands)]


@pytest.mark.parametrize("kills", [2, pytest.param(150, marks=pytest.mark.million)])
async def test_a_kiosk_killed_while_it_takes_money_has_each_payment_once(
    durable_url: str, live_kiosk: Start, kills: int
) -> None:
    kiosk = live_kiosk(durable_url)
    counter = await tills(kiosk, durable_url)
    until, chance = asyncio.Event(), random.Random(kills)
    work = [asyncio.create_task(till.take_money(until)) for till in counter]
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.2, 0.8))
        kiosk.kill9()
        await asyncio.to_thread(kiosk.start)
    await asyncio.sleep(0.3)
    until.set()
    await asyncio.gather(*work)
    for till in counter:
        await till.hand.aclose()
    assert sum(till.resent for till in counter) > 0
    await each_is_there_once(durable_url, counter)


async def each_is_there_once(url: str, counter: list[Till]) -> None:
    db = Database(url)
    told = {number: total for till in counter for number, total in (*till.sales.items(), *till.refunds.items())}
    issued = await rows(db, Receipt)
    assert {one.number: one.total for one in issued} == told
    assert len(told) == sum(len(till.sales) + len(till.refunds) for till in counter)
    assert {one.receipt_id for one in await rows(db, Tender)} == {one.id for one in issued}
    acts = await journal.acts(db)
    assert acts.count("settled") == sum(len(till.sales) for till in counter)
    assert acts.count("refunded") + acts.count("payment_undone") == sum(len(till.refunds) for till in counter)
    await books_agree(db)
    assert await journal.is_whole(db)
    await db.close()
