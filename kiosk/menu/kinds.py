"""The kinds of rows a menu document becomes and the columns it decides of each; never 86 and countdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from sqlalchemy import Table

from kiosk.menu import models
from kiosk.menu.matching import Row
from menus import document as menus


@dataclass(frozen=True)
class Kind:
    """What people call it, its table, and the column that says what it lies in."""

    name: str
    table: Table
    lies_in: str = "venue_id"


TAX_CLASS = Kind("tax class", cast(Table, models.TaxClass.__table__))
DAYPART = Kind("daypart", cast(Table, models.Daypart.__table__))
GROUP = Kind("modifier group", cast(Table, models.ModifierGroup.__table__))
MODIFIER = Kind("modifier", cast(Table, models.Modifier.__table__), "group_id")
CATEGORY = Kind("category", cast(Table, models.Category.__table__), "parent_id")
ITEM = Kind("item", cast(Table, models.Item.__table__), "category_id")
PORTION = Kind("portion", cast(Table, models.Portion.__table__), "item_id")
KINDS = (TAX_CLASS, DAYPART, GROUP, MODIFIER, CATEGORY, ITEM, PORTION)
"""In the order in which they are written: what is referred to comes first."""


class Named(Protocol):
    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...


def _placed(parts: Sequence[Named], columns: list[Row], **parent: int | None) -> list[Row]:
    return [
        {"code": part.code, "name": part.name, "position": place, "active": True} | row | parent
        for place, (part, row) in enumerate(zip(parts, columns, strict=True))
    ]


def tax_classes(document: menus.MenuDocument, venue_id: int) -> list[Row]:
    parts = document.tax_classes
    rates = [{"eat_in_ppm": part.eat_in_ppm, "take_away_ppm": part.take_away_ppm} for part in parts]
    return _placed(parts, rates, venue_id=venue_id)


def dayparts(document: menus.MenuDocument, venue_id: int) -> list[Row]:
    parts = document.dayparts
    windows = [{"windows": [_window(window) for window in part.windows]} for part in parts]
    return _placed(parts, windows, venue_id=venue_id)


def _window(window: menus.Window) -> dict[str, Any]:
    return {"start": window.start, "end": window.end, "weekdays": window.weekdays}


def groups(document: menus.MenuDocument, venue_id: int) -> list[Row]:
    parts = document.modifier_groups
    limits = [{"names": part.names, "least": part.min, "most": part.max, "prefixes": part.prefixes} for part in parts]
    return _placed(parts, limits, venue_id=venue_id)


def modifiers(group: menus.ModifierGroup, group_id: int) -> list[Row]:
    return _placed(group.modifiers, [_priced(part) for part in group.modifiers], group_id=group_id)


def portions(item: menus.Item, item_id: int) -> list[Row]:
    costed = [_priced(part) | {"cost": part.cost} for part in item.portions]
    return _placed(item.portions, costed, item_id=item_id)


def _priced(part: menus.Modifier | menus.Portion) -> Row:
    return {"names": part.names, "price": part.price, "is_default": part.default}


def categories(parts: Sequence[menus.Category], parent_id: int | None, venue_id: int) -> list[Row]:
    return _placed(parts, [_category(part) for part in parts], parent_id=parent_id, venue_id=venue_id)


def _category(part: menus.Category) -> Row:
    columns = ("names", "description", "icon", "course", "stations", "dayparts")
    return {column: getattr(part, column) for column in columns}


def items(category: menus.Category, category_id: int, venue_id: int, tax_class_ids: dict[str, int]) -> list[Row]:
    parts = category.items
    rows = _placed(parts, [_item(part) for part in parts], category_id=category_id, venue_id=venue_id)
    for part, row in zip(parts, rows, strict=True):
        row["tax_class_id"] = None if part.tax_class is None else tax_class_ids[part.tax_class]
    return rows


def _item(part: menus.Item) -> Row:
    columns = (
        *("names", "description", "descriptions", "kitchen_name", "stations", "course"),
        *("allergens", "dayparts", "modifier_groups", "open_price"),
    )
    told = {column: getattr(part, column) for column in columns}
    combo = None if part.combo is None else [_step(step) for step in part.combo]
    return told | {"is_favourite": part.favourite, "combo": combo}


def _step(part: menus.Step) -> Row:
    """A step as `kiosk.menu.combos` reads it."""
    told = {"code": part.code, "name": part.name, "least": part.min, "most": part.max, "course": part.course}
    return told | {"choices": [choice.model_dump() for choice in part.choices]}
