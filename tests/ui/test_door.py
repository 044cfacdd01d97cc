"""The door: who comes in, who is turned away, and with what words; nothing behind it is built for strangers."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from kiosk.core.actor import Actor, Role
from kiosk.core.errors import NeedsManager, SignedOut
from kiosk.core.settings import Settings
from kiosk.ui.door import Doorkeeper
from kiosk.ui.door_answers import plain_errors, set_cookies

MARCO = Actor(1, 2, "Marco", Role.WAITER, 3, 4)
SIGNED_IN = {"Cookie": "kiosk_session=s; kiosk_device=d"}
ASSET = "/ui/abc/kit.css"


class Behind:
    """What the door guards: remembers what got through."""

    def __init__(self) -> None:
        self.web = FastAPI(openapi_url=None)
        self.seen: list[str] = []
        plain_errors(self.web)
        for path in ("/", "/day", "/signin", "/signout", "/api/act/ring", "/_nicegui/client/7/upload/1", ASSET):
            self.web.add_api_route(path, self._echo, methods=["GET", "POST"])
        self.web.add_api_route("/broken", self._broken)
        self.web.add_api_route("/api/broken", self._broken)
        self.web.add_api_route("/locked", self._locked)
        self.web.add_api_route("/forbidden", self._forbidden)

    async def _echo(self, request: Request) -> JSONResponse:
        self.seen.append(request.url.path)
        actor = getattr(request.state, "actor", None)
        return JSONResponse({"actor": actor and actor.name, "bytes": len(await request.body())})

    async def _broken(self) -> PlainTextResponse:
        raise RuntimeError("the secret ingredient is anchovy")

    async def _locked(self) -> PlainTextResponse:
        raise SignedOut

    async def _forbidden(self) -> PlainTextResponse:
        raise NeedsManager("see_reports")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.web(scope, receive, send)
            return
        self.seen.append(scope["path"])
        await send({"type": "websocket.accept"})


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def door(behind: Behind, tmp_path: Path) -> Doorkeeper:
    async def look(session: str, device: str) -> Actor | None:
        return MARCO if (session, device) == ("s", "d") else None

    return Doorkeeper(behind, settings=Settings(home=tmp_path), look=look)


@pytest.fixture
async def client(door: Doorkeeper) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(door, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as client:
        yield client


async def test_a_person_who_is_signed_in_comes_in_and_is_known_behind_the_door(client: httpx.AsyncClient) -> None:
    assert (await client.get("/day", headers=SIGNED_IN)).json() == {"actor": "Marco", "bytes": 0}


@pytest.mark.parametrize(
    ("path", "sent_to"),
    [
        ("/", "/signin"),
        ("/day", "/signin?next=/day"),
        ("/day?from=1&to=%C3%A9", "/signin?next=/day%3Ffrom%3D1%26to%3D%25C3%25A9"),
        ("/nothing/here", "/signin?next=/nothing/here"),
    ],
)
async def test_a_stranger_is_sent_to_the_sign_in_page_and_back_afterwards(
    client: httpx.AsyncClient, behind: Behind, path: str, sent_to: str
) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, sent_to)
    assert behind.seen == []


@pytest.mark.parametrize(
    "cookie", ["", "kiosk_session=s", "kiosk_session=s; kiosk_device=x", "kiosk_session=x; kiosk_device=d"]
)
async def test_scripts_of_a_stranger_are_told_in_json(client: httpx.AsyncClient, behind: Behind, cookie: str) -> None:
    answer = await client.post("/api/act/ring", headers={"Cookie": cookie}, json={})
    assert answer.status_code == 401
    assert answer.json() == {
        "ok": False,
        "code": "signed_out",
        "sentence": "You are signed out. Type your PIN again.",
    }
    assert behind.seen == []


async def test_uploads_and_polling_of_a_stranger_are_turned_away(client: httpx.AsyncClient, behind: Behind) -> None:
    assert (await client.post("/_nicegui/client/7/upload/1", content=b"x")).status_code == 401
    assert (await client.get("/_nicegui_ws/socket.io/?transport=polling")).status_code == 401
    assert (await client.post("/day")).status_code == 401
    assert behind.seen == []


async def test_the_sign_in_page_and_what_it_is_made_of_are_open(client: httpx.AsyncClient, behind: Behind) -> None:
    for path in ("/signin", ASSET):
        assert (await client.get(path)).status_code == 200
    assert (await client.post("/signin", json={})).status_code == 200
    assert behind.seen == ["/signin", ASSET, "/signin"]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8080", "localhost", "localhost:9090", "127.0.0.1.evil.example:8080", "a b", ""],
)
async def test_under_a_foreign_name_nobody_comes_in(client: httpx.AsyncClient, behind: Behind, host: str) -> None:
    answer = await client.get("/day", headers={**SIGNED_IN, "Host": host})
    assert answer.status_code == 421
    assert "This kiosk does not go by that name." in answer.text
    assert behind.seen == []


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://localhost:8080", "http://localhost:9090", ""]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_foreign_page_does_not_come_in_even_with_the_cookies(
    client: httpx.AsyncClient, behind: Behind, method: str, origin: str
) -> None:
    answer = await client.request(method, "/api/act/ring", headers={**SIGNED_IN, "Origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "origin")
    assert (await client.request(method, "/signin", headers={"Origin": origin})).status_code == 403
    assert behind.seen == []


async def test_our_own_page_comes_in(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/act/ring", headers={**SIGNED_IN, "Origin": "http://localhost:8080"}, json={})
    assert answer.status_code == 200


async def test_a_foreign_page_cannot_build_ours_in_without_an_origin_either(client: httpx.AsyncClient) -> None:
    image = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    assert (await client.get("/day", headers={**SIGNED_IN, **image})).status_code == 403
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert (await client.get("/day", headers={**SIGNED_IN, **link})).status_code == 200
    assert (await client.post("/api/act/ring", headers={**SIGNED_IN, **link})).status_code == 403


async def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/act/ring", headers=SIGNED_IN, content=b"x" * 1_000_001)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    fits = await client.post("/api/act/ring", headers=SIGNED_IN, content=b"x" * 1_000_000)
    assert fits.json()["bytes"] == 1_000_000


async def stream(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 100_000):
        yield b"x" * 100_000


async def test_a_body_that_does_not_say_its_size_is_counted(client: httpx.AsyncClient) -> None:
    for path in ("/api/act/ring", "/signin"):
        answer = await client.post(path, headers=SIGNED_IN, content=stream(5_000_000))
        assert answer.status_code == 413
    fits = await client.post("/api/act/ring", headers=SIGNED_IN, content=stream(900_000))
    assert fits.json()["bytes"] == 900_000


async def test_uploads_may_be_larger_but_not_endless(client: httpx.AsyncClient) -> None:
    upload = "/_nicegui/client/7/upload/1"
    assert (await client.post(upload, headers=SIGNED_IN, content=stream(9_000_000))).json()["bytes"] == 9_000_000
    assert (await client.post(upload, headers=SIGNED_IN, content=stream(11_000_000))).status_code == 413
    assert (await client.post(upload, headers=SIGNED_IN, content=b"x" * 10_000_001)).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e9", "٣", "99999999999999999999"])
async def test_a_size_that_is_no_number_is_too_large(client: httpx.AsyncClient, length: str) -> None:
    headers = [(b"content-length", length.encode()), (b"cookie", SIGNED_IN["Cookie"].encode())]
    assert (await client.post("/api/act/ring", headers=headers)).status_code == 413


async def test_every_answer_carries_the_headers_that_keep_others_out(client: httpx.AsyncClient) -> None:
    for path, headers in (("/day", SIGNED_IN), ("/day", {}), ("/signin", {}), ("/day", {"Host": "evil.example"})):
        answer = await client.get(path, headers=headers)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_nicegui_pages_may_run_only_scripts_from_here(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/day", headers=SIGNED_IN)).headers["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval';" in policy
    assert "connect-src 'self' ws://localhost:8080 wss://localhost:8080;" in policy
    assert "http:" not in policy.replace("ws://localhost:8080", "").replace("wss://localhost:8080", "")


async def test_pages_of_our_own_run_no_inline_script_at_all(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/nothing", headers=SIGNED_IN)).headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


async def test_assets_may_be_kept_by_tablets(client: httpx.AsyncClient) -> None:
    assert "cache-control" not in (await client.get(ASSET)).headers


async def test_unknown_paths_are_answered_with_one_sentence(client: httpx.AsyncClient) -> None:
    page = await client.get("/nothing", headers=SIGNED_IN)
    assert (page.status_code, "<p>This kiosk has no such page.</p>" in page.text) == (404, True)
    assert "nicegui" not in page.text.lower()
    assert (await client.get("/api/nothing", headers=SIGNED_IN)).json()["code"] == "not_found"


@pytest.mark.parametrize("path", ["/a/../b", "/ui/%2e%2e/x", "/a%5cb", "/%2f/evil.example"])
async def test_paths_that_climb_are_unknown(client: httpx.AsyncClient, behind: Behind, path: str) -> None:
    if path == "/a/../b":
        path = "/a/%2e%2e/b"
    assert (await client.get(path, headers=SIGNED_IN)).status_code == 404
    assert behind.seen == []


@pytest.mark.parametrize("path", ["/broken", "/api/broken"])
async def test_a_fault_shows_a_code_that_the_log_knows_and_no_details(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.ERROR, "kiosk.ui.door"):
        answer = await client.get(path, headers=SIGNED_IN)
    said = re.search(r"Something went wrong, nothing was changed\. Code ([0-9A-F]{4})\.", answer.text)
    assert answer.status_code == 500
    assert said is not None
    assert [record.getMessage() for record in caplog.records] == [f"fault {said[1]} at GET {path}"]
    assert "anchovy" in caplog.text
    assert "anchovy" not in answer.text
    assert "Traceback" not in answer.text


async def test_a_door_that_cannot_look_people_up_lets_nobody_in(
    behind: Behind, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def look(_session: str, _device: str) -> Actor | None:
        raise OSError("the database is away")

    door = Doorkeeper(behind, settings=Settings(home=tmp_path), look=look)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://localhost:8080") as client:
        answer = await client.get("/day", headers=SIGNED_IN)
    assert (answer.status_code, behind.seen) == (500, [])
    assert "the database is away" in caplog.text


async def test_refusals_on_pages_are_sentences_and_ended_sessions_lead_to_the_sign_in_page(
    client: httpx.AsyncClient,
) -> None:
    forbidden = await client.get("/forbidden", headers=SIGNED_IN)
    assert (forbidden.status_code, "This needs a manager&#x27;s PIN." in forbidden.text) == (403, True)
    locked = await client.get("/locked", headers=SIGNED_IN)
    assert (locked.status_code, locked.headers["location"]) == (303, "/signin?next=/locked")


async def test_a_device_that_is_not_paired_gets_nothing_but_assets(behind: Behind, tmp_path: Path) -> None:
    async def look(_session: str, _device: str) -> Actor | None:
        return MARCO

    async def is_paired(device: str) -> bool:
        return device == "paired"

    door = Doorkeeper(behind, settings=Settings(home=tmp_path), look=look, is_paired=is_paired)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://localhost:8080") as client:
        for path in ("/signin", "/day", "/api/act/ring"):
            assert (await client.get(path, headers=SIGNED_IN)).status_code == 403
        assert (await client.get(ASSET)).status_code == 200
        paired = {"Cookie": "kiosk_session=s; kiosk_device=paired"}
        assert (await client.get("/day", headers=paired)).status_code == 200


def test_cookies_are_for_this_site_only_and_out_of_reach_of_scripts() -> None:
    for secure, flag in ((True, "; Secure"), (False, "")):
        response = PlainTextResponse()
        set_cookies(response, session="s", device="d", session_s=43200, secure=secure)
        assert response.headers.getlist("set-cookie") == [
            f"kiosk_session=s; HttpOnly; Max-Age=43200; Path=/; SameSite=strict{flag}",
            f"kiosk_device=d; HttpOnly; Max-Age=34560000; Path=/; SameSite=strict{flag}",
        ]


async def knock(door: Doorkeeper, headers: dict[str, str], path: str = "/_nicegui_ws/socket.io/") -> list[Message]:
    """What a socket is answered."""
    raw = [(name.lower().encode(), value.encode()) for name, value in {"Host": "localhost:8080", **headers}.items()]
    scope = {"type": "websocket", "scheme": "ws", "path": path, "query_string": b"", "headers": raw, "server": None}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await door(scope, receive, send)
    return sent


async def test_a_socket_of_a_signed_in_person_opens(door: Doorkeeper, behind: Behind) -> None:
    own = {**SIGNED_IN, "Origin": "http://localhost:8080"}
    assert await knock(door, own) == [{"type": "websocket.accept"}]
    assert behind.seen == ["/_nicegui_ws/socket.io/"]


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, 4401),
        ({"Cookie": "kiosk_session=old; kiosk_device=d"}, 4401),
        ({**SIGNED_IN, "Origin": "http://evil.example"}, 4403),
        ({**SIGNED_IN, "Origin": "null"}, 4403),
        ({**SIGNED_IN, "Host": "evil.example:8080", "Origin": "http://evil.example:8080"}, 4403),
        ({**SIGNED_IN, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "websocket"}, 4403),
    ],
)
async def test_other_sockets_are_closed_before_they_open(
    door: Doorkeeper, behind: Behind, headers: dict[str, str], code: int
) -> None:
    assert await knock(door, headers) == [{"type": "websocket.close", "code": code}]
    assert behind.seen == []


async def test_no_socket_is_public_whatever_its_path(door: Doorkeeper, behind: Behind) -> None:
    for path in ("/health", "/signin", ASSET):
        assert await knock(door, {}, path) == [{"type": "websocket.close", "code": 4401}]
    assert behind.seen == []


@pytest.mark.parametrize(("leaves", "faults"), [(True, 0), (False, 1)])
async def test_a_tablet_that_leaves_before_its_answer_is_no_fault(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, leaves: bool, faults: int
) -> None:
    """Starlette's middlewares then raise what they raise, too, when there really was no answer."""

    async def unanswered(_scope: Scope, receive: Receive, _send: Send) -> None:
        await receive()
        if leaves:
            await receive()
        raise RuntimeError("No response returned.")

    said: list[Message] = [{"type": "http.disconnect"}, {"type": "http.request", "body": b""}]
    told: list[Message] = []

    async def receive() -> Message:
        return said.pop()

    async def send(message: Message) -> None:
        told.append(message)

    door = Doorkeeper(unanswered, settings=Settings(home=tmp_path), look=_nobody)
    head = {"type": "http", "method": "GET", "path": ASSET, "raw_path": ASSET.encode(), "scheme": "http"}
    there = {"query_string": b"", "headers": [(b"host", b"localhost:8080")], "server": ("localhost", 8080)}
    with caplog.at_level(logging.ERROR):
        await door({**head, **there}, receive, send)
    assert (len(caplog.records), bool(told)) == (faults, bool(faults))


async def _nobody(_session: str, _device: str) -> Actor | None:
    return None
