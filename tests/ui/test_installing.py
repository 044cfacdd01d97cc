"""The kiosk on a home screen: what strangers are given of it, and what its worker keeps."""

import io
import json
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image

from kiosk.core.actor import Actor
from kiosk.core.settings import Settings
from kiosk.ui import assets, installing
from kiosk.ui.door import Doorkeeper


async def nobody(_session: str, _device: str) -> Actor | None:
    return None


async def unpaired(_device: str) -> bool:
    return False


@pytest.fixture
async def stranger() -> AsyncIterator[httpx.AsyncClient]:
    """A phone that nobody has signed in on, at the door of a kiosk that knows no device."""
    web = FastAPI()
    installing.register(web)
    door = Doorkeeper(web, settings=Settings(), look=nobody, is_paired=unpaired)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://localhost:8080") as client:
        yield client


async def test_the_door_lets_manifest_icons_worker_and_sentence_through(stranger: httpx.AsyncClient) -> None:
    manifest = await stranger.get("/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    for icon in manifest.json()["icons"]:
        answer = await stranger.get(icon["src"])
        picture = Image.open(io.BytesIO(answer.content))
        assert (answer.headers["content-type"], f"{picture.width}x{picture.height}") == ("image/png", icon["sizes"])
    for path in ("/worker.js", "/offline", "/ui/icons/apple-180.png"):
        assert (await stranger.get(path)).status_code == 200, path
    assert (await stranger.get("/worker.js")).headers["cache-control"] == "no-store"
    assert (await stranger.get("/day")).status_code == 403
    assert (await stranger.get("/ui/icons/%2e%2e.png")).status_code == 404


def test_the_manifest_has_both_sizes_both_shapes_and_the_colours_of_the_theme() -> None:
    told = installing.manifest()
    icons = [(icon["sizes"], icon["purpose"]) for icon in told["icons"]]
    assert icons == [("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable")]
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "fullscreen")
    assert (told["theme_color"], told["background_color"]) == ("#0A1322", "#0A1322")
    assert [one["url"] for one in told["shortcuts"]] == ["/day", "/#/floor", "/daybook"]


def test_a_picture_is_cut_only_where_it_may_be() -> None:
    corners = {}
    for name in ("any-192", "maskable-192", "apple-180"):
        picture = Image.open(io.BytesIO(installing.icons.png(name))).convert("RGBA")
        corners[name] = picture.getpixel((0, 0))
    assert corners == {"any-192": (0, 0, 0, 0), "maskable-192": (10, 19, 34, 255), "apple-180": (10, 19, 34, 255)}


def test_the_worker_keeps_the_sentence_and_its_looks_and_nothing_else() -> None:
    script = installing.worker()
    kept = json.loads(re.search(r"const SHELL = (\[.*?\]);", script)[1])
    assert kept[0] == "/offline"
    assert all(path.startswith(f"/ui/{assets.version()}/") for path in kept[1:])
    assert len(kept) == 8
    assert re.search(r'const KEPT = "kiosk-[0-9a-f]{10}";', script)


def test_the_sentence_loads_nothing_but_what_the_worker_keeps() -> None:
    page = installing.offline_page()
    kept = json.loads(re.search(r"const SHELL = (\[.*?\]);", installing.worker())[1])
    loaded = re.findall(r'(?:src|rel="(?:icon|stylesheet)" href)="([^"]+)"', page)
    assert len(loaded) == 7
    assert set(loaded) <= set(kept)
    assert "No connection to the kiosk." in page
