"""What strangers leave behind: nothing in the log they could write themselves, no files, no sessions, no waiting."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.core.settings import Settings
from kiosk.ui import door
from kiosk.ui.door import Doorkeeper
from tests.support import patience
from tests.support.counter import Counter

pytestmark = pytest.mark.slow


async def test_a_path_cannot_write_lines_into_the_log(place: Counter, caplog: pytest.LogCaptureFixture) -> None:
    stranger = await place.stranger()
    forged = "/x%0a2026-11-21 ERROR kiosk: Sofia signed in%0d%1b[2J%c2%85%e2%80%a8y"
    with caplog.at_level(logging.INFO):
        answer = await stranger.post(forged, headers={"Origin": "http://evil.example/" + "o" * 900})
    assert answer.status_code == 403
    said = [record.getMessage() for record in caplog.records if record.name == "kiosk.ui.door"]
    assert len(said) == 1
    assert said[0].isprintable()
    assert len(said[0]) < 500


async def test_no_pin_and_no_token_is_written_to_the_log(place: Counter, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        marco = await place.tablet("Marco")
        approval = {"person_id": place.ids["Sofia"], "pin": "98765432"}
        await marco.post("settle", args={"check_id": 1, "total": 1, "tenders": []}, approval=approval)
        await marco.http.post("/signin", json={"person_id": place.ids["Marco"], "pin": "98765433"})
        await marco.http.post("/signin", content=b'{"pin": "98765434"')
    tokens = [cookie.value for cookie in marco.http.cookies.jar]
    assert len(tokens) == 2
    for secret in ("98765432", "98765433", "98765434", *tokens):
        assert secret is not None
        assert secret not in caplog.text


async def test_only_the_kiosks_own_user_reads_its_database(databases: Any, tmp_path: Path) -> None:
    from kiosk.core import migrate

    file = tmp_path / "home" / "kiosk.sqlite"
    migrate.upgrade(f"sqlite+aiosqlite:///{file}")
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    for part in file.parent.glob("kiosk.sqlite*"):
        if not part.name.endswith(".lock"):
            assert stat.S_IMODE(part.stat().st_mode) == 0o600
    file.chmod(0o644)
    migrate.upgrade(f"sqlite+aiosqlite:///{file}")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


# Slow and endless


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "BODY_S", 0.05)


async def never() -> AsyncIterator[bytes]:
    yield b"{"
    await asyncio.Event().wait()


async def test_a_body_that_never_ends_is_given_up(
    slow: None, tmp_path: Path, doorkeeper: Callable[[Any], Doorkeeper]
) -> None:
    read = list[bytes]()

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        from starlette.requests import Request
        from starlette.responses import PlainTextResponse

        read.append(await Request(scope, receive).body())
        await PlainTextResponse("read")(scope, receive, send)

    sent = list[Any]()
    parts = never()

    async def receive() -> Any:
        return {"type": "http.request", "body": await anext(parts), "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": "/signin",
        "query_string": b"",
        "headers": [(b"host", b"localhost:8080")],
        "server": ("127.0.0.1", 8080),
    }
    async with asyncio.timeout(patience.COMES):
        await doorkeeper(behind)(scope, receive, send)
    assert sent[0]["status"] == 408
    assert read == []


@pytest.fixture
def doorkeeper(tmp_path: Path) -> Callable[[Any], Doorkeeper]:
    async def nobody(_session: str, _device: str) -> None:
        return None

    return lambda behind: Doorkeeper(behind, settings=Settings(home=tmp_path), look=nobody)


async def test_many_strangers_leave_nothing_behind(place: Counter, tmp_path: Path) -> None:
    from nicegui import Client
    from sqlalchemy import func, select

    from kiosk.staff.models import Device, StaffSession

    before = len(Client.instances)
    for number in range(50):
        stranger: httpx.AsyncClient = await place.stranger()
        assert (await stranger.get("/signin")).status_code == 200
        assert (await stranger.get(f"/nothing/{number}")).status_code == 303
        assert not stranger.cookies
    assert len(Client.instances) == before
    assert os.listdir(tmp_path) == []
    async with place.house.db.read() as read:
        for table in (Device, StaffSession):
            assert (await read.session.execute(select(func.count()).select_from(table))).scalar_one() == 0
