"""What leaves the house by mail: a receipt to the guest's phone, and the workbook of the day to its owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.async_api import expect

from tests.support import mail_server, patience
from tests.support.databases import Databases
from tests.support.live import LiveKiosk
from tests.support.mail_server import MailServer
from tests.support.rules import set_rules
from tests.support.tablets import OpenTablet, Tablets

pytestmark = pytest.mark.slow


async def test_a_guest_takes_the_receipt_along_and_the_owner_gets_the_day(
    databases: Databases, live_kiosk: Callable[..., LiveKiosk], tablet: OpenTablet
) -> None:
    url = databases.migrated("sqlite")
    async with mail_server.served() as server:
        told = {"smtp_host": mail_server.HOST, "smtp_port": str(server.port), "smtp_tls": "none"}
        house = Tablets(live_kiosk(url, **told, mail_from="kiosk@small.example"), url, tablet)
        await set_rules(url, undo_s=0, hold_courses=False, mail_day_to="owner@example.com, books@example.com")
        check_id = await house.seat("1", 2)
        await house.ring(check_id, "Focaccia")
        await house.act("Elena", "send", check_id=check_id)
        ana = await house.page("Ana", f"/#/settle/{check_id}")
        await ana.get_by_role("button", name="Card 4.50", exact=True).tap()
        await ana.get_by_role("button", name="QR code").tap()
        sheet = ana.get_by_role("dialog", name="Receipt 1 for a phone")
        await expect(sheet.get_by_role("img", name="Code of the receipt's page")).to_be_visible()
        await expect(sheet).to_contain_text("Phones cannot open this: the kiosk answers only this computer.")
        link = await sheet.locator(".sd-link").inner_text()
        await sheet.get_by_role("button", name="Close").tap()

        phone = await (await tablet(viewport={"width": 390, "height": 844})).new_page()
        await phone.goto(link)
        await expect(phone.get_by_role("heading", name="Receipt 1")).to_be_visible()
        await expect(phone.get_by_role("listitem")).to_contain_text("Focaccia4.50")
        assert await phone.evaluate("document.documentElement.scrollWidth") == 390
        async with phone.expect_download() as saved:
            await phone.get_by_role("link", name="Save as PDF").tap()
        assert (await saved.value).suggested_filename == "receipt-1.pdf"

        await ana.get_by_role("button", name="E-mail").tap()
        sheet = ana.get_by_role("dialog", name="Receipt 1 by e-mail")
        await sheet.get_by_role("textbox").fill("guest@example.com")
        await sheet.get_by_role("button", name="Send", exact=True).tap()
        await expect(sheet.get_by_role("status")).to_contain_text("The mail server has taken it. guest@example.com")
        assert [letter.to for letter in server.letters] == [["guest@example.com"]]
        await sheet.get_by_role("button", name="Close").tap()
        await ana.get_by_role("button", name="Next").tap()
        await expect(ana.locator(".sd-done")).to_have_count(0)
        await _the_day_is_closed(house, server)
        await house.close()
    assert house.faults == []


async def _the_day_is_closed(house: Tablets, server: MailServer) -> None:
    """Nobody does more than close the day: its workbook goes to both, once, as it lies in the folder of exports."""
    close = await house.view("Sofia", "close")
    await house.act("Sofia", "close_day", day=close["day"], number=close["number"])
    await patience.until(lambda: len(server.letters) == 3, "the day to be sent to two people")
    written = house.kiosk.home / "exports" / "day-1.xlsx"
    await patience.until(written.exists, "the workbook to be kept")
    _, *sent = server.letters
    assert sorted(letter.to for letter in sent) == [["books@example.com"], ["owner@example.com"]]
    for message in (letter.message for letter in sent):
        assert message["Subject"] == f"Trattoria Aurora: {_weekday(close['day'])} is closed, 4.50 EUR"
        (file,) = message.iter_attachments()
        assert (file.get_filename(), file.get_content()) == ("day-1.xlsx", written.read_bytes())
    receipts = load_workbook(BytesIO(written.read_bytes()))["Receipts"]
    assert [cell.value for cell in receipts[2]][:2] == ["1", "Sale"]
    assert (await house.view("Giulia", f"report?from={close['day']}"))["summary"]["turnover"] == 450


def _weekday(day: str) -> str:
    return f"{date.fromisoformat(day):%A} {day}"
