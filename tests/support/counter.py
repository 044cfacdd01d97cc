"""A small restaurant behind its real door, in this process: tablets that are signed in, and what they may try."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI
from socketio import AsyncServer
from sqlalchemy import func, select

from kiosk.app import Kiosk
from kiosk.checks import page as checks_page
from kiosk.checks import queries as check_queries
from kiosk.core.actor import Actor, Approver, Role
from kiosk.core.db import Database
from kiosk.core.settings import Settings
from kiosk.floor import page as floor_page
from kiosk.floor import queries as floor_queries
from kiosk.kitchen import page as kitchen_page
from kiosk.menu import page as menu_page
from kiosk.payments import page as payments_page
from kiosk.payments import till_page
from kiosk.payments.models import Receipt
from kiosk.printing.worker import PrintWorker
from kiosk.staff import page as staff_page
from kiosk.staff import service as staff
from kiosk.staff.pins import Pins
from kiosk.ui.door import Doorkeeper
from kiosk.ui.gesture import Acts, Views
from kiosk.ui.live import Live
from tests.support.house import House, founded
from tests.support.kept import kept

PEOPLE = {
    "Marco": (Role.WAITER, "1111"),
    "Ana": (Role.CASHIER, "4444"),
    "Dario": (Role.KITCHEN, "5555"),
    "Sofia": (Role.MANAGER, "6666"),
    "Giulia": (Role.OWNER, "7777"),
}
CARD = [{"kind": "card", "given": 700}]
"""Pays the check of `Counter.eaten` exactly."""
ADDRESS = "http://localhost:8080"


@dataclass
class Tablet:
    """A tablet somebody is signed in on."""

    http: httpx.AsyncClient

    async def act(self, name: str, /, *, key: UUID | None = None, **args: Any) -> httpx.Response:
        """Tap: the act with these words."""
        return await self.http.post(f"/api/act/{name}", json={"key": str(key or uuid4()), "args": args})

    async def post(self, name: str, /, **tap: Any) -> httpx.Response:
        """A tap written by hand, with whatever besides its words."""
        return await self.http.post(f"/api/act/{name}", json={"key": str(uuid4()), **tap})

    async def raw(self, name: str, args: str) -> httpx.Response:
        """A tap whose words no JSON writer would write."""
        return await self.http.post(f"/api/act/{name}", content=f'{{"key": "{uuid4()}", "args": {args}}}')

    async def view(self, path: str) -> httpx.Response:
        return await self.http.get(f"/api/view/{path}")


async def done(tablet: Tablet, name: str, /, **args: Any) -> Any:
    """What an act that is carried out answers; fails the test with the kiosk's sentence when it is refused."""
    answer = await tablet.act(name, **args)
    assert answer.status_code == httpx.codes.OK, f"{name}: {answer.text}"
    return answer.json()["result"]


@dataclass
class Counter:
    """The restaurant, its people's ids, its door, and tablets opened so far."""

    house: House
    kiosk: Kiosk
    door: Doorkeeper
    ids: dict[str, int]
    open: AsyncExitStack

    async def stranger(self) -> httpx.AsyncClient:
        """A browser nobody is signed in on."""
        transport = httpx.ASGITransport(self.door)
        return await self.open.enter_async_context(httpx.AsyncClient(transport=transport, base_url=ADDRESS))

    async def tablet(self, name: str) -> Tablet:
        """A tablet on which somebody has typed her PIN."""
        http = await self.stranger()
        answer = await http.post("/signin", json={"person_id": self.ids[name], "pin": PEOPLE[name][1]})
        assert answer.status_code == 200, answer.text
        return Tablet(http)

    async def eaten(self, label: str = "1") -> int:
        """A check of 7.00, sent to the kitchen."""
        check_id = await self.house.seat(label)
        await self.house.ring(check_id)
        await self.house.send(check_id)
        return check_id

    async def receipts(self) -> int:
        async with self.house.db.read() as read:
            return (await read.session.execute(select(func.count()).select_from(Receipt))).scalar_one()

    async def state(self, check_id: int) -> str:
        return str((await self.house.check(check_id))["state"])


@asynccontextmanager
async def opened(db: Database, home: Path) -> AsyncIterator[Counter]:
    """The restaurant with its people and its door."""
    pins = Pins(b"p" * 32, rounds=10)

    async def staffed() -> tuple[Actor, dict[str, int], dict[str, int]]:
        house, ids = await founded(db), {}
        for name, (role, pin) in PEOPLE.items():
            ids[name] = await staff.add_person(db, pins, name=name, role=role, pin=pin, by=house.by)
        return house.by, house.tables, ids

    by, tables, ids = await kept(db, "counter", staffed)
    house = House(db, by, tables)
    kiosk = _kiosk(db, pins, home)

    async def look(session: str, device: str) -> Actor | None:
        async with db.read() as read:
            return await staff.look(read, session, device)

    async with AsyncExitStack() as stack:
        yield Counter(house, kiosk, Doorkeeper(kiosk.web, settings=kiosk.settings, look=look), ids, stack)


def _kiosk(db: Database, pins: Pins, home: Path) -> Kiosk:
    async def approve(person_id: int, pin: str, device_token: str) -> Approver:
        return await staff.approve(db, pins, person_id=person_id, pin=pin, device_token=device_token)

    web, sio = FastAPI(openapi_url=None), AsyncServer(async_mode="asgi")
    acts = Acts(db, identify=staff.identify, approve=approve, asks_who=staff.asks_who)
    acts.register(web)
    live = Live(db, sio)
    kiosk = Kiosk(Settings(home=home), db, web, sio, acts, Views(db, web), live, pins, PrintWorker(db, home))
    for page in (staff_page, menu_page, payments_page, floor_page):
        page.register(kiosk)
    checks_page.register(kiosk, tables=floor_queries.tables_held_by)
    till_page.register(kiosk, tables=floor_queries.tables_held_by)
    kitchen_page.register(kiosk, held=check_queries.show_held)
    return kiosk


def sentence(answer: httpx.Response) -> tuple[int, str]:
    """How an act was answered: its status and its code, or what came of it."""
    said = answer.json()
    return answer.status_code, said.get("code") or json.dumps(said["result"])
