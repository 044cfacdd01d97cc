"""The check beside the menu: what a send will do, holding and firing, taking back, seats, corrections and moves."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from tests.support.order_stage import OpenTablet, acts, drawn, lines, opened, tap

HELD = "stage.line({0}, 4, 'held', {{course: 2, stations: ['grill'], send_no: 1, sent_at: '2026-03-02T12:00:00Z'}})"
FIRED = "stage.line({0}, 1, 'cooking', {{fire_no: 1, send_no: 1, fired_at: '2026-03-02T12:00:00Z'}})"


@pytest.fixture
async def pad(tablet: OpenTablet) -> AsyncIterator[Page]:
    """The screen with an empty check of two guests, in a house that holds courses."""
    async with opened(tablet) as page:
        await page.evaluate("stage.check.hold_courses = true")
        await drawn(page)
        yield page


async def put(page: Page, *shown: str, **check: object) -> None:
    """Lines that come onto the check, and what else the server says of it."""
    await page.evaluate("check => Object.assign(stage.check, check)", check)
    await page.evaluate(f"stage.put({', '.join(shown)}); stage.tell()")


async def send_words(page: Page) -> str:
    return " ".join((await page.locator(".k-op-send .k-btn__2").inner_text()).split())


MAIN = "stage.line({0}, 4, 'draft', {{course: 2, stations: ['grill']}})"
DRINK = "stage.line({0}, 1, 'draft', {{course: 0, stations: ['bar']}})"


async def test_send_says_what_the_house_will_do_before_it_does_it(pad: Page) -> None:
    await put(pad, DRINK.format(1), "stage.line(2, 1)", MAIN.format(3), MAIN.format(4))
    assert await send_words(pad) == "Send 4 1 to bar, 1 to cold, 2 held"
    await put(pad, HELD.format(5))
    assert await send_words(pad) == "Send 4 1 to bar, 1 to cold, 2 held"
    await pad.evaluate("stage.check.lines = stage.check.lines.filter((line) => line.course === 2)")
    await put(pad)
    assert await send_words(pad) == "Hold 2 2 held"


async def test_what_is_still_being_saved_counts_in_what_send_will_do(pad: Page) -> None:
    await tap(pad, "Burrata")
    await pad.get_by_role("radio", name="Mains").click()
    await tap(pad, "Burrata")
    assert await send_words(pad) == "Send 2 1 to cold, 1 held"


async def test_the_caret_sends_everything_or_nothing(pad: Page) -> None:
    await put(pad, "stage.line(1, 1)", MAIN.format(2))
    await pad.get_by_label("Other ways to send").click()
    assert "1 to cold, 1 to grill" in await pad.get_by_role("menuitem", name="Send all now").inner_text()
    await pad.get_by_role("menuitem", name="Hold all").click()
    assert await acts(pad) == [["send", {"check_id": 7, "courses": []}]]
    await pad.evaluate("stage.refuse('No.')")
    await pad.locator(".k-op-send").click(delay=650)
    await pad.get_by_role("menuitem", name="Send all now").click()
    assert (await acts(pad))[1:] == [["send", {"check_id": 7, "courses": [1, 2]}]]


async def test_a_held_course_says_when_it_had_best_be_fired_and_is_fired_once(pad: Page) -> None:
    courses = [{"no": 2, "name": "Mains", "fire_at": "2026-03-02T12:02:30Z"}]
    await put(pad, HELD.format(1), HELD.format(2), courses=courses)
    key = pad.locator("[data-fire]")
    assert " ".join((await key.locator(".k-btn__2").inner_text()).split()) == "Fire 2 mains in 3 min"
    await pad.evaluate("stage.now += 150_000; stage.emit('tick')")
    await expect(key).to_contain_text("now")
    await key.dblclick()
    assert await acts(pad) == [["fire_course", {"check_id": 7, "course": 2}]]


async def test_a_send_can_be_taken_back_until_its_time_is_over(pad: Page) -> None:
    undo = {"fire_no": 1, "until": "2026-03-02T12:00:05Z", "lines": 3}
    await put(pad, FIRED.format(1), FIRED.format(2), HELD.format(3), undo=undo)
    toast = pad.locator(".k-op-undo")
    await expect(toast).to_contain_text("2 Burrata leave for cold")
    await expect(toast).to_contain_text("in 5 seconds, 1 held")
    await pad.evaluate("stage.now += 3_000")
    await expect(toast.locator(".k-count")).to_have_text("2")
    await toast.get_by_role("button", name="Undo").click()
    assert await acts(pad) == [["take_back", {"check_id": 7, "fire_no": 1}]]
    await pad.evaluate("stage.now += 2_000")
    await expect(toast).to_have_count(0)


async def test_what_the_kitchen_has_can_not_be_taken_back_any_more(pad: Page) -> None:
    await put(pad, FIRED.format(1), undo={"fire_no": 1, "until": "2026-03-02T12:00:05Z", "lines": 1})
    await expect(pad.locator(".k-op-undo")).to_have_count(1)
    await put(pad, undo=None)
    await expect(pad.locator(".k-op-undo")).to_have_count(0)


async def test_the_check_by_seat_has_every_seat_the_table_and_the_servers_sums(pad: Page) -> None:
    ready = "stage.line(1, 1, 'ready', {seat_no: 2, ready_at: '2026-03-02T11:59:00Z'})"
    await put(pad, ready, "stage.line(2, 5)", seats=[{"no": 2, "total": 500}])
    await pad.get_by_role("button", name="Show by seat").click()
    heads = [" ".join(text.split()) for text in await pad.locator(".k-op-seat").all_inner_texts()]
    assert [head.removeprefix("event_seat ") for head in heads] == [
        "Seat 1 nothing yet",
        "Seat 2 5.00 Serve 1",
        "Share, whole table",
    ]
    await pad.locator("[data-serve-seat='2']").click()
    assert await acts(pad) == [["serve", {"check_id": 7, "line_ids": [1]}]]


async def test_served_dishes_can_be_unserved_for_a_moment(pad: Page) -> None:
    await put(pad, "stage.line(1, 1, 'ready')", "stage.line(2, 1, 'ready')")
    await pad.locator("[data-serve]").click()
    await pad.evaluate("stage.answer({served: 2})")
    await expect(pad.locator(".k-check")).to_be_visible()
    assert await pad.evaluate("stage.toasts") == ["2 Burrata served"]
    await pad.evaluate("stage.undo()")
    assert (await acts(pad))[1] == ["unserve", {"check_id": 7, "line_ids": [1, 2]}]


PARTS = ", ".join(f"stage.line({n}, {n}, 'draft', {{combo_id: 9, combo_name: 'Lunch', course: {n}}})" for n in (1, 2))


async def test_a_set_menu_is_one_row_and_goes_as_one(pad: Page) -> None:
    await put(pad, PARTS)
    assert await lines(pad) == ["1 Lunch Draft"]
    assert "10.00" in await pad.locator(".k-line__r").inner_text()
    await pad.locator(".k-line").click()
    await expect(pad.get_by_role("dialog", name="Lunch")).to_contain_text("Tagliatelle al ragù")
    await pad.get_by_role("button", name="Remove all").click()
    assert await acts(pad) == [["remove_line", {"line_id": 1}]]


@pytest.mark.parametrize(
    ("deed", "reason", "act"), [("Comp", "On the house", "comp_line"), ("Refire", "Overdone", "refire")]
)
async def test_each_correction_has_reasons_of_its_own(pad: Page, deed: str, reason: str, act: str) -> None:
    await put(pad, "stage.line(1, 1, 'served')")
    await pad.get_by_role("button", name="1 served").click()
    await pad.locator(".k-line").click()
    await pad.get_by_role("button", name=f"{deed}…").click()
    await pad.get_by_role("button", name=reason).click()
    await pad.get_by_role("button", name=f"{deed} 1 Burrata").click()
    assert await acts(pad) == [[act, {"line_id": 1, "reason": reason}]]
    assert await pad.get_by_role("dialog").count() == 1
    await pad.evaluate("stage.answer({})")
    await expect(pad.get_by_role("dialog")).to_have_count(0)


async def test_the_kitchen_is_told_of_an_allergy_while_it_cooks(pad: Page) -> None:
    await put(pad, FIRED.format(1))
    await pad.locator(".k-line").click()
    await pad.get_by_role("button", name="Tell the kitchen…").click()
    await pad.get_by_role("switch", name="Allergy").click()
    await pad.get_by_label("Note for the kitchen").fill("nuts")
    await pad.get_by_role("button", name="Tell the kitchen").click()
    assert await acts(pad) == [["amend", {"line_id": 1, "note": "nuts", "is_allergy": True}]]


async def test_what_is_on_the_house_costs_nothing_and_says_why(pad: Page) -> None:
    await put(pad, "stage.line(1, 1, 'cooking', {comped: true, comp_reason: 'Waited too long'})")
    shown = " ".join((await pad.locator(".k-line").inner_text()).split())
    assert "0.00" in shown
    assert "Comp" in shown
    assert "Waited too long" in shown


async def test_what_sold_out_is_marked_draft_or_held_and_no_set_menu_goes_without_it(pad: Page) -> None:
    tagliata, both = "2, 4, 'draft', {stations: ['grill']}", "{combo_id: 9, combo_name: 'Lunch'}"
    await put(pad, "stage.line(1, 1)", f"stage.line({tagliata})", f"stage.line(3, 1, 'draft', {both})")
    await put(pad, f"stage.line(4, 4, 'draft', {both})", "stage.line(5, 1, 'held', {course: 2})")
    await pad.evaluate("stage.news('menu', {items: [{id: 1, is_out: true, left: null}]})")
    assert await lines(pad) == ["1 Lunch Sold out", "1 Tagliata Draft", "1 Burrata Sold out", "1 Burrata Sold out"]
    assert await send_words(pad) == "Send 1 1 to grill"
    assert await pad.evaluate("stage.toasts") == ["Burrata is sold out: 2 not sent, 1 held."]


async def test_another_waiter_on_the_check_is_named_for_a_while(pad: Page) -> None:
    await put(pad, "stage.line(1, 1, 'draft', {by: 'PK', by_name: 'Priya', rung_at: '2026-03-02T11:59:30Z'})")
    await expect(pad.locator(".k-op-here")).to_contain_text("Priya is here too")
    await expect(pad.locator(".k-op-line__by")).to_have_text("PK")
    await pad.evaluate("stage.now += 200_000; stage.emit('tick')")
    await expect(pad.locator(".k-op-here")).to_have_count(0)


FLOOR = {
    "tables": [
        {"id": 1, "label": "1", "seats": 4, "state": "available", "joined_to": None},
        {"id": 2, "label": "2", "seats": 2, "state": "ordered", "joined_to": None, "check_id": 8, "total": 900},
        {"id": 3, "label": "3", "seats": 2, "state": "paid", "joined_to": None, "check_id": 9, "total": 0},
        {"id": 4, "label": "4", "seats": 2, "state": "ordered", "joined_to": "2", "check_id": 8, "total": 900},
        {"id": 12, "label": "12", "seats": 2, "state": "ordered", "joined_to": None, "check_id": 7, "total": 500},
    ],
    "counter": [{"check_id": 10, "label": "Rossi", "total": 300, "initials": "PK"}],
}


async def test_lines_move_to_where_somebody_sits_or_could_and_undo_brings_them_back(pad: Page) -> None:
    await pad.evaluate("floor => void (stage.floor = floor)", FLOOR)
    await put(pad, "stage.line(1, 1, 'cooking')", "stage.line(2, 4)")
    await pad.get_by_label("More for").click()
    await pad.get_by_role("button", name="Move lines…").click()
    await pad.get_by_role("checkbox", name="1 Tagliata").click()
    await pad.get_by_role("button", name="Move 1 line to…").click()
    places = pad.locator("[data-place] > span")
    await expect(places).to_have_text(["Table 2", "Rossi", "Table 1"])
    await places.nth(1).click()
    assert await acts(pad) == [["move_lines", {"line_ids": [2], "to": {"check_id": 10}}]]
    await pad.evaluate("stage.answer({check_id: 10})")
    await expect(pad.get_by_role("dialog")).to_have_count(0)
    await pad.evaluate("stage.undo()")
    assert (await acts(pad))[1] == ["move_lines", {"line_ids": [2], "to": {"check_id": 7}}]


async def test_a_check_merged_elsewhere_says_where_it_is_and_how_to_take_it_back(pad: Page) -> None:
    await put(pad, "stage.line(1, 1)")
    await pad.locator(".k-line").click()
    await put(pad, state="cancelled", merged_into_id=8)
    await expect(pad.get_by_role("dialog")).to_have_count(0)
    await expect(pad.locator(".k-check__f")).to_contain_text("This check is part of Table 12 now.")
    await pad.get_by_role("button", name="Take it back").click()
    assert await acts(pad) == [["unmerge", {"check_id": 7}]]
    await pad.get_by_role("button", name="Open Table 12").click()
    assert await pad.evaluate("kiosk.route") == {"view": "order", "params": {"check_id": 8}}
