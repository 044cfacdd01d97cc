"""86 and countdown: the last portion is sold once, and a fired course takes all it needs or nothing."""

import asyncio

import pytest
from sqlalchemy import select

from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database, Tx
from kiosk.core.errors import NeedsManager
from kiosk.core.events import Fact
from kiosk.core.models import JournalEntry
from kiosk.menu import service
from kiosk.menu.errors import ItemUnknown, NotEnoughLeft, PortionsLeftOutOfRange, SoldOut
from kiosk.menu.events import ItemStockChanged
from kiosk.menu.models import Item
from tests.menu.making import OWNER, item_id

LAST = 1


async def stock(db: Database, item: int) -> tuple[bool, int | None]:
    async with db.read() as read:
        row = (await read.session.execute(select(Item.is_out, Item.portions_left).where(Item.id == item))).one()
    return row.is_out, row.portions_left


async def declare(db: Database, item: int, *, is_out: bool = False, left: int | None = None, by: Actor = OWNER) -> None:
    async def gesture(tx: Tx) -> None:
        await service.eighty_six(tx, item, is_out=is_out, portions_left=left, by=by)

    await db.run(gesture)


async def take(db: Database, counts: dict[int, int]) -> None:
    async def gesture(tx: Tx) -> None:
        await service.take_stock(tx, counts, by=OWNER)

    await db.run(gesture)


async def test_twenty_who_take_the_last_portion_at_once_get_it_once(trattoria: Database) -> None:
    fish = await item_id(trattoria, "fish")
    await declare(trattoria, fish, left=LAST)
    outcomes = await asyncio.gather(*(take(trattoria, {fish: 1}) for _ in range(20)), return_exceptions=True)
    assert sum(outcome is None for outcome in outcomes) == 1
    assert {type(outcome) for outcome in outcomes if outcome} == {NotEnoughLeft}
    assert await stock(trattoria, fish) == (False, 0)


async def test_ten_who_take_the_same_two_items_in_any_order_never_block_each_other(trattoria: Database) -> None:
    fish, water = await item_id(trattoria, "fish"), await item_id(trattoria, "water")
    for item in (fish, water):
        await declare(trattoria, item, left=10)
    wishes = [{fish: 1, water: 1}, {water: 1, fish: 1}] * 5
    await asyncio.gather(*(take(trattoria, wish) for wish in wishes))
    assert (await stock(trattoria, fish), await stock(trattoria, water)) == ((False, 0), (False, 0))


async def test_what_is_short_of_one_item_takes_nothing_of_another(trattoria: Database) -> None:
    fish, water = await item_id(trattoria, "fish"), await item_id(trattoria, "water")
    await declare(trattoria, fish, left=5)
    await declare(trattoria, water, left=2)
    with pytest.raises(NotEnoughLeft, match="Only 2 of Water are left"):
        await take(trattoria, {fish: 3, water: 3})
    assert (await stock(trattoria, fish), await stock(trattoria, water)) == ((False, 5), (False, 2))


async def test_the_refusal_says_how_many_are_left(trattoria: Database) -> None:
    fish = await item_id(trattoria, "fish")
    await declare(trattoria, fish, left=1)
    with pytest.raises(NotEnoughLeft, match="Only one Fish is left"):
        await take(trattoria, {fish: 2})
    await take(trattoria, {fish: 1})
    with pytest.raises(NotEnoughLeft, match="Fish is sold out") as refused:
        await take(trattoria, {fish: 1})
    assert (refused.value.name, refused.value.left) == ("Fish", 0)


async def test_what_is_not_counted_costs_nothing_and_is_not_told(trattoria: Database) -> None:
    fish, water = await item_id(trattoria, "fish"), await item_id(trattoria, "water")
    await declare(trattoria, fish, left=5)
    heard: list[Fact] = []
    trattoria.bus.listen(heard.append)
    await take(trattoria, {fish: 2, water: 99})
    assert (await stock(trattoria, fish), await stock(trattoria, water)) == ((False, 3), (False, None))
    assert heard == [ItemStockChanged(fish)]


async def test_what_was_rung_before_it_was_declared_out_is_not_sent(trattoria: Database) -> None:
    fish = await item_id(trattoria, "fish")
    await declare(trattoria, fish, is_out=True)
    with pytest.raises(SoldOut, match="Fish is sold out"):
        await take(trattoria, {fish: 1})


async def test_what_was_not_cooked_is_given_back(trattoria: Database) -> None:
    fish, water = await item_id(trattoria, "fish"), await item_id(trattoria, "water")
    await declare(trattoria, fish, left=2)
    await take(trattoria, {fish: 2})

    async def gesture(tx: Tx) -> None:
        await service.give_back_stock(tx, {fish: 2, water: 1}, by=OWNER)

    await trattoria.run(gesture)
    assert (await stock(trattoria, fish), await stock(trattoria, water)) == ((False, 2), (False, None))


async def test_declarations_are_in_the_journal_with_what_was_and_what_is(trattoria: Database) -> None:
    fish = await item_id(trattoria, "fish")
    await declare(trattoria, fish, is_out=True, left=4)
    async with trattoria.read() as read:
        entry = (
            await read.session.execute(
                select(JournalEntry.subject_id, JournalEntry.body).where(JournalEntry.act == "eighty_six")
            )
        ).one()
    assert entry.subject_id == fish
    assert '"name":"Fish","now":[true,4],"was":[false,null]' in entry.body


async def test_counts_below_nought_and_items_that_are_not_there_are_refused(trattoria: Database) -> None:
    fish = await item_id(trattoria, "fish")
    for left in (-1, 10_000):
        with pytest.raises(PortionsLeftOutOfRange, match="from 0 to 9999"):
            await declare(trattoria, fish, left=left)
    with pytest.raises(ItemUnknown):
        await declare(trattoria, 12345, is_out=True)


async def test_whoever_may_not_declare_needs_a_manager(trattoria: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    from kiosk.core import actor

    monkeypatch.setitem(actor.ROLE_PERMISSIONS, Role.KITCHEN, frozenset())
    fish = await item_id(trattoria, "fish")
    with pytest.raises(NeedsManager):
        await declare(trattoria, fish, is_out=True, by=Actor(1, None, "Cook", Role.KITCHEN))
