"""The frame around every screen: dock, stage, banner and toasts. The shell page switches its views on the client."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from fastapi import Response
from nicegui import app as web
from nicegui import ui
from socketio import AsyncServer

from kiosk.core.actor import Permission
from kiosk.ui import assets, installing

YEAR_S = 31_536_000
VIEWPORT = "width=device-width,initial-scale=1,maximum-scale=1,user-scalable=no,viewport-fit=cover"
MARK = (
    '<svg viewBox="0 0 32 32" fill="none"><circle cx="16" cy="16" r="13.5" stroke="var(--ring-track)" '
    'stroke-width="4"/><path d="M16 2.5A13.5 13.5 0 0 1 28.6 20.8" stroke="var(--accent)" stroke-width="4" '
    'stroke-linecap="round"/><rect x="11" y="11" width="10" height="10" rx="2.5" fill="currentColor"/></svg>'
)


class HasSocket(Protocol):
    """What the frame needs of the kiosk: the socket that carries the heartbeat."""

    sio: AsyncServer


@dataclass(frozen=True)
class Key:
    """One key of the dock: where it leads, how it looks, and who may see it."""

    name: str
    word: str
    icon: str
    needs: Permission
    path: str = ""


KEYS = (
    Key("floor", "Floor", "table_restaurant", Permission.SEE_FLOOR),
    Key("order", "Order", "receipt_long", Permission.RING),
    Key("kitchen", "Kitchen", "skillet", Permission.SEE_KITCHEN),
    Key("settle", "Settle", "payments", Permission.SETTLE),
    Key("day", "Day", "bar_chart", Permission.SEE_REPORTS, path="/day"),
    Key("reports", "Reports", "query_stats", Permission.SEE_REPORTS, path="/reports"),
    Key("daybook", "Daybook", "menu_book", Permission.SEE_DAYBOOK, path="/daybook"),
    Key("close", "Close", "event_available", Permission.SEE_TILL, path="/close"),
    Key("printers", "Printers", "print", Permission.SEE_TILL, path="/printers"),
)


def register(kiosk: HasSocket, views: Mapping[str, Callable[[], object]]) -> None:
    """Serve our static files and the shell page "/" with these views: name -> what draws it, one element each."""
    for name in assets.BUNDLES:
        web.add_api_route(assets.url(name), partial(_bundled, name))
    web.add_static_files(f"{assets.PREFIX}/{assets.version()}", assets.STATIC, max_cache_age=YEAR_S)
    installing.register(web)
    kiosk.sio.on("kiosk_ping", _pong)

    @ui.page("/", title="Kiosk", viewport=VIEWPORT, favicon=assets.STATIC / "mark.svg")
    def shell() -> None:
        _dress(page=None)
        for name, draw in views.items():
            with ui.element("div").classes(f"k-view is-{name}"):
                draw()


@contextmanager
def framed(page: str, *styles: str) -> Iterator[None]:
    """The frame around an ordinary NiceGUI page, whose dock key `page` is lit; the content goes inside."""
    _dress(page=page)
    if styles:
        ui.add_head_html(assets.styles(*styles))
    with ui.element("main").classes("k-app"):
        yield


def note(*sentences: str) -> None:
    """What a page says to somebody who may not see it, in place of everything else."""
    with ui.element("div").classes("k-note k-empty"):
        for sentence in sentences:
            ui.label(sentence)


async def _bundled(name: str) -> Response:
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Response(assets.bundle(name), media_type=kind, headers={"Cache-Control": f"public, max-age={YEAR_S}"})


async def _pong(_sid: str, _message: object = None) -> bool:
    """The answer to a tablet's heartbeat."""
    return True


def _dress(page: str | None) -> None:
    """Head and frame of a page; none of it costs a NiceGUI element."""
    mark = f'<script>document.documentElement.dataset.page="{html.escape(page)}"</script>' if page else ""
    ui.add_head_html(
        assets.THEME + mark + assets.styles("screens.css") + assets.scripts("screens.js") + installing.HEAD
    )
    ui.add_body_html(
        f'{dock(page)}<div id="k-banner" role="status" hidden></div>'
        '<div id="k-toasts" popover="manual" aria-live="polite"></div>'
    )


def dock(page: str | None = None) -> str:
    """The dock as HTML; the script shows each key to those who may use it."""
    keys = "".join(_key(key, lit=key.name == page) for key in KEYS)
    return (
        '<nav class="k-dock" aria-label="Main">'
        f'<div class="k-dock__mark" aria-hidden="true">{MARK}</div><span class="k-dock__gap"></span>{keys}'
        '<span class="k-dock__gap"></span>'
        '<button class="k-dock__item k-dock__theme" id="k-theme" type="button" '
        f'aria-label="Switch between dark and light">{_icon("contrast")}<span>Theme</span></button>'
        '<button class="k-dock__item" id="k-lock" type="button" aria-label="Lock">'
        '<span class="k-avatar"></span><span>Lock</span></button></nav>'
    )


def _key(key: Key, *, lit: bool) -> str:
    where = f'href="{key.path}"' if key.path else f'href="/#/{key.name}" data-go="{key.name}"'
    on = ' is-on" aria-current="page' if lit else ""
    return (
        f'<a class="k-dock__item{on}" {where} data-needs="{key.needs}" hidden>{_icon(key.icon)}'
        f'<span>{key.word}</span><small></small><span class="k-dock__count" hidden></span></a>'
    )


def _icon(name: str) -> str:
    return f'<i class="k-i" aria-hidden="true">{name}</i>'
