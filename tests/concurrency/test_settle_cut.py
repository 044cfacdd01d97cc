"""The connection breaks around the COMMIT of a payment or of a refund: never twice, never lost, always answered."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from kiosk.checks.service import Wanted
from kiosk.core.db import Database, Tx
from kiosk.payments import service
from kiosk.payments.models import Receipt
from kiosk.payments.rules import Given
from kiosk.payments.service import Asked
from tests.support import journal
from tests.support.cutting import BREAKS, Cut, Wire, tapped, through
from tests.support.databases import Databases
from tests.support.house import founded
from tests.support.paying import books_agree, eaten, rows, taken_away


async def pay(tx: Tx, check_id: int, total: int, even: int, **words: Any) -> dict[str, Any]:
    tenders = [Given("cash", 100, 10), Given("card", total - 90)]
    settled = await service.settle(tx, check_id, total, tenders, wanted=Wanted(even=even), **words)
    return {"receipt_id": settled.receipt_id, "number": settled.number}


async def give_back(tx: Tx, receipt_id: int, amount: int, **words: Any) -> str:
    return (await service.refund(tx, receipt_id, Asked({0: amount}), "cold", **words)).number


@pytest.mark.parametrize("cut", BREAKS)
async def test_a_payment_and_a_refund_cut_once_happen_once(databases: Databases, cut: Cut) -> None:
    house = await founded(Database(databases.fresh("mariadb")))
    check_id = await eaten(house)
    fates = iter([cut, Cut.NOT, cut])
    async with Wire(house.db.url.port or 0, lambda: next(fates, Cut.NOT)) as wire:
        cut_off = through(house, wire)
        paid = await tapped(cut_off, pay, check_id, 660, 2)
        await tapped(cut_off, pay, check_id, 660, 1)
        number = await tapped(cut_off, give_back, paid["receipt_id"], 100)
        assert wire.cuts[cut] >= 1
        await cut_off.db.close()
    issued = await rows(house.db, Receipt)
    assert [one.total for one in issued] == [660, 660, -100]
    assert (paid["number"], number) == ("1", "3")
    assert (await house.check(check_id))["state"] == "closed"
    await books_agree(house.db)
    assert await journal.is_whole(house.db)
    await house.db.close()


@pytest.mark.parametrize(
    "rounds", [pytest.param(10, marks=pytest.mark.slow), pytest.param(150, marks=pytest.mark.million)]
)
async def test_over_a_wire_that_keeps_breaking_every_payment_is_there_once(databases: Databases, rounds: int) -> None:
    house = await founded(Database(databases.fresh("mariadb")))
    chance = random.Random(rounds)
    numbers: list[str] = []
    async with Wire(house.db.url.port or 0, lambda: chance.choice([*BREAKS, Cut.NOT, Cut.NOT])) as wire:
        cut_off = through(house, wire)

        async def till() -> None:
            for _ in range(rounds):
                check_id = await taken_away(house, dishes=3)
                shares = [await tapped(cut_off, pay, check_id, 700, even) for even in (3, 2, 1)]
                numbers.extend(share["number"] for share in shares)
                numbers.append(await tapped(cut_off, give_back, chance.choice(shares)["receipt_id"], 50))
                assert (await house.check(check_id))["state"] == "closed"

        await asyncio.gather(till(), till())
        await cut_off.db.close()
    assert min(wire.cuts[cut] for cut in BREAKS) > 0
    assert sorted(map(int, numbers)) == list(range(1, 8 * rounds + 1))
    assert len(await rows(house.db, Receipt)) == len(numbers)
    acts = await journal.acts(house.db)
    assert (acts.count("settled"), acts.count("refunded")) == (6 * rounds, 2 * rounds)
    await books_agree(house.db)
    assert await journal.is_whole(house.db)
    await house.db.close()
