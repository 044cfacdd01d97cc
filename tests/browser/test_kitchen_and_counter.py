"""The kitchen's board and the settle desk on a kiosk as the house runs it, by touch and by bump bar."""

from typing import Any

import pytest
from playwright.async_api import Page

from tests.support.rules import set_rules
from tests.support.tablets import Tablets

SETTLED = ".sd-done"
NEXT = ".sd-done__keys .is-primary"
SPAGHETTI_AND_FISH = """async () => {
  const menu = await kiosk.view("menu");
  const free = item => item.modifier_groups.every(code => !menu.modifier_groups[code].least);
  const pick = station => menu.items.find(item => free(item) && String(item.stations) === station);
  return ["pasta", "grill"].map(station => pick(station).portions[0]).map(({id, price}) => ({id, price}));
}"""
AS_SOON_AS = """([selector, count]) => new MutationObserver((_changes, watch) => {
  const found = document.querySelectorAll(selector);
  if (found.length !== count) return;
  watch.disconnect();
  %s;
}).observe(document.body, { childList: true, subtree: true })"""
"""What a finger does that is faster than any test: at the moment something appears."""
PRESSES_TWO = AS_SOON_AS % 'window.dispatchEvent(new KeyboardEvent("keydown", { key: "2" }))'
TAPS_IT = AS_SOON_AS % "found[0].click()"
LABELS = """cards => cards.map(card => card.querySelector(".k-ticket__no")?.textContent ?? "")"""


async def opened_board(house: Tablets) -> Page:
    page = await house.page("Dario", "/#/kitchen", viewport={"width": 1920, "height": 1080})
    await page.wait_for_selector(".kb-state >> text=Nothing to cook")
    return page


async def order(waiter: Page, label: str) -> tuple[int, int]:
    """Seat two at a table, ring one dish for the pasta station, send it; -> (check id, total)."""
    portion = (await waiter.evaluate(SPAGHETTI_AND_FISH))[0]
    tables = (await waiter.evaluate("kiosk.view('floor')"))["tables"]
    table_id = next(table["id"] for table in tables if table["label"] == label)
    check_id = (await act(waiter, "seat", table_id=table_id, covers=2))["check_id"]
    await act(waiter, "ring", check_id=check_id, portion_id=portion["id"], note="NUTS", is_allergy=True, seat_no=2)
    await act(waiter, "send", check_id=check_id)
    return check_id, portion["price"]


async def act(page: Page, name: str, **args: Any) -> Any:
    return await page.evaluate("([name, args]) => kiosk.act(name, args)", [name, args])


async def labels(board: Page) -> list[str]:
    return list[str](await board.eval_on_selector_all(".k-board > .k-ticket", LABELS))


async def tickets(board: Page, count: int) -> None:
    await board.wait_for_function(f"document.querySelectorAll('[data-ticket]').length === {count}")


@pytest.fixture
async def house(own_house: Tablets) -> Tablets:
    await set_rules(own_house.database_url, undo_s=0, hold_courses=False)
    return own_house


async def test_tickets_keep_their_places_while_others_are_bumped_recalled_and_sent(house: Tablets) -> None:
    marco, board = await house.page("Marco"), await opened_board(house)
    for place, label in enumerate("123", start=1):
        await order(marco, label)
        await tickets(board, place)
    assert (await labels(board))[:4] == ["1", "2", "3", ""]
    assert "NUTS" in await board.locator(".k-allergy").first.inner_text()
    await board.wait_for_timeout(800)
    await board.keyboard.press("2")
    await tickets(board, 2)
    assert (await labels(board))[:3] == ["1", "", "3"]
    await board.evaluate(PRESSES_TWO, ["[data-ticket]", 3])
    await order(marco, "4")
    await tickets(board, 3)
    assert (await labels(board))[:3] == ["1", "4", "3"], "the second half of a double press is not meant for a newcomer"
    await board.click(".kb-pair .k-btn >> text=Recall 2")
    await tickets(board, 4)
    assert (await labels(board))[:4] == ["1", "4", "3", "2"]


async def test_two_boards_that_bump_one_ticket_end_alike(house: Tablets) -> None:
    marco, board = await house.page("Marco"), await opened_board(house)
    other = await house.page("Sofia")
    await other.evaluate("kiosk.go('kitchen')")
    await order(marco, "1")
    await tickets(board, 1)
    await tickets(other, 1)
    await board.wait_for_timeout(800)
    await board.evaluate("document.querySelector('.k-ticket__f .k-btn').click()")
    await other.evaluate("document.querySelector('.k-ticket__f .k-btn')?.click()")
    await tickets(board, 0)
    await tickets(other, 0)
    bumped = "kiosk.view('kitchen').then(board => board.bumped.map(ticket => ticket.label).join())"
    await marco.wait_for_function(f"{bumped}.then(labels => labels === '1')")
    assert await marco.evaluate(bumped) == "1"


async def test_a_double_tap_on_a_note_settles_once_and_the_change_stays_until_next(house: Tablets) -> None:
    marco, ana = await house.page("Marco"), await house.page("Ana")
    check_id, _ = await order(marco, "1")
    asked: list[str] = []
    ana.on("request", lambda request: asked.append(request.url))
    await ana.evaluate("id => kiosk.go('settle', {check_id: id})", check_id)
    await ana.evaluate(TAPS_IT, [NEXT, 1])
    await ana.locator(".k-settle__ten .k-grid3 .k-key2").last.dblclick()
    await ana.wait_for_selector(SETTLED)
    await ana.wait_for_selector(".sd-paper >> text=TOTAL")
    assert "CHANGE" in await ana.inner_text(".sd-done__due")
    assert len([url for url in asked if url.endswith("/act/settle")]) == 1
    await ana.wait_for_timeout(800)
    await ana.click(NEXT)
    await ana.wait_for_selector("[data-table='1'].is-free")
    assert await ana.evaluate("location.hash") == "#/floor"


async def test_a_part_survives_a_reload_and_a_changed_check_is_told_before_money_moves(house: Tablets) -> None:
    marco, ana = await house.page("Marco"), await house.page("Ana")
    check_id, total = await order(marco, "1")
    await ana.evaluate("id => kiosk.go('settle', {check_id: id})", check_id)
    await ana.wait_for_selector(".k-settle__ten")
    for key in "500":
        await ana.keyboard.press(key)
    assert await ana.locator(".sd-pay").is_disabled()
    await ana.click(".sd-typed .k-btn >> text=Cash")
    await ana.wait_for_selector(".k-tender >> text=5.00")
    await ana.reload()
    await ana.wait_for_selector("[aria-label='Remove Cash 5.00']")
    short = await ana.evaluate("amount => kiosk.money(amount)", total - 500)
    assert await ana.inner_text(".sd-pay") == f"lock\nPay: still short {short}"
    portion = (await marco.evaluate(SPAGHETTI_AND_FISH))[1]
    await act(marco, "ring", check_id=check_id, portion_id=portion["id"])
    await ana.wait_for_selector(".sd-note >> text=The check changed meanwhile.")
    await ana.click(".sd-kinds .k-btn >> text=Card")
    await ana.wait_for_selector(".sd-note >> text=Nothing was paid, 1 line was never sent.")
    await ana.click(".sd-note >> text=Send 1")
    await ana.wait_for_selector(".sd-note >> text=never sent", state="detached")
    await ana.click(".sd-kinds .k-btn >> text=Card")
    await ana.wait_for_selector(SETTLED)
    paid = await ana.evaluate("amount => kiosk.money(amount)", total + portion["price"])
    assert await ana.inner_text(".sd-done__due b") == f"check_circle\nPAID\n{paid}"
