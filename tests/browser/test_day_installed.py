"""The kiosk on a phone's home screen: its worker, while the kiosk is there and while it is away."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserContext, expect

from tests.support.databases import Databases
from tests.support.live import LiveKiosk
from tests.support.tablets import OpenTablet, Tablets

PHONE = {"width": 390, "height": 844}
KEPT = """async () => {
  const names = await caches.keys();
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return [names.length, requests.flat().map((request) => new URL(request.url).pathname)];
}"""
READY = "navigator.serviceWorker.ready.then((worker) => worker.active.state === 'activated')"


@pytest.mark.slow
async def test_the_worker_keeps_no_page_of_anybodys_and_says_a_sentence_while_the_kiosk_is_away(
    databases: Databases, tmp_path: Path, tablet: OpenTablet
) -> None:
    url = databases.migrated("sqlite")
    with LiveKiosk(tmp_path / "kiosk", url) as kiosk:
        house = Tablets(kiosk, url, tablet)
        context = await tablet(viewport=PHONE)
        early = await context.new_page()
        await early.goto(f"{kiosk.url}/offline", wait_until="commit")
        await early.evaluate("caches.open('kiosk-before')")
        await early.close()

        async def phone(**_: Any) -> BrowserContext:
            return context

        house.open = phone
        page = await house.page("Giulia", "/day")
        await page.wait_for_function(READY)
        await page.reload()
        await expect(page.locator(".k-hero")).to_have_text("0.00")
        many, paths = await page.evaluate(KEPT)
        assert (many, paths[0], len(paths)) == (1, "/offline", 8)
        assert [path for path in paths[1:] if not path.startswith("/ui/")] == []
        kiosk.kill9()
        await page.goto(f"{kiosk.url}/day?day=2015-11-27")
        await expect(page.get_by_role("status")).to_contain_text("No connection to the kiosk.")
        kiosk.start()
        await expect(page.get_by_text("Friday 27 November 2015")).to_be_visible()
        await house.close()
