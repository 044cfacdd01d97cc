"""From a tap to the painted line, from a send to the kitchen's screen, and what the server takes for it."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Page

from tests.support import people
from tests.support.live import LiveKiosk

pytestmark = pytest.mark.bench
TAPS = 60
FIRES = 15
PAINT = """(n) => new Promise((done) => {
  const tile = document.querySelectorAll('.k-item')[n];
  const count = () => document.querySelectorAll('.k-line').length;
  const before = count(), began = performance.now();
  const next = (then) => requestAnimationFrame(then);
  const look = () => count() > before ? next(() => done(performance.now() - began)) : next(look);
  tile.click(); look();
})"""
CONFIRMED = """() => new Promise((done) => {
  const tile = document.querySelectorAll('.k-item')[0], began = performance.now();
  const fetched = window.fetch;
  window.fetch = async (...words) => { const answer = await fetched(...words);
    if (String(words[0]).includes('/api/act/ring')) { window.fetch = fetched; done(performance.now() - began); }
    return answer; };
  tile.click();
})"""


def say(what: str, ms: list[float]) -> None:
    """One row of figures: p50 and p95."""
    ordered = sorted(ms)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    sys.stdout.write(f"\n{what:<58} p50 {statistics.median(ordered):7.1f} ms  p95 {p95:7.1f} ms  (n={len(ordered)})")


async def act(tablet: httpx.AsyncClient, name: str, **args: Any) -> dict[str, Any]:
    answer = await tablet.post(f"/api/act/{name}", json={"key": str(uuid4()), "args": args})
    assert answer.status_code == httpx.codes.OK, answer.text
    return dict(answer.json()["result"])


async def _table(tablet: httpx.AsyncClient, place: int) -> int:
    return int((await tablet.get("/api/view/floor")).json()["tables"][place]["id"])


async def _portion(tablet: httpx.AsyncClient) -> int:
    items = (await tablet.get("/api/view/menu")).json()["items"]
    return int(next(item for item in items if not item["modifier_groups"])["portions"][0]["id"])


async def _order_page(page: Page, tablet: httpx.AsyncClient) -> int:
    check_id = int((await act(tablet, "seat", table_id=await _table(tablet, 0), covers=4))["check_id"])
    await page.evaluate("(id) => kiosk.go('order', {check_id: id})", check_id)
    await page.locator(".k-item").first.wait_for()
    return check_id


async def test_tap_to_painted_line_and_send_to_kitchen(
    database_url: str, live_kiosk: Callable[..., LiveKiosk], tablet: Callable[..., Awaitable[Any]], engine_name: str
) -> None:
    kiosk = live_kiosk(database_url)
    waiter = await people.page(await tablet(), kiosk.url, database_url, "Marco")
    hand = await people.client(kiosk.url, database_url, "Elena")
    check_id = await _order_page(waiter, hand)
    await waiter.evaluate(PAINT, 0)
    say(f"{engine_name}: tap -> line painted", [await waiter.evaluate(PAINT, 0) for _ in range(TAPS)])
    await asyncio.sleep(1)
    say(f"{engine_name}: tap -> confirmed by the server", [await waiter.evaluate(CONFIRMED) for _ in range(TAPS)])
    cook = await people.page(await tablet(), kiosk.url, database_url, "Dario", "/?view=kitchen")
    await cook.locator(".k-view.is-kitchen").wait_for()
    await act(hand, "send", check_id=check_id)
    await cook.locator(".k-ticket").first.wait_for()
    say(f"{engine_name}: send -> ticket on the kitchen's screen", await _fires(cook, hand, check_id))
    assert await cook.locator(".k-ticket").count() > 0
    await hand.aclose()


async def _fires(cook: Page, hand: httpx.AsyncClient, check_id: int) -> list[float]:
    portion_id, taken = await _portion(hand), []
    for _ in range(FIRES):
        for ticket in (await hand.get("/api/view/kitchen")).json()["tickets"]:
            await cook.evaluate("(id) => kiosk.act('bump', {ticket_id: id})", ticket["id"])
        await cook.wait_for_function("document.querySelectorAll('.k-ticket:not(.is-gone)').length === 0")
        await act(hand, "ring", check_id=check_id, portion_id=portion_id)
        seen = asyncio.create_task(
            cook.evaluate(
                "() => new Promise((done) => { const look = () => document.querySelector('.k-ticket')"
                " ? requestAnimationFrame(() => done(Date.now())) : requestAnimationFrame(look); look(); })"
            )
        )
        await asyncio.sleep(0.1)
        began = time.time() * 1000
        await act(hand, "send", check_id=check_id)
        taken.append(float(await seen) - began)
    return taken


@pytest.mark.parametrize("tablets", [1, 8])
async def test_rings_sends_and_settlements_a_second(
    database_url: str, live_kiosk: Callable[..., LiveKiosk], engine_name: str, tablets: int
) -> None:
    kiosk = live_kiosk(database_url)
    hands = [await people.client(kiosk.url, database_url, "Sofia") for _ in range(tablets)]
    portion_id = await _portion(hands[0])
    took: dict[str, list[float]] = {"ring": [], "send": [], "settle": []}

    async def timed(hand: httpx.AsyncClient, name: str, **args: Any) -> None:
        began = time.perf_counter()
        await act(hand, name, **args)
        took[name].append((time.perf_counter() - began) * 1000)

    async def serve(hand: httpx.AsyncClient, place: int) -> None:
        table_id = await _table(hand, place)
        for _ in range(10):
            check_id = (await act(hand, "seat", table_id=table_id, covers=2))["check_id"]
            for _ in range(4):
                await timed(hand, "ring", check_id=check_id, portion_id=portion_id)
            await timed(hand, "send", check_id=check_id)
            total = (await hand.get(f"/api/view/check/{check_id}")).json()["sums"]["total"]
            await timed(hand, "settle", check_id=check_id, total=total, tenders=[{"kind": "card", "given": total}])

    await asyncio.gather(*(serve(hand, place) for place, hand in enumerate(hands)))
    for name, ms in took.items():
        say(f"{engine_name}: {name} over HTTP, {tablets} at once", ms)
    assert all(took.values())
    for hand in hands:
        await hand.aclose()
