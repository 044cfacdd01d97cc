"""What the floor shows and what a tap on it does."""

from collections.abc import AsyncIterator

import pytest

from kiosk.core.actor import Role
from tests.support.floor_cast import (
    booking,
    drawn,
    floor,
    mains,
    party,
    press_long,
    spoken,
    strip,
    table,
    taps,
    time_passes,
)
from tests.support.order_stage import OpenTablet
from tests.support.shell_stage import Stage, me, opened

FREE = table(3, "3", seats=2)
COOKING = table(2, "2", check_id=12, **party("ordered", "19:05", draft=2))
AT_THE_PASS = table(12, "12", check_id=22, **party("ordered", "19:05", ready=3))
EATING = table(5, "5", check_id=15, **party("served", "19:10", waiter_id=8, initials="EC"))
BILL_OUT = table(7, "7", check_id=17, **party("billing", "18:58"))
TO_CLEAR = table(9, "9", check_id=19, **party("paid", "19:12", waiter_id=8))


HOUSE = floor(FREE, COOKING, AT_THE_PASS, EATING, BILL_OUT, TO_CLEAR)


@pytest.fixture
async def waiter(tablet: OpenTablet) -> AsyncIterator[Stage]:
    async with opened(tablet) as stage:
        await stage.draw_floor(HOUSE)
        yield stage


async def keys(stage: Stage) -> list[str]:
    return await stage.page.locator(".k-tile__act").all_inner_texts()


async def test_every_table_tells_its_state_its_guests_its_minutes_and_its_total(waiter: Stage) -> None:
    assert await spoken(waiter) == [
        "Table 3, Available, 2 chairs",
        "Table 2, Ordered, 3 guests, 9 minutes, 2 not sent, 90.00, Marco Rinaldi",
        "Table 12, Ordered, 3 guests, 9 minutes, 3 dishes ready, 90.00, Marco Rinaldi",
        "Table 5, Served, 3 guests, 4 minutes, 90.00, Marco Rinaldi",
        "Table 7, Bill out, 3 guests, 6 minutes late, 90.00, Marco Rinaldi",
        "Table 9, To clear, 2 minutes, Marco Rinaldi",
        "Table B1, Available, 1 chair",
    ]


async def test_a_table_past_its_limit_is_late_and_needs_its_waiter_first(waiter: Stage) -> None:
    assert await waiter.page.locator(".k-tile[data-time=late]").get_attribute("data-table") == "7"
    assert await strip(waiter) == [
        "7 Bill unpaid 16 min, 6 over Open",
        "12 3 dishes ready 9 min Serve 3",
    ]


async def test_a_waiter_is_offered_what_a_waiter_may_do(waiter: Stage) -> None:
    assert await keys(waiter) == ["Serve 3", "Print bill", "Cleared"]


async def test_a_cashier_may_settle_besides(tablet: OpenTablet) -> None:
    async with opened(tablet, me(Role.CASHIER, person_id=2)) as stage:
        await stage.draw_floor(HOUSE)
        assert await keys(stage) == ["Serve 3", "Print bill", "Settle", "Cleared"]
        await stage.page.click("[data-table='7'] .k-tile__act")
        assert await stage.page.evaluate("location.hash") == "#/settle/17"


async def test_guests_who_wait_to_pay_come_before_their_dishes_for_whoever_takes_the_money(tablet: OpenTablet) -> None:
    waits = table(7, "7", check_id=17, **party("billing", "19:12", ready=2))
    shown = {
        Role.CASHIER: (["Settle"], ["7 Bill unpaid 2 min Settle"]),
        Role.WAITER: (["Serve 2"], ["7 2 dishes ready 2 min Serve 2"]),
    }
    for role, (on_the_tile, on_the_strip) in shown.items():
        async with opened(tablet, me(role, person_id=1)) as stage:
            await stage.draw_floor(floor(waits))
            assert await keys(stage) == on_the_tile
            assert await strip(stage) == on_the_strip


async def test_one_tap_seats_as_many_guests_as_chairs_and_opens_their_check(waiter: Stage) -> None:
    waiter.answers = [(200, {"ok": True, "result": {"check_id": 99}})]
    await waiter.page.click("[data-table='3'] .k-tile__hit")
    await waiter.page.wait_for_function("location.hash === '#/order/99?table_id=3'")
    assert taps(waiter) == [("seat", {"table_id": 3, "covers": 2})]


async def test_a_long_press_asks_for_the_number_of_guests_and_a_large_party_is_typed(waiter: Stage) -> None:
    await press_long(waiter, "3", finger=True)
    assert await waiter.page.evaluate("document.activeElement.ariaLabel") == "2 guests"
    assert taps(waiter) == []
    await waiter.page.click("text=More than 12")
    await waiter.page.keyboard.type("25")
    await waiter.page.keyboard.press("Enter")
    await waiter.page.wait_for_function("!document.querySelector('.k-table')")
    assert taps(waiter) == [("seat", {"table_id": 3, "covers": 25})]


async def test_the_bill_can_be_called_back_for_five_seconds(waiter: Stage) -> None:
    await waiter.page.click("[data-table='5'] .k-tile__act")
    await waiter.page.click("#k-toasts >> text=Undo")
    await waiter.page.wait_for_function("!document.querySelector('#k-toasts .k-toast')")
    await waiter.page.evaluate("kiosk.idle()")
    assert taps(waiter) == [
        ("ask_bill", {"check_id": 15}),
        ("unask_bill", {"check_id": 15}),
    ]


async def test_serving_and_clearing_are_one_tap_on_the_tile(waiter: Stage) -> None:
    await waiter.page.click("[data-table='12'] .k-tile__act")
    await waiter.page.click("[data-table='9'] .k-tile__act")
    await waiter.page.evaluate("kiosk.idle()")
    assert taps(waiter) == [
        ("serve", {"check_id": 22, "line_ids": None}),
        ("clear_table", {"table_id": 9}),
    ]


async def test_news_change_the_tile_where_it_stands(waiter: Stage) -> None:
    seated = table(3, "3", check_id=55, **party("seated", "19:14", total=0))
    await waiter.page.evaluate("tile => stage.news('floor', 2, {tables: [tile]})", seated)
    assert (await spoken(waiter))[0] == "Table 3, No order, 3 guests, 0 minutes, Marco Rinaldi"
    assert await waiter.page.inner_text(".k-area__spine small") == "6 of 6"


async def test_a_number_typed_on_the_pad_opens_that_table(waiter: Stage) -> None:
    await waiter.page.get_by_label("Table no.").click()
    await waiter.page.keyboard.type("12")
    await waiter.page.keyboard.press("Enter")
    assert await waiter.page.evaluate("location.hash") == "#/order/22?table_id=12"


async def test_the_legend_filters_and_no_table_leaves_its_place(waiter: Stage) -> None:
    await waiter.page.click(".k-legend >> text=Bill out")
    assert await waiter.page.locator(".k-tile:not(.is-off)").all_inner_texts() != []
    assert await waiter.page.locator(".k-tile:not(.is-off)").count() == 1
    assert await waiter.page.locator(".k-tile").count() == 7


async def test_a_section_alone_and_only_my_tables(waiter: Stage) -> None:
    await waiter.page.click(".k-seg >> text=Bar")
    assert await spoken(waiter) == ["Table B1, Available, 1 chair"]
    await waiter.page.click(".k-seg >> text=All")
    await waiter.page.click(".k-floor__keys >> text=mine")
    assert await waiter.page.locator(".k-tile:not(.is-off)").count() == 3


async def test_a_house_without_tables_says_so(tablet: OpenTablet) -> None:
    async with opened(tablet) as stage:
        await stage.draw_floor(floor())
        assert await stage.page.is_visible("text=No tables yet")


async def test_a_floor_that_does_not_load_says_so_and_comes_by_itself(tablet: OpenTablet) -> None:
    async with opened(tablet) as stage:
        stage.faults = 1
        await stage.draw_floor(HOUSE, wait=False)
        await stage.page.wait_for_selector("text=The floor did not load.")
        await stage.page.wait_for_selector(".k-floor[aria-busy=false]")
        assert await stage.page.locator("text=The floor did not load.").count() == 0


SEATED = table(4, "4", check_id=14, **party("seated", "19:05"))
HELD_MAINS = table(10, "10", check_id=20, **party("ordered", "19:10", held=4, next_course=mains("19:17")))
KEPT = table(22, "22", seats=6)
BOOKED = table(6, "6")
HOLD = booking(51, "For walk-in", "19:00", kind="held", table_id=22, until_at="2026-11-21T19:45:00+00:00", covers=0)
BIANCHI = booking(52, "Bianchi", "19:45", table_id=6, covers=4)


async def test_bookings_show_before_their_time_holds_end_by_themselves_and_late_guests_are_told(
    tablet: OpenTablet,
) -> None:
    async with drawn(tablet, floor(BOOKED, KEPT, bookings=[HOLD, BIANCHI], reserved_before_s=1800)) as stage:
        assert (await spoken(stage))[:2] == ["Table 6, Available, 4 chairs", "Table 22, Held, For walk-in"]
        await time_passes(stage, 60)
        assert (await spoken(stage))[0] == "Table 6, Reserved, 4 guests, Bianchi"
        assert await stage.page.inner_text("[data-table='6'] .k-tile__meta bdi") == "20:45 Bianchi"
        assert await stage.page.inner_text("[data-table='22'] .k-tile__meta bdi") == "For walk-in, till 20:45"
        await time_passes(stage, 34 * 60)
        assert (await spoken(stage))[:2] == [
            "Table 6, Reserved, 4 guests, 4 minutes late, Bianchi",
            "Table 22, Available, 6 chairs",
        ]
        assert await strip(stage) == ["6 Bianchi 20:45, 4 late Seat 4"]
        await stage.page.click(".k-now__card .k-btn")
        await stage.page.evaluate("kiosk.idle()")
        assert taps(stage) == [("seat_booking", {"id": 52, "table_id": 6})]


async def test_the_strip_has_the_most_urgent_first_and_each_card_is_one_tap(tablet: OpenTablet) -> None:
    async with drawn(tablet, floor(HELD_MAINS, AT_THE_PASS, SEATED, BILL_OUT)) as stage:
        assert await strip(stage) == [
            "7 Bill unpaid 16 min, 6 over Open",
            "4 No order 9 min, 4 over Take order",
            "12 3 dishes ready 9 min Serve 3",
            "10 Mains due in 3 min Fire mains",
        ]
        assert await stage.page.inner_text(".k-now__h") == "Needs you\n4 of your 4"
        await time_passes(stage, 300)
        assert (await strip(stage))[2] == "10 Mains due 2 min over Fire mains"


async def test_what_has_no_room_on_the_strip_is_one_tap_away(tablet: OpenTablet) -> None:
    late = [table(n, str(n), check_id=100 + n, **party("seated", "19:00")) for n in range(1, 7)]
    async with drawn(tablet, floor(*late)) as stage:
        assert len(await strip(stage)) == 4
        await stage.page.click("text=+2 more")
        assert len(await strip(stage)) == 6


async def test_a_course_is_fired_on_the_tile_and_can_be_taken_back_while_the_kitchen_has_not_seen_it(
    tablet: OpenTablet,
) -> None:
    async with drawn(tablet, floor(HELD_MAINS)) as stage:
        until = await stage.page.evaluate("new Date(kiosk.now() + 5000).toISOString()")
        fired = {"fired": 4, "fire_no": 2, "undo_until": until}
        stage.answers = [(200, {"ok": True, "result": fired}), (200, {"ok": True, "result": {"taken_back": 4}})]
        await stage.page.click("[data-table='10'] .k-tile__act")
        await stage.page.click("#k-toasts >> text=Undo")
        await stage.page.evaluate("kiosk.idle()")
        assert taps(stage) == [
            ("fire_course", {"check_id": 20, "course": 2}),
            ("take_back", {"check_id": 20, "fire_no": 2}),
        ]


async def test_mine_are_my_checks_and_the_free_tables_of_my_section(tablet: OpenTablet) -> None:
    shown = floor(FREE, EATING, COOKING)
    shown["sections"][1] |= {"waiter_id": 1, "waiter": "Marco", "initials": "MR"}
    async with drawn(tablet, shown) as stage:
        await stage.page.click(".k-floor__keys >> text=mine")
        lit = await stage.page.eval_on_selector_all(".k-tile:not(.is-off)", "tiles => tiles.map(t => t.dataset.table)")
        assert lit == ["2", "B1"]


async def test_badges_tell_ready_dishes_and_before_unsent_lines_what_has_sold_out(tablet: OpenTablet) -> None:
    both = table(8, "8", check_id=18, **party("ordered", "19:10", ready=2, draft=3, warned=1))
    async with drawn(tablet, floor(both)) as stage:
        badges = await stage.page.locator("[data-table='8'] .k-badge").all_inner_texts()
        assert [badge.split()[-1] for badge in badges] == ["2", "1"]
        assert (await spoken(stage))[0] == (
            "Table 8, Ordered, 3 guests, 4 minutes, 2 dishes ready, 3 not sent, 1 sold out, 90.00, Marco Rinaldi"
        )
