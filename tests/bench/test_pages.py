"""What a tablet fetches and waits for before it can be touched: sixty tables, a thousand dishes."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from playwright.async_api import CDPSession, Page

from kiosk.core.actor import command_line
from kiosk.core.db import Database, Tx
from kiosk.floor import service as floor
from kiosk.menu import service as menu
from menus.entries import Desk
from menus.yaml_file import read_yaml
from tests.bench.telling import say
from tests.support import people
from tests.support.databases import Databases
from tests.support.live import LiveKiosk
from tests.support.tablets import CONNECTED, OpenTablet, Tablets

pytestmark = pytest.mark.bench
TABLES, ITEMS, CATEGORIES, TIMES, SWITCHES = 60, 1000, 20, 5, 20
SHOWN = {"floor": ".k-floor[aria-busy=false] .k-tile", "order": ".k-item"}
SWITCH = """([view, params]) => new Promise((done) => {
  const began = performance.now();
  kiosk.go(view, params);
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""


@pytest.fixture
async def house(
    databases: Databases, live_kiosk: Callable[..., LiveKiosk], tablet: OpenTablet
) -> AsyncIterator[Tablets]:
    url = databases.fresh("sqlite")
    tablets = Tablets(live_kiosk(url), url, tablet)
    await grow(url, TABLES - len((await tablets.view("Sofia", "floor"))["tables"]))
    tablets.kiosk.restart()
    yield tablets
    await tablets.close()


async def grow(url: str, tables: int) -> None:
    """More tables and another menu than the sample's."""
    db = Database(url)

    async def more(tx: Tx) -> None:
        by = command_line((await tx.venue()).id)
        section = await floor.add_section(tx, "Hall", by=by)
        for no in range(tables):
            await floor.add_table(tx, section, f"H{no}", 4, by=by)
        await menu.load_menu(tx, read_yaml(large_menu(), Desk("large.yaml")), by=by)

    await db.run(more)
    await db.close()


def large_menu() -> str:
    rows = ["name: Large", "currency: EUR", "tax_classes:"]
    rows += ['  - {code: food, name: Food, eat_in: "10", take_away: "10"}', "categories:"]
    for category in range(CATEGORIES):
        rows += [f"  - name: Category {category}", "    items:"]
        for item in range(ITEMS // CATEGORIES):
            name = f"Tagliatelle al ragù numero {category}-{item}"
            rows.append(f'      - {{name: "{name}", portions: [{{price: "{9 + item % 10}.50"}}]}}')
    return "\n".join(rows)


async def test_weight_and_time_of_floor_and_order(house: Tablets) -> None:
    check_id = await house.seat("4", 4, who="Marco")
    for view, path in (("floor", "/#/floor"), ("order", f"/#/order/{check_id}")):
        cold, warm, first, later = [], [], 0.0, 0.0
        for _ in range(TIMES):
            context = await house.open()
            page = await context.new_page()
            words = await people.words(house.database_url, "Marco")
            origin = {"Origin": house.kiosk.url}
            assert (await context.request.post(f"{house.kiosk.url}/signin", data=words, headers=origin)).ok
            wire = await context.new_cdp_session(page)
            took, first = await loaded(page, wire, house.kiosk.url + path, view)
            cold.append(took)
            took, later = await loaded(page, wire, house.kiosk.url + path, view)
            warm.append(took)
            await context.close()
        say(f"{view}, {TABLES} tables, {ITEMS} items: cold, {first / 1000:.0f} kB", cold)
        say(f"{view}, {TABLES} tables, {ITEMS} items: again, {later / 1000:.0f} kB", warm)


async def loaded(page: Page, wire: CDPSession, url: str, view: str) -> tuple[float, float]:
    """From asking for the page to what can be touched, in ms, and the bytes that came over the wire."""
    bytes_: list[float] = []

    def count(done: dict[str, Any]) -> None:
        bytes_.append(done["encodedDataLength"])

    await wire.send("Network.enable")
    wire.on("Network.loadingFinished", count)
    await page.goto("about:blank")
    began = time.perf_counter()
    await page.goto(url, wait_until="commit")
    await page.wait_for_function(f"document.querySelector('{SHOWN[view]}') && {CONNECTED}", polling="raf")
    took = (time.perf_counter() - began) * 1000
    await page.wait_for_timeout(300)
    wire.remove_listener("Network.loadingFinished", count)
    return took, sum(bytes_)


async def test_switching_views(house: Tablets) -> None:
    check_id = await house.seat("4", 4, who="Marco")
    page = await house.page("Marco", f"/#/order/{check_id}")
    await page.locator(".k-item").first.wait_for()
    wire = await page.context.new_cdp_session(page)
    for rate, how in ((1, ""), (4, ", 4x slower")):
        await wire.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        took = []
        for turn in range(SWITCHES):
            goal = ["order", {"check_id": check_id}] if turn % 2 else ["floor", {}]
            took.append(float(await page.evaluate(SWITCH, goal)))
            await page.wait_for_timeout(150)
        say(f"floor <-> order, {TABLES} tables, {ITEMS} items{how}: next view painted", took)
