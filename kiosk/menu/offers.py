"""What a portion, or a set menu with the dishes chosen in it, is offered at right now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from kiosk.core.db import Read
from kiosk.core.packets import Asked
from kiosk.menu import combos, hours, rules
from kiosk.menu.combos import Pick, Sold
from kiosk.menu.errors import ComboUnopened, ModifierForeign, NotACombo, NotServedNow, PortionGone, SoldOut
from kiosk.menu.models import Category, Daypart, Item, Modifier, ModifierGroup, Portion, TaxClass
from kiosk.menu.rules import Prefixed, Stock

_OUTER = aliased(Category)
_Row = Any


@dataclass(frozen=True)
class Offer:
    """A portion with its chosen modifiers as it is sold now; money in minor units, rates in parts per million.

    A modifier is {code, name, price}, and {prefix} where it is said with one. `cost` is of the goods of one portion;
    None where the menu does not say.
    """

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
    cost: int | None = None


@dataclass(frozen=True)
class ComboOffer:
    """A set menu as it is sold now: its price, and its parts in the order in which they were picked.

    A part's unit price is its share of the set menu's price with its own surcharge; its course is its step's, if that
    has one; tax and stations are its own.
    """

    item_id: int
    item_code: str
    name: str
    portion_id: int
    portion_name: str
    price: int
    parts: list[Offer]


async def for_ringing(
    read: Read, portion_id: int, modifier_ids: Sequence[int] = (), prefixed: Sequence[Prefixed] = ()
) -> Offer:
    """What ringing a portion with these modifiers means right now.

    Raises PortionGone, SoldOut, NotServedNow, ComboUnopened, ModifierForeign, ChoiceMissing, ChoiceTooMany,
    PrefixUnfit or PrefixTwice.
    """
    row = await _row(read, portion_id)
    await _must_be_served(read, row)
    if row.combo is not None:
        raise ComboUnopened(row.item)
    return _offer(row, await _chosen(read, row, modifier_ids, prefixed))


async def for_ringing_combo(read: Read, portion_id: int, picks: Sequence[Pick]) -> ComboOffer:
    """What ringing a set menu with these dishes means right now.

    A dish may be chosen at any hour at which the set menu is served. Raises what `for_ringing` does, and NotACombo.
    """
    row = await _row(read, portion_id)
    await _must_be_served(read, row)
    if row.combo is None:
        raise NotACombo(row.item)
    rows = await _rows(read, [pick.portion_id for pick in picks])
    picked = [(pick.step, _sold(part)) for pick, part in zip(picks, rows, strict=True)]
    found = combos.choose(row.item, combos.steps_of(row.combo), picked)
    prices = combos.shares(row.price, [part.price for part in rows], [on_top for _, on_top in found])
    parts = []
    for pick, part, (step, _), price in zip(picks, rows, found, prices, strict=True):
        offer = _offer(part, await _chosen(read, part, pick.modifier_ids, pick.prefixed))
        course = offer.course if step.course is None else step.course
        parts.append(replace(offer, unit_price=price, open_price=False, course=course))
    return ComboOffer(row.id, row.code, row.item, row.portion_id, row.portion_name, row.price, parts)


async def ids_of_modifiers(
    read: Read, portion_id: int, told: Sequence[dict[str, Any]]
) -> tuple[list[int], list[Prefixed]]:
    """The modifiers of a line that was rung before, as `for_ringing` takes them: chosen ones, and said ones.

    Raises PortionGone or SoldOut, and ModifierForeign for one that the item has no more.
    """
    if not told:
        return [], []
    row = await _row(read, portion_id)
    groups = await _groups(read, row.venue_id, row.modifier_groups)
    known = {(choice.code, choice.name): choice.id for group in groups for choice in group.choices}
    known |= {(choice.code, ""): choice.id for group in groups for choice in group.choices}
    ids = [known.get((one["code"], one["name"])) or known.get((one["code"], "")) for one in told]
    found = [(key, one.get("prefix")) for key, one in zip(ids, told, strict=True) if key is not None]
    if len(found) < len(told):
        raise ModifierForeign(row.item)
    chosen = [key for key, prefix in found if prefix is None]
    return chosen, [Prefixed(key, rules.Prefix(prefix)) for key, prefix in found if prefix is not None]


async def tax_rates(read: Read) -> dict[str, tuple[int, int]]:
    """The rates of each tax class by its code: for eating in, and for taking away; in parts per million."""
    found = select(TaxClass.code, TaxClass.eat_in_ppm, TaxClass.take_away_ppm).where(TaxClass.active)
    return {code: (eat_in, take_away) for code, eat_in, take_away in await read.session.execute(found)}


async def _row(read: Read, portion_id: int) -> _Row:
    """A portion that is on the menu and not sold out."""
    (rows,) = await read.look_up(offered(portion_id))
    if not rows:
        raise PortionGone
    await _must_be_there(read, rows[0])
    return rows[0]


async def _rows(read: Read, portion_ids: Sequence[int]) -> list[_Row]:
    """Several portions that are on the menu and not sold out, in one look."""
    found = (await read.session.execute(_offered_together(), {"portions": list(set(portion_ids))})).all()
    rows = {row.portion_id: row for row in found}
    for portion_id in portion_ids:
        if portion_id not in rows:
            raise PortionGone
    for row in found:
        await _must_be_there(read, row)
    return [rows[portion_id] for portion_id in portion_ids]


async def _must_be_there(read: Read, row: _Row) -> None:
    if (await _stock(read, row)).is_sold_out:
        raise SoldOut(row.item)


async def _stock(read: Read, row: _Row) -> Stock:
    stock = Stock(row.is_out, row.portions_left, row.back_on_day)
    return stock if stock.back_on_day is None else stock.on(await hours.business_day(read))


def offered(portion_id: int) -> Asked:
    """A portion with all that an offer needs, for those who look up more at the same time."""
    return _OFFERED, {"portion": portion_id}


@cache
def _offered_together() -> Select[*tuple[Any, ...]]:
    """The same of several portions (the parameter `portions`)."""
    return _on_menu().where(Portion.id.in_(bindparam("portions", expanding=True)))


def _on_menu() -> Select[*tuple[Any, ...]]:
    first = select(TaxClass.id).where(TaxClass.active, TaxClass.venue_id == Item.venue_id)
    first = first.order_by(TaxClass.position).limit(1).correlate(Item)
    return (
        select(
            *(Item.id, Item.venue_id, Item.code, Item.name.label("item"), Item.kitchen_name, Item.combo),
            *(Item.is_out, Item.portions_left, Item.back_on_day),
            *(Item.open_price, Item.allergens, Item.modifier_groups, Item.stations, Item.course, Item.dayparts),
            *(Portion.name.label("portion_name"), Portion.id.label("portion_id"), Portion.price, Portion.cost),
            *(Portion.code.label("portion_code"), Portion.is_default, Category.code.label("category_code")),
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
        .where(Portion.active, Item.active, Category.active)
    )


_OFFERED = _on_menu().where(Portion.id == bindparam("portion"))
"""Made once, because every tap rings."""


def _sold(row: _Row) -> Sold:
    return Sold(row.code, row.category_code, row.portion_code, row.is_default)


def _offer(row: _Row, chosen: list[rules.Choice]) -> Offer:
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
        modifiers=[_told(choice) for choice in chosen],
        tax_class=row.tax_class,
        eat_in_ppm=row.eat_in_ppm,
        take_away_ppm=row.take_away_ppm,
        stations=row.stations or row.category_stations or row.outer_stations or [],
        course=rules.course(row.course, row.category_course, row.outer_course),
        allergens=row.allergens,
        cost=row.cost,
    )


def _told(choice: rules.Choice) -> dict[str, Any]:
    told = {"code": choice.code, "name": choice.name, "price": choice.price}
    return told if choice.prefix is None else told | {"prefix": choice.prefix.value}


async def _must_be_served(read: Read, row: _Row) -> None:
    codes = row.dayparts or row.category_dayparts or row.outer_dayparts
    if not codes:
        return
    mine = (Daypart.venue_id == row.venue_id, Daypart.active, Daypart.code.in_(codes))
    dayparts = (
        await read.session.execute(select(Daypart.name, Daypart.windows).where(*mine).order_by(Daypart.position))
    ).all()
    local = await hours.wall_clock(read)
    if dayparts and not any(rules.is_served(daypart.windows, local) for daypart in dayparts):
        raise NotServedNow(row.item, ", ".join(daypart.name for daypart in dayparts))


async def _chosen(
    read: Read, row: _Row, modifier_ids: Sequence[int], prefixed: Sequence[Prefixed]
) -> list[rules.Choice]:
    if not row.modifier_groups:
        if modifier_ids or prefixed:
            raise ModifierForeign(row.item)
        return []
    groups = await _groups(read, row.venue_id, row.modifier_groups)
    return rules.choose(row.item, groups, modifier_ids) + rules.say(row.item, groups, prefixed)


async def _groups(read: Read, venue_id: int, codes: list[str]) -> list[rules.ChoiceGroup]:
    """The groups of an item in its order, with their choices in the order of the menu."""
    group = ModifierGroup
    statement = (
        select(group.code, group.name, group.least, group.most, group.prefixes)
        .add_columns(Modifier.id, Modifier.code.label("choice"), Modifier.name.label("choice_name"), Modifier.price)
        .join(Modifier, Modifier.group_id == group.id)
        .where(group.venue_id == venue_id, group.code.in_(codes), group.active, Modifier.active)
        .order_by(Modifier.position)
    )
    rows = (await read.session.execute(statement)).all()
    heads = {row.code: row for row in rows}
    choices = defaultdict[str, list[rules.Choice]](list)
    for row in rows:
        choices[row.code].append(rules.Choice(row.id, row.choice, row.choice_name, row.price))
    return [_group(heads[code], choices[code]) for code in codes if code in heads]


def _group(row: _Row, choices: list[rules.Choice]) -> rules.ChoiceGroup:
    prefixes = rules.takes_prefixes(row.prefixes, row.least)
    return rules.ChoiceGroup(row.name, row.least, row.most, choices, prefixes)
