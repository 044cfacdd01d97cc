"""Every look at the menu: the rows as they are, the view of a tablet, the stock; and what `offers` has."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, or_, select

from kiosk.core.db import Read
from kiosk.core.models import Note
from kiosk.core.packets import Asked
from kiosk.menu import hours, kinds, view
from kiosk.menu.combos import Pick
from kiosk.menu.kinds import Kind
from kiosk.menu.matching import Row
from kiosk.menu.models import Category, Item, Portion
from kiosk.menu.offers import (
    ComboOffer,
    Offer,
    for_ringing,
    for_ringing_combo,
    ids_of_modifiers,
    offered,
    tax_rates,
)
from kiosk.menu.rules import Prefix, Prefixed, Stock

__all__ = [
    "STOCK",
    "ComboOffer",
    "Listed",
    "Offer",
    "Pick",
    "Prefix",
    "Prefixed",
    "due_back",
    "for_ringing",
    "for_ringing_combo",
    "ids_of_modifiers",
    "lock_limited",
    "menu_etag",
    "menu_name",
    "menu_now",
    "offered",
    "show_menu",
    "show_order",
    "show_sold_out",
    "show_stock",
    "sold_out_ids",
    "stock_now",
    "stock_row",
    "stored",
    "tax_rates",
]
MENU_NAME = "menu_name"
"""The note that keeps the name of the menu."""
ROWS_AT_ONCE = 100
"""Rows unpacked before others have their turn; a large menu must not hold up a tap."""


class Listed(NamedTuple):
    """An item in its place on the menu."""

    id: int
    category_id: int
    is_favourite: bool


async def stored(read: Read) -> dict[str, list[Row]]:
    """All rows of the menu with all columns, active or not, in the order of the menu, by the name of their kind."""
    return {kind.name: await _rows(read, kind) for kind in kinds.KINDS}


async def _rows(read: Read, kind: Kind) -> list[Row]:
    statement: Select[*tuple[Any, ...]] = select(kind.table).order_by(kind.table.c.position, kind.table.c.id)
    found = (await read.session.execute(statement)).mappings()
    rows: list[Row] = []
    for some in found.partitions(ROWS_AT_ONCE):
        rows += [dict(row) for row in some]
        await asyncio.sleep(0)
    return rows


async def menu_name(read: Read) -> str | None:
    """The name of the imported menu; None before the first import."""
    return (await read.session.execute(select(Note.value).where(Note.name == MENU_NAME))).scalar_one_or_none()


def stock_row(item_id: int) -> Select[str, bool, int | None, date | None, list[Any] | None]:
    """One item's name, stock, and its steps if it is a set menu."""
    return select(Item.name, Item.is_out, Item.portions_left, Item.back_on_day, Item.combo).where(Item.id == item_id)


_IS_LIMITED = or_(Item.is_out, Item.portions_left.is_not(None))
STOCK: Asked = (select(Item.id, Item.is_out, Item.portions_left, Item.back_on_day).where(_IS_LIMITED), {})
"""What is 86ed or counted, for those who look up more at the same time; `stock_now` says what of it holds today."""


_LIMITED = (
    select(Item.id, Item.name, Item.is_out, Item.portions_left, Item.back_on_day)
    .where(Item.id.in_(bindparam("items", expanding=True)), _IS_LIMITED)
    .order_by(Item.id)
    .with_for_update()
)


def lock_limited(item_ids: Iterable[int]) -> Asked:
    """The items among these that are 86ed or counted, locked in the order of stock rows.

    Also those that are back by now but not yet swept: `rules.Stock.on` tells.
    """
    return _LIMITED, {"items": list(item_ids)}


def due_back(day: date) -> Select[int, str]:
    """The items whose 86 or countdown has ended by a business day, in the order in which stock rows are locked."""
    return select(Item.id, Item.name).where(Item.back_on_day <= day).order_by(Item.id)


async def menu_now(read: Read) -> dict[str, Any]:
    """The menu as tablets keep it: only what is on it, in its order, with what items fall back on filled in."""
    return view.menu(await stored(read), await hours.business_day(read))


async def show_menu(read: Read) -> dict[str, Any]:
    """The menu of `menu_now` with its mark."""
    menu = await menu_now(read)
    return {"etag": menu_etag(menu), **menu}


def menu_etag(menu: dict[str, Any]) -> str:
    """The mark of this very menu: another after any change a tablet can see, its stock included."""
    return hashlib.sha256(json.dumps(menu, separators=(",", ":")).encode()).hexdigest()[:20]


async def show_stock(read: Read, item_ids: Iterable[int]) -> list[dict[str, Any]]:
    """What tablets show of the stock of these items: {id, is_out, left, back_on_day}; none left is out."""
    found = select(Item.id, Item.is_out, Item.portions_left, Item.back_on_day).where(Item.id.in_(list(item_ids)))
    day = await hours.business_day(read)
    rows = (await read.session.execute(found.order_by(Item.id))).all()
    return [{"id": row.id, **view.stock(_stock(row).on(day))} for row in rows]


async def stock_now(read: Read) -> dict[int, Stock]:
    """The stock of every item that is 86ed or counted now, by its id."""
    (rows,) = await read.look_up(STOCK)
    day = await hours.business_day(read) if rows else date.max
    now = {row.id: _stock(row).on(day) for row in rows}
    return {item_id: stock for item_id, stock in now.items() if stock.is_limited}


async def sold_out_ids(read: Read) -> set[int]:
    """The items that cannot be sold now: 86ed, or none left."""
    return {item_id for item_id, stock in (await stock_now(read)).items() if stock.is_sold_out}


async def show_sold_out(read: Read) -> list[dict[str, Any]]:
    """The items on the menu that are sold out or counted, by name: {id, name, left, is_out, back_on_day}."""
    now = await stock_now(read)
    found = select(Item.id, Item.name).where(Item.id.in_(list(now)), Item.active).order_by(Item.name, Item.id)
    rows = (await read.session.execute(found)).all() if now else []
    return [{"id": row.id, "name": row.name, **view.stock(now[row.id])} for row in rows]


async def show_order(read: Read) -> list[Listed]:
    """Every item on the menu in its order, with its category and whether the house has pinned it."""
    categories = select(Category.id, Category.parent_id).where(Category.active)
    shelves = (await read.session.execute(categories.order_by(Category.position, Category.id))).all()
    sold = exists().where(Portion.item_id == Item.id, Portion.active)
    items = select(Item.id, Item.category_id, Item.is_favourite).where(Item.active, sold)
    rows = (await read.session.execute(items.order_by(Item.position, Item.id))).all()
    inside: dict[int, list[Listed]] = {category.id: [] for category in shelves}
    for row in rows:
        inside.get(row.category_id, []).append(Listed(*row))
    return [item for category_id in _in_order(shelves) for item in inside[category_id]]


def _in_order(shelves: Sequence[Any]) -> Iterator[int]:
    """The ids of categories as the menu has them, each outer one before its inner ones."""
    for outer in shelves:
        if outer.parent_id is None:
            yield outer.id
            yield from (inner.id for inner in shelves if inner.parent_id == outer.id)


def _stock(row: Any) -> Stock:
    return Stock(row.is_out, row.portions_left, row.back_on_day)
