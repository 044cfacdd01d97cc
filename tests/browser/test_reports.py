"""The reports on a kiosk as the house runs it, by touch: ranges, comparisons, and what is behind a number."""

import re
from datetime import date
from uuid import uuid4

from playwright.async_api import Page, Route, expect

from kiosk.reports.forecast_view import told as told_of
from tests.reports.foretold import TODAY, made
from tests.support.tablets import Tablets

PHONE = {"width": 390, "height": 844}
TOO_SMALL = """() => [...document.querySelectorAll('.fc button, .fc a')]
  .map(key => [key.ariaLabel || key.innerText, key.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 47.5 || box.height < 47.5)).map(([words]) => words)"""
ROWS = ".rp-ledger tbody tr"


async def evening(house: Tablets, *labels: str) -> None:
    """At each of these tables somebody has a focaccia for 4.50 and octopus that is voided, and pays by card."""
    for label in labels:
        check_id = await house.seat(label)
        await house.ring(check_id, "Focaccia")
        gone = await house.ring(check_id, "Polpo e patate")
        await house.act("Elena", "send", check_id=check_id)
        await house.act("Sofia", "void_line", line_id=gone, reason="سقط على الأرض")
        await house.act("Ana", "settle", check_id=check_id, total=450, tenders=[{"kind": "card", "given": 450}])


async def row(page: Page, name: str) -> str:
    return " ".join((await page.locator(ROWS, has_text=name).inner_text()).split())


async def choose(page: Page, word: str) -> None:
    await page.get_by_role("navigation", name="Told by").get_by_role("button", name=word, exact=True).tap()


async def test_every_number_opens_its_receipts_and_their_story(house: Tablets) -> None:
    await evening(house, "1", "2")
    page = await house.page("Giulia", "/reports")
    await expect(page.get_by_role("group", name="Sums").get_by_role("button", name="Turnover")).to_be_enabled()
    await choose(page, "Items")
    sold = (await page.evaluate("kiosk.view('report?by=item')"))["together"]
    assert f"{sold['pieces']} {sold['turnover'] / 100:.2f}" in await row(page, "Focaccia")
    await page.get_by_role("button", name="Focaccia, Pieces").tap()
    sheet = page.get_by_role("dialog").first
    await expect(sheet.locator(".rp-one")).to_have_count(sold["pieces"])
    await sheet.get_by_role("button", name="Table 2, Elena, 4.50: open the receipt").tap()
    await expect(page.locator(".db-paper")).to_contain_text("TOTAL")
    await page.get_by_role("button", name="Life story").tap()
    await expect(page.locator(".k-life")).to_contain_text("Focaccia")


async def test_a_leak_opens_its_entries_in_the_journal(house: Tablets) -> None:
    await evening(house, "3")
    page = await house.page("Sofia", "/reports?by=deed")
    assert "Sofia" in await row(page, "Void")
    await page.locator(ROWS, has_text="Void").get_by_role("button").first.tap()
    entry = page.get_by_role("dialog").locator(".rp-one").first
    await expect(entry).to_contain_text("Polpo e patate")
    await expect(entry).to_contain_text("سقط على الأرض")
    await entry.tap()
    await expect(page.locator(".k-life")).to_contain_text("Voided")


async def test_a_person_is_told_with_what_they_took_off(house: Tablets) -> None:
    await evening(house, "4")
    page = await house.page("Giulia", "/reports?by=staff")
    await page.locator(ROWS, has_text="Sofia").get_by_role("button", name="Voids").tap()
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_role("button", name="Voids")).to_have_attribute("aria-pressed", "true")
    await expect(sheet.locator(".rp-one").first).to_contain_text("Polpo e patate")
    await sheet.get_by_role("button", name="Receipts").tap()
    await expect(sheet).to_contain_text("No receipt of these days counts here")


async def test_the_range_stays_through_a_reload_and_goes_along_to_the_daybook(house: Tablets) -> None:
    await evening(house, "5")
    page = await house.page("Giulia", "/reports")
    await page.get_by_role("button", name="Yesterday").tap()
    await expect(page.locator(".rp-none")).to_contain_text("Nothing was sold")
    await page.get_by_label("Compare with").select_option("before")
    await expect(page.locator("header")).to_contain_text("Beside")
    await page.reload()
    await expect(page.get_by_role("button", name="Yesterday")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_label("Compare with")).to_have_value("before")
    day = await page.evaluate("kiosk.view('report?from=yesterday').then(({ from }) => from)")
    await page.get_by_role("link", name="Daybook of these days").tap()
    await page.wait_for_url(f"**/daybook?from={day}&to={day}")
    await page.get_by_role("button", name="Week").tap()
    await page.locator(".k-dock").get_by_role("link", name="Reports").tap()
    await expect(page.locator(".rp").get_by_role("button", name="Week", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    await page.locator(".k-dock").get_by_role("link", name="Daybook").tap()
    await expect(page.locator(".db").get_by_role("button", name="Week")).to_have_attribute("aria-pressed", "true")


async def test_a_phone_chooses_from_a_list_and_shows_cards(house: Tablets) -> None:
    await evening(house, "6")
    page = await house.page("Giulia", "/reports?range=week", viewport=PHONE)
    await page.get_by_role("combobox", name="Told by").select_option("tender")
    await expect(page.locator(ROWS)).to_contain_text("Card")
    await page.get_by_role("combobox", name="Told by").select_option("month")
    await expect(page.locator(ROWS)).to_have_count(1)
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    await page.locator("#k-theme").tap()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")


async def test_what_is_no_range_is_said_leads_to_today_and_is_not_taken_along(house: Tablets) -> None:
    page = await house.page("Giulia", "/reports?from=2026-13-01&to=2026-13-02")
    note = page.get_by_role("alert")
    await expect(note).to_contain_text("“2026-13-01” is not a date.")
    assert "2026-13-01" not in await page.evaluate("sessionStorage.kiosk_range")
    await note.get_by_role("button", name="Show today").tap()
    await expect(note).to_have_count(0)
    await expect(page).to_have_url(re.compile("range=today"))


async def test_a_waiter_is_told_that_the_reports_are_for_others(house: Tablets) -> None:
    page = await house.page("Elena", "/reports")
    assert "for managers and the owner" in await page.inner_text(".k-app")
    assert (await (await house.hand("Elena")).get("/api/view/report")).status_code == 403
    assert (await (await house.hand("Elena")).get("/api/view/report_behind?by=day&key={}")).status_code == 403


async def test_an_owner_agrees_what_somebody_earns_and_the_report_tells_it(house: Tablets) -> None:
    await evening(house, "9")
    page = await house.page("Giulia", "/reports?by=staff")
    await page.get_by_role("button", name="What people earn").tap()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_role("button", name="Elena, nothing: change it").tap()
    await sheet.get_by_role("button", name="Wage an hour").tap()
    await page.keyboard.type("1250")
    await sheet.get_by_label("% of net sales").fill("101")
    await expect(sheet.get_by_role("button", name="0 to 100 per cent, like 2.5")).to_be_disabled()
    await sheet.get_by_label("% of net sales").fill("2,5")
    await sheet.get_by_role("button", name="12.50 an hour and 2.5 % of sales").tap()
    await sheet.get_by_role("button", name="Elena, 12.50 an hour and 2.5 % of sales: change it").tap()
    await sheet.get_by_role("button", name="Take back what holds from").tap()
    await expect(sheet.get_by_role("button", name="Elena, nothing: change it")).to_be_visible()
    await sheet.get_by_role("button", name="Undo").tap()
    await expect(sheet.get_by_role("button", name="Elena, 12.50 an hour and 2.5 % of sales: change it")).to_be_visible()
    await sheet.get_by_role("button", name="Close").tap()
    await expect(page.get_by_role("columnheader", name="Commission")).to_be_visible()


async def test_what_people_earn_is_the_owners_alone(house: Tablets) -> None:
    page = await house.page("Sofia", "/reports?by=staff")
    await expect(page.locator(".rp-main")).to_be_visible()
    await expect(page.get_by_role("button", name="What people earn")).to_have_count(0)
    (marco,) = [one["id"] for one in (await house.view("Giulia", "pay"))["people"] if one["name"] == "Marco"]
    args = {"person_id": marco, "from_day": "2026-01-01", "wage": 1, "commission": None}
    for name in ("Sofia", "Elena"):
        hand = await house.hand(name)
        assert (await hand.get("/api/view/pay")).status_code == 403
        for act, words in (("set_pay", args), ("drop_pay", {"person_id": marco, "from_day": "2026-01-01"})):
            answer = await hand.post(f"/api/act/{act}", json={"key": str(uuid4()), "args": words})
            assert (answer.status_code, answer.json()["code"]) == (403, "needs_manager")


async def test_the_days_are_taken_away_as_a_workbook(house: Tablets) -> None:
    await evening(house, "7")
    page = await house.page("Giulia", "/reports?range=week")
    async with page.expect_download() as coming:
        await page.get_by_label("Take these days away").select_option("xlsx")
    assert (await coming.value).suggested_filename.endswith(".xlsx")
    await expect(page.get_by_label("Take these days away")).to_be_enabled()


async def test_a_payment_shows_up_while_the_page_is_open(house: Tablets) -> None:
    page = await house.page("Giulia", "/reports?by=table")
    await expect(page.locator(".rp-main")).to_be_visible()
    await evening(house, "8")
    await expect(page.get_by_role("button", name="8, 4.50: what is behind it", exact=True)).to_be_visible()


async def test_the_forecast_says_when_it_is_too_early_and_then_what_each_day_brings(house: Tablets) -> None:
    page = await house.page("Giulia", "/reports")
    await page.get_by_role("link", name="Forecast of the next seven days").tap()
    await expect(page.get_by_text("Too early for a forecast")).to_be_visible()
    told = told_of(made(holidays={date(2026, 11, 26): "Thanksgiving Day"}), TODAY)

    async def foretell(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, json={**await answer.json(), "state": "ready", "sentence": "", **told})

    await page.route("**/api/view/forecast", foretell)
    await page.reload()
    grid = page.get_by_role("region", name="Seven days by hour")
    await expect(grid.locator("tr", has_text="Sales")).to_contain_text("130")
    await page.get_by_role("button", name="Thursday 26 November, Thanksgiving Day").tap()
    await expect(page.get_by_role("heading", name="Thursday 26 November")).to_be_visible()
    await expect(page.locator(".fc-prep")).to_contain_text("Tiramisù")
    await expect(page.locator(".fc-errors")).to_contain_text("RMSLE 1.330")
    await page.set_viewport_size(PHONE)
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert await page.evaluate(TOO_SMALL) == []


async def test_a_waiter_has_no_forecast(house: Tablets) -> None:
    page = await house.page("Marco", "/forecast")
    await expect(page.get_by_text("The forecast is for managers and the owner.")).to_be_visible()
    assert await page.evaluate("fetch('/api/view/forecast').then((answer) => answer.status)") == 403
