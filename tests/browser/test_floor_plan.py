"""The plan of the floor, how a manager lays it out, and a floor as large as they come."""

from typing import Any

import pytest

from kiosk.core.actor import Role
from tests.support import patience
from tests.support.floor_cast import (
    booking,
    card,
    drawn,
    floor,
    mains,
    party,
    placed,
    press_long,
    table,
    taps,
    time_passes,
)
from tests.support.order_stage import OpenTablet
from tests.support.shell_stage import Stage

STANDS = table(2, "2", check_id=12, **party("ordered", "19:05"), **placed(100, 100))
ROUND = table(7, "7", check_id=17, **party("billing", "18:58"), **placed(400, 300, shape="round"))
LOOSE = table(3, "3", seats=2)
SEATED = {**LOOSE, "check_id": 13, **party("seated", "19:14")}
ARABIC = "شركة الضيافة العربية للمناسبات والاحتفالات الكبرى المحدودة"
LONG = "A very long name of sixty characters for a booking of guests"
TOO_SMALL = """() => [...document.querySelectorAll('button, a, [role=button], select')]
    .map(key => [key.ariaLabel || key.innerText, key.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 47.5 || box.height < 47.5))
    .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
WATCH_TILES = """() => {
  window.touched = new Set();
  const watch = new MutationObserver(changes => changes.forEach(({ target }) => {
    const tile = (target.nodeType === 1 ? target : target.parentElement)?.closest(".k-tile");
    if (tile) touched.add(tile.dataset.table);
  }));
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  watch.observe(document.querySelector(".k-floor__grid"), all);
}"""
TWENTY_CHANGES = """async tile => {
  const began = performance.now();
  for (let v = 2; v < 22; v += 1) {
    stage.news("floor", v, { tables: [{ ...tile, total: v * 100 }] });
    await Vue.nextTick();
  }
  return (performance.now() - began) / 20;
}"""


PRESS = """keys => keys.forEach(([key, shiftKey = false]) => {
  const event = new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
})"""
"""One key after the other, faster than a table rests."""


async def box(stage: Stage, what: str) -> dict[str, float]:
    found = await stage.page.locator(what).bounding_box()
    assert found
    return {name: found[name] for name in ("x", "y", "width", "height")}


async def saved(stage: Stage) -> None:
    await stage.page.evaluate("kiosk.idle()")


async def test_the_plan_is_drawn_to_scale_kept_on_the_device_and_opens_tables_like_the_grid(
    tablet: OpenTablet,
) -> None:
    async with drawn(tablet, floor(STANDS, ROUND, LOOSE)) as stage:
        await stage.page.click("text=Plan")
        canvas, tile = await box(stage, ".k-plan__canvas"), await box(stage, "[data-table='2']")
        assert canvas["width"] / canvas["height"] == pytest.approx(1.5, abs=0.01)
        assert (tile["x"] - canvas["x"]) / canvas["width"] == pytest.approx(100 / 1200, abs=0.002)
        assert tile["height"] / canvas["height"] == pytest.approx(120 / 800, abs=0.01)
        assert (await box(stage, "[data-table='3']"))["y"] > canvas["y"] + canvas["height"]
        assert await stage.page.inner_text("[data-table='7'] .k-tile__state span") == "Bill out"
        assert await stage.page.inner_text("[data-table='7'] .k-ring span") == "+6"
        assert await stage.page.evaluate("localStorage.kiosk_floor_plan") == "1"
        assert await stage.page.locator(".k-floor__keys >> text=Edit").count() == 0
        await press_long(stage, "2")
        await stage.page.keyboard.press("Escape")
        await stage.page.click("[data-table='2'] .k-tile__hit")
        assert await stage.page.evaluate("location.hash") == "#/order/12?table_id=2"


async def edited(stage: Stage) -> None:
    await stage.page.click("text=Plan")
    await stage.page.click(".k-floor__keys >> text=Edit")


async def drag(stage: Stage, what: str, dx: float, dy: float) -> None:
    """By units of the canvas."""
    unit = (await box(stage, ".k-plan__canvas"))["width"] / 1200
    spot = await box(stage, what)
    x, y = spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2
    await stage.page.mouse.move(x, y)
    await stage.page.mouse.down()
    await stage.page.mouse.move(x + dx * unit / 2, y + dy * unit / 2)
    await stage.page.mouse.move(x + dx * unit, y + dy * unit)
    await stage.page.mouse.up()
    await saved(stage)


def at(x: int, y: int, width: int = 140, height: int = 120, table_id: int = 2) -> tuple[str, dict[str, Any]]:
    place = {"id": table_id, "x": x, "y": y, "width": width, "height": height, "shape": "square"}
    return "place_tables", {"tables": [place]}


async def test_a_manager_drags_a_table_that_snaps_and_sizes_it_and_takes_both_back(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(STANDS, ROUND), Role.MANAGER) as stage:
        await edited(stage)
        await drag(stage, "[data-edit='2']", 57, 103)
        await drag(stage, "[data-edit='2']", 234, -194)
        await drag(stage, "[data-edit='2'] .k-edit__grip", 45, 22)
        await stage.page.click("text=Undo: table 2 moved")
        await stage.page.click("text=Undo: table 2 moved")
        await saved(stage)
        assert taps(stage) == [
            at(160, 200),
            at(400, 0),  # in line with table 7 across, and not above the canvas
            at(400, 0, 180, 140),
            at(400, 0),
            at(160, 200),
        ]


async def test_arrows_move_and_size_a_table_and_are_saved_when_they_rest(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(STANDS), Role.MANAGER) as stage:
        await edited(stage)
        await stage.page.focus("[data-edit='2']")
        await stage.page.evaluate(PRESS, [["ArrowRight"], ["ArrowRight"], ["ArrowDown"], ["ArrowRight", True]])
        await patience.until(lambda: taps(stage), "the table to be saved")
        await saved(stage)
        assert taps(stage) == [at(140, 120, 160, 120)]


async def test_tables_and_sections_are_added_renamed_and_removed_and_it_is_undone(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(STANDS), Role.MANAGER) as stage:
        await edited(stage)
        stage.answers = [(200, {"ok": True, "result": {"table_id": 77}}), (200, {"ok": True, "result": {}})]
        assert await stage.page.get_by_label("Number of the new table").input_value() == "3"
        await stage.page.click(".k-edit__panel form >> text=Add >> nth=0")
        await saved(stage)
        await stage.page.click("text=Undo: table 3 added")
        await stage.page.click("[data-edit='2']")
        await stage.page.get_by_label("Table", exact=True).fill("2A")
        await stage.page.keyboard.press("Enter")
        await stage.page.get_by_label("One chair more").click()
        await stage.page.get_by_label("Round").click()
        await saved(stage)
        stage.answers = [(200, {"ok": True, "result": {"table_id": 78}})]
        await stage.page.click("text=Remove table 2")
        await saved(stage)
        await stage.page.click("text=Undo: table 2 removed")
        await patience.until(lambda: len(taps(stage)) == 8, "the table to be added and placed again")
        again = {"id": 78, "x": 100, "y": 100, "width": 140, "height": 140, "shape": "round"}
        assert taps(stage) == [
            ("add_table", {"section_id": 1, "label": "3", "seats": 4}),
            ("remove_table", {"id": 77}),
            ("change_table", {"id": 2, "label": "2A"}),
            ("change_table", {"id": 2, "seats": 5}),
            ("place_tables", {"tables": [{**again, "id": 2}]}),
            ("remove_table", {"id": 2}),
            ("add_table", {"section_id": 1, "label": "2", "seats": 4}),
            ("place_tables", {"tables": [again]}),
        ]


async def test_a_new_layout_is_read_with_the_news_that_come_meanwhile(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(STANDS)) as stage:
        stage.views["floor"] = {**floor(STANDS, LOOSE), "v": 2}
        await stage.page.evaluate("stage.news('floor', 2, {reload: true})")
        await stage.page.evaluate("tile => stage.news('floor', 3, {tables: [tile]})", SEATED)
        await stage.page.wait_for_selector("[data-table='3'].is-seated")


def large(tables: int) -> dict[str, Any]:
    """A house of many tables in every state, with names as long as they may be and from right to left."""
    states = ["ordered", "served", "billing", "paid", "seated", "available"]
    rows = []
    for n in range(1, tables + 1):
        state = states[n % 6]
        there = {} if state == "available" else {"check_id": 1000 + n, **party(state, "19:00", waiter=LONG)}
        more = {"ready": 3, "warned": 2, "next_course": mains("19:10")} if state == "ordered" else {}
        spot = placed(20 + (n % 7) * 165, 20 + (n // 7 % 5) * 150)
        rows.append({**table(n, str(n) if n % 9 else "Window seat left", **spot), **there, **more})
    coming = [booking(1, ARABIC, "19:10", table_id=6, covers=12), booking(2, LONG, "19:40", note=LONG, phone=LONG[:40])]
    cards = [card(5001, ARABIC[:40], "ordered", "19:00", ready=2), card(5002, LONG[:40], "seated", "19:00")]
    return floor(*rows, bookings=coming, counter=cards)


@pytest.mark.parametrize(("size", "tables"), [((1280, 800), 60), ((800, 1280), 120), ((390, 844), 60)])
async def test_a_large_floor_keeps_keys_as_large_as_a_finger_and_nothing_leaves_the_screen(
    tablet: OpenTablet, size: tuple[int, int], tables: int
) -> None:
    async with drawn(tablet, large(tables), Role.MANAGER, size) as stage:

        async def check(where: str) -> None:
            assert await stage.page.evaluate(TOO_SMALL) == [], where
            assert await stage.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
            wide = "sheet => sheet.scrollWidth > sheet.clientWidth"
            assert not any(await stage.page.eval_on_selector_all("dialog[open]", f"all => all.map({wide})")), where

        await check("grid")
        for opener in ("text=Bookings", "[aria-label='New take-away']", "[data-table='1'] .k-tile__hit"):
            long = opener.startswith("[data-table")
            await stage.page.locator(opener).first.click(button="right" if long else "left")
            await check(opener)
            await stage.page.keyboard.press("Escape")
        await stage.page.click("text=Bookings")
        await stage.page.click("text=New booking")
        await check("form")
        await stage.page.keyboard.press("Escape")
        await stage.page.click("text=Plan")
        await check("plan")
        await stage.page.click(".k-floor__keys >> text=Edit")
        await check("edit")


async def test_a_change_of_one_table_of_sixty_paints_one_tile_and_is_quick(tablet: OpenTablet) -> None:
    async with drawn(tablet, large(60)) as stage:
        await stage.page.evaluate("const now = Date.now(); Date.now = () => now")
        await time_passes(stage, 0)  # the rings have moved and will not move again
        await stage.page.evaluate(WATCH_TILES)
        now = {**table(7, "7", **placed(20, 20)), "check_id": 1007, **party("served", "19:14")}
        took = await stage.page.evaluate(TWENTY_CHANGES, now)
        assert await stage.page.evaluate("[...touched]") == ["7"]
        assert await stage.page.inner_text("[data-table='7'] .k-tile__sum") == "21.00"
        patience.in_time(took / 1000, 0.025, "a change of one tile")
