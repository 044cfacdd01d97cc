"""Signing people in as their tablets do."""

from __future__ import annotations

from typing import Any

import httpx
from playwright.async_api import BrowserContext, Page

from kiosk.core.db import Database
from kiosk.sample import PEOPLE
from kiosk.staff.service import show_people
from tests.support import patience

PINS = {person.name: person.pin for person in PEOPLE}


async def ids(database_url: str) -> dict[str, int]:
    """The ids of everybody who works here, by name."""
    db = Database(database_url)
    try:
        async with db.read() as read:
            return {tile.name: tile.id for tile in await show_people(read)}
    finally:
        await db.close()


async def words(database_url: str, name: str) -> dict[str, Any]:
    """What the sign-in page sends for a person of the sample."""
    return {"person_id": (await ids(database_url))[name], "pin": PINS[name]}


async def client(url: str, database_url: str, name: str) -> httpx.AsyncClient:
    """A signed-in tablet without a screen."""
    tablet = httpx.AsyncClient(base_url=url, timeout=patience.COMES, headers={"Origin": url})
    answer = await tablet.post("/signin", json=await words(database_url, name))
    answer.raise_for_status()
    return tablet


async def plain_portion(tablet: httpx.AsyncClient) -> dict[str, Any]:
    """A portion of the menu that can be rung at any time with one tap: its `id`, its `price`."""
    items = (await tablet.get("/api/view/menu")).json()["items"]
    plain = next(item for item in items if not item["modifier_groups"] and not item["dayparts"])
    return dict(plain["portions"][0])


async def page(context: BrowserContext, url: str, database_url: str, name: str, path: str = "/") -> Page:
    """A signed-in tablet with its screen."""
    answer = await context.request.post(f"{url}/signin", data=await words(database_url, name), headers={"Origin": url})
    assert answer.ok, await answer.text()
    opened = await context.new_page()
    await opened.goto(f"{url}{path}")
    return opened
