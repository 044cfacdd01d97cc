"""The connection breaks around a COMMIT: what was tapped happens once, and the answer says what happened."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from kiosk.checks import service as checks
from kiosk.checks.service import Wish
from kiosk.core import commands
from kiosk.core.db import Database, OutcomeUnknown, Tx
from kiosk.payments import service as payments
from kiosk.payments.models import Receipt
from kiosk.payments.rules import Given, TenderKind
from tests.support import journal
from tests.support.cutting import BREAKS, Cut, Wire, tapped, through
from tests.support.databases import Databases
from tests.support.house import founded


@pytest.mark.parametrize("cut", BREAKS)
async def test_a_commit_cut_once_is_answered_with_what_became_of_it(databases: Databases, cut: Cut) -> None:
    house = await founded(Database(databases.fresh("mariadb")))
    check_id, portion_id = await house.seat(), await house.portion("Tiramisù")
    fates = iter([cut])
    async with Wire(house.db.url.port or 0, lambda: next(fates, Cut.NOT)) as wire:
        cut_off = through(house, wire)
        line_id = await commands.once(
            cut_off.db, uuid4(), b"m" * 32, lambda tx: checks.ring(tx, check_id, Wish(portion_id), by=house.by)
        )
        assert wire.cuts[cut] == 1
        await cut_off.db.close()
    assert [line["id"] for line in (await house.check(check_id))["lines"]] == [line_id]
    await house.db.close()


async def test_a_gesture_without_a_key_says_that_nobody_knows(databases: Databases) -> None:
    house = await founded(Database(databases.fresh("mariadb")))
    check_id = await house.seat()
    async with Wire(house.db.url.port or 0, lambda: Cut.UNHEARD) as wire:
        cut_off = through(house, wire)
        with pytest.raises(OutcomeUnknown, match="Look at the screen"):
            await cut_off.ring(check_id)
        await cut_off.db.close()
    assert len((await house.check(check_id))["lines"]) <= 1
    await house.db.close()


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [12, pytest.param(100, marks=pytest.mark.million)])
async def test_over_a_wire_that_keeps_breaking_nothing_is_lost_or_done_twice(databases: Databases, rounds: int) -> None:
    house = await founded(Database(databases.fresh("mariadb")))
    chance = random.Random(2013)
    rung: dict[int, list[int]] = {}
    numbers: list[str] = []
    async with Wire(house.db.url.port or 0, lambda: chance.choice([*BREAKS, Cut.NOT, Cut.NOT, Cut.NOT])) as wire:
        cut_off = through(house, wire)

        async def party() -> None:
            for _ in range(rounds):
                check_id = await tapped(cut_off, checks.open_check, "T", 1)
                wish = Wish(await house.portion("Tiramisù"))
                rung[check_id] = [await tapped(cut_off, checks.ring, check_id, wish) for _ in range(2)]
                assert await tapped(cut_off, send, check_id) == 2
                numbers.append(await tapped(cut_off, settle, check_id))

        await asyncio.gather(*(party() for _ in range(4)))
        await cut_off.db.close()
    assert min(wire.cuts[cut] for cut in BREAKS) > 0
    for check_id, line_ids in rung.items():
        assert [line["id"] for line in (await house.check(check_id))["lines"]] == line_ids
    assert sorted(map(int, numbers)) == list(range(1, 4 * rounds + 1))
    assert len(await receipts(house.db)) == len(numbers)
    assert Counter(await journal.acts(house.db))["settled"] == len(numbers)
    assert len((await house.board())["tickets"]) == len(numbers)
    assert await journal.is_whole(house.db)
    await house.db.close()


async def send(tx: Tx, check_id: int, **words: Any) -> int:
    return (await checks.send(tx, check_id, **words)).sent


async def settle(tx: Tx, check_id: int, **words: Any) -> str:
    paid = [Given(TenderKind.CARD, 1400)]
    return (await payments.settle(tx, check_id, 1400, paid, **words)).number


async def receipts(db: Database) -> list[int]:
    async with db.read() as read:
        return list((await read.session.scalars(select(Receipt.id))).all())
