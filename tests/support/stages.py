"""The server of the stages: their files, which the browser keeps from one test to the next, and what a test answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from playwright.async_api import BrowserContext

KINDS = {".css": "text/css", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
KEPT = "public, max-age=31536000, immutable"
NO_ANSWER = b"?\r\n\r\n"
"""What is no HTTP: the page is told that its request failed, and the browser does not ask again by itself."""


@dataclass(frozen=True)
class Asked:
    """What a page asks for."""

    path: str
    body: str


@dataclass(frozen=True)
class Answer:
    """What it is told."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    is_kept: bool = False

    @property
    def bytes(self) -> bytes:
        caching = KEPT if self.is_kept else "no-store"
        head = f"HTTP/1.1 {self.status} Told\r\nContent-Type: {self.kind}\r\nCache-Control: {caching}\r\n"
        return f"{head}Content-Length: {len(self.body)}\r\n\r\n".encode() + self.body


Play = Callable[[Asked], Answer | None]
"""Answers a request, or lets it fail."""


@cache
def file(path: Path) -> Answer:
    """A file of the kiosk's or of a stage's."""
    return Answer(path.read_bytes(), KINDS[path.suffix], is_kept=True)


class Stages:
    """One server for all stages of a test process; a cookie says which stage a tablet stands on."""

    def __init__(self) -> None:
        self._plays: dict[str, Play] = {}
        self._numbers = count(1)
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()

    async def enter(self, context: BrowserContext, play: Play) -> str:
        """Put a tablet on a stage of its own; returns the address."""
        if not self._server:
            self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        address = "http://{}:{}".format(*self._server.sockets[0].getsockname())
        number = str(next(self._numbers))
        self._plays[number] = play
        await context.add_cookies([{"name": "stage", "value": number, "url": address}])
        return address

    async def close(self) -> None:
        if self._server:
            self._server.close()
            for talk in self._talks:
                talk.cancel()
            await asyncio.gather(*self._talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while line := await reader.readline():
                answer = await self._answer(line.decode().split()[1], reader)
                writer.write(answer.bytes if answer else NO_ANSWER)
                await writer.drain()
                if not answer:
                    break
        writer.close()

    async def _answer(self, path: str, reader: asyncio.StreamReader) -> Answer | None:
        heads: dict[str, str] = {}
        while head := (await reader.readline()).decode().strip():
            name, _, value = head.partition(":")
            heads[name.lower()] = value.strip()
        body = await reader.readexactly(int(heads.get("content-length", 0)))
        cookies = dict(cookie.split("=", 1) for cookie in heads.get("cookie", "").split("; ") if cookie)
        return self._plays[cookies["stage"]](Asked(path, body.decode()))


STAGES = Stages()
