"""Paper that does not come, as people meet it: banners where it matters, the printers' page, its set-up by touch."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from kiosk.core.db import Database, Tx
from kiosk.printing import service
from tests.support.paper.printer import VirtualPrinter
from tests.support.rules import set_rules
from tests.support.tablets import Tablets

LANDSCAPE, PORTRAIT = {"width": 1280, "height": 800}, {"width": 800, "height": 1280}
TICKET: dict[str, Any] = {
    **{"kind": "kitchen", "act": "new", "station": "Cold", "number": "#1042-2", "table": "12", "covers": 4},
    **{"waiter": "Marco", "time": "20:14", "groups": []},
}
LONG = "Stampante della grande cucina calda al primo piano dietro al"
ARABIC = "طابعة المطبخ الكبير"
SMALL = """() => {
  const keys = document.querySelectorAll(".k-app :is(button, a, input), .k-sheet :is(button, input), #k-paper button");
  return [...keys].filter((target) => {
    const { width, height } = (target.closest("label") ?? target).getBoundingClientRect();
    return target.offsetParent && (width < 47.5 || height < 47.5);
  }).map((target) => target.outerHTML.slice(0, 90));
}"""
OUTSIDE = """() => [...document.querySelectorAll(".pr *, #k-paper *, dialog[open] *")].filter((part) => {
  const { left, right, width } = part.getBoundingClientRect();
  return width && part.checkVisibility() && (right > innerWidth + 1 || left < -1);
}).map((part) => part.className + " " + part.textContent.slice(0, 30))"""
COVERED = """() => {
  const bar = document.querySelector("#k-paper .k-pb").getBoundingClientRect();
  const keys = [...document.querySelectorAll(".k-app button, .kb button")].filter((key) => key.checkVisibility());
  return keys.filter((key) => {
    const { top, bottom, left, right, width } = key.getBoundingClientRect();
    return width && bottom > bar.top && top < bar.bottom - 1 && right > bar.left && left < bar.right;
  }).map((key) => key.outerHTML.slice(0, 80));
}"""


@pytest.fixture
async def house(house: Tablets) -> AsyncIterator[Tablets]:
    """The tablets of one test; whatever printers it set up are taken away again."""
    await set_rules(house.database_url, undo_s=0)
    yield house
    await away(house)


async def away(house: Tablets) -> None:
    """Give up what waits and take the printers away, but for the counter's."""
    for one in await printers(house):
        jobs = (await house.view("Giulia", f"printers/{one['id']}/jobs"))["jobs"]
        while jobs:
            await house.act("Giulia", "cancel_jobs", job_ids=[job["id"] for job in jobs], reason="The test is over")
            jobs = (await house.view("Giulia", f"printers/{one['id']}/jobs"))["jobs"]
        if one["code"] != "counter":
            await house.act("Giulia", "remove_printer", printer_id=one["id"])


async def printers(house: Tablets) -> list[dict[str, Any]]:
    return list((await house.view("Giulia", "printers"))["printers"])


async def add(house: Tablets, code: str, printer: VirtualPrinter, *roles: str, **set_up: Any) -> int:
    words = {"code": code, "name": code.title(), "prints": list(roles), "kind": "tcp", "address": printer.address}
    width = {"columns": 42, "dots": 512, "ack": "process_id"}
    return int((await house.act("Giulia", "add_printer", **{**words, **width, **set_up}))["printer_id"])


async def order(house: Tablets, label: str, item: str = "Carpaccio di manzo") -> int:
    """A party whose dish was sent to the kitchen."""
    check_id = await house.seat(label)
    await house.ring(check_id, item)
    await house.act("Elena", "send", check_id=check_id)
    return check_id


async def tickets(house: Tablets, printer_id: int, count: int) -> None:
    """So many tickets for a printer, beside the kiosk."""
    db = Database(house.database_url)

    async def write(tx: Tx) -> None:
        for number in range(count):
            told: dict[str, Any] = {
                "kind": "kitchen",
                "cause": f"ticket {printer_id} {number}",
                "label": str(number + 1),
            }
            service.print_on(tx, [printer_id], TICKET, **told)

    try:
        await db.run(write)
    finally:
        await db.close()


def banner(page: Page) -> Locator:
    return page.locator("#k-paper .k-pb")


async def pin(page: Page, name: str, digits: str) -> None:
    """A manager approves at the sheet that asks for one."""
    sheet = page.locator(".k-pin")
    await sheet.get_by_role("button", name=name).tap()
    for digit in digits:
        await sheet.locator(".k-pad").get_by_role("button", name=digit, exact=True).tap()
    await sheet.get_by_role("button", name="Approve this one").tap()


async def test_the_stations_concerned_are_told_and_a_cook_prints_it_elsewhere(house: Tablets) -> None:
    async with VirtualPrinter() as cold, VirtualPrinter() as bar:
        await add(house, "cold", cold, "station:cold")
        await add(house, "bar", bar, "station:bar")
        cold.out_of_paper()
        cook = await house.page("Dario", "/#/kitchen")
        waiter = await house.page("Marco", "/#/floor", viewport=PORTRAIT)
        cashier = await house.page("Ana", "/#/settle")
        check_id = await order(house, "1")
        await expect(banner(cook)).to_contain_text("out of paper")
        await expect(banner(waiter)).to_contain_text("Cold")
        await expect(banner(waiter)).to_contain_text("1 waits since")
        await expect(banner(cashier)).to_have_count(0)
        for page in (cook, waiter):
            assert await page.evaluate(COVERED) == []
            assert await page.evaluate(SMALL) == []
            assert await page.evaluate(OUTSIDE) == []
        await waiter.evaluate("check_id => kiosk.go('order', { check_id })", check_id)
        await waiter.get_by_role("button", name="See it").tap()
        await expect(waiter.get_by_role("dialog", name="Paper")).to_contain_text("TABLE 1")
        await waiter.get_by_role("dialog", name="Paper").get_by_role("button", name="Close").tap()
        await expect(banner(waiter)).to_have_count(0)
        await waiter.evaluate("kiosk.go('floor')")
        await banner(cook).get_by_role("button", name="Other printer").tap()
        await cook.get_by_role("dialog").get_by_role("button", name="Bar").tap()
        await bar.printed(1)
        assert "BACKUP FROM COLD" in " ".join(bar.slips[0].text).upper()
        await expect(banner(cook)).to_contain_text("1 paper came out of \u2068Bar\u2069.")
        await banner(cook).get_by_role("button", name="Seen").tap()
        await expect(banner(cook)).to_have_count(0)
        await expect(banner(waiter)).to_have_count(1)


async def test_a_cook_sees_the_printers_of_the_stations_on_the_board(house: Tablets) -> None:
    async with VirtualPrinter() as cold:
        await add(house, "cold", cold, "station:cold")
        cold.open_cover()
        cook = await house.page("Dario", "/#/kitchen")
        await order(house, "2")
        await expect(banner(cook)).to_contain_text("cover is open")
        await cook.evaluate("void kiosk.on('paper', trouble => { window.late = trouble.name; })")
        await cook.wait_for_function("window.late === 'Cold'")
        await cook.get_by_role("tab", name="Grill").tap()
        await expect(banner(cook)).to_have_count(0)
        await cook.get_by_role("tab", name="Cold").tap()
        await expect(banner(cook)).to_have_count(1)
        cold.close_cover()
        await cold.printed(1)
        await expect(banner(cook)).to_have_count(0)


async def test_the_counter_is_told_of_receipts_and_the_kitchen_is_not(house: Tablets) -> None:
    async with VirtualPrinter() as till:
        await add(house, "till", till, "receipt")
        till.power_off()
        cashier = await house.page("Ana", "/#/settle", viewport=PORTRAIT)
        cook = await house.page("Dario", "/#/kitchen")
        check_id = await order(house, "6")
        await house.act("Ana", "settle", check_id=check_id, total=1300, tenders=[{"kind": "card", "given": 1300}])
        await expect(banner(cashier)).to_contain_text("Till")
        await expect(cashier.locator(".k-dock__count:visible")).to_have_text("1")
        assert await cashier.evaluate(COVERED) == []
        await expect(banner(cook)).to_have_count(0)
        await banner(cashier).get_by_role("link").tap()
        await expect(cashier.locator(".pr-card.is-on")).to_contain_text("Till")
        till.power_on()
        await till.printed(1)
        await expect(cashier.get_by_text("Nothing waits here")).to_be_visible()


async def test_paper_is_given_up_with_a_reason_and_a_managers_pin(house: Tablets) -> None:
    async with VirtualPrinter() as cold:
        await add(house, "cold", cold, "station:cold")
        cold.power_off()
        cook = await house.page("Dario", "/#/kitchen")
        await order(house, "3")
        await order(house, "4")
        await expect(banner(cook)).to_contain_text("2 wait since")
        await banner(cook).get_by_role("button", name="Cancel").tap()
        sheet = cook.locator(".k-ps")
        await expect(sheet.get_by_role("button", name="Choose what first")).to_be_disabled()
        await sheet.get_by_role("button", name="Ticket 3").tap()
        await sheet.get_by_role("button", name="Told them aloud").tap()
        assert await cook.evaluate(SMALL) == []
        await sheet.get_by_role("button", name="Do not print 1").tap()
        await pin(cook, "Sofia", "6666")
        await expect(banner(cook)).to_contain_text("1 waits since")
        await banner(cook).get_by_role("button", name="Cancel").tap()
        await expect(cook.locator(".k-ps h2")).to_contain_text("Ticket 4")
        await cook.locator(".k-ps").get_by_role("button", name="It is on paper already").tap()
        await pin(cook, "Sofia", "6666")
        await expect(banner(cook)).to_have_count(0)


async def test_the_owner_adds_a_printer_by_touch_and_puts_it_right_by_six_answers(house: Tablets) -> None:
    async with VirtualPrinter() as printer:
        page = await house.page("Giulia", "/printers")
        await page.get_by_role("button", name="Add a printer").tap()
        sheet = page.get_by_role("dialog")
        await expect(sheet.get_by_text("Give it a name first.")).to_be_visible()
        assert await page.evaluate(SMALL) == []
        await sheet.get_by_label("Name", exact=False).first.fill(ARABIC)
        await sheet.get_by_role("button", name="Cold", exact=True).tap()
        await sheet.get_by_label("Address").fill(printer.address)
        await sheet.locator("footer").get_by_role("button", name=re.compile(f"^Add.*{ARABIC}")).tap()
        await expect(page.locator(".pr-card.is-on")).to_contain_text(ARABIC)
        await page.get_by_role("button", name="Test page").tap()
        await printer.printed(1)
        questions = page.locator(".pr-ask")
        await expect(questions).to_have_count(6)
        for place, answer in enumerate(("No", "Yes", "Yes", "Yes", "No", "No")):
            await questions.nth(place).get_by_role("button", name=answer, exact=True).tap()
        await expect(page.get_by_text("Then: 42 letters in a row, 512 dots.")).to_be_visible()
        assert await page.evaluate(SMALL) == []
        await page.get_by_role("button", name="Change it, print again").tap()
        await printer.printed(2)
        [added] = [one for one in await printers(house) if one["name"] == ARABIC]
        assert (added["columns"], added["dots"], added["code"], added["prints"]) == (
            42,
            512,
            "printer",
            ["station:cold"],
        )
        for place, answer in enumerate(("Yes", "Yes", "Yes", "Yes", "No", "No")):
            await questions.nth(place).get_by_role("button", name=answer, exact=True).tap()
        await page.get_by_role("button", name="All is right").tap()
        await page.get_by_role("button", name="Set up").tap()
        await page.get_by_role("dialog").get_by_role("button", name="All through").tap()
        await page.get_by_role("dialog").get_by_role("button", name="Keep this").tap()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        assert [one["cut"] for one in await printers(house) if one["name"] == ARABIC] == ["full"]


@pytest.mark.parametrize("viewport", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
async def test_twelve_printers_and_three_hundred_papers_have_room(house: Tablets, viewport: dict[str, int]) -> None:
    async with VirtualPrinter() as printer:
        printer.power_off()
        first = await add(house, "p0", printer, "station:cold", name=LONG)
        for number in range(1, 11):
            await add(house, f"p{number}", printer, "station:bar", name=ARABIC if number == 1 else f"Printer {number}")
        await tickets(house, first, 300)
        page = await house.page("Ana", f"/printers?printer={first}", viewport=viewport)
        await expect(page.locator(".pr-card")).to_have_count(12)
        await expect(page.locator(".pr-job")).to_have_count(50)
        await expect(page.locator(".pr-which .is-on b")).to_have_text("300")
        await page.get_by_role("button", name="Show more of 300").tap()
        await expect(page.locator(".pr-job")).to_have_count(100)
        assert await page.evaluate(OUTSIDE) == []
        assert await page.evaluate(SMALL) == []
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        await page.locator(".pr-job__open").first.tap()
        await expect(page.locator(".k-ps__paper")).to_contain_text("#1042-2")
        await expect(page.get_by_role("button", name="Add a printer")).to_have_count(0)


async def test_without_a_connection_nothing_can_be_tapped_and_the_page_says_so(house: Tablets) -> None:
    async with VirtualPrinter() as cold:
        await add(house, "cold", cold, "station:cold")
        cold.power_off()
        page = await house.page("Dario", "/#/kitchen")
        await order(house, "5")
        await expect(banner(page).get_by_role("button", name="Retry, Cold")).to_be_enabled()
        await page.context.set_offline(True)
        await expect(banner(page).get_by_role("button", name="Retry, Cold")).to_be_disabled()
        await page.context.set_offline(False)
        await expect(banner(page).get_by_role("button", name="Retry, Cold")).to_be_enabled()
        cold.power_on()
        await cold.printed(1)
        await expect(banner(page)).to_have_count(0)
