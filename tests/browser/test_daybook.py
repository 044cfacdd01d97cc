"""The daybook on a kiosk as the house runs it: one kiosk for all of them, and one book that grows."""

from playwright.async_api import Page, expect

from tests.support.tablets import Tablets

PHONE = {"width": 390, "height": 844}
PAGE_AND_SOME = 64
ROWS = ".db-ledger tbody tr:not(.is-bf)"
ENDS = """async () => (await kiosk.view("daybook")).rows.at(-1).balance"""


async def sold(house: Tablets, label: str, kind: str = "cash") -> None:
    """A party with one focaccia for 4.50 that has paid."""
    check_id = await house.seat(label)
    await house.ring(check_id, "Focaccia")
    await house.act("Elena", "send", check_id=check_id)
    await house.act("Ana", "settle", check_id=check_id, total=450, tenders=[{"kind": kind, "given": 450}])


async def drawer(house: Tablets) -> int:
    """The open drawer of till 1; the first to ask opens it with 100.00."""
    known = (await house.view("Ana", "till"))["drawers"]
    return int(known[0]["id"] if known else (await house.act("Ana", "open_drawer", till=1, float=10_000))["drawer_id"])


async def last(page: Page) -> str:
    return " ".join((await page.locator(ROWS).last.inner_text()).split())


async def test_the_book_is_live_takes_an_expense_and_opens_the_receipt_and_its_story(house: Tablets) -> None:
    await drawer(house)
    await sold(house, "1")
    page = await house.page("Giulia", "/daybook")
    await expect(page.locator(ROWS)).to_have_count(2)
    assert "Table 1 Ana Cash, drawer 1 +4.50 104.50" in await last(page)
    await sold(house, "2", "card")
    await expect(page.locator(ROWS)).to_have_count(3)
    assert "Table 2 Ana Card +4.50 109.00" in await last(page)
    await expect(page.locator(".k-kpi.is-end")).to_contain_text("109.00")
    await page.get_by_role("button", name="Money in or out").tap()
    sheet = page.get_by_role("dialog")
    await expect(sheet.locator(".ti-amount")).to_be_focused()
    await page.keyboard.type("1850")
    await sheet.get_by_label("What for").fill("Taxi home, Jonas")
    await sheet.get_by_role("button", name="Pay out 18.50").tap()
    await expect(page.locator(ROWS)).to_have_count(4)
    assert "Expense Taxi home, Jonas Giulia Cash, drawer 1 \u221218.50 90.50" in await last(page)
    await page.get_by_role("button", name="Table 2: open the receipt").tap()
    await expect(sheet.locator(".db-paper")).to_contain_text("TOTAL")
    await sheet.get_by_role("button", name="Life story").tap()
    await expect(page.locator(".k-life")).to_contain_text("Focaccia")


async def test_filters_and_search_stay_through_a_reload(house: Tablets) -> None:
    drawer_id = await drawer(house)
    await house.act("Ana", "pay_in", drawer_id=drawer_id, amount=777, reason="Change from the bank")
    page = await house.page("Sofia", "/daybook")
    await page.get_by_label("Search the daybook").fill("7.77")
    await expect(page.locator(ROWS)).to_have_count(1)
    await page.get_by_label("Search the daybook").fill("")
    await page.get_by_role("button", name="All kinds").tap()
    await page.get_by_role("option", name="Paid in").tap()
    await expect(page.locator(ROWS)).to_have_count(1)
    await expect(page.locator(".k-kpi.is-end")).to_contain_text("Together")
    await page.reload()
    await expect(page.locator(ROWS)).to_have_count(1)
    assert "Change from the bank" in await last(page)
    await page.get_by_role("button", name="Yesterday").tap()
    await expect(page.locator(".db-none")).to_contain_text("No movement fits")


async def test_earlier_movements_come_while_scrolling_and_every_row_once(house: Tablets) -> None:
    drawer_id = await drawer(house)
    for number in range(PAGE_AND_SOME):
        await house.act("Ana", "pay_in", drawer_id=drawer_id, amount=100 + number, reason=f"Coin {number}")
    page = await house.page("Giulia", "/daybook")
    await expect(page.locator(ROWS)).to_have_count(50)
    await expect(page.locator(".is-bf")).to_contain_text("earlier movements")
    book = page.locator(".db-ledger")
    assert await book.evaluate("book => book.scrollHeight - book.scrollTop - book.clientHeight < 2")
    await book.evaluate("book => book.scrollTop = 0")
    await page.wait_for_function(f"document.querySelectorAll('{ROWS}').length > 50")
    await expect(page.locator(".is-bf")).not_to_contain_text("earlier")
    told = await page.locator(f"{ROWS} .c-what").all_inner_texts()
    coins = [text for text in told if text.startswith("Coin")]
    assert coins == [f"Coin {number}" for number in range(PAGE_AND_SOME)]
    balance = await page.evaluate(f"({ENDS})().then(kiosk.money)")
    assert (await last(page)).endswith(str(balance))


async def test_a_phone_shows_cards_with_the_newest_on_top(house: Tablets) -> None:
    await drawer(house)
    await sold(house, "3", "card")
    page = await house.page("Giulia", "/daybook", viewport=PHONE)
    first = page.locator(ROWS).first
    await expect(first).to_contain_text("Table 3, Ana")
    box = await first.bounding_box()
    assert box is not None
    assert box["height"] < 90, "two lines"
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_a_cashier_is_told_that_the_daybook_is_for_others(house: Tablets) -> None:
    page = await house.page("Ana", "/daybook")
    assert "for managers and the owner" in await page.inner_text(".k-app")
    assert (await (await house.hand("Ana")).get("/api/view/daybook")).status_code == 403
