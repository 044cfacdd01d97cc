"""The menu as tablets fetch it: made once for all of them, kept until the menu or its stock changes."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.core.db import Database, Read
from kiosk.core.events import Fact
from kiosk.menu import queries
from kiosk.menu.events import ItemStockChanged, MenuChanged

Besides = Mapping[str, Callable[[Read], Awaitable[Any]]]
"""What else tablets keep with the menu, from slices above it, by the name it has there."""


@dataclass(frozen=True)
class Packed:
    """The menu's mark and its JSON in UTF-8, packed with gzip."""

    etag: str
    body: bytes


class MenuBoard:
    """Holds the packed menu. What is handed out is never older than the question for it."""

    def __init__(self, db: Database, besides: Besides) -> None:
        self._db = db
        self._besides = besides
        self._kept: Packed | None = None
        self._changes = 0
        self._one_at_a_time = asyncio.Lock()
        db.bus.listen(self._hear)

    def _hear(self, fact: Fact) -> None:
        if isinstance(fact, MenuChanged | ItemStockChanged):
            self._changes += 1
            self._kept = None

    async def menu(self) -> Packed:
        """The menu as it is now. One that changed while it was read is given away and not kept."""
        async with self._one_at_a_time:
            if self._kept:
                return self._kept
            seen = self._changes
            packed = await asyncio.to_thread(_pack, await self._read())
            if seen == self._changes:
                self._kept = packed
            return packed

    async def _read(self) -> dict[str, Any]:
        async with self._db.read() as read:
            menu = await queries.menu_now(read)
            return menu | {name: await look(read) for name, look in self._besides.items()}


def _pack(menu: dict[str, Any]) -> Packed:
    etag = queries.menu_etag(menu)
    body = json.dumps({"etag": etag, **menu}, ensure_ascii=False, separators=(",", ":"))
    return Packed(etag, gzip.compress(body.encode(), 6))
