"""Whatever is ordered, discounted, paid and undone in whatever order: paid and open are the check, to the unit."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from kiosk.checks import service
from kiosk.checks.service import Off, Share
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from tests.support import journal
from tests.support.evening import Evening, evening
from tests.support.payers import pay, undo

pytestmark = pytest.mark.slow

ITEMS = ("Water", "Soup", "Salad", "Steak", "Pasta", "Cake")
ACTS = ("ring", "ring", "ring", "lunch", "pay", "pay", "pay", "undo", "discount", "discount", "undiscount", "void")
ACTS += ("comp", "uncomp", "move", "move", "merge", "unmerge", "unmerge", "unmerge", "covers", "charge", "reduce")
CALM: dict[str, Any] = {
    "deadline": None,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


@dataclass
class Till:
    """Two checks at the counter, and what was paid of them."""

    party: Evening
    checks: list[int]
    chance: random.Random
    paid: dict[int, Share] = field(default_factory=dict)
    receipts: int = 0

    async def do(self, kind: str) -> None:
        """Something with a check and a line of it; what is refused changes nothing."""
        self.check_id = self.chance.choice(self.checks)
        lines = (await self.party.check(self.check_id))["lines"]
        self.line_id = self.chance.choice(lines)["id"] if lines else 0
        with suppress(KioskError):
            await getattr(self, kind)()
            event(f"{kind} was done")

    async def act(self, gesture: Any, *args: Any, **words: Any) -> Any:
        return await self.party.act(gesture, *args, **words)

    async def ring(self) -> None:
        quantity = self.chance.randint(1, 3)
        await self.party.house.ring(self.check_id, self.chance.choice(ITEMS), quantity=quantity)
        if self.chance.random() < 0.9:
            await self.party.house.send(self.check_id, [0, 1, 2, 3])

    async def lunch(self) -> None:
        await Evening(self.party.house, self.check_id).lunch("Soup", "Steak", "Water")
        await self.party.house.send(self.check_id, [0, 1, 2, 3])

    async def pay(self) -> None:
        lines = (await self.party.check(self.check_id))["lines"]
        some = self.chance.sample([line["id"] for line in lines], self.chance.randint(0, min(3, len(lines))))
        ways: list[dict[str, Any]] = [
            {"even": self.chance.randint(2, 5)},
            {"amount": self.chance.randint(1, 2500)},
            {"parts": {line: self.chance.choice((1, 1, 2, 3)) for line in some}},
        ]
        wanted = self.chance.choice(ways) if self.chance.random() < 0.95 else {}
        self.receipts += 1
        self.paid[self.receipts] = await pay(self.party, self.check_id, self.receipts, **wanted)

    async def undo(self) -> None:
        if not self.paid:
            return
        receipt = self.chance.choice(list(self.paid))
        await undo(self.party, self.paid[receipt], receipt)
        del self.paid[receipt]

    async def discount(self) -> None:
        line = self.line_id if self.chance.random() < 0.5 else None
        percent = self.chance.choice(("10", "33.33", "100"))
        off = Off("Off", percent) if self.chance.random() < 0.5 else Off("Off", None, self.chance.randint(1, 900))
        await self.act(service.discount, self.check_id, line, off)

    async def undiscount(self) -> None:
        given_off = (await self.party.check(self.check_id))["discounts"]
        await self.act(service.undiscount, self.chance.choice(given_off or [{"id": 0}])["id"])

    async def void(self) -> None:
        await self.act(service.void_line, self.line_id, "dropped")

    async def comp(self) -> None:
        await self.act(service.comp_line, self.line_id, "birthday")

    async def uncomp(self) -> None:
        await self.act(service.uncomp_line, self.line_id)

    async def reduce(self) -> None:
        await self.act(service.change_line, self.line_id, quantity=1)

    async def move(self) -> None:
        await self.act(service.move_lines, [self.line_id], self.chance.choice(self.checks))

    async def merge(self) -> None:
        await self.act(service.merge, self.check_id, self.chance.choice(self.checks))

    async def unmerge(self) -> None:
        await self.act(service.unmerge, self.chance.choice(self.checks))

    async def covers(self) -> None:
        await self.act(service.set_covers, self.check_id, self.chance.randint(1, 8))

    async def charge(self) -> None:
        await self.act(service.set_service, self.check_id, self.chance.choice(("0", "12.5", None)))

    async def is_right(self) -> None:
        for check_id in self.checks:
            check = await self.party.check(check_id)
            sums = check["sums"]
            mine = [one for one in self.paid.values() if one.check.id == check_id]
            assert check["paid"] == sum(one.sums.total for one in mine)
            if check["state"] != "cancelled":
                assert sums["total"] >= check["paid"] >= 0
            if check["state"] == "open":
                assert sums["total"] == check["paid"] + check["open"]
            assert sums["total"] == sum(tax["net"] + tax["tax"] for tax in sums["taxes"])
            assert sums["total"] == sum(seat["total"] for seat in check["seats"]) + sums["service"]
            assert sums["less"] == sum(line["less"] for line in check["lines"])
            await self._lines_are_right(check, mine)

    async def _lines_are_right(self, check: dict[str, Any], mine: list[Share]) -> None:
        taken: Counter[int] = Counter()
        for share in mine:
            taken.update({line.line.id: line.amount for line in share.lines})
        for line in check["lines"]:
            assert 0 <= line["less"] <= line["amount"]
            assert taken[line["id"]] <= line["amount"]
            if check["state"] == "open":
                assert taken[line["id"]] == line["paid"]
            elif check["state"] == "closed" and line["state"] != "voided":
                assert taken[line["id"]] == line["amount"]


async def play(db: Database, seed: int, acts: int) -> None:
    if db not in _parties:
        _parties[db] = await evening(db)
    party, chance = _parties[db], random.Random(seed)
    await party.rule(
        prices_include_tax=chance.random() < 0.5,
        tax_per_line=chance.random() < 0.3,
        service_ppm=chance.choice((0, 100_000)),
        service_per_cover=chance.choice((0, 150)),
        service_tax_code="drinks",
    )
    checks = [await party.act(service.open_check, label, 2, dining=service.Dining.EAT_IN) for label in ("A", "B")]
    counter = Till(party, checks, chance)
    for _ in range(acts):
        await counter.do(chance.choice(ACTS))
        await counter.is_right()
    for check_id in checks:
        with suppress(KioskError):
            await party.house.send(check_id, [0, 1, 2, 3])
        with suppress(KioskError):
            counter.paid[0 - check_id] = await pay(party, check_id)
            assert (await party.check(check_id))["state"] == "closed"
    await counter.is_right()
    assert await journal.is_whole(db)


_parties: WeakKeyDictionary[Database, Evening] = WeakKeyDictionary()
"""The house of each database; made once, its examples follow one another."""


@settings(max_examples=3, **CALM)
@given(seed=st.integers(0, 2**32))
async def test_paid_and_open_are_the_check_whatever_was_done(db: Database, seed: int) -> None:
    await play(db, seed, acts=25)


@pytest.mark.slow
@settings(max_examples=8, **CALM)
@given(seed=st.integers(0, 2**32))
async def test_paid_and_open_are_the_check_on_many_evenings(db: Database, seed: int) -> None:
    await play(db, seed, acts=50)
