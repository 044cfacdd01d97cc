"""The menu as tablets fetch it: made once for all of them; a change of stock is put in without making it anew."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from kiosk.core.db import Database, Read
from kiosk.core.events import Fact
from kiosk.menu import hours, queries, view
from kiosk.menu.events import ItemStockChanged, MenuChanged
from kiosk.menu.matching import Row
from kiosk.menu.packing import Packed, PackedMenu

Besides = Mapping[str, Callable[[Read], Awaitable[Any]]]
"""What else tablets keep with the menu, from slices above it, by the name it has there."""


class MenuBoard:
    """Holds the packed menu. What is handed out is never older than the question for it."""

    def __init__(self, db: Database, besides: Besides) -> None:
        self._db = db
        self._besides = besides
        self._menu: PackedMenu | None = None
        self._kept: tuple[date, Packed] | None = None
        self._menus = 0
        self._stocks = 0
        self._one_at_a_time = asyncio.Lock()
        db.bus.listen(self._hear)

    def _hear(self, fact: Fact) -> None:
        if isinstance(fact, MenuChanged):
            self._menus += 1
            self._menu = None
        if isinstance(fact, MenuChanged | ItemStockChanged):
            self._stocks += 1
            self._kept = None

    async def menu(self) -> Packed:
        """The menu with its stock as they are now. One that changed while it was read is given away and not kept."""
        async with self._one_at_a_time:
            menus, stocks = self._menus, self._stocks
            async with self._db.read() as read:
                day = await hours.business_day(read)
                if self._kept and self._kept[0] == day:
                    return self._kept[1]
                stock = await queries.stock_now(read)
                menu = self._menu or await self._read(read, day)
            packed = await asyncio.to_thread(menu.with_stock, stock)
            if menus == self._menus:
                self._menu = menu
                self._kept = (day, packed) if stocks == self._stocks else None
            return packed

    async def _read(self, read: Read, day: date) -> PackedMenu:
        rows = await queries.stored(read)
        besides = {name: await look(read) for name, look in self._besides.items()}
        return await asyncio.to_thread(_packed, rows, day, besides)


def _packed(rows: dict[str, list[Row]], day: date, besides: dict[str, Any]) -> PackedMenu:
    return PackedMenu(view.menu(rows, day) | besides)
