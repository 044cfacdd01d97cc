"""The owner's figures as a running kiosk serves them: over HTTP, and in a Chromium that has never seen them."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx

from kiosk.reports.bindery import WARM_AFTER_S
from tests.bench.beats import BEAT_S, TIMES, Promises, family, forget_peak, memory, module_of, spent
from tests.support import people
from tests.support.live import LiveKiosk
from tests.support.tablets import OpenTablet

MB = 400
PAINT_MS = 300
HERO = """const look = () => { if (document.querySelector(".k-hero")) window.heroAt = performance.now();
  else requestAnimationFrame(look); }; requestAnimationFrame(look)"""
SEEN = "window.heroAt && performance.getEntriesByName('first-contentful-paint').length"
PAINTED = """() => [performance.getEntriesByName("first-contentful-paint")[0].startTime, window.heroAt]"""


@dataclass
class Served:
    """A kiosk with three years behind it; `last` is their last day."""

    kiosk: LiveKiosk
    database_url: str
    last: date
    promises: Promises
    pids: list[int] = field(default_factory=list)

    async def measured(self, tablet: OpenTablet) -> None:
        """All of it."""
        self.kiosk.start()
        assert self.kiosk._process
        pid = self.kiosk._process.pid
        async with aclosing(await people.client(self.kiosk.url, self.database_url, "Giulia")) as hand:
            await asyncio.sleep(WARM_AFTER_S + 5)
            self.pids = family(pid)
            for one in self.pids:
                forget_peak(one)
            await self._files(hand)
            await self._page(hand)
            await self._paints(tablet)
            for one in family(pid):
                what = "the kiosk" if one == pid else f"its process for {module_of(one)}"
                self.promises.told(f"memory of {what}, at most", memory("VmHWM", one), MB, "MB")
        self.kiosk.kill9()

    async def _files(self, hand: httpx.AsyncClient) -> None:
        month, years = self.last - timedelta(days=29), self.last - timedelta(days=3 * 365)
        day = f"/api/export/range/{self.last}/{self.last}.xlsx"
        wanted = {
            "the first workbook after the start, of a day": (day, 1000, 1),
            "a day's workbook": (day, 1000, TIMES),
            "a month's workbook": (f"/api/export/range/{month}/{self.last}.xlsx", 1000, TIMES),
            "three years by item": (f"/api/view/report?from={years}&to={self.last}&by=item", 2000, TIMES),
        }
        for what, (path, most, times) in wanted.items():
            before = spent(self.pids)
            async with self._asked_meanwhile(what):
                await self.promises.measured(f"{what}, over HTTP", most, lambda path=path: got(hand, path), times)  # type: ignore[misc]
            each = [(after - one) / times for one, after in zip(before, spent(self.pids), strict=True)]
            print(f"\n  CPU of the kiosk and its processes for one: {', '.join(f'{ms:.0f}' for ms in each)} ms", end="")

    @asynccontextmanager
    async def _asked_meanwhile(self, what: str) -> AsyncIterator[None]:
        """How long others wait for the kiosk's shortest answer while it does something."""
        took: list[float] = []

        async def ask(hand: httpx.AsyncClient) -> None:
            while True:
                began = time.perf_counter()
                await got(hand, "/health")
                took.append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(BEAT_S)

        async with httpx.AsyncClient(base_url=self.kiosk.url) as hand:
            task = asyncio.create_task(ask(hand))
            yield
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        waited = sorted(took)[int(len(took) * 0.99)] if took else 0.0
        print(f"\n  others meanwhile: 99 of 100 within {waited:.0f} ms, at most {max(took, default=0):.0f}", end="")

    async def _page(self, hand: httpx.AsyncClient) -> None:
        """The server's part of the dashboard."""
        for what, path in (("page", "/day"), ("figures", "/api/view/day")):
            for day in ("today", self.last.isoformat()):
                address = f"{path}?day={day}" if path == "/day" else f"{path}/{day}"
                await self.promises.measured(
                    f"the dashboard's {what}, {'today' if day == 'today' else 'a full day'}",
                    PAINT_MS,
                    lambda address=address: got(hand, address),  # type: ignore[misc]
                    2,
                )

    async def _paints(self, tablet: OpenTablet) -> None:
        """The dashboard in browsers without anything of it in their cache."""
        words = await people.words(self.database_url, "Giulia")
        seen: list[tuple[float, float]] = []
        for _ in range(TIMES):
            context = await tablet(patient=False)
            origin = {"Origin": self.kiosk.url}
            assert (await context.request.post(f"{self.kiosk.url}/signin", data=words, headers=origin)).ok
            page: Any = await context.new_page()
            await page.add_init_script(HERO)
            await page.goto(f"{self.kiosk.url}/day?day={self.last}", wait_until="commit")
            await page.wait_for_function(SEEN, polling="raf")
            first, figures = await page.evaluate(PAINTED)
            seen.append((first, figures))
            await context.close()
        first, figures = (statistics.median(column) for column in zip(*seen, strict=True))
        self.promises.told("the dashboard's first paint, nothing in the cache", first, PAINT_MS)
        print(f"\n  its figures are there after {figures:.0f} ms", end="")


async def got(hand: httpx.AsyncClient, path: str) -> bytes:
    answer = await hand.get(path)
    assert answer.status_code == httpx.codes.OK, f"{path}: {answer.text[:300]}"
    return answer.content
