"""The screens on tablets and phones, on a kiosk as the house runs it."""

from playwright.async_api import Page, expect

from tests.support.tablets import Tablets

PHONE = {"width": 390, "height": 844}
SIZES = [{"width": 1280, "height": 800}, {"width": 800, "height": 1280}, PHONE]
TOO_SMALL = """() => [...document.querySelectorAll('button, a')]
  .map(key => [key.ariaLabel || key.innerText, key.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 47.5 || box.height < 47.5)).map(([words]) => words)"""
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


async def test_a_phone_rings_an_allergy_and_voids_with_a_reason(house: Tablets) -> None:
    check_id = await house.seat("7", 4)
    page = await house.page("Sofia", f"/#/order/{check_id}", viewport=PHONE)
    await page.get_by_role("button", name="Bruschetta al pomodoro: choose").tap()
    chooser = page.get_by_role("dialog")
    await chooser.get_by_role("button", name="All").tap()
    await chooser.locator("[data-seat='3']").tap()
    await chooser.get_by_role("switch", name="Allergy").tap()
    await chooser.get_by_label("Note for the kitchen").fill("Nuts")
    await chooser.get_by_role("button", name="Add 1, 6.50").tap()
    await page.get_by_role("button", name="Send 1").tap()
    await page.get_by_role("button", name="Open the check").tap()
    line = page.locator(".k-line", has_text="Bruschetta")
    await expect(line).to_contain_text("Nuts")
    await expect(line.locator(".k-seat")).to_contain_text("3")
    await expect(line).to_contain_text("Cooking")
    await line.tap()
    await page.get_by_role("button", name="Void…").tap()
    await page.get_by_role("button", name="Rung by mistake").tap()
    await page.get_by_role("button", name="Void 1 Bruschetta al pomodoro").tap()
    await expect(line).to_contain_text("VOID")


async def test_escape_closes_the_sheet_of_a_line_at_every_step(house: Tablets) -> None:
    check_id = await house.seat("5", 4)
    await house.ring(check_id, "Focaccia")
    await house.act("Elena", "send", check_id=check_id)
    page = await house.page("Elena", f"/#/order/{check_id}")
    await page.locator(".k-line").tap()
    await page.get_by_role("button", name="Void…").tap()
    await page.get_by_text("Why is it voided?").wait_for()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_locked_key_tells_its_reason_without_fading(house: Tablets) -> None:
    check_id = await house.seat("6", 4)
    await house.ring(check_id, "Focaccia")
    await house.act("Elena", "send", check_id=check_id)
    ana = await house.page("Ana", f"/#/settle/{check_id}")
    pay = ana.get_by_role("button", name="Pay: still short 4.50")
    await expect(pay).to_be_disabled()
    await expect(pay).to_have_css("opacity", "1")


async def test_every_key_is_large_enough_and_nothing_leaves_the_screen(house: Tablets) -> None:
    check_id = await house.seat("4", 4)
    await house.ring(check_id, "Focaccia")
    await house.act("Elena", "send", check_id=check_id)
    page = await house.page("Giulia")
    for size in SIZES:
        await page.set_viewport_size(size)
        await look_at_every_view(page, check_id)


async def look_at_every_view(page: Page, check_id: int) -> None:
    for view, shown in {
        "floor": "[data-table='4']",
        f"order/{check_id}": ".k-total",
        f"settle/{check_id}": ".sd-pay",
        "settle": ".sd-pick__t",
        "kitchen": "[data-ticket]",
    }.items():
        await page.evaluate("view => { location.hash = '#/' + view; }", view)
        await page.locator(shown).first.wait_for()
        await find_it_fits(page, view)
    await page.evaluate("location.href = '/day'")
    await page.locator(".k-dash[aria-busy=false]").wait_for()
    await find_it_fits(page, "day")
    await page.go_back()


async def find_it_fits(page: Page, where: str) -> None:
    assert await page.evaluate(TOO_SMALL) == [], where
    assert not await page.evaluate(SIDEWAYS), where
