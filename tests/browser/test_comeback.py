"""What stays and what comes back: a killed kiosk, news between tablets, and sessions that end."""

from collections import Counter
from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import Page, expect

from tests.support import people
from tests.support.live import LiveKiosk
from tests.support.rules import set_rules
from tests.support.tablets import CONNECTED, OpenTablet, Tablets

Start = Callable[..., LiveKiosk]


@pytest.fixture
async def house(database_url: str, live_kiosk: Start, tablet: OpenTablet) -> AsyncIterator[Tablets]:
    """A running trattoria on each engine; what is sent is in the kitchen at once."""
    tablets = Tablets(live_kiosk(database_url), database_url, tablet)
    await set_rules(database_url, undo_s=0)
    yield tablets
    await tablets.close()
    assert tablets.faults == []


async def order_page(house: Tablets, name: str, check_id: int) -> Page:
    page = await house.page(name, f"/#/order/{check_id}")
    await page.locator(".k-item").first.wait_for()
    await page.locator(".k-cat", has_text="Starters").tap()
    return page


async def tap(page: Page, item: str) -> None:
    await page.locator(".k-item", has_text=item).locator(".k-item__hit").tap()


async def rung(house: Tablets, check_id: int) -> Counter[str]:
    """How often each item is on the check, as the database has it."""
    return Counter(line["name"] for line in (await house.check(check_id))["lines"])


async def comes_back(page: Page) -> None:
    """By itself: nobody loads the page."""
    await page.wait_for_function(f"!window.isOld && {CONNECTED}")


async def test_after_kill_9_everything_is_there_and_open_tablets_go_on_ringing(house: Tablets) -> None:
    check_id = await house.seat("7", 4, who="Marco")
    marco, dario = await order_page(house, "Marco", check_id), await house.page("Dario", "/#/kitchen")
    await tap(marco, "Vitello tonnato")
    await marco.get_by_role("button", name="Send 1").tap()
    await expect(dario.locator("[data-ticket]")).to_contain_text("Vitello tonnato")
    await tap(marco, "Polpo e patate")
    await expect(marco.locator(".k-line.is-draft:not(.is-saving)", has_text="Polpo e patate")).to_be_visible()
    for page in (marco, dario):
        await page.evaluate("window.isOld = true")
    house.kiosk.kill9()
    await expect(marco.locator("#k-banner")).to_contain_text("No connection")
    house.kiosk.start()
    for page in (marco, dario):
        await comes_back(page)
    await expect(marco.locator(".k-line", has_text="Polpo e patate")).to_contain_text("Draft")
    await expect(dario.locator("[data-ticket]")).to_contain_text("Vitello tonnato")
    await marco.locator(".k-cat", has_text="Starters").tap()
    await tap(marco, "Caprese di bufala")
    await marco.get_by_role("button", name="Send 2").tap()
    await expect(dario.locator("[data-ticket]")).to_have_count(2)
    assert await rung(house, check_id) == {"Vitello tonnato": 1, "Polpo e patate": 1, "Caprese di bufala": 1}


async def test_a_tap_while_the_kiosk_is_away_is_refused_in_words_or_carried_out_once(own_house: Tablets) -> None:
    house = own_house
    check_id = await house.seat("7", 4, who="Marco")
    marco = await order_page(house, "Marco", check_id)
    await marco.evaluate("window.isOld = true")
    house.kiosk.freeze()
    await tap(marco, "Vitello tonnato")
    await expect(marco.locator(".k-line", has_text="Vitello tonnato")).to_contain_text("Saving")
    house.kiosk.kill9()
    await expect(marco.locator("#k-banner")).to_contain_text("No connection")
    await tap(marco, "Caprese di bufala")
    await expect(marco.locator("#k-toasts")).to_contain_text("No connection: this tap was not carried out.")
    await expect(marco.locator(".k-line", has_text="Caprese di bufala")).to_have_count(0)
    house.kiosk.start()
    await comes_back(marco)
    await expect(marco.locator(".k-line")).to_have_count(1)
    assert await rung(house, check_id) == {"Vitello tonnato": 1}


async def test_each_kind_of_change_arrives_on_the_other_screens_by_itself(own_house: Tablets) -> None:
    house = own_house
    await set_rules(house.database_url, undo_s=0)
    check_id = await house.seat("4", 2, who="Marco")
    marco, elena = await order_page(house, "Marco", check_id), await order_page(house, "Elena", check_id)
    ana, dario = await house.page("Ana"), await house.page("Dario", "/#/kitchen")
    tile, line = ana.locator("[data-table='4']"), elena.locator(".k-line")
    await tap(marco, "Vitello tonnato")
    await expect(line).to_contain_text("Draft")
    await expect(tile).to_contain_text("13.50")
    await marco.evaluate("id => kiosk.act('send', {check_id: id})", check_id)
    await expect(line).to_contain_text("Cooking")
    await expect(tile).to_contain_text("Ordered")
    await expect(dario.locator("[data-ticket]")).to_contain_text("Vitello tonnato")
    await dario.wait_for_timeout(750)
    await dario.get_by_role("button", name="Bump 1 dish").tap()
    await expect(line).to_contain_text("Ready")
    await expect(tile.locator(".k-badge.is-ready")).to_be_visible()
    await marco.evaluate("id => kiosk.act('serve', {check_id: id, line_ids: null})", check_id)
    await expect(elena.locator(".k-op-served")).to_contain_text("1 served")
    await expect(tile).to_contain_text("Served")
    await marco.evaluate("id => kiosk.act('ask_bill', {check_id: id})", check_id)
    await expect(elena.locator(".k-check__h")).to_contain_text("Bill out")
    await expect(tile).to_contain_text("Bill out")
    await dario.evaluate(
        "id => kiosk.act('eighty_six', {item_id: id, is_out: true, portions_left: null})",
        (await house.item("Polpo e patate"))["id"],
    )
    await expect(elena.locator(".k-item.is-86")).to_contain_text("Polpo e patate")
    tenders = [{"kind": "card", "given": 1350, "tip": 0}]
    await ana.evaluate("words => kiosk.act('settle', words)", {"check_id": check_id, "total": 1350, "tenders": tenders})
    await expect(elena.locator(".k-check__f")).to_contain_text("This check is closed.")
    await expect(tile).to_contain_text("Available")


async def test_locking_closes_every_page_of_the_device_and_no_other(own_house: Tablets) -> None:
    floor, elena = await own_house.page("Marco"), await own_house.page("Elena")
    kitchen = await floor.context.new_page()
    await kitchen.goto(f"{own_house.kiosk.url}/#/kitchen")
    await kitchen.wait_for_function(CONNECTED)
    await floor.locator("#k-lock").tap()
    for page in (floor, kitchen):
        await page.wait_for_url("**/signin**")
    assert await elena.evaluate("kiosk.view('me').then(({name}) => name)") == "Elena"


async def test_a_second_sign_in_on_a_device_ends_the_first(own_house: Tablets) -> None:
    url = own_house.kiosk.url
    marco = await own_house.page("Marco")
    kept = {str(cookie["name"]): str(cookie["value"]) for cookie in await marco.context.cookies()}
    elena = await people.page(marco.context, url, own_house.database_url, "Elena")
    await elena.wait_for_function(CONNECTED)
    await marco.wait_for_url("**/signin**")
    hand = await own_house.hand("Priya")
    answer = await hand.get("/api/view/me", headers={"Cookie": "; ".join(f"{name}={kept[name]}" for name in kept)})
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert await elena.evaluate("kiosk.me.name") == "Elena"


async def test_a_tablet_nobody_touches_locks_itself_and_its_session_is_over(own_house: Tablets) -> None:
    marco, dario = await own_house.page("Marco"), await own_house.page("Dario", "/#/kitchen")
    kept = {str(cookie["name"]): str(cookie["value"]) for cookie in await marco.context.cookies()}
    assert "/signin" not in marco.url
    await set_rules(own_house.database_url, idle_lock_s=2)
    await marco.reload(wait_until="commit")
    await marco.wait_for_url("**/signin**")
    await marco.context.add_cookies([{"name": name, "value": kept[name], "url": own_house.kiosk.url} for name in kept])
    await marco.goto(f"{own_house.kiosk.url}/")
    await marco.wait_for_url("**/signin**")
    assert await dario.evaluate("kiosk.view('me').then(({name}) => name)") == "Dario"
