"""The life of a check over any screen: for who may see the journal, and with a manager's PIN for everybody else."""

from playwright.async_api import expect

from tests.support import journal
from tests.support.databases import opened
from tests.support.tablets import Tablets


async def eaten(house: Tablets, label: str) -> int:
    """A check with two focacce, of which one was voided after the bill was asked for."""
    check_id = await house.seat(label)
    lines = [await house.ring(check_id, "Focaccia") for _ in range(2)]
    await house.act("Elena", "send", check_id=check_id)
    await house.act("Elena", "ask_bill", check_id=check_id)
    await house.act("Sofia", "void_line", line_id=lines[0], reason="never came")
    return check_id


async def test_a_manager_reads_every_line_and_those_that_were_put_right(house: Tablets) -> None:
    check_id = await eaten(house, "1")
    page = await house.page("Sofia", "/")
    await page.evaluate(f"void kiosk.lifeOf({check_id})")
    sheet = page.get_by_role("dialog", name="The life of the check")
    await expect(sheet.locator(".k-life__line")).to_have_count(2)
    corrected = sheet.locator("details[open]")
    await expect(corrected).to_have_count(1)
    await expect(corrected).to_contain_text("Sofia voided it, 4.50, after the bill was asked for at")
    await expect(corrected).to_contain_text("Reason: “never came”.")
    await sheet.get_by_role("button", name="Corrected 1").tap()
    await expect(sheet.locator(".k-life__line")).to_have_count(1)
    await sheet.get_by_role("button", name="All 2 lines").tap()
    await sheet.locator("summary").last.tap()
    await expect(sheet.locator("details[open]")).to_have_count(2)
    await sheet.get_by_role("button", name="Close").tap()
    await expect(sheet).to_have_count(0)
    assert house.faults == []


async def test_a_cashier_reads_it_with_a_managers_pin_and_both_are_in_the_journal(house: Tablets) -> None:
    check_id = await eaten(house, "2")
    page = await house.page("Ana", "/")
    await page.evaluate(f"void kiosk.lifeOf({check_id})")
    pin = page.get_by_role("dialog", name="Approval")
    await pin.get_by_role("button", name="Sofia").tap()
    for digit in "6666":
        await pin.get_by_role("button", name=digit, exact=True).tap()
    await pin.get_by_role("button", name="Approve this one").tap()
    sheet = page.get_by_role("dialog", name="The life of the check")
    await expect(sheet.locator(".k-life__line")).to_have_count(2)
    assert (await journal.acts(opened(house.database_url)))[-1] == "life_shown"
    await page.keyboard.press("Escape")
    await page.evaluate(f"void kiosk.lifeOf({check_id})")
    await pin.get_by_role("button", name="Refuse").tap()
    await expect(page.get_by_role("dialog")).to_have_count(0)
