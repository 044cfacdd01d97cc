"""The kiosk on a home screen: its manifest, its icons, and a worker that says offline that there is no connection.

The worker keeps that one page and what it is drawn with, nothing else: no answer, no page of anybody's.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from functools import cache
from typing import Any, Final

from fastapi import FastAPI, Response

from kiosk.ui import assets, icons
from kiosk.ui.door_answers import STRICT_CSP

MANIFEST: Final = "/manifest.webmanifest"
WORKER: Final = "/worker.js"
OFFLINE: Final = "/offline"
ICON: Final = f"{assets.PREFIX}/icons/{{name}}.png"
FONT: Final = "fonts/ibm-plex-sans-latin-wdth-normal.woff2"
DARK: Final = "#0A1322"
A_DAY_S: Final = 86_400
NO_CONNECTION: Final = "No connection to the kiosk. What was sent is safe. This page comes back by itself."
HEAD: Final = (
    f'<link rel="manifest" href="{MANIFEST}">'
    f'<link rel="apple-touch-icon" href="{ICON.format(name="apple-180")}">'
    '<meta name="mobile-web-app-capable" content="yes"><meta name="apple-mobile-web-app-capable" content="yes">'
    '<meta name="apple-mobile-web-app-title" content="Kiosk">'
    f'<meta name="theme-color" content="{DARK}">'
)
"""What the head of a page says of it."""


def register(web: FastAPI) -> None:
    """Serve all of it to anybody: the door lets these paths through."""
    web.add_api_route(MANIFEST, _manifest, methods=["GET"])
    web.add_api_route(WORKER, _worker, methods=["GET"])
    web.add_api_route(OFFLINE, _offline, methods=["GET"])
    web.add_api_route(ICON, _icon, methods=["GET"])


def manifest() -> dict[str, Any]:
    """What a phone needs to know to put the kiosk on its home screen."""
    shapes = [(name, name.partition("-")[0]) for name in icons.NAMES if not name.startswith("apple")]
    shortcuts = (("Day", "/day"), ("Floor", "/#/floor"), ("Daybook", "/daybook"))
    return {
        "id": "/",
        "name": "Kiosk",
        "short_name": "Kiosk",
        "description": "Tables, orders, kitchen, counter and the day of a restaurant",
        "start_url": "/",
        "scope": "/",
        "display": "fullscreen",
        "display_override": ["fullscreen", "standalone"],
        "background_color": DARK,
        "theme_color": DARK,
        "icons": [
            {"src": ICON.format(name=name), "sizes": _sizes(name), "type": "image/png", "purpose": purpose}
            for name, purpose in shapes
        ],
        "shortcuts": [
            {"name": name, "url": url, "icons": [{"src": ICON.format(name="any-192"), "sizes": "192x192"}]}
            for name, url in shortcuts
        ],
    }


def _sizes(name: str) -> str:
    return f"{icons.NAMES[name]}x{icons.NAMES[name]}"


@cache
def worker() -> str:
    """The worker's script; it begins with what it keeps, under a name that changes with any of it."""
    kept = [OFFLINE, *(assets.url(name) for name in (*assets.KIT, "door.css", "offline.js", "mark.svg", FONT))]
    code = (assets.STATIC / "worker.js").read_text()
    name = hashlib.sha256((offline_page() + code + "".join(kept)).encode()).hexdigest()[:10]
    return f'"use strict";\nconst KEPT = "kiosk-{name}";\nconst SHELL = {json.dumps(kept)};\n{code}'


def offline_page() -> str:
    """What is shown instead of any page that cannot be reached; its script looks for the kiosk again."""
    return (
        '<!doctype html><html lang="en" data-theme="dark"><head><meta charset="utf-8"><title>No connection</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">'
        f'<link rel="icon" href="{assets.url("mark.svg")}">{assets.scripts("offline.js")}'
        f"{assets.styles(*assets.KIT, 'door.css')}</head>"
        f'<body><main class="k-plain"><img src="{assets.url("mark.svg")}" width="72" height="72" alt="">'
        f'<p role="status">{NO_CONNECTION}</p>'
        '<a class="k-btn is-primary is-l" id="again" href="/">Try again</a></main></body></html>'
    )


async def _manifest() -> Response:
    return Response(json.dumps(manifest()), media_type="application/manifest+json")


async def _worker() -> Response:
    return Response(worker(), media_type="text/javascript")


async def _offline() -> Response:
    return Response(offline_page(), media_type="text/html", headers={"Content-Security-Policy": STRICT_CSP})


async def _icon(name: str) -> Response:
    if name not in icons.NAMES:
        return Response(status_code=404)
    picture = await asyncio.to_thread(icons.png, name)
    return Response(picture, media_type="image/png", headers={"Cache-Control": f"max-age={A_DAY_S}"})
