"""What is out until tomorrow comes back with the venue's next business day, swept or not."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from kiosk.core import clock
from kiosk.core.db import Database, Tx
from kiosk.core.events import Fact
from kiosk.core.models import JournalEntry
from kiosk.menu import queries, service
from kiosk.menu.errors import NotEnoughLeft, SoldOut
from kiosk.menu.events import ItemStockChanged
from menus.document import Category
from tests.menu.making import OWNER, declare, dish, full_card, item_id, load, menu, portion_id, stock, take

SATURDAY_EVENING = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
SUNDAY_HALF_PAST_THREE = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
SUNDAY_AT_FOUR = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""In Rome, where Sunday's business begins at 04:00."""


class Evening:
    """A house on an evening whose clock can be put on."""

    def __init__(self, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.db = db
        self._monkeypatch = monkeypatch
        self.is_at(SATURDAY_EVENING)

    def is_at(self, at: datetime) -> None:
        self._monkeypatch.setattr(clock, "now", lambda: at)

    async def out_until_tomorrow(self, item: int, *, is_out: bool = False, left: int | None = None) -> None:
        async def gesture(tx: Tx) -> None:
            await service.eighty_six(tx, item, is_out=is_out, portions_left=left, until_tomorrow=True, by=OWNER)

        await self.db.run(gesture)

    async def sold_out(self) -> set[int]:
        async with self.db.read() as read:
            return await queries.sold_out_ids(read)

    async def shown(self, *items: int) -> list[tuple[bool, int | None, str | None]]:
        async with self.db.read() as read:
            return [(one["is_out"], one["left"], one["back_on_day"]) for one in await queries.show_stock(read, items)]

    async def come_back(self) -> list[int]:
        return await self.db.run(service.come_back)


@pytest.fixture
def evening(trattoria: Database, monkeypatch: pytest.MonkeyPatch) -> Evening:
    """Saturday evening in the trattoria."""
    return Evening(trattoria, monkeypatch)


async def test_what_is_out_until_tomorrow_is_back_with_the_next_business_day_by_itself(evening: Evening) -> None:
    fish = await item_id(evening.db, "fish")
    portion = await portion_id(evening.db, "fish")
    await evening.out_until_tomorrow(fish, is_out=True)
    assert await evening.shown(fish) == [(True, None, "2026-11-22")]
    evening.is_at(SUNDAY_HALF_PAST_THREE)
    assert await evening.sold_out() == {fish}
    with pytest.raises(SoldOut):
        await evening.db.run(lambda tx: service.for_ringing(tx, portion))
    evening.is_at(SUNDAY_AT_FOUR)
    assert (await evening.sold_out(), await evening.shown(fish)) == (set(), [(False, None, None)])
    assert (await evening.db.run(lambda tx: service.for_ringing(tx, portion))).name == "Fish"
    await take(evening.db, {fish: 50})
    assert await stock(evening.db, fish) == (True, None), "nobody has swept yet"


async def test_a_countdown_until_tomorrow_ends_as_well(evening: Evening) -> None:
    fish = await item_id(evening.db, "fish")
    await evening.out_until_tomorrow(fish, left=2)
    await take(evening.db, {fish: 2})
    assert await evening.shown(fish) == [(True, 0, "2026-11-22")]
    with pytest.raises(NotEnoughLeft, match="Fish is sold out"):
        await take(evening.db, {fish: 1})
    evening.is_at(SUNDAY_AT_FOUR)
    await take(evening.db, {fish: 3})

    async def gesture(tx: Tx) -> None:
        await service.give_back_stock(tx, {fish: 2}, by=OWNER)

    await evening.db.run(gesture)
    assert await stock(evening.db, fish) == (False, 0), "yesterday's countdown is left alone"


async def test_the_sweep_brings_back_what_is_due_once_and_tells_every_tablet(evening: Evening) -> None:
    fish, water, wine = [await item_id(evening.db, code) for code in ("fish", "water", "house")]
    await evening.out_until_tomorrow(fish, is_out=True)
    await evening.out_until_tomorrow(water, left=4)
    await declare(evening.db, wine, is_out=True)
    assert await evening.come_back() == []
    evening.is_at(SUNDAY_AT_FOUR)
    heard: list[Fact] = []
    evening.db.bus.listen(heard.append)
    assert await evening.come_back() == sorted([fish, water])
    assert heard == [ItemStockChanged(item) for item in sorted([fish, water])]
    assert [await stock(evening.db, item) for item in (fish, water, wine)] == [(False, None)] * 2 + [(True, None)]
    assert await evening.come_back() == []
    async with evening.db.read() as read:
        entries = select(JournalEntry.subject_id).where(JournalEntry.act == "came_back").order_by(JournalEntry.seq)
        assert list((await read.session.scalars(entries)).all()) == sorted([fish, water])


async def test_what_is_out_without_a_day_stays_out_and_back_in_forgets_the_day(evening: Evening) -> None:
    fish = await item_id(evening.db, "fish")
    await evening.out_until_tomorrow(fish, is_out=True)
    await declare(evening.db, fish, is_out=True)
    evening.is_at(SUNDAY_AT_FOUR)
    assert await evening.sold_out() == {fish}
    await evening.out_until_tomorrow(fish)
    assert await evening.shown(fish) == [(False, None, None)]


async def test_the_journal_tells_until_when_and_what_was_on_that_day(evening: Evening) -> None:
    fish = await item_id(evening.db, "fish")
    await evening.out_until_tomorrow(fish, is_out=True)
    evening.is_at(SUNDAY_AT_FOUR)
    await declare(evening.db, fish, left=3)
    async with evening.db.read() as read:
        told = select(JournalEntry.body).where(JournalEntry.act == "eighty_six").order_by(JournalEntry.seq)
        first, second = (await read.session.scalars(told)).all()
    assert '"now":[true,null,"2026-11-22"],"was":[false,null]' in first
    assert '"now":[false,3],"was":[false,null]' in second


async def test_an_import_leaves_86_countdown_and_their_day_alone(evening: Evening) -> None:
    fish = await item_id(evening.db, "fish")
    await evening.out_until_tomorrow(fish, left=2)
    await load(evening.db, full_card(tagliata_price=2300))
    assert await evening.shown(fish) == [(False, 2, "2026-11-22")]
    await load(evening.db, menu(Category(code="mains", name="Mains", items=[dish("tagliata")])))
    await load(evening.db, full_card())
    assert await evening.shown(fish) == [(False, 2, "2026-11-22")]


async def test_what_is_sold_out_or_counted_is_listed_by_name(evening: Evening) -> None:
    fish, water = await item_id(evening.db, "fish"), await item_id(evening.db, "water")
    await declare(evening.db, water, left=7)
    await evening.out_until_tomorrow(fish, is_out=True)
    async with evening.db.read() as read:
        assert await queries.show_sold_out(read) == [
            {"id": fish, "name": "Fish", "is_out": True, "left": None, "back_on_day": "2026-11-22"},
            {"id": water, "name": "Water", "is_out": False, "left": 7, "back_on_day": None},
        ]
        assert (await queries.stock_now(read))[fish].back_on_day == date(2026, 11, 22)
