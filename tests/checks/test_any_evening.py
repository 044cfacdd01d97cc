"""Whatever is done in whatever order: every line is there once, and the kitchen has each firing of it once."""

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
from sqlalchemy import select

from kiosk.checks import service
from kiosk.checks.service import Wish
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.kitchen.models import TicketLine
from tests.support import journal
from tests.support.evening import Evening, evening

pytestmark = pytest.mark.slow

ITEMS = ("Water", "Soup", "Steak", "Cake")
PRICES = {"Water": 300, "Soup": 800, "Steak": 2000, "Cake": 700}
SENDS: tuple[list[int] | None, ...] = (None, None, [], [0, 1], [2, 3])
ACTS = ("ring", "ring", "ring", "lunch", "send", "send", "send", "fire", "fire", "take_back", "take_back", "move")
ACTS += ("merge", "unmerge", "unmerge", "void", "comp", "uncomp", "remove", "serve", "unserve", "bump", "refire")
CALM: dict[str, Any] = {
    "deadline": None,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
"""No shrinking: it takes minutes on a database, and one seed is as simple as another."""
KITCHEN_HAS = ("cooking", "ready", "served")
FITS = {
    "void": KITCHEN_HAS,
    "comp": KITCHEN_HAS,
    "uncomp": KITCHEN_HAS,
    "refire": KITCHEN_HAS,
    "remove": ("draft", "held"),
    "serve": ("cooking", "ready"),
    "unserve": ("served",),
    "fire": ("held",),
}
"""The states of lines with which an act makes sense; now and then it is done with another one."""


@dataclass
class Hand:
    """Does one thing after the other on three checks and remembers what was acknowledged."""

    party: Evening
    checks: list[int]
    chance: random.Random
    rung: dict[int, int] = field(default_factory=dict)
    firings: Counter[tuple[int, int, int]] = field(default_factory=Counter)

    async def do(self, kind: str) -> None:
        """Something with a check and a line it may be meant for; what is refused changes nothing."""
        lines = await self.lines()
        fits = [line for line in lines.values() if line["state"] in FITS.get(kind, ())]
        chosen = fits if fits and self.chance.random() < 0.9 else list(lines.values())
        self.line = self.chance.choice(chosen) if chosen else {"id": 0, "course": 0, "home": self.checks[0]}
        self.line_id, self.check_id = self.line["id"], self.line["home"]
        if self.chance.random() < 0.4 and kind not in FITS:
            self.check_id = self.chance.choice(self.checks)
        with suppress(KioskError):
            await getattr(self, kind)()
            event(f"{kind} was done")

    async def act(self, gesture: Any, *args: Any) -> Any:
        return await self.party.act(gesture, *args)

    async def lines(self) -> dict[int, dict[str, Any]]:
        """The lines of all three checks; each is on one of them."""
        shown = [line | {"home": one} for one in self.checks for line in (await self.party.check(one))["lines"]]
        by_id = {line["id"]: line for line in shown}
        assert len(by_id) == len(shown)
        return by_id

    async def ring(self) -> None:
        item, quantity = self.chance.choice(ITEMS), self.chance.randint(1, 3)
        wish = Wish(await self.party.house.portion(item), quantity=quantity)
        self.rung[await self.act(service.ring, self.check_id, wish)] = PRICES[item] * quantity

    async def lunch(self) -> None:
        ids = await Evening(self.party.house, self.check_id).lunch("Soup", "Steak", "Water")
        self.rung |= dict(zip(ids, (516, 1690, 194), strict=True))

    async def send(self) -> None:
        await self._fired(service.send, self.chance.choice(SENDS))

    async def fire(self) -> None:
        await self._fired(service.fire_course, self.line["course"])

    async def _fired(self, gesture: Any, word: Any) -> None:
        sent = await self.act(gesture, self.check_id, word)
        shown = (await self.party.check(self.check_id))["lines"]
        mine = [line["id"] for line in shown if line["fire_no"] == sent.fire_no]
        assert len(mine) == sent.fired
        self.firings.update((line_id, self.check_id, sent.fire_no) for line_id in mine)

    async def take_back(self) -> None:
        undo = (await self.party.check(self.check_id))["undo"] or {"fire_no": self.chance.randint(1, 3)}
        went = await self.act(service.take_back, self.check_id, undo["fire_no"])
        assert went == undo.get("lines", went)
        for key in [key for key in self.firings if key[1:] == (self.check_id, undo["fire_no"])]:
            del self.firings[key]

    async def move(self) -> None:
        await self.act(service.move_lines, [self.line_id], self.chance.choice(self.checks))

    async def merge(self) -> None:
        await self.act(service.merge, self.check_id, self.chance.choice(self.checks))

    async def unmerge(self) -> None:
        merged = [one for one in self.checks if (await self.party.check(one))["merged_into_id"]]
        await self.act(service.unmerge, self.chance.choice(merged or self.checks))

    async def void(self) -> None:
        await self.act(service.void_line, self.line_id, "dropped")

    async def comp(self) -> None:
        await self.act(service.comp_line, self.line_id, "birthday")

    async def uncomp(self) -> None:
        await self.act(service.uncomp_line, self.line_id)

    async def remove(self) -> None:
        await self.act(service.remove_line, self.line_id)
        self.rung = {line_id: self.rung[line_id] for line_id in await self.lines()}

    async def serve(self) -> None:
        await self.act(service.serve, self.check_id, self.chance.choice((None, [self.line_id])))

    async def unserve(self) -> None:
        await self.act(service.unserve, self.check_id, [self.line_id])

    async def bump(self) -> None:
        await self.party.bump_all()

    async def refire(self) -> None:
        fire_no = await self.act(service.refire, self.line_id, "cold")
        self.firings[self.line_id, self.check_id, fire_no] += 1

    async def is_right(self) -> None:
        """Every acknowledged line once; the kitchen's dishes are the firings; the sums are those of the lines."""
        lines = await self.lines()
        assert lines.keys() == self.rung.keys()
        assert max(self.firings.values(), default=1) == 1
        fired = Counter(line_id for line_id, _, _ in self.firings)
        assert await self.dishes() == fired
        for line_id, line in lines.items():
            assert line["amount"] == self.rung[line_id]
            assert line["state"] == "voided" or (line["state"] in ("draft", "held")) == (fired[line_id] == 0)
        live = [line for line in lines.values() if line["state"] != "voided" and not line["comped"]]
        sums = [(await self.party.check(check_id))["sums"] for check_id in self.checks]
        assert sum(one["total"] for one in sums) == sum(line["amount"] for line in live)
        assert all(one["total"] == one["lines"] - one["less"] for one in sums)

    async def dishes(self) -> Counter[int]:
        """How often each line is on tickets: every dish here cooks at one station."""
        async with self.party.house.db.read() as read:
            mine = select(TicketLine.line_id).where(TicketLine.line_id.in_(list(self.rung)))
            return Counter(await read.session.scalars(mine))


async def play(party: Evening, seed: int, acts: int = 40) -> None:
    checks = [await party.act(service.open_check, label, 2) for label in ("A", "B", "C")]
    hand = Hand(party, checks, random.Random(seed))
    for _ in range(acts):
        await hand.do(hand.chance.choice(ACTS))
    await hand.is_right()
    assert await journal.is_whole(party.house.db)


async def ready(db: Database) -> Evening:
    """A house in which everything can be taken back for as long as the test takes."""
    party = await evening(db)
    await party.rule(undo_s=30)
    return party


@settings(max_examples=2, **CALM)
@given(seed=st.integers(0, 2**32))
async def test_every_line_is_there_once_and_cooked_as_often_as_it_was_fired(db: Database, seed: int) -> None:
    await play(await _known(db), seed, acts=25)


@pytest.mark.slow
@settings(max_examples=5, **CALM)
@given(seed=st.integers(0, 2**32))
async def test_every_line_is_there_once_on_longer_evenings(db: Database, seed: int) -> None:
    await play(await _known(db), seed)


@pytest.mark.million
@settings(max_examples=300, **CALM)
@given(seed=st.integers(0, 2**32))
async def test_every_line_is_there_once_on_many_evenings(db: Database, seed: int) -> None:
    await play(await _known(db), seed)


_parties: WeakKeyDictionary[Database, Evening] = WeakKeyDictionary()


async def _known(db: Database) -> Evening:
    """The house of this database; made once, its examples follow one another."""
    if db not in _parties:
        _parties[db] = await ready(db)
    return _parties[db]
