"""The gestures of the menu: importing and exporting it, 86, and the stock that fired lines take."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import bindparam, insert, select, update

from kiosk.core.actor import Actor, Permission, command_line
from kiosk.core.db import Read, Tx
from kiosk.core.journal import Act
from kiosk.core.models import Note, Venue
from kiosk.menu import hours, kinds, queries, rules
from kiosk.menu.changes import MenuChange, PriceChange
from kiosk.menu.errors import (
    ComboNotCounted,
    CurrencyDiffers,
    ItemUnknown,
    NoMenuYet,
    NotEnoughLeft,
    PortionsLeftOutOfRange,
    SoldOut,
)
from kiosk.menu.events import ItemStockChanged, MenuChanged
from kiosk.menu.models import Item
from kiosk.menu.plan import Plan
from kiosk.menu.queries import ComboOffer, Offer, Pick, Prefix, Prefixed, for_ringing, for_ringing_combo, show_menu
from kiosk.menu.rules import Stock
from kiosk.menu.writing_back import WrittenBack
from kiosk.staff import service as staff
from menus.document import MenuDocument

__all__ = [
    "ComboOffer",
    "Offer",
    "Pick",
    "Prefix",
    "Prefixed",
    "come_back",
    "eighty_six",
    "for_ringing",
    "for_ringing_combo",
    "give_back_stock",
    "load_menu",
    "plan_menu",
    "read_document",
    "show_menu",
    "take_stock",
]
T = TypeVar("T")
PRICES_AN_ENTRY = 50
"""Price changes in one entry of the journal, whose text is at most 64 kB on MySQL."""


async def plan_menu(read: Read, document: MenuDocument) -> MenuChange:
    """What importing a menu would change; changes nothing. Raises CurrencyDiffers."""
    return (await _plan(read, document)).change


async def load_menu(tx: Tx, document: MenuDocument, *, by: Actor) -> MenuChange:
    """Make the document the kiosk's menu, all or nothing. What it no longer has leaves the menu and is never deleted.

    Rows are found by code, else by name; importing the same document again changes nothing; 86 and countdown stay.
    Raises CurrencyDiffers when its prices are in another currency than the venue's.
    """
    await staff.must(tx, by, Permission.MANAGE_MENU)
    await _alone(tx)
    plan = await _plan(tx, document)
    renamed = await _keep_name(tx, document.name)
    if plan.change.is_empty and not renamed:
        return plan.change
    for kind in kinds.KINDS:
        await _write(tx, kind, plan)
    _record(tx, document, plan.change, by)
    tx.announce(MenuChanged())
    return plan.change


async def _alone(tx: Tx) -> None:
    """One import at a time. Not by the venue's row, on which every new check, ticket and receipt leans."""
    hold = select(Note.name).where(Note.name == queries.MENU_NAME).with_for_update()
    if (await tx.session.execute(hold)).first() is None:
        await tx.session.execute(select(Venue.id).with_for_update())
        await tx.session.execute(hold)


async def _plan(read: Read, document: MenuDocument) -> Plan:
    venue = await read.venue()
    if document.currency != venue.currency_code:
        raise CurrencyDiffers(document.currency, venue.currency_code, venue.name)
    return Plan(document, await queries.stored(read), venue_id=venue.id, currency=venue.currency)


async def _keep_name(tx: Tx, name: str) -> bool:
    kept = await queries.menu_name(tx)
    if kept is None:
        await tx.change(insert(Note).values(name=queries.MENU_NAME, value=name))
    elif kept != name:
        await tx.change(update(Note).where(Note.name == queries.MENU_NAME).values(value=name))
    return kept != name


async def _write(tx: Tx, kind: kinds.Kind, plan: Plan) -> None:
    if inserts := plan.inserts[kind.name]:
        await tx.change(insert(kind.table), inserts)
    if updates := plan.updates[kind.name]:
        columns: dict[str, Any] = {column: bindparam(column) for column in updates[0] if column != "row_id"}
        await tx.change(update(kind.table).where(kind.table.c.id == bindparam("row_id")).values(columns), updates)


def _record(tx: Tx, document: MenuDocument, change: MenuChange, by: Actor) -> None:
    details = {"menu": document.name, "counts": change.summary()}
    tx.record(Act("menu_imported", "venue", by.venue_id, by, details))
    for some in _batches(change.prices, PRICES_AN_ENTRY):
        prices = [[price.code, price.old, price.new] for price in some]
        tx.record(Act("prices_changed", "venue", by.venue_id, by, {"prices": prices}))


def _batches(whole: Sequence[PriceChange], size: int) -> Iterator[list[PriceChange]]:
    rest = iter(whole)
    while batch := list(islice(rest, size)):
        yield batch


async def read_document(read: Read) -> MenuDocument:
    """The menu as a document, equal to the one that was imported. Raises NoMenuYet."""
    name = await queries.menu_name(read)
    if name is None:
        raise NoMenuYet
    venue = await read.venue()
    return WrittenBack(await queries.stored(read)).document(name, venue.currency_code)


async def eighty_six(
    tx: Tx, item_id: int, *, is_out: bool, portions_left: int | None, until_tomorrow: bool = False, by: Actor
) -> None:
    """Say that an item is out or back, and how many portions are left (None: as many as wanted).

    Until tomorrow: both end by themselves with the venue's next business day; else when somebody says so.
    Raises ItemUnknown, PortionsLeftOutOfRange, and ComboNotCounted for the countdown of a set menu.
    """
    await staff.must(tx, by, Permission.EIGHTY_SIX)
    if portions_left is not None and not 0 <= portions_left <= rules.MOST_LEFT:
        raise PortionsLeftOutOfRange(rules.MOST_LEFT)
    row = (await tx.session.execute(queries.stock_row(item_id).with_for_update())).one_or_none()
    if row is None:
        raise ItemUnknown
    if row.combo is not None and portions_left is not None:
        raise ComboNotCounted(row.name)
    today = await hours.business_day(tx)
    was = Stock(row.is_out, row.portions_left, row.back_on_day).on(today)
    is_limited = is_out or portions_left is not None
    now = Stock(is_out, portions_left, today + timedelta(days=1) if until_tomorrow and is_limited else None)
    await tx.change(update(Item).where(Item.id == item_id).values(_columns(now)))
    tx.record(Act("eighty_six", "item", item_id, by, {"name": row.name, "was": _told(was), "now": _told(now)}))
    tx.announce(ItemStockChanged(item_id))


def _columns(stock: Stock) -> dict[str, Any]:
    return {"is_out": stock.is_out, "portions_left": stock.left, "back_on_day": stock.back_on_day}


def _told(stock: Stock) -> list[Any]:
    """A stock as the journal has it."""
    until = [] if stock.back_on_day is None else [stock.back_on_day.isoformat()]
    return [stock.is_out, stock.left, *until]


async def come_back(tx: Tx) -> list[int]:
    """Sweep the items whose 86 or countdown ended with a new business day, and tell every tablet. Returns their ids.

    Nothing depends on it: whoever asks for stock is told the stock of the day. Without one due it is one look.
    """
    due = queries.due_back(await hours.business_day(tx))
    if (await tx.session.execute(due.limit(1))).first() is None:
        return []
    back = (await tx.session.execute(due.with_for_update())).all()
    ids = [row.id for row in back]
    await tx.change(update(Item).where(Item.id.in_(ids)).values(_columns(Stock())))
    by = command_line((await tx.venue()).id)
    for row in back:
        tx.record(Act("came_back", "item", row.id, by, {"name": row.name}))
        tx.announce(ItemStockChanged(row.id))
    return ids


async def take_stock(tx: Tx, counts: dict[int, int], *, by: Actor) -> None:
    """Take portions of items (id -> how many) off the countdown, for lines that are fired; all of them or none.

    Part of an act (send, fire, refire) that has asked for its own right. Items that are not counted cost nothing.
    Raises SoldOut for an item that is 86ed, NotEnoughLeft for a countdown.
    """
    for item, stock in await _limited(tx, counts):
        if stock.is_out:
            raise SoldOut(item.name)
        await _take(tx, item.id, item.name, counts[item.id], by)


async def _limited(tx: Tx, item_ids: Collection[int]) -> list[tuple[Any, Stock]]:
    """The items among these that are 86ed or counted today, their rows locked."""
    rows = (await tx.look_up(queries.lock_limited(item_ids)))[0] if item_ids else []
    stocks = [(row, Stock(row.is_out, row.portions_left, row.back_on_day)) for row in rows]
    if not any(stock.back_on_day for _, stock in stocks):
        return stocks
    today = await hours.business_day(tx)
    return [(row, stock) for row, stock in stocks if stock.on(today).is_limited]


async def _take(tx: Tx, item_id: int, name: str, wanted: int, by: Actor) -> None:
    enough = (Item.id == item_id, Item.portions_left >= wanted)
    if not await tx.change(update(Item).where(*enough).values(portions_left=Item.portions_left - wanted)):
        row = (await tx.session.execute(queries.stock_row(item_id))).one()
        raise NotEnoughLeft(name, row.portions_left or 0)
    tx.record(Act("stock_taken", "item", item_id, by, {"name": name, "portions": wanted}))
    tx.announce(ItemStockChanged(item_id))


async def give_back_stock(tx: Tx, counts: dict[int, int], *, by: Actor) -> None:
    """Put portions of items (id -> how many) back on the countdown, for fired lines that were not cooked.

    Part of an act (void, take back) that has asked for its own right. Items that are not counted (any more) are left
    alone; an item that is 86ed stays so.
    """
    for item, stock in await _limited(tx, counts):
        if stock.left is not None:
            more = min(counts[item.id], rules.MOST_LEFT - stock.left)
            await tx.change(update(Item).where(Item.id == item.id).values(portions_left=Item.portions_left + more))
            tx.record(Act("stock_given_back", "item", item.id, by, {"name": item.name, "portions": counts[item.id]}))
            tx.announce(ItemStockChanged(item.id))
