"""What the door says: plain pages and JSON that build nothing on the server, cookies, the headers of every answer."""

from __future__ import annotations

import html
import logging
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from kiosk.core.errors import KioskError, SignedOut
from kiosk.ui import assets, door_rules
from kiosk.ui.gesture import STATUS

if TYPE_CHECKING:
    from starlette.types import Message, Scope

log = logging.getLogger(__name__)
SESSION, DEVICE, THEME = "kiosk_session", "kiosk_device", "kiosk_theme"
DEVICE_S = 400 * 24 * 3600
STRICT_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""For pages of our own that NiceGUI has no part in."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()",
}
SENTENCES = {404: "This kiosk has no such page.", 401: SignedOut().sentence}


def csp(host: str) -> str:
    """What a NiceGUI page may load: only from here, but its scripts are inline and evaluated.

    The sockets are named because older tablets do not count them as `'self'`.
    """
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws://{host} wss://{host}; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def dress(message: Message, path: str, host: str) -> None:
    """Put the headers of every answer on one that is about to start."""
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("Content-Security-Policy", csp(host) if host else STRICT_CSP)
    if not door_rules.is_asset(path):
        headers.setdefault("Cache-Control", "no-store")


def theme(connection: HTTPConnection) -> str:
    """The device's theme as its cookie says; dark when it says nothing."""
    return "light" if connection.cookies.get(THEME) == "light" else "dark"


def refuse(scope: Scope, status: int, code: str, sentence: str) -> Response:
    """One sentence: as JSON for scripts, as a plain page for people."""
    if door_rules.is_for_machines(scope["path"]):
        return JSONResponse({"ok": False, "code": code, "sentence": sentence}, status)
    return HTMLResponse(page(sentence, theme(HTTPConnection(scope))), status, {"Content-Security-Policy": STRICT_CSP})


def page(sentence: str, theme: str) -> str:
    """A page of one sentence and the way back."""
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8"><title>Kiosk</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="color-scheme" content="{theme}">{assets.styles(*assets.KIT, "door.css")}</head>'
        f'<body><main class="k-plain"><p>{html.escape(sentence)}</p>'
        '<a class="k-btn is-primary is-l" href="/">Back to the kiosk</a></main></body></html>'
    )


def to_sign_in(scope: Scope) -> Response:
    """Scripts are told, people are sent to the sign-in page and from there back to where they wanted to go."""
    if door_rules.is_for_machines(scope["path"]) or scope["method"] not in door_rules.SAFE:
        return refuse(scope, 401, SignedOut.code, SENTENCES[401])
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = f"{quote(scope['path'])}?{query}" if query else quote(scope["path"])
    return RedirectResponse("/signin" if wanted == "/" else f"/signin?next={quote(wanted, safe='/')}", 303)


def set_cookies(response: Response, *, session: str, device: str, session_s: int, secure: bool) -> None:
    """Give a device its own token and its session's; scripts cannot read them, other sites cannot send them."""
    for name, token, max_age in ((SESSION, session, session_s), (DEVICE, device, DEVICE_S)):
        response.set_cookie(name, token, max_age, path="/", secure=secure, httponly=True, samesite="strict")


def clear_session(response: Response, *, secure: bool) -> None:
    """Forget the session; the device stays the same device."""
    response.delete_cookie(SESSION, path="/", secure=secure, httponly=True, samesite="strict")


def is_secure(request: Request) -> bool:
    """Whether the browser came by TLS, here or at a proxy before us."""
    return request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")


def new_fault() -> str:
    """A code that is shown to people and written to the log, so that the one finds the other."""
    return secrets.token_hex(2).upper()


def fault(scope: Scope, code: str) -> Response:
    return refuse(scope, 500, "fault", f"Something went wrong, nothing was changed. Code {code}.")


def plain_errors(web: FastAPI) -> None:
    """Let unknown paths, refusals and faults be answered with one sentence instead of a NiceGUI page with details."""

    async def unknown(request: Request, _: Exception) -> Response:
        return refuse(request.scope, 404, "not_found", SENTENCES[404])

    async def refused(request: Request, refusal: Exception) -> Response:
        return _refused(request, refusal)

    async def failed(request: Request, _: Exception) -> Response:
        code = request.scope.setdefault("state", {})["fault"] = new_fault()
        return fault(request.scope, code)

    handlers: dict[Any, Any] = {404: unknown, KioskError: refused, Exception: failed}
    for kind, handler in handlers.items():
        web.add_exception_handler(kind, handler)


def _refused(request: Request, refusal: Exception) -> Response:
    if isinstance(refusal, SignedOut):
        return to_sign_in(request.scope)
    status = next((status for kind, status in STATUS if isinstance(refusal, kind)), 422)
    return refuse(request.scope, status, getattr(refusal, "code", "refused"), str(refusal))
