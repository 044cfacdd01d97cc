"""What a portion is offered at, and when it is not."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from kiosk.core.db import Database, Tx
from kiosk.menu import service
from kiosk.menu.errors import ChoiceMissing, ModifierForeign, NotServedNow, PortionGone, SoldOut
from kiosk.menu.models import Item
from kiosk.menu.service import Offer
from menus.document import Category
from tests.menu import making
from tests.menu.making import dish, load, menu, modifier_ids, portion_id

FRIDAY_NOON_IN_ROME = datetime(2026, 11, 20, 11, 30, tzinfo=UTC)
FRIDAY_EVENING_IN_ROME = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
SATURDAY_HALF_PAST_ONE_IN_ROME = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)


async def offer(db: Database, portion: int, choices: Sequence[int] = (), at: datetime | None = None) -> Offer:
    async def gesture(tx: Tx) -> Offer:
        tx.at = at or tx.at
        return await service.for_ringing(tx, portion, choices)

    return await db.run(gesture)


async def test_an_offer_has_everything_a_line_keeps(trattoria: Database) -> None:
    full = await portion_id(trattoria, "tagliata", "full")
    chosen = await modifier_ids(trattoria, "grana", "rare", "no-oil")
    assert await offer(trattoria, full, chosen) == Offer(
        item_id=await making.item_id(trattoria, "tagliata"),
        item_code="tagliata",
        name="Tagliata",
        kitchen_name="TAGL",
        category="Mains",
        portion_id=full,
        portion_name="Full",
        unit_price=2150,
        open_price=False,
        modifiers=[
            {"code": "rare", "name": "Rare", "price": 0},
            {"code": "grana", "name": "Grana", "price": 150},
            {"code": "no-oil", "name": "No oil", "price": -50},
        ],
        tax_class="food",
        eat_in_ppm=100_000,
        take_away_ppm=50_000,
        stations=["grill"],
        course=2,
        allergens=["milk"],
    )


async def test_an_item_has_its_own_station_course_and_tax_before_its_categorys(trattoria: Database) -> None:
    fish = await offer(trattoria, await portion_id(trattoria, "fish"))
    assert (fish.stations, fish.course, fish.kitchen_name, fish.portion_name) == (["grill", "pass"], 3, "Fish", "")
    wine = await offer(trattoria, await portion_id(trattoria, "house"))
    assert (wine.stations, wine.course, wine.category, wine.tax_class) == (["bar"], 0, "Wine", "drinks")


async def test_an_item_without_station_and_course_is_rung_in_the_first_course(house: Database) -> None:
    await load(house, menu(Category(code="a", name="A", items=[dish("soup")])))
    soup = await offer(house, await portion_id(house, "soup"))
    assert (soup.stations, soup.course, soup.tax_class) == ([], 1, "food")


async def test_a_portion_that_left_the_menu_cannot_be_rung(house: Database) -> None:
    await load(house, menu(Category(code="a", name="A", items=[dish("soup"), dish("fish")])))
    fish = await portion_id(house, "fish")
    await load(house, menu(Category(code="a", name="A", items=[dish("soup")])))
    for gone in (fish, 12345):
        with pytest.raises(PortionGone):
            await offer(house, gone)


@pytest.mark.parametrize("stock", [{"is_out": True}, {"portions_left": 0}])
async def test_what_is_out_or_used_up_cannot_be_rung(trattoria: Database, stock: dict[str, object]) -> None:
    await trattoria.run(lambda tx: tx.change(update(Item).where(Item.code == "fish").values(**stock)))
    with pytest.raises(SoldOut, match="Fish is sold out"):
        await offer(trattoria, await portion_id(trattoria, "fish"))


async def test_a_required_choice_and_one_of_another_item_are_refused(trattoria: Database) -> None:
    rucola = await modifier_ids(trattoria, "rucola")
    with pytest.raises(ChoiceMissing, match="how it is cooked"):
        await offer(trattoria, await portion_id(trattoria, "tagliata", "half"), rucola)
    with pytest.raises(ModifierForeign, match="Fish"):
        await offer(trattoria, await portion_id(trattoria, "fish"), rucola)


async def test_lunch_is_served_at_lunch_by_the_venues_clock(trattoria: Database) -> None:
    pasta = await portion_id(trattoria, "pasta")
    assert (await offer(trattoria, pasta, at=FRIDAY_NOON_IN_ROME)).name == "Pasta"
    with pytest.raises(NotServedNow, match="Pasta is served at Lunch, not now"):
        await offer(trattoria, pasta, at=FRIDAY_EVENING_IN_ROME)


async def test_friday_night_goes_on_after_midnight(trattoria: Database) -> None:
    port = await portion_id(trattoria, "port")
    assert (await offer(trattoria, port, at=SATURDAY_HALF_PAST_ONE_IN_ROME)).unit_price == 700
    with pytest.raises(NotServedNow, match="Port is served at Late"):
        await offer(trattoria, port, at=FRIDAY_NOON_IN_ROME)
