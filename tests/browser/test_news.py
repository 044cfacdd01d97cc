"""What a tablet does with news: in order, after a gap, after a loss; and what the shell does around it."""

from collections.abc import AsyncIterator

import pytest

from kiosk.core.actor import Role
from tests.support.order_stage import OpenTablet
from tests.support.patience import within
from tests.support.shell_stage import VENUE, Stage, me, opened

FOLLOW = """
window.seen = [];
window.stop = kiosk.follow("floor", {
  load: () => kiosk.view("floor"),
  snapshot: ({ v }) => seen.push("all " + v),
  change: (data) => seen.push(data),
}), null;
"""


@pytest.fixture
async def stage(tablet: OpenTablet) -> AsyncIterator[Stage]:
    async with opened(tablet) as stage:
        stage.views["floor"] = {"epoch": "e1", "v": 3}
        yield stage


async def follow(stage: Stage) -> None:
    await stage.page.evaluate(FOLLOW)
    await stage.page.wait_for_function("seen.length")


async def seen(stage: Stage) -> list[str]:
    return list[str](await stage.page.evaluate("seen"))


async def test_news_that_follow_the_snapshot_are_applied_and_older_ones_are_not(stage: Stage) -> None:
    await follow(stage)
    await stage.page.evaluate(
        "stage.news('floor', 3, 'old'); stage.news('floor', 4, 'four'); stage.news('floor', 5, 'five')"
    )
    assert await seen(stage) == ["all 3", "four", "five"]
    assert stage.reads.count("floor") == 1


async def test_a_gap_fetches_the_snapshot_and_news_that_come_meanwhile_are_not_lost(stage: Stage) -> None:
    await follow(stage)
    stage.views["floor"] = {"epoch": "e1", "v": 6}
    await stage.page.evaluate("stage.news('floor', 6, 'six'); stage.news('floor', 7, 'seven')")
    await stage.page.wait_for_function("seen.length === 3")
    assert await seen(stage) == ["all 3", "all 6", "seven"]


async def test_news_of_a_kiosk_that_was_started_anew_fetch_the_snapshot(stage: Stage) -> None:
    await follow(stage)
    stage.views["floor"] = {"epoch": "e2", "v": 1}
    await stage.page.evaluate("stage.news('floor', 4, 'four', 'e2')")
    await stage.page.wait_for_function("seen.length === 2")
    assert await seen(stage) == ["all 3", "all 1"]


async def test_a_connection_that_comes_back_watches_again_and_fetches_the_snapshot(stage: Stage) -> None:
    await follow(stage)
    await stage.page.evaluate("stage.hear('connect')")
    await stage.page.wait_for_function("seen.length === 2")
    assert (await stage.page.evaluate("stage.emitted"))[-2:] == [["kiosk_watch", {"topics": ["floor"]}]] * 2


async def test_what_is_not_followed_any_more_is_not_heard(stage: Stage) -> None:
    await follow(stage)
    await stage.page.evaluate("stop(); stage.news('floor', 4, 'four')")
    assert await seen(stage) == ["all 3"]
    assert (await stage.page.evaluate("stage.emitted"))[-1] == ["kiosk_watch", {"topics": []}]


async def test_silence_is_told_within_three_seconds_and_so_is_its_end(stage: Stage) -> None:
    await stage.page.evaluate("stage.silent = true")
    with within(3, "the word that the kiosk fell silent"):
        await stage.page.wait_for_selector("#k-banner >> text=No connection")
    await stage.page.evaluate("stage.silent = false")
    with within(1, "the word that it is back"):
        await stage.page.wait_for_selector("#k-banner", state="hidden")


@pytest.mark.parametrize(
    ("locale", "decimals", "shown"),
    [
        ("en_IE", 2, ["0.00", "0.05", "−12.50", "1,234,567.89"]),
        ("de_DE", 2, ["0,00", "0,05", "−12,50", "1.234.567,89"]),
        ("ja_JP", 0, ["0", "5", "−1,250", "123,456,789"]),
        ("en_KW", 3, ["0.000", "0.005", "−1.250", "123,456.789"]),
        ("ar_BH", 3, ["0.000", "0.005", "−1.250", "123,456.789"]),
        ("xx_unheard_of", 2, ["0.00", "0.05", "−12.50", "1,234,567.89"]),
    ],
)
async def test_money_is_written_as_the_venue_writes_it(
    tablet: OpenTablet, locale: str, decimals: int, shown: list[str]
) -> None:
    who = me(venue={**VENUE, "locale": locale, "decimals": decimals})
    async with opened(tablet, who) as stage:
        assert await stage.page.evaluate("[0, 5, -1250, 123456789].map(kiosk.money)") == shown


async def test_the_clock_is_the_kiosks_in_the_venues_time_zone(stage: Stage) -> None:
    assert await stage.page.evaluate("kiosk.clock()") == "20:14"
    assert await stage.page.evaluate("kiosk.clock('2026-07-01T10:05:00Z')") == "12:05"
    assert await stage.page.evaluate("kiosk.minutes('2026-11-21T19:01:30Z')") == 12


async def test_a_tablet_nobody_touches_locks(tablet: OpenTablet) -> None:
    async with opened(tablet, me(idle_lock_s=1)) as stage:
        await stage.page.wait_for_url("**/signin?next=%2F**")


async def test_a_kitchen_screen_never_locks_by_itself_and_shows_only_the_kitchen(tablet: OpenTablet) -> None:
    async with opened(tablet, me(Role.KITCHEN, idle_lock_s=1), "#/floor") as stage:
        await stage.page.evaluate(
            "(() => { const d = Date.now; Date.now = () => d() + 60_000; kiosk.emit('tick'); })()"
        )
        assert await stage.page.evaluate("[location.hash, document.documentElement.dataset.view]") == [
            "#/kitchen",
            "kitchen",
        ]
        keys = stage.page.locator(".k-dock [data-needs]:visible")
        assert await keys.all_inner_texts() == ["skillet\nKitchen"]


async def test_the_dock_brings_back_the_check_at_hand_and_cuts_a_long_name(stage: Stage) -> None:
    for label, small in {"4": "T4", "Anna": "Anna", "Signora Bianchi": "Signora…", "0171234567": "0171234…"}.items():
        await stage.page.evaluate("small => kiosk.dock('order', {small})", label)
        assert await stage.page.inner_text(".k-dock [data-go=order] small") == small
    await stage.page.evaluate("kiosk.go('order', {check_id: 12, table_id: 4})")
    assert await stage.page.evaluate("location.hash") == "#/order/12?table_id=4"
    await stage.page.evaluate("kiosk.go('floor')")
    await stage.page.click(".k-dock [data-go=order]")
    await stage.page.wait_for_function("kiosk.route.view === 'order'")
    assert await stage.page.evaluate("kiosk.route") == {"view": "order", "params": {"check_id": 12, "table_id": 4}}


async def test_the_theme_is_remembered_on_the_device(stage: Stage) -> None:
    await stage.page.click("#k-theme")
    await stage.page.reload()
    assert await stage.page.evaluate("document.documentElement.dataset.theme") == "light"
    assert await stage.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(232, 237, 244)"
