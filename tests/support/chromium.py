"""A real Chromium for the browser tests, driven by Playwright, that can reach this machine and nothing else."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

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
TABLET = {"viewport": {"width": 1280, "height": 800}, "has_touch": True, "locale": "en-GB"}


def find() -> str:
    """Where Chromium is; fails the test where there is none."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    pytest.fail("Chromium is not installed, and the screens are tested in it. `make test` installs it.")


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A browser of one test's own; 0.6 s, which buys that a test cannot see another's pages or event loop."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()
