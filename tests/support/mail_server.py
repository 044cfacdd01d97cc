"""A mail server on loopback: a real SMTP server that keeps what it takes, and misbehaves when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import email
import ssl
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from kiosk.post.carrier import Way

HOST = "127.0.0.1"


@dataclass
class Letter:
    """What came for one address."""

    to: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        made = email.message_from_bytes(self.raw, policy=default)
        assert isinstance(made, EmailMessage)
        return made


@dataclass
class MailServer:
    """`letters` it keeps; `faults` for the next tries, in order: see `_Talk` and `handle_DATA`.

    With `secret` it speaks TLS, from the first byte or, with `is_asked`, when it is asked to, and not before.
    """

    port: int = 0
    secret: ssl.SSLContext | None = None
    is_asked: bool = True
    letters: list[Letter] = field(default_factory=list)
    faults: deque[str] = field(default_factory=deque)
    seen: list[str] = field(default_factory=list)
    talks: int = 0
    meanwhile: Callable[[], Awaitable[None]] | None = None
    _server: asyncio.Server | None = None
    _talking: set[Any] = field(default_factory=set)

    def way(self, **words: Any) -> Way:
        """How to reach it, with little patience."""
        patience = {"each_s": 5.0, "whole_s": 5.0, "text_s": 5.0}
        return Way(HOST, "kiosk@small.example", **{"port": self.port, "tls": "none", **patience, **words})

    def next_times(self, *faults: str) -> None:
        self.faults.extend(faults)

    def fault(self, *kinds: str) -> str:
        """The next fault, when it is of this kind."""
        if self.faults and self.faults[0] in kinds:
            self.seen.append(self.faults[0])
            return self.faults.popleft()
        return ""

    async def handle_RCPT(self, _smtp: SMTP, _session: Session, envelope: Envelope, address: str, _more: Any) -> str:
        if self.fault("full"):
            return "452 4.2.2 The mailbox is full"
        if self.fault("nobody"):
            return f"550 5.1.1 <{address}> is nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, smtp: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.meanwhile:
            await self.meanwhile()
        if self.fault("spam"):
            return "554 5.7.1 We do not like it"
        if self.fault("later"):
            return "451 4.3.0 Not now"
        assert isinstance(envelope.content, bytes)
        self.letters.append(Letter(list(envelope.rcpt_tos), envelope.content))
        if self.fault("drop after the text"):
            smtp.transport.abort()
        if self.fault("fall silent after the text"):
            await asyncio.Event().wait()
        return "250 taken"

    async def open(self) -> None:
        """Listen, on the port it had before."""
        loop = asyncio.get_running_loop()
        at_once = None if self.is_asked else self.secret
        self._server = await loop.create_server(self._talk, HOST, self.port, reuse_address=True, ssl=at_once)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Be away: nobody is answered."""
        if self._server:
            self._server.close()
        for talk in list(self._talking):
            talk.end()
        await asyncio.sleep(0)

    def _talk(self) -> SMTP:
        self.talks += 1
        talk = _Talk(self)
        self._talking.add(talk)
        return talk


class _Talk(SMTP):
    """One client's talk with the server."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        secret = server.secret if server.is_asked else None
        super().__init__(
            server,
            hostname=HOST,
            authenticator=_authenticated,
            auth_require_tls=False,
            tls_context=secret,
            require_starttls=secret is not None,
            loop=asyncio.get_running_loop(),
        )

    def end(self) -> None:
        if self.transport is not None:
            self.transport.abort()
        if self._handler_coroutine is not None:
            self._handler_coroutine.cancel()

    def connection_lost(self, error: Exception | None) -> None:
        self.server._talking.discard(self)
        with contextlib.suppress(AttributeError):
            super().connection_lost(error)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if self.server.fault("stall"):
            await asyncio.Event().wait()
        await super().smtp_MAIL(arg)

    async def smtp_DATA(self, arg: str | None) -> None:
        if self.server.fault("drop before the text"):
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


def _authenticated(_server: Any, _session: Any, _envelope: Any, _mechanism: str, told: Any) -> AuthResult:
    return AuthResult(success=(told.login, told.password) == (b"kiosk", b"s3cret"), handled=False)


@asynccontextmanager
async def served(secret: ssl.SSLContext | None = None, *, is_asked: bool = True) -> AsyncIterator[MailServer]:
    server = MailServer(secret=secret, is_asked=is_asked)
    await server.open()
    yield server
    await server.close()
