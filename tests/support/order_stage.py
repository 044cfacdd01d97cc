"""A stage for the order screen alone: the component, and a stand-in for the kiosk."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import nicegui
from playwright.async_api import BrowserContext, Page

from tests.support.stages import STAGES, Answer, Asked, file

ROOT = Path(__file__).parents[2]
CHECKS = ROOT / "kiosk" / "checks"
STYLES = ROOT / "kiosk" / "ui" / "static"
VUE = Path(nicegui.__file__).parent / "static" / "vue.esm-browser.prod.js"
IMPORTS = {"vue": "/vue.js", "kiosk-order-pad": "/order_pad/index.js", "kiosk-order-pad/": "/order_pad/"}
PAGE = (
    '<!doctype html><html data-view="order" data-theme="dark"><head>'
    + "".join(f'<link rel="stylesheet" href="/{name}.css">' for name in ("tokens", "kit", "frame", "order"))
    + f'<script type="importmap">{json.dumps({"imports": IMPORTS})}</script></head>'
    + '<body><div id="app"></div><script type="module" src="/stage.js"></script></body></html>'
)

OpenTablet = Callable[..., Awaitable[BrowserContext]]


def _file_of(path: str) -> Path:
    """Where the stage finds what the page asks for."""
    if path == "/vue.js":
        return VUE
    if path == "/stage.js":
        return Path(__file__).with_name("order_stage.js")
    if path.endswith(".css") and path.count("/") == 1:
        return STYLES / path[1:]
    return CHECKS / path[1:]


def _play(asked: Asked) -> Answer:
    if asked.path == "/":
        return Answer(PAGE.encode())
    found = _file_of(asked.path)
    return file(found) if found.is_file() else Answer(b"", status=404)


@asynccontextmanager
async def opened(tablet: OpenTablet) -> AsyncIterator[Page]:
    """The page with the kiosk's stand-in loaded and the screen not yet drawn; any fault in the page fails the test."""
    page = await (await tablet()).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    await page.goto(await STAGES.enter(page.context, _play))
    await page.wait_for_function("window.stage?.ready")
    yield page
    assert faults == []


async def drawn(page: Page) -> None:
    await page.evaluate("stage.mount()")
    await page.wait_for_selector(".k-item")
    await page.wait_for_function("document.querySelector('.k-check__h b').textContent.includes('107')")


async def tap(page: Page, name: str) -> None:
    await page.locator(".k-item", has_text=name).locator(".k-item__hit").click(force=True)


LINES = """rows => rows.map((row) => [".k-line__q", ".k-line__n", ".k-st"].map((part) => {
  const shown = row.querySelector(part).cloneNode(true);
  shown.querySelectorAll("i").forEach((icon) => icon.remove());
  return shown.textContent.trim();
}).join(" "))"""


async def lines(page: Page) -> list[str]:
    """The lines of the check from the top: quantity, name and state."""
    return list(await page.eval_on_selector_all(".k-line", LINES))


async def total(page: Page) -> str:
    return await page.locator(".k-total b").inner_text()


async def acts(page: Page) -> list[Any]:
    return list(await page.evaluate("stage.acts"))
