"""What a person at a tablet waits for: from a tap to the painted line, from a send to the kitchen's screen."""

from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import Page

from tests.bench.telling import say
from tests.support.live import LiveKiosk
from tests.support.rules import set_rules
from tests.support.tablets import OpenTablet, Tablets

pytestmark = pytest.mark.bench
TAPS = 60
FIRES = 20
PAINTED = """() => new Promise((done) => {
  const tile = document.querySelector('.k-item__hit');
  const count = () => document.querySelectorAll('.k-line').length;
  const before = count(), began = performance.now();
  const look = () => requestAnimationFrame(() => count() > before
    ? requestAnimationFrame(() => done(performance.now() - began)) : look());
  tile.click();
  look();
})"""
CONFIRMED = """() => new Promise((done) => {
  const tile = document.querySelector('.k-item__hit');
  const count = () => document.querySelectorAll('.k-line:not(.is-saving)').length;
  const before = count(), began = performance.now();
  const look = () => requestAnimationFrame(() => count() > before ? done(performance.now() - began) : look());
  tile.click();
  look();
})"""
ARRIVED = """() => new Promise((done) => {
  const look = () => requestAnimationFrame(() => document.querySelector('[data-ticket]')
    ? requestAnimationFrame(() => done(Date.now())) : look());
  look();
})"""


@pytest.fixture
async def house(database_url: str, live_kiosk: Callable[..., LiveKiosk], tablet: OpenTablet) -> AsyncIterator[Tablets]:
    tablets = Tablets(live_kiosk(database_url), database_url, tablet)
    await set_rules(database_url, undo_s=0)
    yield tablets
    await tablets.close()


async def test_from_a_tap_to_the_line(house: Tablets, engine_name: str) -> None:
    check_id = await house.seat("4", 4, who="Marco")
    page = await house.page("Marco", f"/#/order/{check_id}")
    await page.locator(".k-item").first.wait_for()
    for what, measure in (("painted", PAINTED), ("confirmed by the server", CONFIRMED)):
        await page.evaluate(measure)
        await settle_down(page)
        say(f"{engine_name}: tap -> line {what}", [await one_tap(page, measure) for _ in range(TAPS)])


async def one_tap(page: Page, measure: str) -> float:
    """A tap on a screen at rest: the tap before is confirmed and drawn, as when a person taps."""
    took = float(await page.evaluate(measure))
    await settle_down(page)
    return took


async def settle_down(page: Page) -> None:
    await page.wait_for_function("!document.querySelector('.is-saving')")
    await page.wait_for_timeout(60)


async def test_from_a_send_to_the_kitchens_screen(house: Tablets, engine_name: str) -> None:
    check_id = await house.seat("4", 4, who="Marco")
    marco, dario = await house.page("Marco", f"/#/order/{check_id}"), await house.page("Dario", "/#/kitchen")
    await marco.locator(".k-item").first.wait_for()
    say(f"{engine_name}: send -> ticket painted in the kitchen", [await one_send(marco, dario) for _ in range(FIRES)])


async def one_send(marco: Page, dario: Page) -> float:
    await marco.evaluate(CONFIRMED)
    await marco.wait_for_function("document.querySelector('.k-op-send:not([disabled])')")
    await dario.evaluate(f"() => {{ window.arrived = ({ARRIVED})(); }}")
    began = await marco.evaluate("document.querySelector('.k-op-send').click(), Date.now()")
    took = await dario.evaluate("window.arrived") - began
    [ticket_id] = await dario.eval_on_selector_all("[data-ticket]", "all => all.map(one => Number(one.dataset.ticket))")
    await dario.evaluate("id => kiosk.act('bump', {ticket_id: id})", ticket_id)
    await dario.wait_for_function("!document.querySelector('[data-ticket]')")
    return float(took)
