"""Whatever is done in whatever order: every line is there once, and the kitchen has each firing of it once."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.checks import service
from kiosk.checks.service import Wish
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.kitchen.models import TicketLine
from tests.support import journal
from tests.support.evening import Evening, evening

ITEMS = ("Water", "Soup", "Steak", "Cake")
PRICES = {"Water": 300, "Soup": 800, "Steak": 2000, "Cake": 700}
SENDS: tuple[list[int] | None, ...] = (None, None, [], [0, 1], [2, 3])
ACTS = ("ring", "ring", "ring", "lunch", "send", "send", "fire", "fire", "take_back", "take_back", "move", "move")
ACTS += ("merge", "unmerge", "void", "comp", "uncomp", "remove", "serve", "unserve", "bump", "refire")
CALM: dict[str, Any] = {
    "deadline": None,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
"""No shrinking: it takes minutes on a database, and the steps of a failure are told anyway."""
Step = tuple[str, int, int]
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 19), st.integers(0, 19)), min_size=15, max_size=40)


@dataclass
class Hand:
    """Does one thing after the other on three checks and remembers what was acknowledged."""

    party: Evening
    checks: list[int]
    rung: dict[int, int] = field(default_factory=dict)
    firings: Counter[tuple[int, int, int]] = field(default_factory=Counter)

    async def do(self, step: Step) -> None:
        """A step that is refused changes nothing."""
        kind, one, two = step
        self.check_id = self.checks[one % len(self.checks)]
        self.line_id = list(self.rung)[two % len(self.rung)] if self.rung else 0
        with suppress(KioskError):
            await getattr(self, kind)(one, two)

    async def act(self, gesture: Any, *args: Any) -> Any:
        return await self.party.act(gesture, *args)

    async def lines(self) -> dict[int, dict[str, Any]]:
        """The lines of all three checks; each is on one of them."""
        shown = [line for check_id in self.checks for line in (await self.party.check(check_id))["lines"]]
        by_id = {line["id"]: line for line in shown}
        assert len(by_id) == len(shown)
        return by_id

    async def ring(self, _one: int, two: int) -> None:
        item = ITEMS[two % len(ITEMS)]
        wish = Wish(await self.party.house.portion(item), quantity=two % 3 + 1)
        self.rung[await self.act(service.ring, self.check_id, wish)] = PRICES[item] * (two % 3 + 1)

    async def lunch(self, _one: int, _two: int) -> None:
        ids = await Evening(self.party.house, self.check_id).lunch("Soup", "Steak", "Water")
        self.rung |= dict(zip(ids, (516, 1690, 194), strict=True))

    async def send(self, _one: int, two: int) -> None:
        await self._fired(service.send, SENDS[two % len(SENDS)])

    async def fire(self, _one: int, two: int) -> None:
        await self._fired(service.fire_course, two % 4)

    async def _fired(self, gesture: Any, word: Any) -> None:
        sent = await self.act(gesture, self.check_id, word)
        shown = (await self.party.check(self.check_id))["lines"]
        mine = [line["id"] for line in shown if line["fire_no"] == sent.fire_no]
        assert len(mine) == sent.fired
        self.firings.update((line_id, self.check_id, sent.fire_no) for line_id in mine)

    async def take_back(self, _one: int, _two: int) -> None:
        undo = (await self.party.check(self.check_id))["undo"]
        if undo:
            assert await self.act(service.take_back, self.check_id, undo["fire_no"]) == undo["lines"]
            gone = [key for key in self.firings if key[1:] == (self.check_id, undo["fire_no"])]
            for key in gone:
                del self.firings[key]

    async def move(self, one: int, two: int) -> None:
        await self.act(service.move_lines, [self.line_id], self.checks[(one + two) % len(self.checks)])

    async def merge(self, one: int, two: int) -> None:
        await self.act(service.merge, self.check_id, self.checks[(one + two) % len(self.checks)])

    async def unmerge(self, _one: int, _two: int) -> None:
        await self.act(service.unmerge, self.check_id)

    async def void(self, _one: int, _two: int) -> None:
        await self.act(service.void_line, self.line_id, "dropped")

    async def comp(self, _one: int, _two: int) -> None:
        await self.act(service.comp_line, self.line_id, "birthday")

    async def uncomp(self, _one: int, _two: int) -> None:
        await self.act(service.uncomp_line, self.line_id)

    async def remove(self, _one: int, _two: int) -> None:
        await self.act(service.remove_line, self.line_id)
        self.rung = {line_id: self.rung[line_id] for line_id in await self.lines()}

    async def serve(self, _one: int, two: int) -> None:
        await self.act(service.serve, self.check_id, None if two % 2 else [self.line_id])

    async def unserve(self, _one: int, _two: int) -> None:
        await self.act(service.unserve, self.check_id, [self.line_id])

    async def bump(self, _one: int, _two: int) -> None:
        await self.party.bump_all()

    async def refire(self, _one: int, _two: int) -> None:
        fire_no = await self.act(service.refire, self.line_id, "cold")
        (home,) = [one for one in self.checks if self.line_id in await self._ids(one)]
        self.firings[self.line_id, home, fire_no] += 1

    async def _ids(self, check_id: int) -> list[int]:
        return [line["id"] for line in (await self.party.check(check_id))["lines"]]

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


async def play(party: Evening, done: list[Step]) -> None:
    checks = [await party.act(service.open_check, label, 2) for label in ("A", "B", "C")]
    hand = Hand(party, checks)
    for step in done:
        await hand.do(step)
    await hand.is_right()
    assert await journal.is_whole(party.house.db)


async def ready(db: Database) -> Evening:
    """A house in which everything can be taken back for as long as the test takes."""
    party = await evening(db)
    await party.rule(undo_s=30)
    return party


@settings(max_examples=5, **CALM)
@given(done=steps)
async def test_every_line_is_there_once_and_cooked_as_often_as_it_was_fired(db: Database, done: list[Step]) -> None:
    await play(await _known(db), done)


@pytest.mark.slow
@settings(max_examples=100, **CALM)
@given(done=steps)
async def test_every_line_is_there_once_on_many_evenings(db: Database, done: list[Step]) -> None:
    await play(await _known(db), done)


_parties: WeakKeyDictionary[Database, Evening] = WeakKeyDictionary()


async def _known(db: Database) -> Evening:
    """The house of this database; made once, its examples follow one another."""
    if db not in _parties:
        _parties[db] = await ready(db)
    return _parties[db]
