"""What opens over a tile of the menu: prices, words said of extras, set menus, the stock of a dish."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.support.order_stage import OpenTablet, acts, drawn, lines, opened, tap

MENU = """
const [plain] = stage.menu.items;
const dish = (id, name, price, more = {}) => {
  return {...plain, id, name, portions: [{...plain.portions[0], id: id * 10, price}], ...more};
};
const choice = (item_id, price) => {
  return {portion_id: item_id * 10, item_id, name: stage.menu.items[item_id - 1].name, portion: "", price};
};
const extra = ([id, name, price]) => ({id, code: name, name, price, is_default: false});
stage.menu.modifier_groups.extras = {
  code: "extras", name: "Extras", least: 0, most: 4, prefixes: true,
  modifiers: [[61, "burrata", 350], [62, "chilli", 0], [63, "olives", 100]].map(extra),
};
const combo = [
  {code: "first", name: "First", least: 1, most: 1, course: 1, choices: [choice(1, 0), choice(3, 150)]},
  {code: "main", name: "Main", least: 1, most: 1, course: 2, choices: [choice(4, 600), choice(5, 0)]},
  {code: "more", name: "More", least: 0, most: 1, course: null, choices: [choice(2, 300)]},
];
stage.menu.items.push(dish(7, "Pizza", 900, {modifier_groups: ["extras"]}));
stage.menu.items.push(dish(8, "Fish of the day", 0, {open_price: true}), dish(9, "Set lunch", 2000, {combo}));
stage.today.favourites.push(7, 8, 9);
"""


@pytest.fixture
async def pad(tablet: OpenTablet) -> AsyncIterator[Page]:
    """The screen with an empty check of two guests, and a menu with a set menu, an open price and extras."""
    async with opened(tablet) as page:
        await page.evaluate(MENU)
        await drawn(page)
        yield page


async def keyed(page: Page) -> str:
    return await page.locator(".k-op-add").inner_text()


async def hold(page: Page, name: str) -> None:
    await page.locator(".k-item", has_text=name).locator(".k-item__hit").click(delay=650, force=True)


async def stock(page: Page) -> object:
    """What the tablet said of a dish's stock last."""
    return (await acts(page))[-1][1]


async def test_no_extra_and_on_the_side_are_said_of_extras(pad: Page) -> None:
    await pad.locator(".k-item", has_text="Pizza").locator(".k-item__more").click()
    await pad.get_by_role("button", name="olives").click()
    await pad.get_by_role("radio", name="No", exact=True).click()
    await pad.get_by_role("button", name="No chilli").click()
    await pad.get_by_role("radio", name="On the side").click()
    await pad.get_by_role("button", name="burrata on the side").click()
    assert await keyed(pad) == "Add 1, 13.50"
    await pad.get_by_role("radio", name="Extra", exact=True).click()
    await pad.get_by_role("button", name="olives").click()
    await pad.locator(".k-op-add").click()
    args = (await acts(pad))[0][1]
    said = {(one["id"], one["prefix"]) for one in args["prefixed"]}
    assert (args["modifier_ids"], said) == ([], {(61, "side"), (62, "no"), (63, "extra")})


@pytest.mark.parametrize(("decimals", "zeros", "price"), [(0, "00", 12500), (3, "000", 125000)])
async def test_an_open_price_is_typed_in_the_houses_smallest_coins(
    pad: Page, decimals: int, zeros: str, price: int
) -> None:
    await pad.evaluate("decimals => { kiosk.me.venue.decimals = decimals }", decimals)
    await tap(pad, "Fish of the day")
    assert await keyed(pad) == "Type the price"
    for key in ("1", "2", "5", zeros):
        await pad.locator(".k-op-pad").get_by_text(key, exact=True).click()
    await pad.keyboard.type("7")
    await pad.keyboard.press("Backspace")
    await pad.keyboard.press("Enter")
    assert (await acts(pad))[0][1]["price"] == price
    assert await lines(pad) == ["1 Fish of the day Saving"]


async def test_a_set_menu_is_rung_at_one_price_when_every_step_and_its_choices_are_answered(pad: Page) -> None:
    await tap(pad, "Set lunch")
    await pad.evaluate("stage.news('menu', {items: [{id: 1, is_out: true, left: null}]})")
    box = pad.get_by_role("dialog")
    await box.get_by_role("button", name="Burrata").click(force=True)
    assert await keyed(pad) == "First: choose 1"
    await expect(box.get_by_role("button", name="Burrata")).to_contain_text("Sold out")
    await box.get_by_role("button", name="Soup").click()
    await box.get_by_role("button", name="Tagliata ").click()
    assert await keyed(pad) == "Tagliata: Doneness, choose 1"
    await box.get_by_role("button", name="Medium").click()
    await box.get_by_role("button", name="One more").click()
    assert await keyed(pad) == "Add 2, 55.00"
    await pad.locator(".k-op-add").click()
    parts = [
        {"step": "first", "portion_id": 30, "modifier_ids": []},
        {"step": "main", "portion_id": 40, "modifier_ids": [42]},
    ]
    [[name, args]] = await acts(pad)
    assert (name, args["portion_id"], args["quantity"], args["parts"]) == ("ring_combo", 90, 2, parts)
    assert await box.count() == 0


async def test_a_long_press_counts_a_dish_down_and_brings_it_back(pad: Page) -> None:
    await hold(pad, "Burrata")
    await pad.get_by_role("button", name="Stock of Burrata").click()
    await pad.keyboard.type("17")
    await pad.get_by_role("button", name="One less").click()
    await pad.get_by_role("button", name="Only 16 left").click()
    assert await stock(pad) == {"item_id": 1, "is_out": False, "portions_left": 16, "until": "tomorrow"}
    await pad.evaluate("stage.news('menu', {items: [{id: 1, is_out: true, left: 0, back_on_day: '2026-03-03'}]})")
    await hold(pad, "Burrata")
    assert "Back by itself on Tue, 3 Mar" in (await pad.get_by_role("dialog").inner_text()).replace("Tue 3", "Tue, 3")
    await pad.get_by_role("button", name="Back again").click()
    assert await stock(pad) == {"item_id": 1, "is_out": False, "portions_left": None, "until": None}


async def test_a_dish_is_sold_out_until_somebody_says_so(pad: Page) -> None:
    await hold(pad, "Burrata")
    await pad.get_by_role("button", name="Stock of Burrata").click()
    await pad.get_by_role("radio", name="Until somebody says so").click()
    await pad.get_by_role("button", name="Sold out", exact=True).click()
    assert await stock(pad) == {"item_id": 1, "is_out": True, "portions_left": None, "until": None}
    await pad.evaluate("stage.answer({})")
    await pad.wait_for_function("stage.toasts.length === 1")
    assert await pad.evaluate("stage.toasts") == ["Burrata is sold out"]


async def test_who_has_an_unsent_dish_hears_that_it_sold_out_elsewhere(pad: Page) -> None:
    await pad.evaluate("stage.put(stage.line(1, 1, 'draft', {quantity: 2}), stage.line(2, 1, 'cooking')); stage.tell()")
    await pad.evaluate("stage.news('menu', {items: [{id: 1, is_out: true, left: 0}]})")
    await pad.evaluate("stage.news('menu', {items: [{id: 1, is_out: true, left: 0}]})")
    assert await pad.evaluate("stage.toasts") == ["Burrata is sold out: 2 not sent."]
