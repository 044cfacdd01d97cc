"""What the tablets of a running kiosk do: taps without a screen, and screens with somebody signed in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from playwright.async_api import BrowserContext, Page

from tests.support import people
from tests.support.live import LiveKiosk

OpenTablet = Callable[..., Awaitable[BrowserContext]]
CONNECTED = "window.kiosk?.me && window.socket?.connected && kiosk.online"


async def act(hand: httpx.AsyncClient, name: str, /, **args: Any) -> dict[str, Any]:
    """One tap of a tablet without a screen; fails the test with the kiosk's sentence when it is refused."""
    answer = await hand.post(f"/api/act/{name}", json={"key": str(uuid4()), "args": args})
    assert answer.status_code == httpx.codes.OK, f"{name}: {answer.text}"
    return dict(answer.json()["result"])


async def view(hand: httpx.AsyncClient, path: str) -> dict[str, Any]:
    """What a screen would read."""
    answer = await hand.get(f"/api/view/{path}")
    assert answer.status_code == httpx.codes.OK, f"{path}: {answer.text}"
    return dict(answer.json())


@dataclass
class Tablets:
    """The tablets of one house; what goes wrong in their pages is kept in `faults`."""

    kiosk: LiveKiosk
    database_url: str
    open: OpenTablet
    faults: list[str] = field(default_factory=list)
    hands: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    portions: dict[tuple[str, str], int] = field(default_factory=dict)

    async def page(self, name: str, path: str = "/", **differently: Any) -> Page:
        """A person's tablet with its screen, signed in and connected."""
        context = await self.open(**differently)
        page = await people.page(context, self.kiosk.url, self.database_url, name, path)
        self.listen(page, name)
        await page.wait_for_function(CONNECTED)
        return page

    def listen(self, page: Page, name: str) -> None:
        """Keep what the page could not do."""
        page.on("pageerror", lambda fault: self.faults.append(f"{name}: {fault}"))

    async def hand(self, name: str) -> httpx.AsyncClient:
        """A person's tablet without a screen."""
        if name not in self.hands:
            self.hands[name] = await people.client(self.kiosk.url, self.database_url, name)
        return self.hands[name]

    async def close(self) -> None:
        for hand in self.hands.values():
            await hand.aclose()

    async def act(self, who: str, name: str, /, **args: Any) -> dict[str, Any]:
        return await act(await self.hand(who), name, **args)

    async def view(self, who: str, path: str) -> dict[str, Any]:
        return await view(await self.hand(who), path)

    async def table(self, label: str) -> dict[str, Any]:
        """A table's tile as the manager reads it."""
        tables = (await self.view("Sofia", "floor"))["tables"]
        return dict(next(table for table in tables if table["label"] == label))

    async def item(self, name: str) -> dict[str, Any]:
        items = (await self.view("Sofia", "menu"))["items"]
        return dict(next(item for item in items if item["name"] == name))

    async def portion(self, name: str, portion: str = "") -> int:
        """The id of a named portion of an item; without a name, of the one that one tap rings."""
        if (name, portion) not in self.portions:
            offered = (await self.item(name))["portions"]
            wanted = (one for one in offered if one["name"] == portion or (not portion and one["is_default"]))
            self.portions[name, portion] = int(next(wanted)["id"])
        return self.portions[name, portion]

    async def seat(self, label: str, covers: int = 2, who: str = "Elena") -> int:
        table_id = (await self.table(label))["id"]
        return int((await self.act(who, "seat", table_id=table_id, covers=covers))["check_id"])

    async def ring(self, check_id: int, name: str, portion: str = "", who: str = "Elena", **words: Any) -> int:
        portion_id = await self.portion(name, portion)
        return int((await self.act(who, "ring", check_id=check_id, portion_id=portion_id, **words))["line_id"])

    async def check(self, check_id: int) -> dict[str, Any]:
        return await self.view("Sofia", f"check/{check_id}")
