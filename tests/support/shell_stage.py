"""A stage for what lies around the screens: the kiosk's own scripts and dock, and a stand-in for its socket."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from kiosk.core.actor import ROLE_PERMISSIONS, Role
from kiosk.ui import assets, frame
from tests.support.order_stage import ROOT, VUE, OpenTablet
from tests.support.stages import STAGES, Answer, Asked, file

FLOOR = ROOT / "kiosk" / "floor"
IMPORTS = {"vue": "/vue.js", **{path.stem: f"/floor/{path.name}" for path in FLOOR.glob("floor_*.js")}}
DRAW = """async path => {
  window.Vue = await import("vue");
  Vue.createApp((await import(path)).default).mount("#app");
}"""
SCRIPTS = [name for name in assets.SCRIPTS if name != "kiosk-paper.js"]
"""The banner of paper reads and watches by itself, and what a stage's screens read and watch is counted."""
SOCKET = Path(__file__).with_name("shell_stage.js")
VENUE = {"name": "Aurora", "currency": "EUR", "decimals": 2, "locale": "en_IE", "timezone": "Europe/Rome"}


def me(role: Role = Role.WAITER, **differently: Any) -> dict[str, Any]:
    """Who is signed in, as the server tells it."""
    return {
        "person_id": 1,
        "name": "Marco Rinaldi",
        "initials": "MR",
        "role": role,
        "permissions": sorted(ROLE_PERMISSIONS[role]),
        "device": "Tablet 1",
        "idle_lock_s": 300,
        "server_now": "2026-11-21T19:14:00+00:00",
        "venue": VENUE,
        **differently,
    }


@dataclass
class Stage:
    """The page, every tap that arrived, and what the stand-in answers: a list of (status, body), the last one stays."""

    page: Page
    views: dict[str, Any]
    taps: list[dict[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, Any]] = field(default_factory=lambda: [(200, {"ok": True, "result": {}})])
    reads: list[str] = field(default_factory=list)
    faults: int = 0
    """How many of the next reads fail."""

    async def act(self, name: str, **args: Any) -> Any:
        """Tap; the result, or the code it was refused with."""
        return await self.page.evaluate(
            "([name, args]) => kiosk.act(name, args).catch(refusal => refusal.code)", [name, args]
        )

    def start_act(self, name: str) -> Any:
        """Tap without waiting; what came of it is in `window.done`."""
        return self.page.evaluate(
            "name => void kiosk.act(name).then(() => window.done = 'done', r => window.done = r.code)", name
        )

    async def draw_floor(self, floor: dict[str, Any], *, wait: bool = True) -> None:
        """Put the floor's component on the page, as NiceGUI does, with this snapshot."""
        self.views["floor"] = floor
        await self.page.evaluate(DRAW, "/floor/floor_board.js")
        if wait:
            await self.page.wait_for_selector(".k-floor[aria-busy=false]")

    def play(self, asked: Asked) -> Answer | None:
        path = asked.path
        if path.startswith("/api/act/"):
            return self._take(path.removeprefix("/api/act/"), asked.body)
        if path.startswith("/api/view/"):
            return self._show(path.removeprefix("/api/view/"))
        if path.startswith(assets.PREFIX):
            return file(assets.STATIC / path.split("/", 3)[3])
        if path == "/vue.js" or path.startswith("/floor/"):
            return file(VUE if path == "/vue.js" else FLOOR / path[7:])
        return Answer(_page().encode())

    def _take(self, name: str, tap: str) -> Answer | None:
        self.taps.append({"name": name, **json.loads(tap or "{}")})
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return _json(status, body) if status else None

    def _show(self, path: str) -> Answer:
        self.reads.append(path)
        found = self.views.get(path)
        if self.faults:
            self.faults -= 1
            return _json(500, {"ok": False, "code": "fault", "sentence": "Code 7F3A."})
        if found is None:
            return _json(401, {"ok": False, "code": "signed_out", "sentence": "Signed out."})
        return _json(200, found() if isinstance(found, Callable) else found)


def _json(status: int, body: Any) -> Answer:
    return Answer(json.dumps(body).encode(), "application/json", status)


def _page() -> str:
    slots = '<div id="k-banner" role="status" hidden></div><div id="k-toasts" popover="manual"></div>'
    head = assets.THEME + assets.styles(*assets.KIT, "door.css", "floor.css") + assets.scripts(*SCRIPTS)
    head += f'<script type="importmap">{json.dumps({"imports": IMPORTS})}</script>'
    return f'<!doctype html><html><head>{head}</head><body>{frame.dock()}{slots}<div id="app"></div></body></html>'


@asynccontextmanager
async def opened(tablet: OpenTablet, who: dict[str, Any] | None = None, hash_: str = "") -> AsyncIterator[Stage]:
    """A tablet with the shell, signed in and connected; any fault in the page fails the test."""
    page = await (await tablet()).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    stage = Stage(page, {"me": who or me(), "approvers": [{"id": 5, "name": "Sofia", "role": "manager"}]})
    await page.add_init_script(path=SOCKET)
    await page.goto(f"{await STAGES.enter(page.context, stage.play)}/{hash_}")
    await page.wait_for_function("window.kiosk?.me")
    await page.evaluate("stage.connect()")
    await page.wait_for_function("stage.handlers.kiosk")
    yield stage
    assert faults == []
