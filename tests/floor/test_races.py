"""Many tablets at the same tables at the same instant: what was acknowledged is there, nothing is there twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.checks import service as checks
from kiosk.checks.models import Check, CheckLine, CheckState
from kiosk.core.db import Database, Tx
from kiosk.core.errors import KioskError
from kiosk.floor import service
from kiosk.floor.models import DiningTable, Seating
from kiosk.floor.service import Goal, Wish
from kiosk.kitchen.models import TicketLine
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from tests.support import journal
from tests.support.floor import Floor, ahead

pytestmark = pytest.mark.slow

Gesture = Callable[..., Awaitable[Any]]
ROUNDS = 6


async def at_once(*gestures: Awaitable[Any]) -> list[Any]:
    """All of them together; anything but an answer or a refusal is raised."""
    outcomes = await asyncio.gather(*gestures, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, KioskError):
            raise outcome
    return outcomes


def names(outcomes: list[Any]) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


async def rows(db: Database, table: Any) -> list[Any]:
    async with db.read() as read:
        return list(await read.session.scalars(select(table).order_by(table.id)))


async def test_two_tablets_seat_one_table_and_its_booking_once(floor: Floor) -> None:
    for _ in range(ROUNDS):
        booking = await floor.book("Bianchi", minutes=5)
        seatings = [floor.house.act(service.seat_booking, booking, floor.id(label)) for label in "1122"]
        outcomes = await at_once(*seatings)
        checks_opened = {outcome for outcome in outcomes if isinstance(outcome, int)}
        assert len(checks_opened) == 1
        assert names(outcomes) == ["BookingEnded", "BookingEnded", "int", "int"]
        await floor.house.act(checks.cancel_check, checks_opened.pop())


async def test_a_joined_to_b_and_b_to_a_at_once_are_together(floor: Floor) -> None:
    for _ in range(ROUNDS):
        one, two = await at_once(floor.join("1", "2"), floor.join("2", "1"))
        assert one == two
        heads = [table.joined_to_id for table in await rows(floor.house.db, DiningTable)]
        assert Counter(heads) == {None: 3, one: 1}
        await floor.part("1")


async def test_four_tables_joined_in_a_circle_at_once_are_one_group_or_refused(floor: Floor) -> None:
    for _ in range(ROUNDS):
        await at_once(*(floor.join(one, other) for one, other in ("12", "23", "34", "41")))
        tables = {table.id: table for table in await rows(floor.house.db, DiningTable)}
        heads = {table.joined_to_id for table in tables.values() if table.joined_to_id}
        assert all(tables[head].joined_to_id is None for head in heads)
        for label in "1234":
            await at_once(floor.part(label))
        assert [(await floor.tile(label))["joined_to"] for label in "1234"] == [None] * 4


async def test_a_transfer_against_seating_the_target(floor: Floor) -> None:
    for _ in range(ROUNDS):
        check_id = await floor.party("1", "Tiramisù")
        moved, seated = await at_once(floor.transfer(check_id, "2"), floor.house.seat("2"))
        here, there = await floor.tile("1"), await floor.tile("2")
        assert there["check_id"] == seated
        if isinstance(moved, KioskError):
            assert (here["check_id"], type(moved).__name__) == (check_id, "TableTaken")
        else:
            assert (there["check_id"], here["state"]) == (check_id, "available")
        await floor.pay(check_id)
        if seated != check_id:
            await floor.house.act(checks.cancel_check, seated)


async def test_two_parties_that_swap_tables_at_once_keep_their_own(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Tiramisù")
    for _ in range(ROUNDS):
        outcomes = await at_once(floor.transfer(one, "2"), floor.transfer(two, "1"))
        assert names(outcomes) == ["TableTaken", "TableTaken"]
        await at_once(floor.transfer(one, "3"), floor.transfer(two, "1"))
        await at_once(floor.transfer(one, "2"), floor.transfer(two, "1"))
        await floor.transfer(one, "4")
        await at_once(floor.transfer(two, "2"))
        await floor.transfer(one, "1")
    assert [(await floor.tile(label))["check_id"] for label in "12"] == [one, two]


async def test_a_merge_against_settling_either_check(floor: Floor) -> None:
    for target in ("1", "2"):
        for _ in range(ROUNDS):
            one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Tiramisù")
            paid = {"1": one, "2": two}[target]
            settle = floor.house.act(payments.settle, paid, 700, [Given(TenderKind.CARD, 700)])
            merged, settled = await at_once(floor.house.act(service.merge, two, one), settle)
            assert isinstance(merged, KioskError) != isinstance(settled, KioskError)
            owed = [one_ for one_ in (one, two) if (await floor.house.check(one_))["state"] == "open"]
            assert sum([(await floor.house.check(check_id))["sums"]["total"] for check_id in owed]) == (
                1400 if merged is None else 700
            )
            for check_id in owed:
                await floor.pay(check_id)
    assert Counter(dish.line_id for dish in await rows(floor.house.db, TicketLine)).most_common(1)[0][1] == 1


async def test_joining_two_parties_against_ringing_and_settling(floor: Floor) -> None:
    for _ in range(ROUNDS):
        one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Tiramisù")
        settle = floor.house.act(payments.settle, one, 700, [Given(TenderKind.CARD, 700)])
        joined, _settled, rung = await at_once(floor.join("2", "1"), settle, floor.house.ring(two))
        lines = [line for line in await rows(floor.house.db, CheckLine) if line.check_id in (one, two)]
        assert len(lines) == 2 + isinstance(rung, int)
        together = await floor.tile("2")
        if not isinstance(joined, KioskError) and together["joined_to"]:
            await floor.part("2")
        for check_id in (one, two):
            if (await floor.house.check(check_id))["state"] == "open":
                await floor.house.act(checks.send, check_id) if isinstance(rung, int) and check_id == two else None
                await floor.pay(check_id)


async def while_the_first_is_under_way(floor: Floor, first: Gesture, second: Gesture) -> list[Any]:
    """The second begins when the first has done everything but commit."""
    is_done, house = asyncio.Event(), floor.house

    async def linger(tx: Tx) -> None:
        await first(tx, by=house.by)
        is_done.set()
        await asyncio.sleep(0.3)

    async def follow() -> None:
        await is_done.wait()
        await house.act(second)

    return await at_once(house.db.run(linger), follow())


async def test_a_check_at_the_counter_gets_one_table_of_two_at_once(floor: Floor) -> None:
    bar = await floor.house.act(checks.open_check, "Bar", 1)
    to = [partial(service.transfer, check_id=bar, table_id=floor.id(label)) for label in "34"]
    await while_the_first_is_under_way(floor, *to)
    assert [(await floor.tile(label)).get("check_id") for label in "34"] == [None, bar]


async def test_a_check_that_is_merged_while_it_gets_a_table_leaves_it(floor: Floor) -> None:
    await floor.rule(clear_tables=True)
    bar, one = await floor.house.act(checks.open_check, "Bar", 1), await floor.party("1", "Tiramisù")
    to_table = partial(service.transfer, check_id=bar, table_id=floor.id("3"))
    await while_the_first_is_under_way(floor, to_table, partial(service.merge, check_id=bar, into_check_id=one))
    assert await floor.state("3") == "available"


async def test_a_booking_changed_by_two_keeps_what_both_said(floor: Floor) -> None:
    booking = await floor.book("Bianchi", table="1")
    elsewhere = partial(service.change_booking, booking_id=booking, changes={"table_id": floor.id("2")})
    note = partial(service.change_booking, booking_id=booking, changes={"note": "by the window"})
    await while_the_first_is_under_way(floor, elsewhere, note)
    (told,) = (await floor.view())["bookings"]
    assert (told["table_id"], told["note"]) == (floor.id("2"), "by the window")


async def test_one_table_is_not_booked_twice_at_once(floor: Floor) -> None:
    wishes = [floor.house.act(service.book, Wish(f"Guest {n}", 2), ahead(60), table_id=floor.id("3")) for n in range(6)]
    assert names(await at_once(*wishes)) == ["TableBooked"] * 5 + ["int"]


async def test_a_table_is_removed_or_seated_never_both(floor: Floor) -> None:
    for label in "34":
        remove = floor.house.act(service.remove_table, floor.id(label))
        removed, _seated = await at_once(remove, floor.house.seat(label))
        labels = [tile["label"] for tile in (await floor.view())["tables"]]
        assert (label in labels) == isinstance(removed, KioskError)


class Evening:
    """Hands that move, join, merge and pay anything at any moment, and what must be true of it afterwards."""

    def __init__(self, floor: Floor, chance: random.Random) -> None:
        self.floor, self.chance = floor, chance
        self.rung: set[int] = set()
        self.refused: Counter[str] = Counter()
        self.done: Counter[str] = Counter()

    def table(self) -> str:
        return self.chance.choice("1234")

    async def check(self) -> int:
        """One that is not paid, or now and then any."""
        found = await rows(self.floor.house.db, Check)
        unpaid = [check for check in found if check.state is not CheckState.CLOSED]
        some = found if self.chance.random() < 0.1 else unpaid
        return self.chance.choice(some).id if some else 0

    async def seat(self) -> None:
        check_id = await self.floor.house.seat(self.table())
        self.rung.add(await self.floor.house.ring(check_id))
        await self.floor.house.act(checks.send, check_id)

    async def join(self) -> None:
        await self.floor.join(self.table(), self.table())

    async def part(self) -> None:
        await self.floor.part(self.table())

    async def transfer(self) -> None:
        await self.floor.transfer(await self.check(), self.table())

    async def merge(self) -> None:
        await self.floor.house.act(service.merge, await self.check(), await self.check())

    async def unmerge(self) -> None:
        await self.floor.house.act(service.unmerge, await self.check())

    async def away(self) -> None:
        await self.floor.house.act(service.to_counter, await self.check(), "Away")

    async def move(self) -> None:
        if self.rung:
            goal = Goal(table_id=self.floor.id(self.table()))
            await self.floor.house.act(service.move_lines, [self.chance.choice(sorted(self.rung))], goal)

    async def pay(self) -> None:
        await self.floor.pay(await self.check())

    async def hand(self, acts: int) -> None:
        gestures: list[Callable[[], Awaitable[None]]] = [
            *[self.seat] * 3,
            *(self.join, self.part, self.transfer, self.merge, self.unmerge, self.away, self.move, self.pay),
        ]
        for _ in range(acts):
            gesture = self.chance.choice(gestures)
            try:
                await gesture()
            except KioskError as refusal:
                self.refused[type(refusal).__name__] += 1
            else:
                self.done[gesture.__name__] += 1


@pytest.mark.slow
async def test_an_evening_of_moving_loses_nothing_and_doubles_nothing(floor: Floor) -> None:
    evening = Evening(floor, random.Random(3))
    async with asyncio.TaskGroup() as crew:
        for _ in range(5):
            crew.create_task(evening.hand(24))
    db = floor.house.db
    assert evening.done.keys() >= {"seat", "join", "move", "pay"}, evening.done
    lines = await rows(db, CheckLine)
    assert {line.id for line in lines} >= evening.rung
    cooked = Counter(dish.line_id for dish in await rows(db, TicketLine))
    assert cooked == {line.id: 1 for line in lines if line.fired_at}
    tables = {table.id: table for table in await rows(db, DiningTable)}
    assert all(tables[one.joined_to_id].joined_to_id is None for one in tables.values() if one.joined_to_id)
    states = {check.id: check.state for check in await rows(db, Check)}
    held = [one for one in await rows(db, Seating) if one.held_table_id]
    open_and_held = [one for one in held if states[one.check_id] is CheckState.OPEN]
    assert all(tables[one.held_table_id].joined_to_id is None for one in open_and_held)
    shown = {tile["check_id"] for tile in (await floor.view())["tables"] if tile.get("check_id")}
    shown |= {card["check_id"] for card in (await floor.view())["counter"]}
    assert shown == {check_id for check_id, state in states.items() if state is CheckState.OPEN}
    assert await journal.is_whole(db)
