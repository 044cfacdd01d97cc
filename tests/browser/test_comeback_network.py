"""A tablet that loses its network: told within three seconds, no tap lost or doubled, the truth again within one."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import Browser, expect

from tests.support.away import Away, opened
from tests.support.databases import Databases
from tests.support.live import LiveKiosk
from tests.support.patience import in_time
from tests.support.slept import asleep
from tests.support.tablets import OpenTablet

pytestmark = pytest.mark.slow
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
async def away(databases: Databases, live_kiosk: Callable[..., LiveKiosk], tablet: OpenTablet) -> AsyncIterator[Away]:
    """Marco's tablet on the floor, over a network of its own; table 7 is seated."""
    async with opened(databases.fresh("sqlite"), live_kiosk, tablet) as found:
        yield found


@pytest.mark.parametrize("how", ["cut", "stall"])
async def test_a_lost_network_is_told_within_three_seconds_and_the_truth_is_back_within_one(
    away: Away, how: str
) -> None:
    lost_at = away.lose(how)
    in_time(await away.saw("lost") - lost_at, 3, "the word that the network is lost")
    await away.rings_elsewhere("18.00")
    back_at = away.heal()
    in_time(await away.saw("total") - back_at, 1, "the truth")
    await away.page.wait_for_selector("#k-banner", state="hidden")
    assert await away.is_same_page()
    await away.rings_elsewhere("36.00")
    await away.saw("total")


@pytest.mark.parametrize("how", ["cut", "stall"])
async def test_the_truth_is_back_within_a_second_after_a_restart_of_the_kiosk_meanwhile(away: Away, how: str) -> None:
    away.lose(how)
    await away.saw("lost")
    await away.rings_elsewhere("18.00")
    await asyncio.to_thread(away.house.kiosk.restart)
    back_at = away.heal()
    in_time(await away.saw("total") - back_at, 1, "the truth")
    await away.page.wait_for_function("window.kiosk?.me && window.socket?.connected && kiosk.online && !window.isOld")
    await away.rings_elsewhere("36.00")
    await away.saw("total")


async def test_a_tablet_that_slept_shows_the_truth_within_a_second_of_waking(away: Away, browser: Browser) -> None:
    async with asleep(browser):
        await asyncio.sleep(12)  # the kiosk gives up a socket that is silent for ten seconds
        await away.rings_elsewhere("18.00", is_told=False)
        woke_at = away.now()
    await away.expects("18.00")
    in_time(await away.saw("total") - woke_at, 1, "the truth")
    await away.rings_elsewhere("36.00")
    await away.saw("total")


@pytest.mark.parametrize("how", ["cut", "stall"])
async def test_what_is_rung_while_packets_vanish_is_shown_as_on_its_way_and_rung_once(away: Away, how: str) -> None:
    await away.open_order()
    away.lose(how)
    await away.tap_item(3)
    await expect(away.page.locator(".k-line.is-saving")).to_have_count(3)
    await away.page.wait_for_selector("#k-banner >> text=No connection")
    await expect(away.page.locator("#k-banner")).to_contain_text("Nothing is done twice.")
    await away.tap_item()
    await expect(away.page.locator("#k-toasts")).to_contain_text("No connection: this tap was not carried out.")
    await expect(away.page.locator(".k-line")).to_have_count(3)
    away.heal()
    await expect(away.page.locator(".k-line.is-draft:not(.is-saving)")).to_have_count(3)
    assert await away.rung() == Counter({await away.item_name(): 3})


async def test_a_network_that_comes_and_goes_loses_no_tap_and_does_none_twice(away: Away) -> None:
    await away.open_order()
    accepted = 0
    for turn in range(6):
        await away.tap_item()
        await away.page.evaluate(PAINTED)
        accepted = max(accepted, await away.page.locator(".k-line").count())
        (away.lose, away.heal, away.lose_by_cut, away.heal)[turn % 4]()
        await asyncio.sleep(0.4 + 0.3 * turn)
    away.heal()
    await away.page.wait_for_function("window.kiosk?.me && kiosk.online && !kiosk.waiting")
    await expect(away.page.locator(".is-saving")).to_have_count(0)
    shown = await away.page.locator(".k-line.is-draft").count()
    assert (await away.rung()).total() == shown == accepted
