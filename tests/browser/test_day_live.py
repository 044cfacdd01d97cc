"""The owner's evening on a phone and at the counter: sales in two seconds, a burst read once, red, yellow and open."""

import time
from datetime import date, timedelta

from playwright.async_api import Locator, Page, expect

from tests.support.tablets import Tablets

PHONE = {"width": 390, "height": 844}
COUNTER = {"width": 1280, "height": 800}
BURST = 6
PLACES = """() => [...document.querySelectorAll(".k-bento > section")].map((card) => card.getAttribute("aria-label"))"""


def card(page: Page, name: str) -> Locator:
    return page.get_by_label(name, exact=True)


async def eaten(house: Tablets, label: str) -> int:
    """A party with one focaccia for 4.50 that is sent."""
    check_id = await house.seat(label)
    await house.ring(check_id, "Focaccia")
    await house.act("Elena", "send", check_id=check_id)
    return check_id


async def pay(house: Tablets, check_id: int) -> None:
    await house.act("Ana", "settle", check_id=check_id, total=450, tenders=[{"kind": "card", "given": 450}])


async def test_a_burst_of_payments_is_on_every_screen_in_two_seconds_and_read_a_few_times(house: Tablets) -> None:
    phone = await house.page("Giulia", "/day", viewport=PHONE)
    counter = await house.page("Sofia", "/day", viewport=COUNTER)
    for page in (phone, counter):
        await expect(card(page, "Turnover")).to_contain_text("Nothing sold yet today")
        await expect(card(page, "Open checks")).to_contain_text("No check is open.")
    cards = await counter.evaluate(PLACES)
    looks: list[str] = []
    phone.on("request", lambda request: looks.append(request.url) if "/view/day/" in request.url else None)
    eating = [await eaten(house, str(number)) for number in range(1, BURST + 1)]
    await expect(card(phone, "Open checks")).to_contain_text("27.00")
    await expect(card(phone, "Open checks")).to_contain_text("6 checks, 12 guests")
    assert looks == [], "nothing was sold, so no sum is read"
    for check_id in eating:
        await pay(house, check_id)
    paid = time.monotonic()
    for page in (phone, counter):
        await expect(page.locator(".k-hero")).to_have_text("27.00")
    assert time.monotonic() - paid < 2
    await expect(card(phone, "Open checks")).to_contain_text("No check is open.")
    assert len(looks) < BURST
    await expect(card(counter, "Profit")).to_contain_text("Goods")
    await expect(card(counter, "Profit").locator(".k-big")).to_have_css("color", "rgb(86, 211, 145)")
    assert await counter.evaluate(PLACES) == cards


async def test_what_is_lost_and_spent_shows_its_reason_and_its_colour(house: Tablets) -> None:
    page = await house.page("Giulia", "/day", viewport=COUNTER)
    await expect(card(page, "Expenses")).to_contain_text("Nothing was paid out.")
    check_id = await house.seat("9", 3)
    line_id = await house.ring(check_id, "Focaccia")
    await house.ring(check_id, "Focaccia")
    await house.act("Elena", "send", check_id=check_id)
    await house.act("Sofia", "void_line", line_id=line_id, reason="Fell on the floor")
    drawer = await house.act("Ana", "open_drawer", till=1, float=10_000)
    await house.act("Sofia", "pay_out", drawer_id=drawer["drawer_id"], amount=1850, reason="Ice")
    lost, spent = card(page, "Refunds, voids, discounts"), card(page, "Expenses")
    await expect(lost).to_contain_text("1 void −4.50")
    await expect(lost).to_contain_text("Fell on the floor void, Sofia")
    await expect(spent).to_contain_text("−18.50")
    await expect(spent).to_contain_text("Ice")
    await expect(lost.locator(".k-big")).to_have_css("color", "rgb(255, 131, 120)")
    await expect(lost.get_by_role("link")).to_have_attribute("href", "/reports?range=today&by=deed")
    await expect(spent.locator(".k-big")).to_have_css("color", "rgb(255, 190, 69)")


async def test_every_size_shows_every_card_and_nothing_sideways(house: Tablets) -> None:
    page = await house.page("Giulia", "/day")
    for width, height in ((390, 844), (800, 1280), (1024, 768), (1280, 800), (1920, 1080)):
        await page.set_viewport_size({"width": width, "height": height})
        await page.reload()
        await expect(card(page, "Kitchen times")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert await page.evaluate("document.querySelectorAll('.k-bento > section').length") == 14, width


async def test_quick_taps_go_a_day_back_each_and_back_takes_one_of_them(house: Tablets) -> None:
    page = await house.page("Giulia", "/day", viewport=COUNTER)
    chosen = page.get_by_label("Choose a day")
    today = date.fromisoformat(await chosen.input_value())
    before = page.get_by_label("The day before")
    await before.evaluate("key => { for (let tap = 0; tap < 3; tap++) key.click() }")
    await expect(chosen).to_have_value(str(today - timedelta(days=3)))
    await page.go_back()
    await expect(chosen).to_have_value(str(today - timedelta(days=2)))
    await page.get_by_label("The day after").evaluate("key => { for (let tap = 0; tap < 4; tap++) key.click() }")
    await expect(chosen).to_have_value(str(today))
    assert page.url.endswith("/day")
