"""The door every request and every socket comes through: who is asking, from where, and may they come in."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.core.actor import Actor
from kiosk.core.errors import Unavailable
from kiosk.core.settings import Settings
from kiosk.ui import door_answers, door_rules
from kiosk.ui.door_rules import Hosts, Place

log = logging.getLogger(__name__)
BODY_BYTES = 1_000_000
UPLOAD_BYTES = 10_000_000
BODY_S = 20
"""Seconds a body may take; tablets are on the same network and need none of them."""
NOBODY_LISTENS = "No response returned."
"""What Starlette's middleware raises when the client went before there was an answer; no fault of anybody's."""
SIGNED_OUT, NOT_ALLOWED = 4401, 4403
"""Why a socket is closed before it opens."""

Look = Callable[[str, str], Awaitable[Actor | None]]
IsPaired = Callable[[str], Awaitable[bool]]


async def every_device_is_paired(_device_token: str) -> bool:
    """Where the pairing of devices will ask; until it comes, every device may use the kiosk."""
    return True


@dataclass
class Meter:
    """Counts the bytes of a body as they come in, whatever its length was said to be, and the seconds they take."""

    receive: Receive
    left: int
    is_too_large: bool = False
    is_too_slow: bool = False
    is_whole: bool = False
    has_left: bool = False
    started: float = field(default_factory=time.monotonic)

    @property
    def is_broken_off(self) -> bool:
        return self.is_too_large or self.is_too_slow

    async def __call__(self) -> Message:
        try:
            message = await self._next()
        except TimeoutError:
            self.is_too_slow = True
            return {"type": "http.disconnect"}
        if message["type"] != "http.request":
            self.has_left = True
            return message
        self.is_whole = not message.get("more_body", False)
        self.left -= len(message.get("body", b""))
        if self.left >= 0:
            return message
        self.is_too_large = True
        return {"type": "http.disconnect"}

    async def _next(self) -> Message:
        """The next part of the body in time; after its end only that the client went, whenever that is."""
        if self.is_whole:
            return await self.receive()
        async with asyncio.timeout(self.started + BODY_S - time.monotonic()):
            return await self.receive()


@dataclass
class Answer:
    """Puts our headers on an answer, and replaces it when the body turned out to be too large."""

    scope: Scope
    send: Send
    host: str
    meter: Meter
    has_started: bool = False
    is_replaced: bool = False

    async def __call__(self, message: Message) -> None:
        if self.is_replaced:
            return
        if message["type"] == "http.response.start":
            if self.meter.is_broken_off and not self.has_started:
                await self.replace()
                return
            self.has_started = True
            door_answers.dress(message, self.scope["path"], self.host)
        await self.send(message)

    async def replace(self) -> None:
        """Say that the body is too large or too slow, instead of anything else."""
        refusal = _too_large(self.scope) if self.meter.is_too_large else _too_slow(self.scope)
        self.meter.is_too_large = self.meter.is_too_slow = False
        await refusal(self.scope, self.meter.receive, self)
        self.is_replaced = True


class Doorkeeper:
    """ASGI middleware around everything. Lets in who is signed in, and strangers only to the sign-in page.

    `look(session token, device token)` says who that is, or None; the answer is in `request.state.actor`.
    """

    def __init__(
        self, app: ASGIApp, *, settings: Settings, look: Look, is_paired: IsPaired = every_device_is_paired
    ) -> None:
        self.app = app
        self._hosts = Hosts(settings)
        self._look = look
        self._is_paired = is_paired

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})
        meter = Meter(receive, UPLOAD_BYTES if scope["path"].startswith(door_rules.UPLOADS) else BODY_BYTES)
        named = self._named(scope)
        answer = Answer(scope, send, _text(named), meter)
        try:
            refusal = self._stranger(scope, named) or _too_long(scope, meter.left) or await self._unknown(scope)
            await (refusal or self.app)(scope, meter, answer)
        except ClientDisconnect:
            if meter.is_broken_off and not answer.has_started:
                await answer.replace()
        except Unavailable as away:
            log.warning("%s at %s %s", away.sentence, scope["method"], _told(scope))
            if not answer.has_started:
                await door_answers.refuse(scope, 503, away.code, away.sentence)(scope, receive, answer)
        except Exception as trouble:
            if not (meter.has_left and str(trouble) == NOBODY_LISTENS):
                await self._fault(scope, receive, answer)

    async def _fault(self, scope: Scope, receive: Receive, answer: Answer) -> None:
        code = scope["state"].get("fault") or door_answers.new_fault()
        log.exception("fault %s at %s %s", code, scope["method"], _told(scope))
        if not answer.has_started:
            await door_answers.fault(scope, code)(scope, receive, answer)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})
        why = NOT_ALLOWED if self._stranger(scope, self._named(scope)) else 0
        if not why and await self._unknown(scope):
            why = SIGNED_OUT
        if not why:
            await self.app(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.close", "code": why})

    def _named(self, scope: Scope) -> Place | None:
        """The host a request names, if it names one, once, that is this kiosk."""
        said = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        named = door_rules.place(said[0]) if len(said) == 1 else None
        address = (scope.get("server") or (None,))[0]
        if named is None or self._hosts.allow(named, _scheme(scope), address):
            return named
        is_guest = door_rules.is_for_guests(scope["path"]) and scope["type"] == "http"
        return named if is_guest and self._hosts.is_public(named) else None

    def _stranger(self, scope: Scope, named: Place | None) -> Response | None:
        """The refusal of those who come from elsewhere, before anything is read or looked up."""
        if named is None:
            sentence = "This kiosk does not go by that name. Open it by its address, or add the name to its settings."
            return door_answers.refuse(_plain(scope), 421, "host", sentence)
        if not self._is_from_here(scope, named):
            log.warning("refused a call from %.200r to %s", _origin(scope), _told(scope))
            return door_answers.refuse(_plain(scope), 403, "origin", "Other pages may not use this kiosk.")
        if door_rules.is_odd(scope["path"]):
            return door_answers.refuse(_plain(scope), 404, "not_found", door_answers.SENTENCES[404])
        return None

    def _is_from_here(self, scope: Scope, named: Place) -> bool:
        origin = _origin(scope)
        if origin is None:
            return door_rules.is_invited(scope.get("method", "POST"), HTTPConnection(scope).headers)
        return door_rules.is_own_origin(origin, named, _scheme(scope), is_extra=self._hosts.is_extra(named))

    async def _unknown(self, scope: Scope) -> Response | None:
        """The refusal of devices that are not paired and of people who are not signed in."""
        method = scope["method"] if scope["type"] == "http" else ""
        if door_rules.is_public(method, scope["path"]):
            return None
        cookies = HTTPConnection(scope).cookies
        session, device = cookies.get(door_answers.SESSION, ""), cookies.get(door_answers.DEVICE, "")
        if not await self._is_paired(device):
            return door_answers.refuse(_plain(scope), 403, "unpaired", "This device is not paired. Ask a manager.")
        if door_rules.is_for_signing_in(method, scope["path"]):
            return None
        actor = await self._look(session, device) if session else None
        if actor is None:
            return door_answers.to_sign_in(_plain(scope))
        scope["state"]["actor"] = actor
        return None


def _scheme(scope: Scope) -> str:
    return "https" if scope["scheme"] in {"https", "wss"} else "http"


def _plain(scope: Scope) -> Scope:
    """The scope of a socket as that of a request, for an answer in words."""
    return scope if scope["type"] == "http" else {**scope, "type": "http", "method": "GET"}


def _origin(scope: Scope) -> str | None:
    """What the browser says about the page that calls; several at once are nobody's."""
    said = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"origin"]
    return said[0] if len(said) == 1 else ("several" if said else None)


def _told(scope: Scope) -> str:
    """A path as the log may show it: whatever is in it stays on one line, and no guest's link is in it."""
    return f"{door_rules.GUESTS}…" if door_rules.is_for_guests(scope["path"]) else quote(scope["path"])[:200]


def _text(named: Place | None) -> str:
    if named is None:
        return ""
    name = f"[{named.name}]" if ":" in named.name else named.name
    return name if named.port is None else f"{name}:{named.port}"


def _too_long(scope: Scope, limit: int) -> Response | None:
    """The refusal of a body that says itself that it is too large."""
    said = HTTPConnection(scope).headers.get("content-length", "0")
    return None if said.isascii() and said.isdigit() and int(said) <= limit else _too_large(scope)


def _too_large(scope: Scope) -> Response:
    return door_answers.refuse(scope, 413, "too_large", "That is too large for this kiosk.")


def _too_slow(scope: Scope) -> Response:
    return door_answers.refuse(scope, 408, "too_slow", "That took too long to arrive. Try again.")
