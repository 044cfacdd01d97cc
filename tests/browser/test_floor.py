"""What the floor shows and what a tap on it does."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from kiosk.core.actor import Role
from tests.support.order_stage import OpenTablet
from tests.support.shell_stage import Stage, me, opened

LIMITS = {"seated": 300, "ordered": 900, "served": 2400, "billing": 600, "paid": 480}


def table(table_id: int, label: str, seats: int = 4, **party: Any) -> dict[str, Any]:
    return {"id": table_id, "label": label, "section_id": 1, "seats": seats, "state": "available", **party}


def party(state: str, since: str, **differently: Any) -> dict[str, Any]:
    """Three guests of Marco's, seated at 19:00 by the server's clock, which says 20:14 in Rome, 19:14 in UTC."""
    return {
        "state": state,
        "since": f"2026-11-21T{since}:00+00:00",
        "seated_at": "2026-11-21T19:00:00+00:00",
        "covers": 3,
        "waiter": "Marco Rinaldi",
        "waiter_id": 1,
        "initials": "MR",
        "total": 9000,
        "check_number": 41,
        "ready": 0,
        "draft": 0,
        **differently,
    }


FREE = table(3, "3", seats=2)
COOKING = table(2, "2", check_id=12, **party("ordered", "19:05", draft=2))
AT_THE_PASS = table(12, "12", check_id=22, **party("ordered", "19:05", ready=3))
EATING = table(5, "5", check_id=15, **party("served", "19:10", waiter_id=8, initials="EC"))
BILL_OUT = table(7, "7", check_id=17, **party("billing", "18:58"))
TO_CLEAR = table(9, "9", check_id=19, **party("paid", "19:12", waiter_id=8))


def floor(*tables: dict[str, Any]) -> dict[str, Any]:
    sections = [{"id": 1, "name": "Sala"}, {"id": 2, "name": "Bar"}]
    bar = {**table(31, "B1", seats=1), "section_id": 2}
    return {"epoch": "e1", "v": 1, "sections": sections, "limits": LIMITS, "tables": [*tables, bar] if tables else []}


HOUSE = floor(FREE, COOKING, AT_THE_PASS, EATING, BILL_OUT, TO_CLEAR)


@pytest.fixture
async def waiter(tablet: OpenTablet) -> AsyncIterator[Stage]:
    async with opened(tablet) as stage:
        await stage.draw_floor(HOUSE)
        yield stage


async def spoken(stage: Stage) -> list[str]:
    return list[str](await stage.page.eval_on_selector_all(".k-tile__hit", "hits => hits.map(hit => hit.ariaLabel)"))


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
    cards = await waiter.page.locator(".k-now__card").all_inner_texts()
    assert [" ".join(card.split()) for card in cards] == [
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
            cards = await stage.page.locator(".k-now__card").all_inner_texts()
            assert [" ".join(card.split()) for card in cards] == on_the_strip


async def test_one_tap_on_the_number_of_guests_seats_them_and_opens_their_check(waiter: Stage) -> None:
    waiter.answers = [(200, {"ok": True, "result": {"check_id": 99}})]
    await waiter.page.click("[data-table='3'] .k-tile__hit")
    assert await waiter.page.evaluate("document.activeElement.ariaLabel") == "2 guests, as many as chairs"
    await waiter.page.click(".k-covers .k-key2:nth-child(3)")
    await waiter.page.wait_for_function("location.hash === '#/order/99?table_id=3'")
    assert [(tap["name"], tap["args"]) for tap in waiter.taps] == [("seat", {"table_id": 3, "covers": 3})]


async def test_a_party_larger_than_the_keys_is_typed(waiter: Stage) -> None:
    await waiter.page.click("[data-table='3'] .k-tile__hit")
    await waiter.page.click("text=More than 12")
    await waiter.page.keyboard.type("25")
    await waiter.page.keyboard.press("Enter")
    await waiter.page.wait_for_function("!document.querySelector('.k-covers')")
    assert waiter.taps[0]["args"] == {"table_id": 3, "covers": 25}


async def test_the_bill_can_be_called_back_for_five_seconds(waiter: Stage) -> None:
    await waiter.page.click("[data-table='5'] .k-tile__act")
    await waiter.page.click("#k-toasts >> text=Undo")
    await waiter.page.wait_for_function("!document.querySelector('#k-toasts .k-toast')")
    assert [(tap["name"], tap["args"]) for tap in waiter.taps] == [
        ("ask_bill", {"check_id": 15}),
        ("unask_bill", {"check_id": 15}),
    ]


async def test_serving_and_clearing_are_one_tap_on_the_tile(waiter: Stage) -> None:
    await waiter.page.click("[data-table='12'] .k-tile__act")
    await waiter.page.click("[data-table='9'] .k-tile__act")
    await waiter.page.evaluate("kiosk.idle()")
    assert [(tap["name"], tap["args"]) for tap in waiter.taps] == [
        ("serve", {"check_id": 22, "line_ids": None}),
        ("clear_table", {"table_id": 9}),
    ]


async def test_news_change_the_tile_where_it_stands(waiter: Stage) -> None:
    seated = table(3, "3", check_id=55, **party("seated", "19:14", total=0))
    await waiter.page.evaluate("tile => stage.news('floor', 2, {tables: [tile]})", seated)
    assert (await spoken(waiter))[0] == "Table 3, No order, 3 guests, 0 minutes, Marco Rinaldi"
    assert await waiter.page.inner_text(".k-area__spine small") == "6 of 6"


async def test_a_number_typed_on_the_pad_opens_that_table(waiter: Stage) -> None:
    await waiter.page.click("text=Table no.")
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
    await waiter.page.click("text=Only mine")
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
        await stage.page.wait_for_selector(".k-floor[aria-busy=false]", timeout=4000)
        assert await stage.page.locator("text=The floor did not load.").count() == 0


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (390, 844)])
async def test_every_key_is_large_enough_for_a_finger_and_nothing_leaves_the_screen(
    tablet: OpenTablet, size: tuple[int, int]
) -> None:
    async def sized(**_: Any) -> Any:
        return await tablet(viewport={"width": size[0], "height": size[1]})

    async with opened(sized) as stage:
        await stage.draw_floor(HOUSE)
        small = await stage.page.evaluate(
            "() => [...document.querySelectorAll('button, a')].map(key => [key.innerText, key.getBoundingClientRect()])"
            ".filter(([, box]) => box.width && (box.width < 48 || box.height < 48)).map(([text]) => text)"
        )
        assert small == []
        assert await stage.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
