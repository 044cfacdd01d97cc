"""What a socket may do: only with pages that its own session opened, and only while that session lasts.

NiceGUI lets whoever knows a page's id fire the page's events; here the session must be the same, too.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from nicegui import Client
from socketio import AsyncServer

from kiosk.core.actor import Actor
from kiosk.ui import words

OWN_PAGE_ONLY = ("event", "javascript_response", "ack", "log")
"""NiceGUI's events that name a page, beside the handshake."""
LONGEST_LOG = 500

Lasts = Callable[[Actor], Awaitable[bool]]
Handler = Callable[..., Any]


def guard(sio: AsyncServer, lasts: Lasts) -> None:
    """Stand before NiceGUI's own events; `lasts(actor)` asks the database whether a session still holds."""
    handlers: dict[str, Handler] = sio.handlers["/"]
    sio.on("connect", _connecting(sio, handlers["connect"], lasts))
    sio.on("handshake", _shaking_hands(sio, handlers["handshake"], lasts))
    for name in OWN_PAGE_ONLY:
        sio.on(name, _on_own_page(sio, handlers[name]))


def actor_of(sio: AsyncServer, sid: str) -> Actor | None:
    """Who opened a socket, as the door knew them."""
    scope = (sio.get_environ(sid) or {}).get("asgi.scope", {})
    actor = scope.get("state", {}).get("actor")
    return actor if isinstance(actor, Actor) else None


def holder_of(client: Client) -> Actor | None:
    """Who loaded a page."""
    request = getattr(client, "_request", None)
    actor = getattr(request.state, "actor", None) if request is not None else None
    return actor if isinstance(actor, Actor) else None


def close(client: Client) -> None:
    """Delete a page now, and not once more when the time is over in which its tablet could have come back."""
    for waiting in client._delete_tasks.values():
        waiting.cancel()
    client.delete()


def _owns(actor: Actor | None, client_id: Any) -> bool:
    client = Client.instances.get(client_id) if isinstance(client_id, str) else None
    holder = holder_of(client) if client else None
    return actor is not None and holder is not None and holder.session_id == actor.session_id


def _connecting(sio: AsyncServer, connect: Handler, lasts: Lasts) -> Handler:
    async def guarded(sid: str, environ: dict[str, Any], auth: Any = None) -> Any:
        actor = actor_of(sio, sid)
        if actor is None or not await lasts(actor):
            return False
        named = parse_qs(environ.get("QUERY_STRING", "")).get("client_id")
        if named and Client.instances.get(named[0]) and not _owns(actor, named[0]):
            return False
        return await connect(sid, environ, auth)

    return guarded


def _shaking_hands(sio: AsyncServer, handshake: Handler, lasts: Lasts) -> Handler:
    async def guarded(sid: str, message: Any = None, *_: Any) -> bool:
        actor = actor_of(sio, sid)
        if not isinstance(message, dict) or not _owns(actor, message.get("client_id")):
            return False
        return actor is not None and await lasts(actor) and bool(await handshake(sid, message))

    return guarded


def _on_own_page(sio: AsyncServer, handler: Handler) -> Handler:
    async def guarded(sid: str, message: Any = None, *_: Any) -> Any:
        if not isinstance(message, dict) or not _owns(actor_of(sio, sid), message.get("client_id")):
            return None
        if "message" in message:
            message["message"] = words.plain(str(message["message"]))[:LONGEST_LOG]
        result = handler(sid, message)
        return await result if inspect.isawaitable(result) else result

    return guarded
