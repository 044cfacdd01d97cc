"""Importing a menu: all of it or nothing, by stable codes, and a second time nothing at all."""

import time
from typing import Any

import pytest
from sqlalchemy import event, func, select

from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database, Tx
from kiosk.core.errors import NeedsManager
from kiosk.core.events import Fact
from kiosk.core.models import JournalEntry
from kiosk.menu import service
from kiosk.menu.changes import PriceChange
from kiosk.menu.errors import CurrencyDiffers, NoMenuYet
from kiosk.menu.events import MenuChanged
from kiosk.menu.models import Item, Portion
from menus.document import Category, MenuDocument
from menus.document import Portion as Size
from tests.menu.making import OWNER, dish, full_card, item_id, load, menu, open_venue, portion_id


async def exported(db: Database) -> MenuDocument:
    async with db.read() as read:
        return await service.read_document(read)


async def active(db: Database, code: str) -> bool:
    async with db.read() as read:
        return bool((await read.session.execute(select(Item.active).where(Item.code == code))).scalar_one())


async def acts(db: Database) -> list[str]:
    async with db.read() as read:
        return list((await read.session.execute(select(JournalEntry.act).order_by(JournalEntry.seq))).scalars())


async def test_what_was_imported_comes_back_equal(house: Database) -> None:
    await load(house, full_card())
    assert await exported(house) == full_card()


async def test_a_first_import_counts_what_it_adds(house: Database) -> None:
    change = await load(house, full_card())
    assert change.summary() == {
        "tax class": {"added": 2},
        "daypart": {"added": 2},
        "modifier group": {"added": 2},
        "modifier": {"added": 5},
        "category": {"added": 4},
        "item": {"added": 6},
        "portion": {"added": 7},
    }


async def test_importing_the_same_menu_twice_changes_nothing(trattoria: Database) -> None:
    written: list[str] = []
    heard: list[Fact] = []
    trattoria.bus.listen(heard.append)

    @event.listens_for(trattoria._writer.sync_engine, "before_cursor_execute")
    def remember(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SELECT", "BEGIN")):
            written.append(statement)

    change = await load(trattoria, full_card())
    assert (change.is_empty, change.added, change.changed, change.removed, change.unchanged) == (True, 0, 0, 0, 28)
    assert (change.lines, written, heard) == ([], [], [])
    assert await acts(trattoria) == ["menu_imported"]


async def test_a_changed_price_is_written_told_and_recorded(trattoria: Database) -> None:
    heard: list[Fact] = []
    trattoria.bus.listen(heard.append)
    before = await portion_id(trattoria, "tagliata", "full")
    change = await load(trattoria, full_card(tagliata_price=2300))
    assert change.prices == [PriceChange("mains/tagliata/full", 2150, 2300)]
    assert change.lines == ["Price of “Tagliata, Full”: 21.50 is now 23.00."]
    assert change.summary() == {"portion": {"changed": 1}}
    assert await portion_id(trattoria, "tagliata", "full") == before
    assert await acts(trattoria) == ["menu_imported", "menu_imported", "prices_changed"]
    assert heard == [MenuChanged()]
    async with trattoria.read() as read:
        body = (await read.session.execute(select(JournalEntry.body).where(JournalEntry.seq == 3))).scalar_one()
    assert '"prices":[["mains/tagliata/full",2150,2300]]' in body


async def test_planning_says_the_same_and_changes_nothing(trattoria: Database) -> None:
    async with trattoria.read() as read:
        planned = await service.plan_menu(read, full_card(tagliata_price=2300))
    assert planned.summary() == {"portion": {"changed": 1}}
    assert await exported(trattoria) == full_card()


async def test_what_a_menu_no_longer_has_leaves_it_and_is_kept(house: Database) -> None:
    both = menu(Category(code="a", name="A", items=[dish("soup"), dish("fish")]))
    await load(house, both)
    before = await item_id(house, "fish")
    change = await load(house, menu(Category(code="a", name="A", items=[dish("soup")])))
    assert (change.summary(), change.lines) == (
        {"item": {"removed": 1}, "portion": {"removed": 1}},
        ["Item “Fish” leaves the menu."],
    )
    assert not await active(house, "fish")
    back = await load(house, both)
    assert back.lines == ["Item “Fish” is back."]
    assert (await item_id(house, "fish"), await exported(house)) == (before, both)


async def test_a_category_that_leaves_takes_all_that_is_in_it(house: Database) -> None:
    await load(house, full_card())
    small = menu(Category(code="mains", name="Mains", items=[dish("fish")]))
    await load(house, small)
    assert await exported(house) == small
    await load(house, full_card())
    assert await exported(house) == full_card()


async def test_an_item_with_a_new_code_is_known_by_its_name(house: Database) -> None:
    await load(house, menu(Category(code="a", name="A", items=[dish("soup")])))
    before = await item_id(house, "soup")
    change = await load(house, menu(Category(code="starters", name="A", items=[dish("zuppa", name="Soup")])))
    assert change.summary() == {"category": {"changed": 1}, "item": {"changed": 1}}
    assert await item_id(house, "zuppa") == before


async def test_an_item_that_moves_to_another_category_stays_the_same_item(house: Database) -> None:
    await load(house, menu(Category(code="a", name="A", items=[dish("soup")]), Category(code="b", name="B")))
    before = await item_id(house, "soup")
    change = await load(house, menu(Category(code="a", name="A"), Category(code="b", name="B", items=[dish("soup")])))
    assert change.summary() == {"item": {"changed": 1}}
    assert await item_id(house, "soup") == before


async def test_one_code_in_two_categories_is_two_items(house: Database) -> None:
    document = menu(
        Category(code="a", name="A", items=[dish("soup", 500)]), Category(code="b", name="B", items=[dish("soup", 700)])
    )
    await load(house, document)
    assert await exported(house) == document
    assert (await load(house, document)).is_empty


async def test_another_order_of_the_menu_is_kept_without_being_told_item_by_item(house: Database) -> None:
    await load(house, menu(Category(code="a", name="A", items=[dish("soup"), dish("fish")])))
    turned = menu(Category(code="a", name="A", items=[dish("fish"), dish("soup")]))
    change = await load(house, turned)
    assert (change.summary(), change.lines) == ({"item": {"moved": 2}}, [])
    assert await exported(house) == turned


async def test_a_portion_that_leaves_is_kept_for_the_lines_that_name_it(house: Database) -> None:
    sizes = [Size(code="s", name="Small", price=1), Size(code="l", name="Large", price=2)]
    await load(house, menu(Category(code="a", name="A", items=[dish("pizza", portions=sizes)])))
    change = await load(house, menu(Category(code="a", name="A", items=[dish("pizza", portions=sizes[:1])])))
    assert change.lines == ["Portion “Pizza, Large” leaves the menu."]
    async with house.read() as read:
        kept = (await read.session.execute(select(Portion.code, Portion.active).order_by(Portion.code))).all()
    assert [tuple(row) for row in kept] == [("l", False), ("s", True)]


async def test_an_import_leaves_eighty_six_and_countdown_alone(house: Database) -> None:
    await load(house, menu(Category(code="a", name="A", items=[dish("soup")])))
    soup = await item_id(house, "soup")

    async def gesture(tx: Tx) -> None:
        await service.eighty_six(tx, soup, is_out=True, portions_left=4, by=OWNER)

    await house.run(gesture)
    await load(house, menu(Category(code="a", name="A", items=[dish("soup", 999, name="Soup of the day")])))
    async with house.read() as read:
        row = (await read.session.execute(select(Item.name, Item.is_out, Item.portions_left))).one()
    assert tuple(row) == ("Soup of the day", True, 4)


async def test_a_menu_in_another_currency_is_refused(house: Database) -> None:
    with pytest.raises(CurrencyDiffers, match="The menu's prices are in JPY, but Trattoria counts in EUR"):
        await load(house, menu(Category(code="a", name="A", items=[dish("soup")]), currency="JPY"))


@pytest.mark.parametrize(
    ("currency", "price", "shown"), [("JPY", 350, "350"), ("EUR", 1250, "12.50"), ("BHD", 1250, "1.250")]
)
async def test_prices_keep_the_decimals_of_their_currency(db: Database, currency: str, price: int, shown: str) -> None:
    await open_venue(db, currency_code=currency)
    await load(db, menu(Category(code="a", name="A", items=[dish("soup", price)]), currency=currency))
    change = await load(db, menu(Category(code="a", name="A", items=[dish("soup", price * 2)]), currency=currency))
    assert change.lines[0].startswith(f"Price of “Soup”: {shown} is now ")


async def test_a_waiter_cannot_import_a_menu(house: Database) -> None:
    waiter = Actor(1, None, "Ada", Role.WAITER)

    async def gesture(tx: Tx) -> None:
        await service.load_menu(tx, full_card(), by=waiter)

    with pytest.raises(NeedsManager):
        await house.run(gesture)


async def test_before_the_first_import_there_is_nothing_to_export(house: Database) -> None:
    with pytest.raises(NoMenuYet, match="kiosk menu import FILE"):
        await exported(house)


@pytest.mark.slow
async def test_five_thousand_items_and_their_new_prices_go_in_within_seconds(house: Database) -> None:
    def document(price: int) -> MenuDocument:
        sizes = [Size(code="s", name="S", price=price), Size(code="l", name="L", price=price + 1)]
        pages = [
            Category(code=f"c{page}", name=f"C{page}", items=[dish(f"i{page}-{n}", portions=sizes) for n in range(100)])
            for page in range(50)
        ]
        return menu(*pages)

    documents = [document(100), document(100), document(200)]
    seconds = []
    for each in documents:
        start = time.perf_counter()
        await load(house, each)
        seconds.append(time.perf_counter() - start)
    assert max(seconds) < 10, seconds
    async with house.read() as read:
        assert (await read.session.execute(select(func.sum(Portion.price)))).scalar_one() == 5000 * 401
