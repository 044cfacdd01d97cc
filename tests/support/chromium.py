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
