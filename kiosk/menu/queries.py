"""Every look at the menu: the rows as they are, the view of a tablet, what a portion is offered at, the stock."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from kiosk.core import clock
from kiosk.core.db import Read, Tx
from kiosk.core.models import Note
from kiosk.menu import kinds, rules, view
from kiosk.menu.errors import ModifierForeign, NotServedNow, PortionGone, SoldOut
from kiosk.menu.kinds import Kind
from kiosk.menu.matching import Row
from kiosk.menu.models import Category, Daypart, Item, Modifier, ModifierGroup, Portion, TaxClass

MENU_NAME = "menu_name"
"""The note that keeps the name of the menu."""
_OUTER = aliased(Category)


@dataclass(frozen=True)
class Offer:
    """A portion with its chosen modifiers as it is sold now; money in minor units, rates in parts per million."""

    item_id: int
    item_code: str
    name: str
    kitchen_name: str
    category: str
    portion_id: int
    portion_name: str
    unit_price: int
    open_price: bool
    modifiers: list[dict[str, Any]]
    tax_class: str
    eat_in_ppm: int
    take_away_ppm: int
    stations: list[str]
    course: int
    allergens: list[str]


async def stored(read: Read) -> dict[str, list[Row]]:
    """All rows of the menu with all columns, active or not, in the order of the menu, by the name of their kind."""
    return {kind.name: await _rows(read, kind) for kind in kinds.KINDS}


async def _rows(read: Read, kind: Kind) -> list[Row]:
    statement: Select[*tuple[Any, ...]] = select(kind.table).order_by(kind.table.c.position, kind.table.c.id)
    return [dict(row) for row in (await read.session.execute(statement)).mappings()]


async def menu_name(read: Read) -> str | None:
    """The name of the imported menu; None before the first import."""
    return (await read.session.execute(select(Note.value).where(Note.name == MENU_NAME))).scalar_one_or_none()


async def for_ringing(read: Read, portion_id: int, modifier_ids: Sequence[int] = ()) -> Offer:
    """What ringing a portion with these modifiers means right now.

    Raises PortionGone, SoldOut, NotServedNow, ModifierForeign, ChoiceMissing or ChoiceTooMany.
    """
    row = (await read.session.execute(_offered(), {"portion": portion_id})).one_or_none()
    if row is None:
        raise PortionGone
    if row.is_out or row.portions_left == 0:
        raise SoldOut(row.item)
    await _must_be_served(read, row)
    return _offer(row, await _chosen(read, row, modifier_ids))


@cache
def _offered() -> Select[*tuple[Any, ...]]:
    """A portion (the parameter `portion`) with all that an offer needs; made once, because every tap rings."""
    first = select(TaxClass.id).where(TaxClass.active, TaxClass.venue_id == Item.venue_id)
    first = first.order_by(TaxClass.position).limit(1).correlate(Item)
    return (
        select(
            *(
                Item.id,
                Item.venue_id,
                Item.code,
                Item.name.label("item"),
                Item.kitchen_name,
                Item.is_out,
                Item.portions_left,
            ),
            *(Item.open_price, Item.allergens, Item.modifier_groups, Item.stations, Item.course, Item.dayparts),
            *(Portion.name.label("portion_name"), Portion.id.label("portion_id"), Portion.price),
            *(Category.name.label("category"), Category.stations.label("category_stations")),
            *(Category.course.label("category_course"), Category.dayparts.label("category_dayparts")),
            *(_OUTER.stations.label("outer_stations"), _OUTER.course.label("outer_course")),
            *(_OUTER.dayparts.label("outer_dayparts"), TaxClass.code.label("tax_class")),
            *(TaxClass.eat_in_ppm, TaxClass.take_away_ppm),
        )
        .join(Item, Item.id == Portion.item_id)
        .join(Category, Category.id == Item.category_id)
        .outerjoin(_OUTER, _OUTER.id == Category.parent_id)
        .join(TaxClass, TaxClass.id == func.coalesce(Item.tax_class_id, first.scalar_subquery()))
        .where(Portion.id == bindparam("portion"), Portion.active, Item.active, Category.active)
    )


def _offer(row: Found[*tuple[Any, ...]], chosen: list[rules.Choice]) -> Offer:
    return Offer(
        item_id=row.id,
        item_code=row.code,
        name=row.item,
        kitchen_name=row.kitchen_name or row.item,
        category=row.category,
        portion_id=row.portion_id,
        portion_name=row.portion_name,
        unit_price=row.price,
        open_price=row.open_price,
        modifiers=[{"code": choice.code, "name": choice.name, "price": choice.price} for choice in chosen],
        tax_class=row.tax_class,
        eat_in_ppm=row.eat_in_ppm,
        take_away_ppm=row.take_away_ppm,
        stations=row.stations or row.category_stations or row.outer_stations or [],
        course=rules.course(row.course, row.category_course, row.outer_course),
        allergens=row.allergens,
    )


async def _must_be_served(read: Read, row: Found[*tuple[Any, ...]]) -> None:
    codes = row.dayparts or row.category_dayparts or row.outer_dayparts
    if not codes:
        return
    mine = (Daypart.venue_id == row.venue_id, Daypart.active, Daypart.code.in_(codes))
    dayparts = (
        await read.session.execute(select(Daypart.name, Daypart.windows).where(*mine).order_by(Daypart.position))
    ).all()
    at = read.at if isinstance(read, Tx) else clock.now()
    local = clock.local(at, (await read.venue()).timezone)
    if dayparts and not any(rules.is_served(daypart.windows, local) for daypart in dayparts):
        raise NotServedNow(row.item, ", ".join(daypart.name for daypart in dayparts))


async def _chosen(read: Read, row: Found[*tuple[Any, ...]], modifier_ids: Sequence[int]) -> list[rules.Choice]:
    if not row.modifier_groups:
        if modifier_ids:
            raise ModifierForeign(row.item)
        return []
    groups = await _groups(read, row.venue_id, row.modifier_groups)
    return rules.choose(row.item, groups, modifier_ids)


async def _groups(read: Read, venue_id: int, codes: list[str]) -> list[rules.ChoiceGroup]:
    """The groups of an item in its order, with their choices in the order of the menu."""
    statement = (
        select(ModifierGroup.code, ModifierGroup.name, ModifierGroup.least, ModifierGroup.most)
        .add_columns(Modifier.id, Modifier.code.label("choice"), Modifier.name.label("choice_name"), Modifier.price)
        .join(Modifier, Modifier.group_id == ModifierGroup.id)
        .where(ModifierGroup.venue_id == venue_id, ModifierGroup.code.in_(codes), ModifierGroup.active, Modifier.active)
        .order_by(Modifier.position)
    )
    rows = (await read.session.execute(statement)).all()
    heads = {row.code: (row.name, row.least, row.most) for row in rows}
    choices = defaultdict[str, list[rules.Choice]](list)
    for row in rows:
        choices[row.code].append(rules.Choice(row.id, row.choice, row.choice_name, row.price))
    return [rules.ChoiceGroup(*heads[code], choices[code]) for code in codes if code in heads]


def stock_row(item_id: int) -> Select[str, bool, int | None]:
    """One item's name and stock."""
    return select(Item.name, Item.is_out, Item.portions_left).where(Item.id == item_id)


def limited(item_ids: Iterable[int]) -> Select[int, str, bool, int | None]:
    """The items among these that are 86ed or counted, in the order in which stock rows are locked."""
    is_limited = or_(Item.is_out, Item.portions_left.is_not(None))
    columns = select(Item.id, Item.name, Item.is_out, Item.portions_left)
    return columns.where(Item.id.in_(list(item_ids)), is_limited).order_by(Item.id)


async def menu_now(read: Read) -> dict[str, Any]:
    """The menu as tablets keep it: only what is on it, in its order, with what items fall back on filled in."""
    rows = {kind: [row for row in found if row["active"]] for kind, found in (await stored(read)).items()}
    return view.menu(rows)


async def show_menu(read: Read) -> dict[str, Any]:
    """The menu of `menu_now` with its mark."""
    menu = await menu_now(read)
    return {"etag": menu_etag(menu), **menu}


def menu_etag(menu: dict[str, Any]) -> str:
    """The mark of this very menu: another after any change a tablet can see."""
    return hashlib.sha256(json.dumps(menu, separators=(",", ":")).encode()).hexdigest()[:20]


async def show_stock(read: Read, item_ids: Iterable[int]) -> list[dict[str, Any]]:
    """What tablets show of the stock of these items: {id, is_out, left}; an item of which none is left is out."""
    found = select(Item.id, Item.is_out, Item.portions_left).where(Item.id.in_(list(item_ids))).order_by(Item.id)
    return [{"id": row["id"], **view.stock(row)} for row in map(dict, (await read.session.execute(found)).mappings())]
