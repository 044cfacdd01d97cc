"""What the order screen shows and does while the kiosk has not answered yet, and when others change the check."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page

from tests.support.order_stage import OpenTablet, acts, drawn, lines, opened, tap, total


@pytest.fixture
async def pad(tablet: OpenTablet) -> AsyncIterator[Page]:
    """The screen with an empty check of two guests."""
    async with opened(tablet) as page:
        await drawn(page)
        yield page


async def test_a_tap_shows_its_line_as_saving_before_the_kiosk_answers_and_leaves_the_total_alone(pad: Page) -> None:
    await tap(pad, "Burrata")
    assert await lines(pad) == ["1 Burrata Saving"]
    assert await total(pad) == "0.00"
    args = {"check_id": 7, "portion_id": 10, "quantity": 1, "modifier_ids": [], "note": "", "is_allergy": False}
    assert await acts(pad) == [["ring", {**args, "seat_no": None, "course": None}]]


async def test_news_of_a_ring_that_overtakes_its_answer_does_not_show_it_twice(pad: Page) -> None:
    await tap(pad, "Burrata")
    await pad.evaluate("stage.put(stage.line(900, 1)); stage.tell()")
    assert await lines(pad) == ["1 Burrata Draft"]
    await pad.evaluate("stage.answer({line_id: 900})")
    assert await lines(pad) == ["1 Burrata Draft"]
    assert await total(pad) == "5.00"


async def test_an_answer_that_overtakes_its_news_does_not_show_the_line_twice(pad: Page) -> None:
    await tap(pad, "Burrata")
    await pad.evaluate("stage.put(stage.line(900, 1)); stage.answer({line_id: 900})")
    assert await lines(pad) == ["1 Burrata Draft"]
    assert await total(pad) == "0.00"
    await pad.evaluate("stage.tell()")
    assert await lines(pad) == ["1 Burrata Draft"]
    assert await total(pad) == "5.00"


async def test_news_that_get_lost_are_fetched_soon_after_the_answer(pad: Page) -> None:
    await tap(pad, "Burrata")
    await pad.evaluate("stage.put(stage.line(900, 1)); stage.answer({line_id: 900})")
    await pad.wait_for_function("document.querySelector('.k-total b').textContent === '5.00'")
    assert await lines(pad) == ["1 Burrata Draft"]


async def test_the_same_dish_of_another_waiter_is_not_taken_for_the_ring_on_its_way(pad: Page) -> None:
    await tap(pad, "Burrata")
    await pad.evaluate("stage.put(stage.line(800, 1)); stage.tell()")
    await pad.evaluate("stage.put(stage.line(900, 1)); stage.answer({line_id: 900}); stage.tell()")
    assert await lines(pad) == ["1 Burrata Draft", "1 Burrata Draft"]


async def test_a_refused_ring_leaves_the_check(pad: Page) -> None:
    await tap(pad, "Burrata")
    await pad.evaluate("stage.refuse('Burrata is sold out.')")
    assert await lines(pad) == []


async def test_twenty_fast_taps_are_twenty_rings(pad: Page) -> None:
    await pad.evaluate("for (let n = 0; n < 20; n += 1) document.querySelector('.k-item__hit').click()")
    assert len(await lines(pad)) == 20
    assert len(await acts(pad)) == 20
    assert await pad.locator(".k-item__qty").inner_text() == "20"


async def test_the_sticky_seat_and_course_go_with_the_next_rings(pad: Page) -> None:
    await pad.get_by_role("radio", name="Seat 2").click()
    await pad.get_by_role("radio", name="Mains").click()
    await tap(pad, "Burrata")
    args = (await acts(pad))[0][1]
    assert (args["seat_no"], args["course"]) == (2, 2)


async def test_a_tap_rings_the_default_portion_even_when_it_is_not_the_first(pad: Page) -> None:
    await tap(pad, "Tagliatelle")
    assert (await acts(pad))[0][1]["portion_id"] == 21


async def test_a_required_choice_opens_by_itself_and_rings_on_the_last_choice(pad: Page) -> None:
    await tap(pad, "Tagliata")
    assert await acts(pad) == []
    await pad.get_by_role("button", name="Medium").click()
    assert await pad.locator(".k-pop").count() == 0
    assert (await acts(pad))[0][1]["modifier_ids"] == [42]


async def test_a_group_that_takes_up_to_two_waits_for_the_second(pad: Page) -> None:
    await tap(pad, "Gelato")
    assert await pad.locator(".k-op-add").inner_text() == "Flavours: choose 1 to 2"
    await pad.get_by_role("button", name="Lemon").click()
    assert await pad.locator(".k-op-add").inner_text() == "Add 1, 5.50"
    await pad.get_by_role("button", name="Mint").click()
    assert (await acts(pad))[0][1]["modifier_ids"] == [52, 53]


async def test_a_full_group_takes_no_more_and_says_so(pad: Page) -> None:
    await pad.locator(".k-item", has_text="Gelato").locator(".k-item__more").click()
    for flavour in ("Lemon", "Mint", "Vanilla"):
        await pad.get_by_role("button", name=flavour).click(force=True)
    assert await pad.get_by_role("button", name="Vanilla").get_attribute("aria-pressed") == "false"
    assert "2 chosen, no more" in await pad.locator(".k-pop").inner_text()


async def test_the_chooser_counts_what_is_chosen_and_rings_it_with_note_and_allergy(pad: Page) -> None:
    await pad.locator(".k-item", has_text="Tagliatelle").locator(".k-item__more").click()
    await pad.get_by_role("button", name="Half").click()
    await pad.get_by_role("button", name="One more").click()
    await pad.get_by_role("switch", name="Allergy").click()
    await pad.keyboard.type("nuts")
    assert await pad.locator(".k-op-add").inner_text() == "Add 2 Half, 18.00"
    await pad.locator(".k-op-add").click()
    args = (await acts(pad))[0][1]
    assert (args["portion_id"], args["quantity"], args["note"], args["is_allergy"]) == (20, 2, "nuts", True)


async def test_a_long_press_opens_the_chooser_and_rings_nothing(pad: Page) -> None:
    await pad.locator(".k-item", has_text="Burrata").locator(".k-item__hit").click(delay=650)
    assert await pad.locator(".k-pop").count() == 1
    assert await acts(pad) == []


async def test_a_dish_that_is_sold_out_elsewhere_is_refused_here_at_once(pad: Page) -> None:
    await pad.evaluate("stage.news('menu', {items: [{id: 1, is_out: true, left: 0}]})")
    await tap(pad, "Burrata")
    assert await pad.evaluate("stage.toasts") == ["Burrata is sold out."]
    assert await acts(pad) == []


async def test_what_is_left_of_a_dish_is_shown_on_its_tile(pad: Page) -> None:
    await pad.evaluate("stage.news('menu', {items: [{id: 1, is_out: false, left: 3}]})")
    assert "3 left" in await pad.locator(".k-item", has_text="Burrata").inner_text()


async def test_text_from_the_menu_is_shown_as_it_is_written(pad: Page) -> None:
    assert await pad.locator(".k-item__n", has_text="Soup").inner_text() == "<b>Soup</b> {{ 1 + 1 }}"


async def test_a_check_closed_on_another_tablet_takes_no_more_rings(pad: Page) -> None:
    await pad.evaluate("stage.check.state = 'closed'; stage.put(); stage.tell()")
    await tap(pad, "Burrata")
    assert await acts(pad) == []
    assert await pad.get_by_role("button", name="Back to floor").count() == 2


async def test_lines_stand_by_course_with_ready_ones_first_and_served_ones_folded(pad: Page) -> None:
    await pad.evaluate(
        "stage.put(stage.line(1, 1, 'served'), stage.line(2, 3, 'voided'), stage.line(3, 4, 'cooking', {course: 2}),"
        "stage.line(4, 5, 'ready', {course: 2}), stage.line(5, 1)); stage.tell()"
    )
    assert await lines(pad) == [
        "1 Burrata Draft",
        "1 Gelato Ready",
        "1 Tagliata Cooking",
        "1 <b>Soup</b> {{ 1 + 1 }} VOID",
    ]
    assert await pad.get_by_role("button", name="Serve 1").count() == 1
    await pad.get_by_role("button", name="1 served").click()
    assert "1 Burrata Served" in await lines(pad)


async def test_send_says_how_many_lines_go_where(pad: Page) -> None:
    await pad.evaluate(
        "stage.put(stage.line(1, 1), stage.line(2, 4, 'draft', {stations: ['grill'], quantity: 2})); stage.tell()"
    )
    key = pad.locator(".k-op-send")
    assert " ".join((await key.locator(".k-btn__2").inner_text()).split()) == "Send 2 1 to cold, 1 to grill"
    await key.click()
    assert await acts(pad) == [["send", {"check_id": 7}]]
    assert "Sending 2" in await key.inner_text()


async def test_an_older_look_at_the_check_does_not_undo_newer_news(pad: Page) -> None:
    await pad.evaluate(
        "stage.put(stage.line(1, 1)); stage.tell(); stage.check.lines = []; stage.check.v = 1; stage.tell()"
    )
    assert await lines(pad) == ["1 Burrata Draft"]


async def test_a_draft_line_is_changed_at_once_with_every_tap(pad: Page) -> None:
    await pad.evaluate("stage.put(stage.line(1, 1)); stage.tell()")
    await pad.locator(".k-line").click()
    await pad.get_by_role("button", name="One more").click()
    assert await acts(pad) == [["change_line", {"line_id": 1, "quantity": 2}]]


async def test_a_void_needs_a_reason(pad: Page) -> None:
    await pad.evaluate("stage.put(stage.line(1, 1, 'cooking')); stage.tell()")
    await pad.locator(".k-line").click()
    await pad.get_by_role("button", name="Void…").click()
    assert await pad.locator("[data-void]").is_disabled()
    await pad.get_by_role("button", name="Waited too long").click()
    await pad.get_by_role("button", name="Void 1 Burrata").click()
    assert await acts(pad) == [["void_line", {"line_id": 1, "reason": "Waited too long"}]]
