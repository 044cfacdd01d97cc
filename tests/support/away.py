"""A tablet whose network can be lost, and when it saw what."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import time

from playwright.async_api import Error, Page

from tests.support import patience, people
from tests.support.live import LiveKiosk
from tests.support.network import Network
from tests.support.tablets import CONNECTED, OpenTablet, Tablets

ITEM, PRICE, TABLE = "Espresso", 180, "7"
LOOK = """
(() => {
  const looks = {
    lost: () => document.getElementById("k-banner")?.innerText.includes("No connection"),
    total: () => document.querySelector("[data-table='7']")?.innerText.includes(sessionStorage.getItem("expected")),
  };
  const look = () => {
    for (const name in looks) {
      if (!sessionStorage.getItem("saw " + name) && looks[name]()) sessionStorage.setItem("saw " + name, Date.now());
    }
    requestAnimationFrame(look);
  };
  sessionStorage.setItem("expected", sessionStorage.getItem("expected") ?? "nothing yet");
  look();
})();
"""
EXPECT = "total => { sessionStorage.removeItem('saw total'); sessionStorage.setItem('expected', total); }"


@dataclass
class Away:
    """A tablet on a network of its own, and a table with one check that others ring on."""

    house: Tablets
    network: Network
    page: Page
    check_id: int
    rung_elsewhere: int = 0

    @staticmethod
    def now() -> float:
        """The clock of this machine, which is the tablet's."""
        return time()

    def lose(self, how: str = "stall") -> float:
        """Lose the network; "cut" breaks connections, "stall" swallows what is said. Returns when."""
        began = time()
        (self.network.cut if how == "cut" else self.network.stall)()
        return began

    def lose_by_cut(self) -> float:
        return self.lose("cut")

    def heal(self) -> float:
        """New connections work again. Returns since when."""
        self.network.heal()
        return time()

    async def saw(self, name: str) -> float:
        """When the tablet painted it first: "lost", or the "total" it was to expect."""
        while True:
            try:
                await self.page.wait_for_function(f"sessionStorage.getItem('saw {name}')", timeout=patience.COMES_MS)
                return float(await self.page.evaluate(f"sessionStorage.getItem('saw {name}')")) / 1000
            except Error as trouble:
                if "navigation" not in trouble.message:
                    raise

    async def expects(self, total: str) -> None:
        await self.page.evaluate(EXPECT, total)

    async def rings_elsewhere(self, total: str, *, is_told: bool = True) -> None:
        """Another tablet rings until the table comes to this total; from now on ours is asked when it shows it."""
        if is_told:
            await self.expects(total)
        missing = int(total.replace(".", "")) - self.rung_elsewhere
        await self.house.ring(self.check_id, ITEM, quantity=missing // PRICE)
        self.rung_elsewhere += missing

    async def is_same_page(self) -> bool:
        return bool(await self.page.evaluate("window.isOld"))

    async def open_order(self) -> None:
        await self.page.evaluate("id => kiosk.go('order', {check_id: id})", self.check_id)
        await self.page.locator(".k-item").first.wait_for()
        await self.page.locator(".k-item:not(.is-86)").first.wait_for()
        await self.page.locator(".k-op-title b", has_text="Table 7").wait_for()
        await self.page.locator(".k-item:not(.is-86) .k-item__hit").first.tap(trial=True)

    async def tap_item(self, times: int = 1) -> None:
        """Touch the first dish on sale so often, one touch right after the other."""
        dish = self.page.locator(".k-item:not(.is-86) .k-item__hit").first
        await dish.tap(trial=True)
        box = await dish.bounding_box()
        assert box is not None
        for _ in range(times):
            await self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    async def item_name(self) -> str:
        names = Counter(await self.rung())
        return next(iter(names))

    async def rung(self) -> Counter[str]:
        """How often each item is on the check, as the database has it."""
        return Counter(line["name"] for line in (await self.house.check(self.check_id))["lines"])


@asynccontextmanager
async def opened(
    database_url: str, start: Callable[..., LiveKiosk], tablet: OpenTablet, who: str = "Marco"
) -> AsyncIterator[Away]:
    """A running trattoria, and a tablet on the floor that reaches it over a network of its own."""
    with Network() as network:
        kiosk = start(database_url, allowed_hosts=f"127.0.0.1:{network.port}")
        network.kiosk_port = kiosk.port
        house = Tablets(kiosk, database_url, tablet)
        check_id = await house.seat(TABLE, 2, who=who)
        context = await tablet(patient=False)
        await context.add_init_script(LOOK)
        page = await people.page(context, network.url, database_url, who)
        house.listen(page, who)
        await page.wait_for_function(f"{CONNECTED} && document.querySelector('[data-table=\"7\"].is-seated')")
        await page.evaluate("window.isOld = true")
        yield Away(house, network, page, check_id)
        await house.close()
        assert house.faults == []
