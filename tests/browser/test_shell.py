"""The shell on a kiosk as the house runs it: several tablets, a kiosk that dies, a lock."""

from playwright.async_api import Page, expect

from tests.support.patience import within
from tests.support.tablets import CONNECTED, Tablets


async def seat(page: Page, label: str, covers: int) -> None:
    """A long press and a tap; the order view of the new check follows."""
    await page.click(f"[data-table='{label}'] .k-tile__hit", button="right")
    await page.click(f".k-covers .k-key2:nth-child({covers})")
    await page.wait_for_function("location.hash.startsWith('#/order/')")


async def test_a_party_seated_on_one_tablet_sits_on_the_other_within_a_second(house: Tablets) -> None:
    marco, ana = await house.page("Marco"), await house.page("Ana")
    await ana.wait_for_selector("[data-table='4']")
    await seat(marco, "4", 3)
    with within(1, "news of a party"):
        await ana.wait_for_selector("[data-table='4'].is-seated")
    spoken = await ana.get_attribute("[data-table='4'] .k-tile__hit", "aria-label")
    assert spoken == "Table 4, No order, 3 guests, 0 minutes, Marco"


async def test_open_tablets_come_back_to_the_same_view_after_the_kiosk_was_killed(house: Tablets) -> None:
    marco = await house.page("Marco")
    await seat(marco, "5", 3)
    view = await marco.evaluate("location.hash")
    await marco.evaluate("window.isOld = true")
    house.kiosk.kill9()
    with within(3, "the word that the kiosk has gone"):
        await marco.wait_for_selector("#k-banner >> text=No connection")
    house.kiosk.start()
    await marco.wait_for_function(f"!window.isOld && {CONNECTED}")
    assert await marco.evaluate("location.hash") == view
    await marco.wait_for_selector("#k-toasts >> text=Back online.")
    await marco.evaluate("kiosk.go('floor')")
    await marco.wait_for_selector("[data-table='5'].is-seated")


async def test_a_kiosk_that_falls_silent_is_told_within_three_seconds_and_the_page_stays(house: Tablets) -> None:
    marco = await house.page("Marco", patient=False)
    await marco.evaluate("window.isOld = true")
    house.kiosk.freeze()
    try:
        with within(3, "the word that the kiosk fell silent"):
            await marco.wait_for_selector("#k-banner >> text=No connection")
        await marco.wait_for_timeout(3000)
    finally:
        house.kiosk.thaw()
    await marco.wait_for_selector("#k-banner", state="hidden")
    assert await marco.evaluate("window.isOld")


async def test_locking_leads_to_the_sign_in_page_and_the_page_before_is_of_no_use(house: Tablets) -> None:
    marco = await house.page("Marco")
    await marco.click("#k-lock")
    await marco.wait_for_url("**/signin**")
    await marco.goto(house.kiosk.url + "/#/floor")
    await marco.wait_for_url("**/signin**")


async def test_each_role_finds_its_own_keys_in_the_dock(house: Tablets) -> None:
    shown = {
        "Marco": ["Floor", "Order", "Kitchen"],
        "Ana": ["Floor", "Order", "Kitchen", "Settle", "Close", "Printers"],
        "Dario": ["Kitchen"],
        "Giulia": ["Floor", "Order", "Kitchen", "Settle", "Day", "Reports", "Daybook", "Close", "Printers"],
    }
    for name, words in shown.items():
        page = await house.page(name)
        found = await page.locator(".k-dock [data-needs]:not([hidden]) > span:first-of-type").all_text_contents()
        assert found == words, name


async def test_the_shell_costs_few_elements_and_asks_nobody_else_for_anything(house: Tablets) -> None:
    asked: list[str] = []
    page = await house.page("Marco")
    page.on("request", lambda request: asked.append(request.url))
    await page.reload()
    await page.wait_for_function(CONNECTED)
    assert await page.evaluate("Object.keys(mounted_app.elements).length") < 50
    assert [url for url in asked if not url.startswith((house.kiosk.url, "ws://127.0.0.1", "data:"))] == []


async def test_whoever_may_not_open_a_screen_lands_at_home_and_is_told_why(house: Tablets) -> None:
    page = await house.page("Elena", "/#/settle/7")
    await expect(page.locator("#k-toasts")).to_contain_text("Elena may not open this screen.")
    assert await page.evaluate("location.hash") == "#/floor"
