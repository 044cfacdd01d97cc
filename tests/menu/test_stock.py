"""86 and countdown: the last portion is sold once, and a fired course takes all it needs or nothing."""

import asyncio

import pytest
from sqlalchemy import select

from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database, Tx
from kiosk.core.errors import NeedsManager
from kiosk.core.events import Fact
from kiosk.core.models import JournalEntry
from kiosk.menu import queries, service
from kiosk.menu.errors import ItemUnknown, NotEnoughLeft, PortionsLeftOutOfRange, SoldOut
from kiosk.menu.events import ItemStockChanged
from tests.menu.making import OWNER, declare, item_id, stock, take

LAST = 1
WAITER = Actor(1, None, "Marco", Role.WAITER)
CHEF = Actor(1, None, "Dario", Role.KITCHEN)


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


async def test_stock_is_taken_and_given_back_with_the_right_of_the_act_it_is_part_of(trattoria: Database) -> None:
    fish = await item_id(trattoria, "fish")
    await declare(trattoria, fish, left=5)

    async def refire_and_take_back(tx: Tx) -> None:
        await service.take_stock(tx, {fish: 3}, by=CHEF)
        await service.give_back_stock(tx, {fish: 1}, by=WAITER)

    await trattoria.run(refire_and_take_back)
    assert await stock(trattoria, fish) == (False, 3)


async def test_what_is_given_back_while_it_is_out_is_counted_and_stays_out(trattoria: Database) -> None:
    fish = await item_id(trattoria, "fish")
    await declare(trattoria, fish, is_out=True, left=1)

    async def gesture(tx: Tx) -> None:
        await service.give_back_stock(tx, {fish: 2}, by=WAITER)

    await trattoria.run(gesture)
    assert await stock(trattoria, fish) == (True, 3)


async def test_items_are_listed_in_the_order_of_the_menu(trattoria: Database) -> None:
    async with trattoria.read() as read:
        menu_order = [item["id"] for item in (await service.show_menu(read))["items"]]
        listed = await queries.show_order(read)
    assert [one.id for one in listed] == menu_order
    assert {one.is_favourite for one in listed} == {False}
