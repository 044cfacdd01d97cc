"""A real Chromium for the browser tests, driven by Playwright, that can reach this machine and nothing else."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from tests.support import patience

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first is the same engine without windows: a page costs 0.1 s of the machine instead of 0.6 s."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The kiosk needs no internet: an asset that is not its own does not load here.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PATIENT = Path(__file__).with_name("patient.js")
TABLET = {"viewport": {"width": 1280, "height": 800}, "has_touch": True, "locale": "en-GB"}


def find() -> str:
    """Where Chromium is; fails the test where there is none."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    pytest.fail("Chromium is not installed, and the screens are tested in it. `make test` installs it.")


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A browser whose pages are expected patiently."""
    expect.set_options(timeout=patience.COMES_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=FLAGS, timeout=patience.STARTS * 1000)
        try:
            yield browser
        finally:
            await browser.close()


async def opened_tablet(browser: Browser, *, patient: bool = True, **differently: Any) -> BrowserContext:
    """A tablet with cookies of its own; see patient.js for what `patient=False` leaves out."""
    context = await browser.new_context(**{**TABLET, **differently})
    context.set_default_timeout(patience.COMES_MS)
    if patient:
        await context.add_init_script(path=PATIENT)
    return context


class Shelf:
    """Where tablets lie between tests, wiped, with nothing left on them but the kiosk's files in the browser's cache.

    A page comes out of that cache for a third of what it costs to come from the kiosk and to be compiled.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._lying: dict[str, list[BrowserContext]] = {}
        self._kinds: dict[BrowserContext, str] = {}
        self._places: dict[BrowserContext, set[str]] = {}

    async def take(self, *, is_new: bool = False, **differently: Any) -> BrowserContext:
        """A tablet like `opened_tablet`'s; `is_new` one that nobody had before, nor will have."""
        if is_new:
            return await opened_tablet(self._browser, **differently)
        kind = repr(sorted(differently.items()))
        lying = self._lying.setdefault(kind, [])
        return lying.pop() if lying else self._noticed(kind, await opened_tablet(self._browser, **differently))

    async def put_back(self, context: BrowserContext) -> None:
        """Put a tablet away, its pages closed."""
        if kind := self._kinds.get(context):
            await self._wipe(context)
            self._lying[kind].append(context)
        else:
            await context.close()

    def _noticed(self, kind: str, context: BrowserContext) -> BrowserContext:
        """Notices where the tablet goes, and when it is given a script, which cannot be taken from it again."""
        self._kinds[context], places = kind, self._places.setdefault(context, set())
        context.on("page", lambda page: page.on("framenavigated", lambda frame: places.add(_origin(frame.url))))
        add_script = context.add_init_script

        async def add_init_script(*told: Any, **words: Any) -> Any:
            self._kinds.pop(context, None)
            return await add_script(*told, **words)

        context.add_init_script = add_init_script  # type: ignore[method-assign]
        return context

    async def _wipe(self, context: BrowserContext) -> None:
        blank = await context.new_page()
        for page in context.pages:
            if page != blank:
                await page.close()
        await context.unroute_all(behavior="ignoreErrors")
        await context.set_offline(False)
        await context.clear_permissions()
        await context.clear_cookies()
        devtools = await context.new_cdp_session(blank)
        for place in self._places[context]:
            await devtools.send("Storage.clearDataForOrigin", {"origin": place, "storageTypes": "all"})
        self._places[context].clear()
        await blank.close()


def _origin(url: str) -> str:
    return "/".join(url.split("/")[:3])
