"""Hands one letter to the mail server, and says how that went: taken, refused for good, not now, or nobody knows."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal

from aiosmtplib import SMTP, SMTPException, SMTPResponseException
from pydantic import SecretStr

from kiosk.core.settings import Settings
from kiosk.post import rules

READY, TAKEN, FOR_GOOD = 354, 250, 500
UNKNOWN = "The mail server had all of it and then fell silent."
_DOT = re.compile(rb"(?m)^\.")


class Came(Enum):
    """What came of handing a letter over."""

    TAKEN = auto()
    REFUSED = auto()
    NOT_NOW = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Answer:
    """What came of it, in words too. `is_about_letter`: this letter and no other is meant."""

    came: Came
    told: str = ""
    is_about_letter: bool = False


@dataclass(frozen=True)
class Way:
    """Where letters are handed over and how; `whole_s` bounds the talk before the letter, `text_s` the letter's own."""

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: SecretStr | None = None
    tls: Literal["starttls", "tls", "none"] = "starttls"
    each_s: float = 20
    whole_s: float = 60
    text_s: float = 120

    @classmethod
    def of(cls, settings: Settings) -> Way | None:
        """As the settings say; None where they name no mail server. Raises AddressUnfit."""
        if not settings.smtp_host:
            return None
        how = (settings.smtp_port, settings.smtp_user, settings.smtp_password, settings.smtp_tls)
        return cls(settings.smtp_host, rules.address(settings.mail_from), *how)

    def client(self) -> SMTP:
        """A client that never falls back to what all can read."""
        return SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password.get_secret_value() if self.password else None,
            local_hostname=self.sender.rpartition("@")[2],
            timeout=self.each_s,
            use_tls=self.tls == "tls",
            start_tls=self.tls == "starttls",
        )


async def carry(way: Way, message: bytes, to: str, handing_over: Callable[[], Awaitable[None]]) -> Answer:
    """Hand a letter over. `handing_over` is awaited right before its first byte goes: from there on it may arrive."""
    client = way.client()
    try:
        if (no := await _up_to_the_text(way, client, to)) is not None:
            return no
        await handing_over()
        return await _text(way, client, message)
    finally:
        client.close()


async def _up_to_the_text(way: Way, client: SMTP, to: str) -> Answer | None:
    """Everything before the letter itself; until it has begun nothing can arrive. None: go on."""
    try:
        async with asyncio.timeout(way.whole_s):
            await client.connect()
            await client.mail(way.sender)
    except (SMTPException, OSError, TimeoutError, ValueError) as trouble:
        return Answer(Came.NOT_NOW, _told(trouble))
    return await _addressed(way, client, to)


async def _addressed(way: Way, client: SMTP, to: str) -> Answer | None:
    try:
        async with asyncio.timeout(way.whole_s):
            await client.rcpt(to)
            started = await client.execute_command(b"DATA")
            if started.code != READY:
                raise SMTPResponseException(started.code, started.message)
    except SMTPResponseException as no:
        return _no(no)
    except (SMTPException, OSError, TimeoutError, ValueError) as trouble:
        return Answer(Came.NOT_NOW, _told(trouble))
    return None


async def _text(way: Way, client: SMTP, message: bytes) -> Answer:
    """The letter and its end, and what the server says to that; silence says nothing."""
    protocol = client.protocol
    try:
        assert protocol is not None
        protocol.write(_DOT.sub(b"..", message) + b".\r\n")
        said = await protocol.read_response(timeout=way.text_s)
    except (SMTPException, OSError, TimeoutError):
        return Answer(Came.UNKNOWN, UNKNOWN, is_about_letter=True)
    if said.code == TAKEN:
        with suppress(SMTPException, OSError):
            protocol.write(b"QUIT\r\n")
        return Answer(Came.TAKEN)
    return _no(SMTPResponseException(said.code, said.message))


def _no(no: SMTPResponseException) -> Answer:
    came = Came.REFUSED if no.code >= FOR_GOOD else Came.NOT_NOW
    return Answer(came, _told(no), is_about_letter=True)


def _told(trouble: BaseException) -> str:
    """What went wrong in words, on one line."""
    if isinstance(trouble, SMTPResponseException):
        return f"The mail server said {trouble.code} {' '.join(trouble.message.split())}"[:300]
    if isinstance(trouble, TimeoutError):
        return "The mail server did not answer in time."
    return f"The mail server was not reached ({' '.join(str(trouble).split()) or type(trouble).__name__})"[:300]
