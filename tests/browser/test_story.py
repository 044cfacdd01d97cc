"""One whole service by touch: from a PIN on the sign-in page to the owner's workbook, on both engines."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pytest
from openpyxl import load_workbook
from playwright.async_api import Locator, Page, expect

from tests.support import patience
from tests.support.live import ROOT, LiveKiosk
from tests.support.rules import set_rules
from tests.support.tablets import CONNECTED, OpenTablet, Tablets

RUNG = {
    ("Aperol Spritz", "", 1): 750,
    ("Bruschetta al pomodoro", "", 1): 650,
    ("Diavola", "Large", 2): 3700,
    ("Tiramisù della casa", "", 1): 680,
}


@pytest.fixture
async def house(database_url: str, live_kiosk: Callable[..., LiveKiosk], tablet: OpenTablet) -> AsyncIterator[Tablets]:
    tablets = Tablets(live_kiosk(database_url, from_disk=True), database_url, tablet)
    await set_rules(database_url, undo_s=0)
    yield tablets
    await tablets.close()
    assert tablets.faults == []


async def test_one_whole_service_by_touch_from_the_pin_to_the_workbook(house: Tablets) -> None:
    marco = await sign_in_by_touch(house, "Marco", "1111")
    dario, ana = await house.page("Dario", "/#/kitchen"), await house.page("Ana")
    check_id = await seat_by_touch(marco, "4", 3)
    await ring_by_touch(marco)
    await find_rung_on_the_server(house, check_id)
    await send_and_bump(marco, dario)
    await serve_and_ask_for_the_bill(marco, ana)
    number = await pay_in_cash(ana, "4")
    await find_it_printed(house, number)
    await expect(tile(marco, "4")).to_contain_text("Available")
    await sell_elsewhere(house, "21", "Focaccia")
    await pay_by(ana, "21", "Card", tip="10 %", given="4.95")
    await sell_elsewhere(house, "B1", "Espresso")
    await pay_by(ana, "B1", "QR", tip="None", given="1.80")
    giulia = await house.page("Giulia", "/day")
    await read_the_day(giulia)
    await read_the_workbook(giulia)
    await read_the_command_line(house)
    await close_for_the_night(house)


def tile(page: Page, label: str) -> Locator:
    return page.locator(f"[data-table='{label}']")


async def sign_in_by_touch(house: Tablets, name: str, pin: str) -> Page:
    page = await (await house.open()).new_page()
    house.listen(page, name)
    await page.goto(house.kiosk.url)
    await page.locator(".k-person", has_text=name).tap()
    for digit in pin:
        await page.locator("#pad").get_by_text(digit, exact=True).tap()
    await page.get_by_role("button", name="Sign in").tap()
    await expect(page.locator(".k-tile")).to_have_count(24)
    await page.wait_for_function(CONNECTED)
    return page


async def seat_by_touch(page: Page, label: str, covers: int) -> int:
    await tile(page, label).locator(".k-tile__hit").click(delay=600)
    await page.locator(".k-covers").get_by_role("button", name=f"{covers} guests", exact=True).tap()
    await page.locator(".k-item").first.wait_for()
    return int(await page.evaluate("kiosk.route.params.check_id"))


async def ring_by_touch(page: Page) -> None:
    """One tap, the chooser, the search; the check beside the menu follows every time."""
    await ring_at_once(page, "Drinks", "Aperol Spritz", "7.50")
    await ring_at_once(page, "Starters", "Bruschetta al pomodoro", "14.00")
    await page.locator(".k-cat", has_text="Pizza").tap()
    await page.get_by_role("button", name="Diavola: choose").tap()
    chooser = page.get_by_role("dialog", name="Diavola")
    await chooser.locator("[data-portion]", has_text="Large").tap()
    await chooser.locator("[data-modifier]", has_text="Burrata").tap()
    await chooser.get_by_label("Note for the kitchen").fill("Extra crisp")
    await chooser.get_by_label("One more").tap()
    await chooser.get_by_role("button", name="Add 2 Large, 37.00").tap()
    await expect(page.locator(".k-total b")).to_have_text("51.00")
    await page.get_by_placeholder("Two letters find a dish").fill("tira")
    await expect(page.locator(".k-item")).to_have_count(1)
    await page.get_by_role("button", name="Add Tiramisù della casa").tap()
    await expect(page.locator(".k-total b")).to_have_text("57.80")
    await page.get_by_label("Clear the search").tap()


async def ring_at_once(page: Page, category: str, item: str, total: str) -> None:
    await page.locator(".k-cat", has_text=category).tap()
    await page.locator(".k-item", has_text=item).locator(".k-item__hit").tap()
    await expect(page.locator(".k-line", has_text=item)).to_be_visible()
    await expect(page.locator(".k-total b")).to_have_text(total)


async def find_rung_on_the_server(house: Tablets, check_id: int) -> None:
    """Nothing was sent yet; another tablet of another person sees every line."""
    check = await house.check(check_id)
    assert {(line["name"], line["portion"], line["quantity"]): line["amount"] for line in check["lines"]} == RUNG
    diavola = next(line for line in check["lines"] if line["name"] == "Diavola")
    assert [extra["name"] for extra in diavola["modifiers"] if extra["price"]] == ["Burrata"]
    assert (diavola["note"], diavola["state"]) == ("Extra crisp", "draft")
    assert (check["sums"]["total"], check["covers"], check["waiter"]) == (5780, 3, "Marco")


async def send_and_bump(marco: Page, dario: Page) -> None:
    """Drinks and the first course go at once, the later ones when the waiter fires them; all is ready in the end."""
    await expect(dario.locator(".k-ticket:not(.is-empty)")).to_have_count(0)
    await expect(marco.locator(".k-op-send")).to_contain_text("1 to Bar, 1 to Cold, 2 held")
    began = perf_counter()
    await marco.get_by_role("button", name="Send 4").tap()
    tickets = dario.locator("[data-ticket]")
    await expect(tickets).to_have_count(2)
    took = perf_counter() - began
    sys.stdout.write(f"\nsend -> two tickets on the cook's screen: {took * 1000:.0f} ms\n")
    patience.in_time(took, 1, "the way to the cook's screen")
    await shown(tickets, "Bar", "Cold", "Aperol Spritz", "Bruschetta")
    assert await tickets.locator(".k-ticket__no").all_inner_texts() == ["4", "4"]
    await bump(dario, 2)
    await marco.get_by_role("button", name="Fire 2 mains").tap()
    await shown(tickets, "Oven", "2 Diavola Large", "Burrata", "Extra crisp")
    await bump(dario, 1)
    await marco.get_by_role("button", name="Fire 1 dessert").tap()
    await shown(tickets, "Cold", "Tiramisù")
    await bump(dario, 1)
    await expect(marco.locator(".k-line.is-ready")).to_have_count(4)


async def shown(tickets: Locator, *words: str) -> None:
    await tickets.first.wait_for()
    told = " ".join(" ".join(await tickets.all_inner_texts()).split())
    for word in words:
        assert word in told


async def bump(dario: Page, count: int) -> None:
    await dario.wait_for_timeout(750)  # a ticket that came under the finger just now does not take its tap
    tickets = dario.locator("[data-ticket]")
    for left in reversed(range(count)):
        await tickets.first.get_by_role("button", name="Bump").tap()
        await expect(tickets).to_have_count(left)


async def serve_and_ask_for_the_bill(marco: Page, ana: Page) -> None:
    await marco.get_by_label("Back to floor").locator("visible=true").tap()
    await expect(tile(marco, "4")).to_contain_text("Ordered")
    await tile(marco, "4").get_by_role("button", name="Serve 4").tap()
    await expect(tile(marco, "4")).to_contain_text("Served")
    await tile(marco, "4").locator(".k-tile__hit").tap()
    await marco.locator("html[data-view='order']").wait_for(state="attached")
    await expect(marco.locator(".k-op-served").first).to_be_visible()
    await expect(marco.locator(".k-op-served").first).to_contain_text("served")
    await ana.evaluate("window.isSamePage = true")
    await marco.get_by_role("button", name="Print bill").locator("visible=true").tap()
    await expect(tile(ana, "4")).to_contain_text("Bill out")
    assert await ana.evaluate("window.isSamePage")
    await marco.evaluate("kiosk.go('floor')")


async def pay_in_cash(ana: Page, label: str) -> str:
    """PAY is locked while short and says by how much; the change is said in words. Returns the receipt's number."""
    await tile(ana, label).get_by_role("button", name="Settle").tap()
    pay, due = ana.locator(".sd-pay"), ana.locator(".k-due")
    await expect(pay).to_have_text("lockPay: still short 57.80")
    await expect(pay).to_be_disabled()
    await key_in(ana, "5", "0", "00")
    await expect(pay).to_have_text("lockPay: still short 7.80")
    await expect(pay).to_be_disabled()
    await expect(due).to_contain_text("SHORT7.80")
    await ana.get_by_label("Clear the typed amount").tap()
    await key_in(ana, "6", "0", "00")
    await expect(due).to_contain_text("CHANGE2.20")
    await pay.filter(has_text="Cash 60.00, change 2.20").tap()
    await expect(ana.locator(".sd-done__due")).to_contain_text("CHANGE2.20")
    paper = ana.locator(".sd-paper")
    for words in ("Trattoria Aurora", "Diavola", "57.80", "60.00", "2.20"):
        await expect(paper).to_contain_text(words)
    number = (await ana.locator(".sd-done__due small").nth(1).inner_text()).removeprefix("Receipt ")
    await expect(paper).to_contain_text(number)
    await next_guest(ana)
    return number


async def key_in(page: Page, *keys: str) -> None:
    for key in keys:
        await page.locator(".k-settle .k-pad").get_by_text(key, exact=True).tap()


async def next_guest(page: Page) -> None:
    """Next leads to the floor; where no change is handed back the desk goes there by itself."""
    await page.wait_for_timeout(750)  # the second half of a double tap on PAY is not taken for "Next"
    await page.evaluate("document.querySelector('.sd-done__keys .is-primary')?.click()")
    await page.locator(".k-floor").wait_for()


async def find_it_printed(house: Tablets, number: str) -> None:
    """The file printer wrote what a printer would get, and the same to be read."""
    folder = house.kiosk.home / "printed"
    sent, read = await patience.until(lambda: pair(folder, number), "the receipt on paper")
    assert sent.read_bytes().startswith(b"\x1b@")
    text = read.read_text()
    for words in (number, "Diavola", "57.80", "60.00", "2.20"):
        assert words in text


def pair(folder: Path, number: str) -> list[Path]:
    """The two files of a receipt, as soon as both are there; the table's bill came out before it."""
    read = [path for path in folder.glob("counter-*.txt") if f"Receipt {number} " in path.read_text()]
    both = [path for text in read for path in (text.with_suffix(".bin"), text)]
    return both if both and both[0].exists() else []


async def sell_elsewhere(house: Tablets, label: str, item: str) -> None:
    check_id = await house.seat(label, 1)
    await house.ring(check_id, item)
    await house.act("Elena", "send", check_id=check_id)
    await house.act("Elena", "ask_bill", check_id=check_id)


async def pay_by(ana: Page, label: str, tender: str, *, tip: str, given: str) -> None:
    await tile(ana, label).get_by_role("button", name="Settle").tap()
    await ana.get_by_role("radiogroup", name="Tip").get_by_role("radio", name=tip).tap()
    await ana.locator(".sd-kinds").get_by_role("button", name=f"{tender} {given}").tap()
    await expect(ana.locator(".sd-done__due")).to_contain_text("PAID")
    await expect(ana.locator(".sd-done__how")).to_contain_text(given)
    await next_guest(ana)
    await expect(tile(ana, label)).to_contain_text("Available")


async def read_the_day(page: Page) -> None:
    """Every card of the day tells the same three receipts, in whichever hours this test ran."""
    expected = {
        "Turnover": ("64.10", "3 checks, average 21.37, without tax 57.45", "Guests5", "Per guest12.82"),
        "Payments": ("cash", "57.80", "card", "4.50", "QR", "1.80", "Together64.10"),
        "Profit": ("Sales without tax57.45", "Goods"),
        "Sold most": ("Diavola, Large237.00", "Tiramisù della casa16.80"),
        "Categories": ("Pizza237.00", "Desserts16.80"),
        "Portions": ("Large237.00",),
        "Staff": ("Marco", "57.80", "Elena", "6.30", "0.45"),
        "Taxes": ("10", "22", "Together"),
    }
    for card, words in expected.items():
        shown = page.get_by_label(card, exact=True)
        for word in words:
            await expect(shown).to_contain_text(word, ignore_case=True)
    hours = [str(await hour.get_attribute("title")).split(", ") for hour in await page.locator(".k-hour").all()]
    assert sum(int(receipts.removesuffix(" receipts")) for _, _, receipts in hours) == 3
    assert sum(int(turnover.replace(".", "")) for _, turnover, _ in hours) == 6410


async def read_the_workbook(page: Page) -> None:
    async with page.expect_download() as download:
        await page.locator("a[download]:visible").tap()
    workbook = await download.value
    assert workbook.suggested_filename.startswith("trattoria-aurora-")
    book = load_workbook(BytesIO((await workbook.path()).read_bytes()))
    sold = ["Hours", "Items", "Categories", "Portions", "Modifiers", "Taxes"]
    paid = ["Payments", "Staff", "Staff x tender", "Voids and comps", "Drawers", "Receipts"]
    assert book.sheetnames == ["Summary", *sold, *paid]
    rows = {sheet.title: [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book}
    assert ["Turnover", "=SUM(Receipts!$J$2:$J$4)", "Receipts"] in rows["Summary"]
    assert [receipt[9] for receipt in rows["Receipts"][:3]] == [57.8, 4.5, 1.8]
    assert rows["Items"][0] == ["Pizza", "Diavola", "Large", 2, 37.0, 8.1, 25.54, 0.759]
    paid_by = [["Cash", 1, 0, 57.8, 0.0], ["Card", 1, 0, 4.5, 0.45], ["QR", 1, 0, 1.8, 0.0]]
    assert [row[:5] for row in rows["Payments"][:3]] == paid_by
    assert [[*row[:4], row[8]] for row in rows["Staff"][:2]] == [["Marco", 1, 3, 57.8, 0.0], ["Elena", 2, 2, 6.3, 0.45]]
    assert rows["Taxes"][:2] == [[0.1, 49.82, 4.98, 54.8], [0.22, 7.63, 1.67, 9.3]]


async def read_the_command_line(house: Tablets) -> None:
    told = json.loads(await asyncio.to_thread(report_of_today, house))
    figures = {"turnover": "64.10", "net": "57.45", "tax": "6.65", "tips": "0.45", "average": "21.37"}
    assert {name: told[name] for name in figures} == figures
    assert (told["checks"], told["covers"], told["pieces"]) == (3, 5, 7)
    assert sum(hour["receipts"] for hour in told["hours"]) == 3
    assert told["items"][0] == {
        "category": "Pizza",
        "item": "Diavola",
        "portion": "Large",
        "pieces": 2,
        "turnover": "37.00",
        "cost": "8.10",
        "margin": "25.54",
        "margin_ppm": 759_000,
    }
    assert {row["portion"]: row["turnover"] for row in told["portions"]} == {
        "Large": "37.00",
        "one size": "25.30",
        "Single": "1.80",
    }
    assert {row["tender"]: row["amount"] for row in told["payments"]} == {
        "Cash": "57.80",
        "Card": "4.50",
        "QR": "1.80",
    }
    assert {row["staff"]: row["turnover"] for row in told["staff"]} == {"Marco": "57.80", "Elena": "6.30"}
    assert [(row["rate_ppm"], row["tax"]) for row in told["taxes"]] == [(100_000, "4.98"), (220_000, "1.67")]


async def close_for_the_night(house: Tablets) -> None:
    """Tablets are still connected when the kiosk is asked to end; it ends by itself, and without a word of trouble."""
    await asyncio.to_thread(house.kiosk.stop)
    assert "Traceback" not in house.kiosk.console


def report_of_today(house: Tablets) -> str:
    settings = {"KIOSK_HOME": str(house.kiosk.home), "KIOSK_DATABASE_URL": house.database_url}
    command = [sys.executable, "-m", "kiosk", "report", "day", "today", "--format", "json"]
    told = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, check=True, text=True)
    return told.stdout
