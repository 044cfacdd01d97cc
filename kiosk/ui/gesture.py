"""From a tap to a transaction and back to a sentence: the only door through which screens change anything."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.core.actor import Actor, Approver
from kiosk.core.commands import meaning_of, once
from kiosk.core.db import Database, Read, Tx
from kiosk.core.errors import Conflict, KioskError, NeedsManager, NotFound, Refused, SignedOut, StaleTap, Unavailable
from kiosk.core.journal import Act
from kiosk.core.packets import Asked
from kiosk.ui import words

log = logging.getLogger(__name__)
STALE_MS = 30_000
STATUS: tuple[tuple[type[KioskError], int], ...] = (
    (SignedOut, 401),
    (NeedsManager, 403),
    (NotFound, 404),
    (Conflict, 409),
    (Unavailable, 503),
    (KioskError, 422),
)


class Approval(BaseModel):
    """A manager's PIN for one act."""

    model_config = ConfigDict(extra="forbid", strict=True)
    person_id: int = Field(ge=0, le=words.LARGEST)
    pin: str = Field(max_length=16)


class Tap(BaseModel):
    """What a screen sends: the command's key, how long it waited on the tablet, its words, perhaps an approval."""

    model_config = ConfigDict(extra="forbid")
    key: UUID
    waited_ms: int = Field(default=0, ge=0)
    args: dict[str, Any] = Field(default_factory=dict)
    approval: Approval | None = None


class Args(BaseModel):
    """The words of an act; unknown ones are refused, numbers are whole."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class UnreadableTap(Refused):
    code = "unreadable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The screen sent something this kiosk does not understand ({reason}). Load the page again.")


class NothingThere(NotFound):
    def __init__(self) -> None:
        super().__init__("There is nothing under this number. Go back to the floor.")


class UnknownAct(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(f"This kiosk does not know “{words.plain(name)[:40]}”. Load the page again.")


Identify = Callable[[Tx, str, str], Awaitable[Actor]]
Handler = Callable[[Tx, Any, Actor], Awaitable[Any]]


class Approve(Protocol):
    async def __call__(self, person_id: int, pin: str, device_token: str) -> Approver: ...


@dataclass(frozen=True)
class Credentials:
    """The tokens of the cookies a request came with."""

    session: str
    device: str

    @classmethod
    def of(cls, request: Request) -> Credentials:
        return cls(request.cookies.get("kiosk_session", ""), request.cookies.get("kiosk_device", ""))

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.session.encode()).hexdigest()


class Acts:
    """Every act a screen can carry out, by name."""

    def __init__(
        self, db: Database, *, identify: Identify, approve: Approve, asks_who: Callable[[str], Asked] | None = None
    ) -> None:
        """`asks_who` is what `identify` looks up for a session's token, to be looked up with the tap's key."""
        self._db = db
        self._identify = identify
        self._approve = approve
        self._asks_who = asks_who
        self._known: dict[str, tuple[type[Args], Handler]] = {}

    def add(self, name: str, args: type[Args], handler: Handler) -> None:
        """Make an act known: its words, and the gesture `handler(tx, args, by)` that answers with a JSON value."""
        self._known[name] = (args, handler)

    async def carry_out(self, name: str, tap: Tap, credentials: Credentials) -> Any:
        """Carry out a tap once. The same key answers alike; a stale tap is refused; the session is asked again.

        Whatever a manager approved is in the journal with both names, also where the act alone would not be.
        """
        if name not in self._known:
            raise UnknownAct(name)
        shape, handler = self._known[name]
        args = _read(shape, tap.args)
        meaning = meaning_of(name, [tap.args, credentials.digest])
        if tap.waited_ms > STALE_MS:
            return await self._late(tap.key, meaning)
        approver = await self._approver(tap.approval, credentials)

        async def gesture(tx: Tx) -> Any:
            by = replace(await self._identify(tx, credentials.session, credentials.device), approver=approver)
            result = await handler(tx, args, by)
            if approver is not None and not tx.names(approver):
                tx.record(Act("approved", "person", approver.person_id, by, {"act": name}))
            return result

        ahead = [self._asks_who(credentials.session)] if self._asks_who else []
        return await once(self._db, tap.key, meaning, gesture, ahead=ahead, seconds=(STALE_MS - tap.waited_ms) / 1000)

    async def _late(self, key: UUID, meaning: bytes) -> Any:
        """What the tap answered when it came in time; taking its key waits for one that is still under way."""

        async def refuse(_tx: Tx) -> Any:
            raise StaleTap

        return await once(self._db, key, meaning, refuse)

    async def _approver(self, approval: Approval | None, credentials: Credentials) -> Approver | None:
        if approval is None:
            return None
        return await self._approve(approval.person_id, approval.pin, credentials.device)

    def register(self, web: FastAPI) -> None:
        """Answer `POST /api/act/<name>`."""

        @web.post("/api/act/{name}")
        async def act(name: str, request: Request) -> Response:
            return await answer(lambda: self._tapped(name, request))

    async def _tapped(self, name: str, request: Request) -> dict[str, Any]:
        try:
            tap = Tap.model_validate_json(await request.body())
        except ValidationError as unreadable:
            raise UnreadableTap(_first(unreadable)) from unreadable
        return {"ok": True, "result": await self.carry_out(name, tap, Credentials.of(request))}


def _read(shape: type[Args], given: dict[str, Any]) -> Args:
    try:
        return shape.model_validate(words.cleaned(given))
    except ValidationError as unreadable:
        raise UnreadableTap(_first(unreadable)) from unreadable
    except words.NumberTooLarge as too_large:
        raise UnreadableTap(str(too_large)) from too_large


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'message'}: {first['msg']}"


def _must_fit(numbers: dict[str, Any]) -> None:
    if any(isinstance(number, int) and number > words.LARGEST for number in numbers.values()):
        raise NothingThere


class Views:
    """What screens read: JSON, for those who are signed in and may."""

    def __init__(self, db: Database, web: FastAPI) -> None:
        self._db = db
        self._web = web

    def add(self, path: str, build: Callable[[Read, Actor, Request], Awaitable[Any]]) -> None:
        """Answer `GET /api/view/<path>` with what `build(read, by, request)` makes."""

        @self._web.get(f"/api/view/{path}")
        async def show(request: Request) -> Response:
            async def read() -> Any:
                _must_fit(request.path_params)
                async with self._db.read() as look:
                    return await build(look, request.state.actor, request)

            return await answer(read)


async def answer(work: Callable[[], Awaitable[Any]]) -> Response:
    """The work's result, or the refusal as a sentence with its code; a fault of ours as a code that the log knows.

    What is an answer already, as a file is, goes out as it is.
    """
    try:
        result = await work()
        return result if isinstance(result, Response) else JSONResponse(result)
    except KioskError as refusal:
        status = next(status for kind, status in STATUS if isinstance(refusal, kind))
        content = {"ok": False, "code": refusal.code, "sentence": refusal.sentence}
        if isinstance(refusal, NeedsManager):
            content["permission"] = refusal.permission
        return JSONResponse(content, status)
    except Exception:
        code = secrets.token_hex(2).upper()
        log.exception("fault %s", code)
        sentence = f"Something went wrong, nothing was changed. Code {code}."
        return JSONResponse({"ok": False, "code": "fault", "sentence": sentence}, 500)
