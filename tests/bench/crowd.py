"""Sixty tablets without screens, in processes of their own: they watch floor and check over real sockets, some ring."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import socketio

from tests.support.live import ROOT

CLIENT_ID = re.compile(r"'client_id': '([0-9a-f-]{36})'")
LONGEST_S = 240
"""A crowd that nobody ends goes home by itself."""


@dataclass
class Watcher:
    """One tablet: a page, a socket, what it watches; `heard` says when the marked table came in, by its covers."""

    url: str
    words: dict[str, Any]
    table_id: int
    check_id: int
    portion_id: int
    rings_every: float
    heard: dict[int, float] = field(default_factory=dict)
    rung: list[float] = field(default_factory=list)

    async def come(self) -> None:
        quiet = logging.getLogger("quiet")
        quiet.setLevel(logging.CRITICAL)
        self.socket = socketio.AsyncClient(reconnection=False, logger=quiet, engineio_logger=quiet)
        self.http = httpx.AsyncClient(base_url=self.url, timeout=30, headers={"Origin": self.url})
        (await self.http.post("/signin", json=self.words)).raise_for_status()
        found = CLIENT_ID.search((await self.http.get("/", headers={"Connection": "close"})).text)
        assert found
        hello = {"client_id": found[1], "tab_id": str(uuid4()), "document_id": str(uuid4()), "next_message_id": 0}
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)
        self.socket.on("kiosk", self._hear)
        await self.socket.connect(
            f"{self.url}?{urlencode({**hello, 'implicit_handshake': 'true'})}",
            headers={"Cookie": cookies, "Origin": self.url},
            transports=["websocket"],
            socketio_path="/_nicegui_ws/socket.io",
        )
        topics = ["floor", "menu", f"check:{self.check_id}"]
        assert (await self.socket.call("kiosk_watch", {"topics": topics}))["ok"]

    def _hear(self, message: dict[str, Any]) -> None:
        if message["topic"] == "floor":
            for table in message["data"].get("tables", ()):
                if table["id"] == self.table_id and "covers" in table:
                    self.heard.setdefault(table["covers"], time.time())

    async def work(self) -> None:
        """The heartbeat of a tablet, and a ring now and then."""
        pause, since = 1.0, 0.0
        while self.socket.connected:
            await self.socket.emit("kiosk_ping", {})
            await asyncio.sleep(pause)
            since += pause
            if self.rings_every and since >= self.rings_every:
                since = 0
                await self._ring()

    async def _ring(self) -> None:
        began = time.perf_counter()
        args = {"check_id": self.check_id, "portion_id": self.portion_id}
        answer = await self.http.post("/api/act/ring", json={"key": str(uuid4()), "args": args})
        answer.raise_for_status()
        self.rung.append((time.perf_counter() - began) * 1000)

    async def leave(self) -> None:
        await self.socket.disconnect()
        with suppress(AttributeError):
            await self.socket.eio.http.close()
        await self.http.aclose()


async def group() -> None:
    """One process: reads its tablets from the first line, says that they are there, ends with the next line."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    watchers = [Watcher(**one) for one in json.loads(await reader.readline())]
    for watcher in watchers:
        await watcher.come()
    print("ready", flush=True)
    works = [asyncio.create_task(watcher.work()) for watcher in watchers]
    with suppress(TimeoutError):
        await asyncio.wait_for(reader.readline(), LONGEST_S)
    for work in works:
        work.cancel()
    print(json.dumps([[watcher.heard, watcher.rung] for watcher in watchers]), flush=True)
    for watcher in watchers:
        await watcher.leave()


@dataclass
class Crowd:
    """The groups, from outside: `async with Crowd(tablets, processes=3)` until all are connected."""

    tablets: list[dict[str, Any]]
    processes: int = 3
    heard: dict[int, list[float]] = field(default_factory=dict)
    rung: list[float] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._groups = [await self._start(self.tablets[no :: self.processes]) for no in range(self.processes)]
        for one in self._groups:
            assert one.stdout
            assert (await asyncio.wait_for(one.stdout.readline(), 120)).strip() == b"ready"
        return self

    async def _start(self, tablets: list[dict[str, Any]]) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        one = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.crowd", cwd=ROOT, stdin=pipe, stdout=pipe, limit=10_000_000
        )
        assert one.stdin
        one.stdin.write(json.dumps(tablets).encode() + b"\n")
        return one

    async def __aexit__(self, *_: object) -> None:
        for one in self._groups:
            with suppress(TimeoutError, ProcessLookupError, ConnectionError):
                await self._end(one)
            if one.returncode is None:
                one.kill()
                await one.wait()

    async def _end(self, one: asyncio.subprocess.Process) -> None:
        assert one.stdin
        assert one.stdout
        one.stdin.write(b"end\n")
        told = json.loads(await asyncio.wait_for(one.stdout.readline(), 20) or b"[]")
        for heard, rung in told:
            self.rung += rung
            for covers, at in heard.items():
                self.heard.setdefault(int(covers), []).append(at)
        await asyncio.wait_for(one.wait(), 20)


if __name__ == "__main__":
    asyncio.run(group())
