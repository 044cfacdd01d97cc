"""The door's pages: signing in and out, who I am, who may approve. Plain HTML, so that strangers build nothing here."""

from __future__ import annotations

from typing import Any, Protocol

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.core import clock
from kiosk.core.actor import ROLE_PERMISSIONS, Actor
from kiosk.core.db import Database, Read, Tx
from kiosk.core.errors import KioskError, Refused, SignedOut
from kiosk.staff import rules, service
from kiosk.staff.errors import PinMustWait, PinRefused
from kiosk.staff.pins import Pins
from kiosk.staff.service import Door, SignedIn
from kiosk.ui import assets, installing
from kiosk.ui.door_answers import (
    DEVICE,
    SESSION,
    STRICT_CSP,
    clear_session,
    is_secure,
    page,
    plain_errors,
    set_cookies,
    theme,
)
from kiosk.ui.gesture import Acts, Args, Views

NOBODY = "There is no restaurant in this database yet. Start the kiosk with KIOSK_SAMPLE=true, and it founds a sample."
_pages = Environment(
    loader=PackageLoader("kiosk.staff", ""), autoescape=select_autoescape(["jinja"]), undefined=StrictUndefined
)


class House(Protocol):
    """What these pages need of the kiosk."""

    db: Database
    pins: Pins
    web: FastAPI
    acts: Acts
    views: Views


class SignIn(BaseModel):
    """What the sign-in page sends."""

    model_config = ConfigDict(extra="forbid", strict=True)
    person_id: int = Field(ge=0, lt=2**53)
    pin: str = Field(max_length=16)
    next: str = Field(default="", max_length=2000)


class Nothing(Args):
    """An act without words."""


class UnreadableSignIn(Refused):
    code = "unreadable"

    def __init__(self) -> None:
        super().__init__("The sign-in page sent something this kiosk does not understand. Load the page again.")


def register(kiosk: House) -> None:
    """Make the sign-in page, the views of people and the lock known, and let errors be answered plainly."""
    plain_errors(kiosk.web)
    kiosk.acts.add("lock", Nothing, _lock)
    kiosk.views.add("me", _me)
    kiosk.views.add("approvers", _approvers)

    @kiosk.web.get("/signin")
    async def show(request: Request) -> Response:
        async with kiosk.db.read() as read:
            door = await service.show_door(read, request.cookies.get(DEVICE))
        return _show(request, door)

    @kiosk.web.post("/signin")
    async def sign_in(request: Request) -> Response:
        try:
            return await _sign_in(kiosk, request)
        except KioskError as refusal:
            return _refused(refusal)

    @kiosk.web.post("/signout")
    async def sign_out(request: Request) -> Response:
        return await _sign_out(kiosk, request)


def _show(request: Request, door: Door | None) -> Response:
    shown = theme(request)
    text = page(NOBODY, shown) if door is None or not door.people else _sign_in_page(request, door, shown)
    return HTMLResponse(text, headers={"Content-Security-Policy": STRICT_CSP})


def _sign_in_page(request: Request, door: Door, shown: str) -> str:
    now, wanted = clock.local(clock.now(), door.timezone), request.query_params.get("next", "")
    return _pages.get_template("signin.html.jinja").render(
        theme=shown,
        venue=door.venue,
        timezone=door.timezone,
        people=door.people,
        last=door.last_person_id,
        clock=f"{now:%H:%M}",
        date=f"{now:%A} {now.day} {now:%B}",
        next=wanted if rules.is_own_path(wanted) else "",
        styles=assets.styles(*assets.KIT, "door.css"),
        icons=assets.ICONS,
        script=assets.url("signin.js"),
        mark=assets.url("mark.svg"),
        manifest=installing.MANIFEST,
    )


async def _sign_in(kiosk: House, request: Request) -> Response:
    try:
        asked = SignIn.model_validate_json(await request.body())
    except ValidationError as unreadable:
        raise UnreadableSignIn from unreadable
    token = request.cookies.get(DEVICE)
    last = await _last_person(kiosk, token)
    signed = await service.sign_in(kiosk.db, kiosk.pins, person_id=asked.person_id, pin=asked.pin, device_token=token)
    response = JSONResponse({"ok": True, "next": _next(asked.next, signed.actor, last)})
    _give(response, signed, secure=is_secure(request))
    return response


async def _last_person(kiosk: House, device_token: str | None) -> int | None:
    async with kiosk.db.read() as read:
        door = await service.show_door(read, device_token)
    return door.last_person_id if door else None


def _next(wanted: str, actor: Actor, last_person_id: int | None) -> str:
    """Back to where the same person was; somebody else starts where her own work is."""
    is_same = last_person_id in {None, actor.person_id}
    return wanted if is_same and rules.is_own_path(wanted) else rules.landing(actor.role)


def _give(response: Response, signed: SignedIn, *, secure: bool) -> None:
    session_s = int(rules.longest_session(signed.actor.role).total_seconds())
    set_cookies(response, session=signed.session_token, device=signed.device_token, session_s=session_s, secure=secure)


def _refused(refusal: KioskError) -> Response:
    """401 for a wrong PIN, 429 for one too early, 422 for what is no PIN; `said` is the sentence without the wait."""
    content: dict[str, Any] = {"ok": False, "code": refusal.code, "sentence": refusal.sentence}
    if not isinstance(refusal, PinRefused):
        return JSONResponse(content, 422)
    content |= {"said": refusal.said, "wait_s": refusal.wait_s}
    headers = {"Retry-After": str(refusal.wait_s)} if refusal.wait_s else None
    return JSONResponse(content, 429 if isinstance(refusal, PinMustWait) else 401, headers)


async def _sign_out(kiosk: House, request: Request) -> Response:
    async def end(tx: Tx) -> None:
        tokens = request.cookies.get(SESSION, ""), request.cookies.get(DEVICE, "")
        actor = await service.look(tx, *tokens)
        if actor:
            await service.sign_out(tx, by=actor)

    await kiosk.db.run(end)
    response = RedirectResponse("/signin", 303)
    clear_session(response, secure=is_secure(request))
    return response


async def _lock(tx: Tx, _: Nothing, by: Actor) -> dict[str, Any]:
    await service.sign_out(tx, by=by, reason="lock")
    return {}


async def _approvers(read: Read, by: Actor, _: Request) -> list[dict[str, Any]]:
    return [{"id": one.id, "name": one.name, "role": one.role} for one in await service.show_approvers(read, by)]


async def _me(read: Read, by: Actor, _: Request) -> dict[str, Any]:
    venue = await read.venue()
    if by.person_id is None:
        raise SignedOut
    return {
        "person_id": by.person_id,
        "name": by.name,
        "initials": rules.initials(by.name),
        "role": by.role,
        "permissions": sorted(ROLE_PERMISSIONS[by.role]),
        "device": await service.device_name(read, by),
        "idle_lock_s": int(rules.idle_limit(by.role, venue.idle_lock_s).total_seconds()),
        "server_now": clock.now().isoformat(),
        "venue": {
            "name": venue.name,
            "currency": venue.currency_code,
            "decimals": venue.currency.decimals,
            "locale": venue.locale.replace("_", "-"),
            "timezone": venue.timezone,
        },
    }
