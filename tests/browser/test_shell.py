"""The shell on a kiosk as the house runs it: several tablets, a kiosk that dies, a lock."""

import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import pytest
from playwright.async_api import Page

from tests.support.databases import Databases
from tests.support.live import LiveKiosk
from tests.support.order_stage import OpenTablet
from tests.support.patience import in_time, within

PINS = {"Marco": "1111", "Elena": "2222", "Ana": "4444", "Dario": "5555", "Giulia": "7777"}
SIGN_IN = """([id, pin]) => fetch("/signin", {
  method: "POST", headers: {"Content-Type": "application/json"},
  body: JSON.stringify({person_id: Number(id), pin, next: ""}),
}).then(answer => answer.json())"""
CONNECTED = "window.kiosk?.me && window.socket?.connected && kiosk.online"
SignIn = Callable[..., Awaitable[Page]]


@dataclass
class House:
    """A running kiosk with the sample trattoria."""

    kiosk: LiveKiosk
    sign_in: SignIn


@pytest.fixture
def kiosk(live_kiosk: Callable[..., LiveKiosk], databases: Databases) -> Iterator[LiveKiosk]:
    return live_kiosk(databases.fresh("sqlite"))


@pytest.fixture
async def house(kiosk: LiveKiosk, tablet: OpenTablet) -> AsyncIterator[House]:
    faults: list[str] = []

    async def sign_in(name: str, **differently: Any) -> Page:
        page = await (await tablet(**differently)).new_page()
        page.on("pageerror", lambda fault: faults.append(f"{name}: {fault}"))
        await page.goto(kiosk.url)
        person = await page.get_attribute(f".k-person:has-text('{name}')", "data-id")
        assert (await page.evaluate(SIGN_IN, [person, PINS[name]]))["ok"]
        await page.goto(kiosk.url)
        await page.wait_for_function(CONNECTED)
        return page

    yield House(kiosk, sign_in)
    assert faults == []


async def seat(page: Page, label: str, covers: int) -> None:
    """A long press and a tap; the order view of the new check follows."""
    await page.click(f"[data-table='{label}'] .k-tile__hit", button="right")
    await page.click(f".k-covers .k-key2:nth-child({covers})")
    await page.wait_for_function("location.hash.startsWith('#/order/')")


async def test_a_party_seated_on_one_tablet_sits_on_the_other_within_a_second(house: House) -> None:
    marco, ana = await house.sign_in("Marco"), await house.sign_in("Ana")
    await ana.wait_for_selector("[data-table='4']")
    await seat(marco, "4", 3)
    with within(1, "news of a party"):
        await ana.wait_for_selector("[data-table='4'].is-seated")
    spoken = await ana.get_attribute("[data-table='4'] .k-tile__hit", "aria-label")
    assert spoken == "Table 4, No order, 3 guests, 0 minutes, Marco"


async def test_open_tablets_come_back_to_the_same_view_after_the_kiosk_was_killed(house: House) -> None:
    marco = await house.sign_in("Marco")
    await seat(marco, "4", 3)
    view = await marco.evaluate("location.hash")
    await marco.evaluate("window.isOld = true")
    house.kiosk.kill9()
    began = perf_counter()
    await marco.wait_for_selector("#k-banner >> text=No connection")
    assert perf_counter() - began < 3
    house.kiosk.start()
    await marco.wait_for_function(f"!window.isOld && {CONNECTED}")
    assert await marco.evaluate("location.hash") == view
    await marco.wait_for_selector("#k-toasts >> text=Back online.")
    await marco.evaluate("kiosk.go('floor')")
    await marco.wait_for_selector("[data-table='4'].is-seated")


async def test_a_kiosk_that_falls_silent_is_told_within_three_seconds_and_the_page_stays(house: House) -> None:
    marco = await house.sign_in("Marco", patient=False)
    await marco.evaluate("window.isOld = true")
    assert house.kiosk._process
    os.kill(house.kiosk._process.pid, signal.SIGSTOP)
    began = perf_counter()
    try:
        await marco.wait_for_selector("#k-banner >> text=No connection")
        silence = perf_counter() - began
        await marco.wait_for_timeout(3000)
    finally:
        os.kill(house.kiosk._process.pid, signal.SIGCONT)
    in_time(silence, 3, "the word that the kiosk fell silent")
    await marco.wait_for_selector("#k-banner", state="hidden")
    assert await marco.evaluate("window.isOld")


async def test_locking_leads_to_the_sign_in_page_and_the_page_before_is_of_no_use(house: House) -> None:
    marco = await house.sign_in("Marco")
    await marco.click("#k-lock")
    await marco.wait_for_url("**/signin**")
    await marco.goto(house.kiosk.url + "/#/floor")
    await marco.wait_for_url("**/signin**")


async def test_each_role_finds_its_own_keys_in_the_dock(house: House) -> None:
    shown = {
        "Marco": ["Floor", "Order", "Kitchen"],
        "Ana": ["Floor", "Order", "Kitchen", "Settle", "Close"],
        "Dario": ["Kitchen"],
        "Giulia": ["Floor", "Order", "Kitchen", "Settle", "Day", "Daybook", "Close"],
    }
    for name, words in shown.items():
        page = await house.sign_in(name)
        found = await page.locator(".k-dock [data-needs]:not([hidden]) > span:first-of-type").all_text_contents()
        assert found == words, name


async def test_the_shell_costs_few_elements_and_asks_nobody_else_for_anything(house: House) -> None:
    asked: list[str] = []
    page = await house.sign_in("Marco")
    page.on("request", lambda request: asked.append(request.url))
    await page.reload()
    await page.wait_for_function(CONNECTED)
    assert await page.evaluate("Object.keys(mounted_app.elements).length") < 50
    assert [url for url in asked if not url.startswith((house.kiosk.url, "ws://127.0.0.1", "data:"))] == []
