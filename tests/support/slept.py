"""A tablet that sleeps: every process of its browser stands still, as when its lid is closed."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from playwright.async_api import Browser


@asynccontextmanager
async def asleep(browser: Browser) -> AsyncIterator[None]:
    """Stop all of a browser's processes but the one that Playwright talks to; they wake in the end."""
    session = await browser.new_browser_cdp_session()
    found = await session.send("SystemInfo.getProcessInfo")
    await session.detach()
    pids = [int(process["id"]) for process in found["processInfo"] if process["type"] != "browser"]
    _tell(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _tell(pids, signal.SIGCONT)
        await asyncio.sleep(0)


def _tell(pids: list[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)
