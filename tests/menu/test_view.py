"""The menu as tablets keep it, and the board that hands it out."""

import asyncio
import gzip
import json
from typing import Any

from sqlalchemy import update

from kiosk.core.db import Database, Read, Tx
from kiosk.menu import queries, service
from kiosk.menu.board import MenuBoard
from kiosk.menu.models import Item
from menus.document import Category
from tests.menu.making import OWNER, dish, full_card, item_id, load, menu, portion_id


async def shown(db: Database) -> dict[str, Any]:
    async with db.read() as read:
        return await queries.show_menu(read)


def unpacked(body: bytes) -> Any:
    return json.loads(gzip.decompress(body))


async def declare(db: Database, item: int, left: int | None, *, is_out: bool = False) -> None:
    async def gesture(tx: Tx) -> None:
        await service.eighty_six(tx, item, is_out=is_out, portions_left=left, by=OWNER)

    await db.run(gesture)


async def test_the_view_has_categories_in_order_with_what_they_fall_back_on(trattoria: Database) -> None:
    menu = await shown(trattoria)
    assert [(one["code"], one["course"], one["icon"], one["dayparts"]) for one in menu["categories"]] == [
        ("mains", 2, "outdoor_grill", []),
        ("drinks", 0, None, []),
        ("wine", 0, None, []),
        ("menu", 1, None, ["lunch"]),
    ]
    drinks, wine = menu["categories"][1:3]
    assert (wine["parent_id"], drinks["parent_id"]) == (drinks["id"], None)
    assert menu["courses"][:2] == [{"no": 0, "name": "Drinks"}, {"no": 1, "name": "Starters"}]


async def test_the_view_has_items_ready_to_be_rung(trattoria: Database) -> None:
    menu = await shown(trattoria)
    assert [item["code"] for item in menu["items"]] == ["tagliata", "fish", "water", "house", "port", "pasta"]
    tagliata, house = menu["items"][0], menu["items"][3]
    assert tagliata | {"id": 0, "category_id": 0} == {
        "id": 0,
        "category_id": 0,
        "code": "tagliata",
        "name": "Tagliata",
        "names": {"de": "Rinderstreifen", "ja": "タリアータ"},
        "kitchen_name": "TAGL",
        "course": 2,
        "stations": ["grill"],
        "allergens": ["milk"],
        "dayparts": [],
        "modifier_groups": ["doneness", "extras"],
        "open_price": False,
        "is_favourite": False,
        "combo": None,
        "is_out": False,
        "left": None,
        "back_on_day": None,
        "portions": [
            {"id": await portion_id(trattoria, "tagliata", "half"), "code": "half", "name": "Half"}
            | {"price": 1250, "is_default": False},
            {"id": await portion_id(trattoria, "tagliata", "full"), "code": "full", "name": "Full"}
            | {"price": 2150, "is_default": True},
        ],
    }
    assert (house["course"], house["stations"]) == (0, ["bar"])


async def test_the_view_has_the_choices_by_code(trattoria: Database) -> None:
    groups = (await shown(trattoria))["modifier_groups"]
    assert list(groups) == ["doneness", "extras"]
    assert (groups["extras"]["least"], groups["extras"]["most"]) == (0, 2)
    assert [(one["code"], one["price"]) for one in groups["extras"]["modifiers"]] == [
        ("rucola", 100),
        ("grana", 150),
        ("no-oil", -50),
    ]
    assert [one["is_default"] for one in groups["doneness"]["modifiers"]] == [False, True]


async def test_what_left_the_menu_is_not_shown(house: Database) -> None:
    await load(house, full_card())
    await load(house, menu(Category(code="mains", name="Mains", items=[dish("fish")])))
    left = await shown(house)
    assert [one["code"] for one in left["categories"]] == ["mains"]
    assert [item["code"] for item in left["items"]] == ["fish"]
    assert (left["modifier_groups"], left["dayparts"]) == ({}, [])


async def test_the_mark_is_another_after_a_change_and_the_same_after_none(trattoria: Database) -> None:
    first = (await shown(trattoria))["etag"]
    await load(trattoria, full_card())
    assert (await shown(trattoria))["etag"] == first
    await load(trattoria, full_card(tagliata_price=2300))
    assert (await shown(trattoria))["etag"] != first


async def test_an_item_of_which_none_is_left_is_out_in_the_view_and_in_the_news(trattoria: Database) -> None:
    fish, water = await item_id(trattoria, "fish"), await item_id(trattoria, "water")
    await declare(trattoria, fish, 1)

    async def gesture(tx: Tx) -> None:
        await service.take_stock(tx, {fish: 1}, by=OWNER)

    await trattoria.run(gesture)
    async with trattoria.read() as read:
        news = await queries.show_stock(read, [water, fish])
    assert sorted(news, key=lambda one: one["id"]) == sorted(
        [
            {"id": fish, "is_out": True, "left": 0, "back_on_day": None},
            {"id": water, "is_out": False, "left": None, "back_on_day": None},
        ],
        key=lambda one: one["id"],
    )
    item = next(item for item in (await shown(trattoria))["items"] if item["id"] == fish)
    assert (item["is_out"], item["left"]) == (True, 0)


async def test_the_board_reads_once_for_many_tablets_and_again_after_a_change(trattoria: Database) -> None:
    looks = 0

    async def stations(_read: Read) -> list[str]:
        nonlocal looks
        looks += 1
        return ["grill"]

    board = MenuBoard(trattoria, {"stations": stations})
    first = await asyncio.gather(*(board.menu() for _ in range(20)))
    assert (looks, len(set(first))) == (1, 1)
    assert unpacked(first[0].body)["stations"] == ["grill"]
    assert first[0].etag.startswith(unpacked(first[0].body)["etag"])
    await declare(trattoria, await item_id(trattoria, "fish"), None, is_out=True)
    second = await board.menu()
    assert (looks, second.etag != first[0].etag) == (1, True), "a change of stock does not make the menu anew"
    await load(trattoria, full_card(tagliata_price=2300))
    assert (unpacked((await board.menu()).body)["stations"], looks) == (["grill"], 2)


async def test_the_board_does_not_keep_a_menu_that_changed_while_it_was_read(trattoria: Database) -> None:
    fish = await item_id(trattoria, "fish")
    waiting, go = asyncio.Event(), asyncio.Event()

    async def slow(_read: Read) -> None:
        waiting.set()
        await go.wait()

    board = MenuBoard(trattoria, {"slow": slow})
    early = asyncio.create_task(board.menu())
    await waiting.wait()
    await declare(trattoria, fish, 3)
    go.set()
    old, new = await early, await board.menu()
    left = [next(item["left"] for item in unpacked(one.body)["items"] if item["id"] == fish) for one in (old, new)]
    assert left == [None, 3]


async def test_an_item_on_no_station_is_shown_with_none(house: Database) -> None:
    await load(house, menu(Category(code="a", name="A", items=[dish("soup")])))
    await house.run(lambda tx: tx.change(update(Item).values(portions_left=7)))
    item = (await shown(house))["items"][0]
    assert (item["stations"], item["course"], item["left"]) == ([], 1, 7)
