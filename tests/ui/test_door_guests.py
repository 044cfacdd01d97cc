"""The name guests know the kiosk by opens receipts and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from kiosk.core.actor import Actor
from kiosk.core.settings import Settings
from kiosk.ui.door import Doorkeeper

PUBLIC = {"Host": "receipts.example"}


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async def look(_session: str, _device: str) -> Actor | None:
        return None

    web = FastAPI(openapi_url=None)
    for path in ("/r/{token}", "/signin", "/", "/health", "/ui/abc/kit.css", "/api/view/me"):
        web.add_api_route(path, lambda: "open", methods=["GET", "POST"])
    door = Doorkeeper(web, settings=Settings(home=tmp_path, public_url="https://receipts.example"), look=look)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://localhost:8080") as client:
        yield client


async def test_the_public_name_opens_receipts_and_nothing_else(client: httpx.AsyncClient) -> None:
    assert (await client.get("/r/abc", headers=PUBLIC)).text == '"open"'
    for path in ("/", "/signin", "/health", "/ui/abc/kit.css", "/api/view/me", "/r", "/rx"):
        assert (await client.get(path, headers=PUBLIC)).status_code == 421
    assert (await client.post("/r/abc", headers=PUBLIC)).status_code != 200


async def test_receipts_open_by_the_kiosks_own_name_too_and_by_no_other(client: httpx.AsyncClient) -> None:
    assert (await client.get("/r/abc")).status_code == 200
    assert (await client.get("/r/abc", headers={"Host": "evil.example"})).status_code == 421
    assert (await client.post("/r/abc")).status_code in {303, 401}


async def test_a_receipt_is_not_built_into_other_pages(client: httpx.AsyncClient) -> None:
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert (await client.get("/r/abc", headers=visit)).status_code == 200
    framed = {**visit, "Sec-Fetch-Dest": "iframe"}
    assert (await client.get("/r/abc", headers=framed)).status_code == 403
