"""Sockets against a kiosk as the house runs it: foreign pages, ended sessions and other people's pages get nothing."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import httpx
import pytest
import socketio
from socketio.exceptions import ConnectionError as Turned

from kiosk.core.db import Database
from kiosk.payments.models import Receipt
from tests.support import patience, people
from tests.support.live import LiveKiosk

pytestmark = pytest.mark.slow
ONCE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
"""What is turned away at the door never sees a database."""
StartKiosk = Callable[..., LiveKiosk]
ENGINE_PATH = "/_nicegui_ws/socket.io"
POLLING = f"{ENGINE_PATH}/?EIO=4&transport=polling"
CLIENT_ID = re.compile(r"'client_id': '([0-9a-f-]{36})'")


@dataclass
class Tap:
    """A tablet without a screen, signed in."""

    http: httpx.AsyncClient

    @property
    def cookies(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)

    async def act(self, name: str, /, **args: Any) -> httpx.Response:
        return await self.http.post(f"/api/act/{name}", json={"key": str(uuid4()), "args": args})

    async def done(self, name: str, /, **args: Any) -> Any:
        answer = await self.act(name, **args)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    async def view(self, path: str) -> Any:
        answer = await self.http.get(f"/api/view/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def page(self) -> str:
        """Load the shell; the id under which the server keeps the page."""
        found = CLIENT_ID.search((await self.http.get("/")).text)
        assert found is not None
        return found[1]


@dataclass
class Place:
    """A running kiosk, its database, and the people who are signed in."""

    kiosk: LiveKiosk
    database_url: str
    open: list[httpx.AsyncClient] = field(default_factory=list)

    async def tablet(self, name: str) -> Tap:
        http = await people.client(self.kiosk.url, self.database_url, name)
        self.open.append(http)
        return Tap(http)

    async def billed(self, marco: Tap) -> tuple[int, int]:
        """A check with one dish, sent to the kitchen, at a free table; and its total."""
        tables, menu = (await marco.view("floor"))["tables"], await marco.view("menu")
        free = next(table["id"] for table in tables if table["state"] == "available")
        portion = next(item for item in menu["items"] if not item["modifier_groups"])["portions"][0]["id"]
        check_id = (await marco.done("seat", table_id=free, covers=2))["check_id"]
        await marco.done("ring", check_id=check_id, portion_id=portion)
        await marco.done("send", check_id=check_id)
        return check_id, (await marco.view(f"check/{check_id}"))["sums"]["total"]

    async def receipts(self) -> int:
        from sqlalchemy import func, select

        db = Database(self.database_url)
        try:
            async with db.read() as read:
                return (await read.session.execute(select(func.count()).select_from(Receipt))).scalar_one()
        finally:
            await db.close()


@pytest.fixture
async def place(live_kiosk: StartKiosk, database_url: str) -> AsyncIterator[Place]:
    place = Place(live_kiosk(database_url), database_url)
    yield place
    for http in place.open:
        await http.aclose()


@asynccontextmanager
async def socket(
    place: Place, cookies: str, *, origin: str | None = None, query: str = ""
) -> AsyncIterator[socketio.AsyncClient]:
    """A socket of NiceGUI with these cookies, opened by a page of this origin."""
    quiet = logging.getLogger("quiet")
    quiet.setLevel(logging.CRITICAL)
    client = socketio.AsyncClient(reconnection=False, logger=quiet, engineio_logger=quiet)
    try:
        await client.connect(
            f"{place.kiosk.url}{query}",
            headers={"Cookie": cookies, "Origin": origin or place.kiosk.url},
            transports=["websocket"],
            socketio_path=ENGINE_PATH,
            wait_timeout=patience.COMES,
        )
        yield client
    finally:
        await client.disconnect()
        if client.eio.http:
            await client.eio.http.close()


async def is_turned_away(place: Place, cookies: str, **how: Any) -> bool:
    try:
        async with socket(place, cookies, **how):
            return False
    except Turned:
        return True


def hello(client_id: str) -> dict[str, Any]:
    return {"client_id": client_id, "tab_id": "t", "document_id": "d", "next_message_id": 0}


def press(client_id: str) -> dict[str, Any]:
    """What a page of NiceGUI sends when a button is pressed."""
    return {"client_id": client_id, "id": 1, "listener_id": "1", "args": ["{}"]}


@ONCE
async def test_a_socket_of_a_foreign_page_gets_nothing_and_settles_nothing(place: Place) -> None:
    marco, ana = await place.tablet("Marco"), await place.tablet("Ana")
    check_id, total = await place.billed(marco)
    client_id = await ana.page()
    for origin in ("http://evil.example", "null", f"https://127.0.0.1:{place.kiosk.port}", "http://127.0.0.1:1"):
        assert await is_turned_away(place, ana.cookies, origin=origin)
        polling = await ana.http.get(POLLING, headers={"Origin": origin})
        assert (polling.status_code, polling.json()["code"]) == (403, "origin")
        named = f"?client_id={client_id}&implicit_handshake=true&tab_id=t&document_id=d"
        assert await is_turned_away(place, ana.cookies, origin=origin, query=named)
        raw = await raw_upgrade(place, {"Cookie": ana.cookies, "Origin": origin})
        assert raw == 403
        ana.http.headers["Origin"] = origin
        tenders = [{"kind": "card", "given": total}]
        paid = await ana.act("settle", check_id=check_id, total=total, tenders=tenders)
        assert (paid.status_code, paid.json()["code"]) == (403, "origin")
    assert await raw_upgrade(place, {"Cookie": ana.cookies, "Host": f"evil.example:{place.kiosk.port}"}) == 403
    assert (await marco.view(f"check/{check_id}"))["state"] == "open"
    assert await place.receipts() == 0


async def raw_upgrade(place: Place, headers: dict[str, str]) -> int:
    """The status with which a websocket is answered that no Socket.IO client opened."""
    async with aiohttp.ClientSession() as web:
        try:
            address = f"{place.kiosk.url}{ENGINE_PATH}/?EIO=4&transport=websocket"
            async with web.ws_connect(address, headers=headers):
                return 101
        except aiohttp.WSServerHandshakeError as refused:
            return refused.status


async def test_a_socket_that_outlives_its_session_gets_nothing_and_settles_nothing(place: Place) -> None:
    marco, ana = await place.tablet("Marco"), await place.tablet("Ana")
    check_id, total = await place.billed(marco)
    client_id, cookies, heard = await ana.page(), ana.cookies, list[Any]()
    polled = (await ana.http.get(POLLING)).text
    async with socket(place, cookies) as client:
        client.on("kiosk", heard.append)
        assert await client.call("handshake", hello(client_id)) is True
        assert await client.call("kiosk_watch", {"topics": ["floor", f"check:{check_id}"]}) == {"ok": True}
        await ana.done("lock")
        await asyncio.wait_for(client.wait(), patience.COMES)
        assert not client.connected
        heard.clear()
        await marco.done("set_covers", check_id=check_id, covers=3)
        await asyncio.sleep(0.3)
        assert heard == []
    assert await is_turned_away(place, cookies)
    stale = {"Cookie": cookies}
    settle = {"check_id": check_id, "total": total, "tenders": [{"kind": "card", "given": total}]}
    async with httpx.AsyncClient(base_url=place.kiosk.url, headers=stale) as http:
        answer = await http.post("/api/act/settle", json={"key": str(uuid4()), "args": settle})
        assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
        assert (await http.get(f"/api/view/check/{check_id}")).status_code == 401
        poll = f"{POLLING}&sid={json.loads(polled[1:])['sid']}"
        assert (await http.get(poll)).status_code == 401
        assert (await http.post(poll, content="40")).status_code == 401
        assert (await http.get("/")).headers["location"] == "/signin"
    assert (await marco.view(f"check/{check_id}"))["state"] == "open"
    assert await place.receipts() == 0


async def test_another_persons_page_and_topics_are_out_of_reach(place: Place) -> None:
    marco, giulia, dario = await place.tablet("Marco"), await place.tablet("Giulia"), await place.tablet("Dario")
    hers, own = await giulia.page(), await marco.page()
    named = f"?client_id={hers}&implicit_handshake=true&tab_id=t&document_id=d"
    assert await is_turned_away(place, marco.cookies, query=named)
    async with socket(place, marco.cookies) as client:
        assert await client.call("handshake", hello(hers)) is False
        for event in ("event", "javascript_response", "ack", "log"):
            for message in (press(hers), None, [], "x", 7, {"client_id": {}}, {"client_id": hers}):
                await client.emit(event, message)
        for odd in (None, [], 7, {"client_id": [own]}, {}):
            assert await client.call("handshake", odd) is False
        for topics in (
            ["day"],
            ["floor", "day"],
            ["staff"],
            ["floor:x"],
            ["check:../1"],
            ["floor"] * 21,
            ["x" * 9_999],
        ):
            assert (await client.call("kiosk_watch", {"topics": topics}))["ok"] is False
        for odd in (None, 7, [], {"topics": "floor"}, {"topics": [7]}, {"topics": [["floor"]]}, {"topics": [None]}):
            assert (await client.call("kiosk_watch", odd))["ok"] is False
        assert await client.call("handshake", hello(own)) is True
        await client.emit("log", {"client_id": own, "level": "error", "message": "a\n2026 ERROR kiosk: forged\x1b[2J"})
        assert (await client.call("kiosk_watch", {"topics": ["floor", "kitchen"]}))["ok"] is True
    async with socket(place, dario.cookies) as client:
        assert (await client.call("kiosk_watch", {"topics": ["floor"]}))["ok"] is False
    async with socket(place, giulia.cookies) as client:
        assert await client.call("handshake", hello(hers)) is True
    assert "Traceback" not in place.kiosk.console
    assert "\n2026 ERROR kiosk: forged" not in place.kiosk.console


async def test_nothing_secret_is_on_the_console_and_nothing_of_ours_is_readable_by_others(place: Place) -> None:
    marco, ana = await place.tablet("Marco"), await place.tablet("Ana")
    check_id, total = await place.billed(marco)
    await ana.done("settle", check_id=check_id, total=total, tenders=[{"kind": "card", "given": total}])
    await marco.http.post("/signin", json={"person_id": 1, "pin": "98765432"})
    secret = [cookie.value for cookie in marco.http.cookies.jar]
    for text in ("98765432", *secret):
        assert text is not None
        assert text not in place.kiosk.console
    await patience.until(lambda: any((place.kiosk.home / "printed").glob("*.bin")), "the receipt on paper, a file here")
    assert [name for name in readable_by_others(place.kiosk.home) if name != "console.log"] == []


def readable_by_others(home: Path) -> list[str]:
    """The files, but empty ones, that somebody else on this machine may read."""
    files = [path for path in home.rglob("*") if path.is_file() and path.stat().st_size]
    return [path.name for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077]


@ONCE
async def test_a_frame_larger_than_any_tap_closes_its_socket_and_nothing_else(place: Place) -> None:
    marco = await place.tablet("Marco")
    async with socket(place, marco.cookies) as large, socket(place, marco.cookies) as other:
        await large.emit("kiosk_watch", {"topics": ["x" * 1_500_000]})
        await asyncio.wait_for(large.wait(), patience.COMES)
        assert not large.connected
        assert (await other.call("kiosk_watch", {"topics": ["floor"]}))["ok"] is True
