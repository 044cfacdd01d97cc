"""Set menus in the database: imported and exported, offered with each part's own tax, station and course, shown."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from kiosk.core.db import Database, Tx
from kiosk.menu import service
from kiosk.menu.errors import (
    ChoiceMissing,
    ComboNotCounted,
    ComboUnopened,
    ModifierForeign,
    NotACombo,
    NotServedNow,
    PortionGone,
    SoldOut,
)
from kiosk.menu.models import Item
from kiosk.menu.service import ComboOffer, Offer, Pick, Prefix, Prefixed
from tests.menu import making
from tests.menu.making import OWNER, item_id, load, lunch_card, modifier_ids, portion_id

MONDAY_EVENING = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


@pytest.fixture
async def lunch(house: Database) -> Database:
    """A venue with a set menu."""
    await load(house, lunch_card())
    return house


async def picks(db: Database, *told: tuple[str, str, str]) -> list[Pick]:
    """Picks by step, item and portion; a pasta is chosen well done."""
    done = await modifier_ids(db, "done")
    return [
        Pick(step, await portion_id(db, item, portion), done if item == "pasta" else []) for step, item, portion in told
    ]


SOUP_AND_PASTA = (("starter", "soup", "one"), ("main", "pasta", "full"))
SOUP_FISH_WINE = (("starter", "soup", "one"), ("main", "fish", "one"), ("drink", "wine", "one"))


async def ring(db: Database, chosen: list[Pick], *, item: str = "lunch", at: datetime | None = None) -> ComboOffer:
    portion = await portion_id(db, item)

    async def gesture(tx: Tx) -> ComboOffer:
        tx.at = at or tx.at
        return await service.for_ringing_combo(tx, portion, chosen)

    return await db.run(gesture)


async def shown(db: Database, code: str = "lunch") -> dict[str, Any]:
    async with db.read() as read:
        menu = await service.show_menu(read)
    return next(item for item in menu["items"] if item["code"] == code)


async def test_the_parts_have_their_own_tax_stations_and_course_and_sum_to_the_price(lunch: Database) -> None:
    offer = await ring(lunch, await picks(lunch, *SOUP_FISH_WINE))
    assert (offer.name, offer.price, offer.item_id) == ("Lunch", 2000, await item_id(lunch, "lunch"))
    parts = [(part.name, part.unit_price, part.tax_class, part.stations, part.course) for part in offer.parts]
    assert parts == [
        ("Soup", 387, "food", ["grill"], 1),
        ("Fish", 1290 + 300, "food", ["grill"], 2),
        ("Wine", 323, "drinks", ["bar"], 0),
    ]
    assert sum(part.unit_price for part in offer.parts) == 2300


async def test_parts_come_in_the_order_of_the_picks_with_their_modifiers(lunch: Database) -> None:
    rare, grana, rucola = await modifier_ids(lunch, "rare", "grana", "rucola")
    pasta = Pick("main", await portion_id(lunch, "pasta", "full"), [rare, grana], [Prefixed(rucola, Prefix.NO)])
    soup = Pick("starter", await portion_id(lunch, "soup"))
    offer = await ring(lunch, [pasta, soup])
    assert [part.name for part in offer.parts] == ["Pasta", "Soup"]
    assert offer.parts[0].modifiers == [
        {"code": "rare", "name": "Rare", "price": 0},
        {"code": "grana", "name": "Grana", "price": 150},
        {"code": "rucola", "name": "Rucola", "price": 0, "prefix": "no"},
    ]
    assert [part.unit_price for part in offer.parts] == [1333, 667]
    assert isinstance(offer.parts[0], Offer)


async def test_a_part_without_its_required_choice_is_asked_for(lunch: Database) -> None:
    soup, pasta = await picks(lunch, *SOUP_AND_PASTA)
    with pytest.raises(ChoiceMissing, match="“how it is cooked” for Pasta"):
        await ring(lunch, [soup, pasta._replace(modifier_ids=[])])


async def test_what_the_set_menu_does_not_offer_is_refused(lunch: Database) -> None:
    for wrong in (("starter", "fish", "one"), ("main", "pasta", "half")):
        with pytest.raises(ModifierForeign, match="does not belong to Lunch"):
            await ring(lunch, await picks(lunch, *SOUP_AND_PASTA, wrong))
    with pytest.raises(ChoiceMissing, match="Choose “Main” for Lunch"):
        await ring(lunch, await picks(lunch, SOUP_AND_PASTA[0]))


async def test_a_set_menu_is_opened_and_an_ordinary_dish_is_not(lunch: Database) -> None:
    portion = await portion_id(lunch, "lunch")
    with pytest.raises(ComboUnopened, match="Lunch is a set menu"):
        await lunch.run(lambda tx: service.for_ringing(tx, portion))
    with pytest.raises(NotACombo, match="Soup is not a set menu"):
        await ring(lunch, [], item="soup")


async def test_a_dish_that_is_sold_out_or_gone_is_not_served_in_a_set_menu_either(lunch: Database) -> None:
    chosen = await picks(lunch, *SOUP_FISH_WINE)
    fish = await item_id(lunch, "fish")
    await lunch.run(lambda tx: service.eighty_six(tx, fish, is_out=True, portions_left=None, by=OWNER))
    with pytest.raises(SoldOut, match="Fish is sold out"):
        await ring(lunch, chosen)
    await lunch.run(lambda tx: tx.change(update(Item).where(Item.id == fish).values(active=False)))
    with pytest.raises(PortionGone):
        await ring(lunch, chosen)


async def test_a_set_menu_can_be_out_but_is_not_counted(lunch: Database) -> None:
    whole = await item_id(lunch, "lunch")
    with pytest.raises(ComboNotCounted, match="Lunch is a set menu: its dishes are counted"):
        await lunch.run(lambda tx: service.eighty_six(tx, whole, is_out=False, portions_left=3, by=OWNER))
    await lunch.run(lambda tx: service.eighty_six(tx, whole, is_out=True, portions_left=None, by=OWNER))
    with pytest.raises(SoldOut, match="Lunch is sold out"):
        await ring(lunch, await picks(lunch, *SOUP_AND_PASTA))


async def test_the_hours_of_the_set_menu_hold_and_not_those_of_its_dishes(house: Database) -> None:
    card = lunch_card()
    food, bar, sets = card.categories
    night = bar.model_copy(update={"dayparts": ["night"]})
    dayparts = [making.LUNCH, making.NIGHT]
    await load(house, card.model_copy(update={"categories": [food, night, sets], "dayparts": dayparts}))
    chosen = await picks(house, *SOUP_FISH_WINE)
    assert len((await ring(house, chosen, at=MONDAY_EVENING)).parts) == 3
    at_noon = sets.model_copy(update={"dayparts": ["lunch"]})
    await load(house, card.model_copy(update={"categories": [food, night, at_noon], "dayparts": dayparts}))
    with pytest.raises(NotServedNow, match="Lunch is served at Lunch, not now"):
        await ring(house, chosen, at=MONDAY_EVENING)


async def test_the_view_has_the_steps_with_their_dishes_ready_to_be_rung(lunch: Database) -> None:
    starter, main, drink = (await shown(lunch))["combo"]
    assert {key: value for key, value in starter.items() if key != "choices"} == {
        "code": "starter",
        "name": "Starter",
        "least": 1,
        "most": 1,
        "course": 1,
    }
    assert (drink["least"], drink["most"], drink["course"]) == (0, 2, None)
    assert starter["choices"][1] == {
        "portion_id": await portion_id(lunch, "pasta", "half"),
        "item_id": await item_id(lunch, "pasta"),
        "name": "Pasta",
        "portion": "Half",
        "price": 0,
    }
    assert [(one["name"], one["portion"], one["price"]) for one in main["choices"]] == [
        ("Pasta", "Full", 0),
        ("Fish", "", 300),
    ]
    assert (await shown(lunch, "soup"))["combo"] is None


async def test_a_dish_that_left_the_menu_is_shown_without_a_portion(lunch: Database) -> None:
    await lunch.run(lambda tx: tx.change(update(Item).where(Item.code == "fish").values(active=False)))
    gone = (await shown(lunch))["combo"][1]["choices"][1]
    assert gone == {"portion_id": None, "item_id": None, "name": "Fish", "portion": "", "price": 300}


async def test_a_menu_with_set_menus_and_favourites_comes_back_equal_and_changes_nothing_twice(lunch: Database) -> None:
    async with lunch.read() as read:
        assert await service.read_document(read) == lunch_card()
    assert (await load(lunch, lunch_card())).is_empty
    assert ((await shown(lunch, "wine"))["is_favourite"], (await shown(lunch, "soup"))["is_favourite"]) == (True, False)


async def test_an_import_tells_what_became_of_set_menus_and_favourites(lunch: Database) -> None:
    card = lunch_card()
    food, bar, sets = card.categories
    wine = bar.items[0].model_copy(update={"favourite": False})
    plain = sets.items[0].model_copy(update={"combo": None})
    changed = [food, bar.model_copy(update={"items": [wine]}), sets.model_copy(update={"items": [plain]})]
    change = await load(lunch, card.model_copy(update={"categories": changed}))
    assert change.lines == ["Item “Wine”: favourite changed.", "Item “Lunch”: set menu changed."]


async def test_prefixes_are_kept_and_shown(house: Database) -> None:
    groups = [making.DONENESS, making.EXTRAS.model_copy(update={"prefixes": False})]
    card = making.full_card().model_copy(update={"modifier_groups": groups})
    await load(house, card)
    async with house.read() as read:
        assert await service.read_document(read) == card
        shown_groups = (await service.show_menu(read))["modifier_groups"]
    assert {code: group["prefixes"] for code, group in shown_groups.items()} == {"doneness": False, "extras": False}
    await load(house, making.full_card())
    async with house.read() as read:
        assert (await service.show_menu(read))["modifier_groups"]["extras"]["prefixes"] is True
