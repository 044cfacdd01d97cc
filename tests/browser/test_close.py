"""The close of the day on a kiosk as the house runs it; a kiosk for each, as a day of the clock is closed once."""

import pytest
from playwright.async_api import Page, expect

from kiosk.core.actor import command_line
from kiosk.core.db import Database, Tx
from kiosk.payments import rates
from kiosk.printing import service as printing
from tests.support.tablets import CONNECTED, Tablets

PHONE = {"width": 390, "height": 844}
FOCACCIA = 450
COUNT_TAPS = """window.taps = 0;
addEventListener("click", ({isTrusted, target}) => {
  if (isTrusted && !target.closest(".cl-pad, .cl-denom")) window.taps += 1;
}, true);"""
"""Taps that are no counting; kept by the page, so a page that is loaded anew begins at none."""


@pytest.fixture
def house(own_house: Tablets) -> Tablets:
    return own_house


async def served(house: Tablets, label: str) -> int:
    """A party with one focaccia on the table."""
    check_id = await house.seat(label)
    await house.ring(check_id, "Focaccia")
    await house.act("Elena", "send", check_id=check_id)
    return check_id


async def sold(house: Tablets, label: str, kind: str = "cash") -> None:
    """A party with one focaccia that has paid."""
    check_id = await served(house, label)
    tender = {"kind": kind, "given": FOCACCIA}
    await house.act("Ana", "settle", check_id=check_id, total=FOCACCIA, tenders=[tender])


async def opened(house: Tablets, till: int = 1, amount: int = 10_000) -> int:
    return int((await house.act("Ana", "open_drawer", till=till, float=amount))["drawer_id"])


async def count(page: Page, **pieces: int) -> None:
    """Tap how many there are of each piece: `_50=2` is two fifties."""
    for piece, many in pieces.items():
        await page.get_by_label(f"Count of {piece.removeprefix('_').replace('_', '.')}", exact=True).tap()
        for digit in str(many):
            await page.locator(".cl-pad").get_by_role("button", name=digit, exact=True).tap()


async def test_the_day_is_closed_in_four_taps_and_the_count(house: Tablets) -> None:
    await opened(house)
    await sold(house, "1")
    await sold(house, "2", "card")
    page = await house.page("Giulia")
    await page.context.add_init_script(COUNT_TAPS)
    await page.evaluate(COUNT_TAPS)
    await page.locator(".k-dock").get_by_text("Close").tap()
    await page.wait_for_selector(".cl-denom")
    assert "104.50" not in await page.inner_text("body"), "the count is blind"
    await count(page, _50=2, _2=1)
    for _ in range(3):
        await page.get_by_role("button", name="Next piece").tap()
    await page.locator(".cl-pad").get_by_role("button", name="4", exact=True).tap()
    await page.get_by_role("button", name="Confirm count").tap()
    await expect(page.locator(".k-due b")).to_contain_text("SHORT")
    assert "1.70" in await page.inner_text(".k-due"), "four times 0.20 were typed after three times Next"
    await page.get_by_role("button", name="Close day 1").tap()
    await expect(page.locator(".cl-done")).to_contain_text("DAY 1 CLOSED")
    await expect(page.locator(".cl-paper")).to_contain_text("Z report 1")
    async with page.expect_download() as workbook:
        await page.get_by_role("button", name="Download workbook").tap()
    assert (await workbook.value).suggested_filename == "day-1.xlsx"
    taps = 1 + await page.evaluate("window.taps")
    assert taps == 4, "six at most, the counting apart"
    await page.reload()
    await expect(page.locator(".cl-done")).to_contain_text("DAY 1 CLOSED")


async def test_two_drawers_are_counted_in_turn_through_a_reload_a_recount_and_a_reason(house: Tablets) -> None:
    await opened(house, 1)
    await opened(house, 2, 5_000)
    open_check = await served(house, "3")
    page = await house.page("Sofia", "/close")
    await expect(page.locator(".cl-checks")).to_contain_text("Table 3 not paid")
    await page.get_by_role("button", name="Settle 4.50").tap()
    await page.wait_for_url(f"**/#/settle/{open_check}**")
    await page.locator(".k-dock").get_by_text("Close").tap()
    await page.get_by_role("button", name="Carry over").tap()
    await page.get_by_role("button", name="Guests are still here").tap()
    await expect(page.locator(".cl-checks")).to_contain_text("Table 3 carried over")
    assert (await house.check(open_check))["state"] == "open"
    await count(page, _50=1)
    await page.reload()
    await expect(page.get_by_label("Count of 50", exact=True)).to_have_value("1")
    await page.get_by_role("button", name="Confirm count").tap()
    await expect(page.locator(".k-due b")).to_contain_text("SHORT")
    assert "50.00" in await page.inner_text(".k-due b")
    await page.get_by_role("button", name="Recount once").tap()
    await expect(page.get_by_label("Count of 50", exact=True)).to_have_value("")
    await count(page, _100=1)
    await page.get_by_role("button", name="Confirm count").tap()
    await expect(page.locator(".k-due b")).to_contain_text("EXACT")
    await expect(page.get_by_role("button", name="Counted twice")).to_be_disabled()
    await page.get_by_role("button", name="Count drawer 2").tap()
    await count(page, _50=1, _10=1)
    await page.get_by_role("button", name="Confirm count").tap()
    await expect(page.locator(".k-due b")).to_contain_text("OVER")
    close = page.get_by_role("button", name="Close day")
    await expect(close).to_be_disabled()
    assert "add a reason" in await close.inner_text()
    await page.get_by_role("button", name="Add a reason", exact=True).tap()
    await page.get_by_role("button", name="Miscounted at opening").tap()
    await expect(close).to_be_enabled()
    second = await house.page("Giulia", "/close")
    await close.tap()
    await expect(page.locator(".cl-done")).to_contain_text("drawer 2, over 10.00", ignore_case=True)
    await expect(second.locator(".cl-done")).to_contain_text("CLOSED")
    await second.get_by_role("button", name="Go on to the next day").tap()
    await expect(second.locator(".cl-mid")).to_contain_text("Nothing to close")
    tender = {"kind": "card", "given": FOCACCIA}
    await house.act("Ana", "settle", check_id=open_check, total=FOCACCIA, tenders=[tender])
    await expect(second.locator(".cl-mid")).to_contain_text("No drawer to count")
    await second.get_by_role("button", name="Close day").tap()
    await expect(second.get_by_text("which can be closed once it has begun")).to_be_visible()


async def test_without_a_connection_the_count_is_kept_and_nothing_can_be_confirmed(house: Tablets) -> None:
    await opened(house)
    page = await house.page("Sofia", "/close")
    await count(page, _100=1)
    await page.context.set_offline(True)
    confirm = page.get_by_role("button", name="Confirm count")
    await expect(confirm).to_be_disabled()
    assert "kept on this tablet" in await confirm.inner_text()
    await count(page, _5=1)
    await page.context.set_offline(False)
    await expect(confirm).to_be_enabled()
    await confirm.tap()
    await expect(page.locator(".k-due b")).to_contain_text("OVER")
    await page.get_by_role("button", name="Close day").tap()
    await expect(page.locator(".cl-done")).to_contain_text("CLOSED")


async def test_a_cashier_with_a_phone_has_a_drawer_from_its_float_to_the_safe_and_a_manager_lets_the_day_be_closed(
    house: Tablets,
) -> None:
    page = await house.page("Ana", "/close", viewport=PHONE)
    sheet = page.get_by_role("dialog")
    await page.get_by_role("button", name="Open a drawer").tap()
    await expect(sheet.locator(".ti-amount")).to_be_focused()
    await page.keyboard.type("20000")
    await sheet.get_by_role("button", name="Open drawer 1 with 200.00").tap()
    await expect(sheet).to_have_count(0)
    await page.get_by_role("button", name="Drawers").tap()
    await sheet.get_by_role("button", name="Pay out").tap()
    pay = sheet.get_by_role("button", name="Pay out 18.50")
    await expect(sheet.locator(".ti-amount")).to_be_focused()
    await page.keyboard.type("1850")
    await expect(pay).to_be_disabled()
    await sheet.get_by_role("button", name="Taxi home").tap()
    await pay.tap()
    await expect(sheet).to_have_count(0)
    await page.get_by_role("button", name="Drawers").tap()
    await sheet.get_by_role("button", name="X report").tap()
    await expect(sheet.locator(".cl-paper")).to_contain_text("X report")
    paper = await sheet.locator(".cl-paper").inner_text()
    assert "\u221218.50" in paper
    assert "181.50" not in paper, "who counts blind does not read on X what the drawer holds"
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Drawers").tap()
    await sheet.get_by_role("button", name="Count").tap()
    await count(page, _100=1, _50=1, _20=1, _10=1, _1=1, _0_50=1)
    await page.get_by_role("button", name="Confirm count").tap()
    await expect(page.locator(".k-due b")).to_contain_text("EXACT")
    await page.get_by_role("button", name="Close drawer 1").tap()
    await page.get_by_role("button", name="Close day").tap()
    await sheet.get_by_role("button", name="Sofia").tap()
    await page.keyboard.type("6666")
    await sheet.get_by_role("button", name="Approve this one").tap()
    await expect(page.locator(".cl-done")).to_contain_text("CLOSED")


async def test_a_waiter_is_told_that_the_close_is_for_others(house: Tablets) -> None:
    page = await house.page("Marco", "/close")
    assert "for cashiers, managers and the owner" in await page.inner_text(".k-app")
    assert not await page.locator(".k-dock").get_by_text("Close").is_visible()
    tablet = await house.hand("Marco")
    assert (await tablet.get("/api/view/close")).status_code == 403
    await page.wait_for_function(CONNECTED)


async def test_dollars_are_counted_by_their_currency_and_a_drawer_that_stays_shut_says_so(house: Tablets) -> None:
    await dollars_and_a_printer_that_is_off(house)
    ana = await house.page("Ana", "/close")
    await opened(house)
    shut = ana.locator(".k-shut")
    await expect(shut).to_contain_text("The drawer of till 1 did not open: the printer Till", timeout=20_000)
    await expect(shut).to_contain_text("Open it by its key.")
    await shut.tap()
    await expect(shut).to_have_count(0)
    tender = {"kind": "cash", "given": 1851, "currency": "USD", "currency_given": 2000}
    await house.act("Ana", "settle", check_id=await served(house, "3"), total=FOCACCIA, tenders=[tender])
    await ana.get_by_label("All cash in USD", exact=True).tap()
    for digit in "2000":
        await ana.locator(".cl-pad").get_by_role("button", name=digit, exact=True).tap()
    await count(ana, _50=1, _20=1, _10=1, _5=1)
    await expect(ana.locator(".cl-sofar")).to_contain_text("85.00 and USD 20.00")
    await ana.get_by_role("button", name="Confirm count").tap()
    await expect(ana.locator(".cl-result")).to_contain_text("Of it USD 20.00, counted 20.00")
    await expect(ana.locator(".cl-result")).to_contain_text("0.99")


async def dollars_and_a_printer_that_is_off(house: Tablets) -> None:
    """Dollars are taken at 1.08, and the drawers hang on a printer that nobody switched on."""
    db = Database(house.database_url)

    async def set_up(tx: Tx) -> None:
        by = command_line((await tx.venue()).id)
        await rates.set_rate(tx, "USD", "1.08", by=by)
        told = {"kind": "tcp", "address": "127.0.0.1:9199", "drawer_kick": "pin_2"}
        await printing.add_printer(tx, code="till", name="Till", prints=["slip"], **told, by=by)

    await db.run(set_up)
    await db.close()
