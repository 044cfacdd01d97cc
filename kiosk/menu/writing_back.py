"""The menu document of the rows of a menu: what an import reads, an export gives back. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kiosk.menu import kinds
from kiosk.menu.kinds import Kind
from kiosk.menu.matching import Row
from menus import document as menus

_CATEGORY = ("code", "name", "names", "description", "icon", "course", "stations", "dayparts")
_ITEM = (
    *("code", "name", "names", "description", "descriptions", "kitchen_name", "stations", "course"),
    *("allergens", "dayparts", "modifier_groups", "open_price"),
)


class WrittenBack:
    """Rows that are on the menu, put together again; an item without a portion on the menu is left out."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self._rows = {kind: [row for row in found if row["active"]] for kind, found in rows.items()}
        self._inside = {kind: self._grouped(kind) for kind in kinds.KINDS}
        self._tax_codes = {row["id"]: row["code"] for row in rows[kinds.TAX_CLASS.name]}

    def document(self, name: str, currency: str) -> menus.MenuDocument:
        """The whole menu, checked."""
        return menus.MenuDocument(
            name=name,
            currency=currency,
            tax_classes=[self._tax_class(row) for row in self._rows[kinds.TAX_CLASS.name]],
            dayparts=[self._daypart(row) for row in self._rows[kinds.DAYPART.name]],
            modifier_groups=[self._group(row) for row in self._rows[kinds.GROUP.name]],
            categories=self._categories(None),
        )

    def _grouped(self, kind: Kind) -> defaultdict[int | None, list[Row]]:
        groups = defaultdict[int | None, list[Row]](list)
        for row in self._rows[kind.name]:
            groups[row[kind.lies_in]].append(row)
        return groups

    @staticmethod
    def _tax_class(row: Row) -> menus.TaxClass:
        return menus.TaxClass(**_picked(row, "code", "name", "eat_in_ppm", "take_away_ppm"))

    @staticmethod
    def _daypart(row: Row) -> menus.Daypart:
        first, *more = row["windows"]
        further = [menus.Window(**window) for window in more]
        return menus.Daypart(code=row["code"], name=row["name"], more=further, **first)

    def _group(self, row: Row) -> menus.ModifierGroup:
        modifiers = [menus.Modifier(**_priced(inner)) for inner in self._inside[kinds.MODIFIER][row["id"]]]
        return menus.ModifierGroup(
            **_picked(row, "code", "name", "names", "prefixes"),
            min=row["least"],
            max=row["most"],
            modifiers=modifiers,
        )

    def _categories(self, parent_id: int | None) -> list[menus.Category]:
        return [self._category(row) for row in self._inside[kinds.CATEGORY][parent_id]]

    def _category(self, row: Row) -> menus.Category:
        sold = [inner for inner in self._inside[kinds.ITEM][row["id"]] if self._inside[kinds.PORTION][inner["id"]]]
        items = [self._item(inner) for inner in sold]
        return menus.Category(**_picked(row, *_CATEGORY), items=items, categories=self._categories(row["id"]))

    def _item(self, row: Row) -> menus.Item:
        portions = [
            menus.Portion(**_priced(inner), cost=inner["cost"]) for inner in self._inside[kinds.PORTION][row["id"]]
        ]
        return menus.Item(
            **_picked(row, *_ITEM),
            tax_class=self._tax_codes.get(row["tax_class_id"]),
            portions=portions,
            favourite=row["is_favourite"],
            combo=None if row["combo"] is None else [_step(step) for step in row["combo"]],
        )


def _step(step: Row) -> menus.Step:
    choices = [menus.Choice(**choice) for choice in step["choices"]]
    return menus.Step(**_picked(step, "code", "name", "course"), min=step["least"], max=step["most"], choices=choices)


def _picked(row: Row, *columns: str) -> dict[str, Any]:
    return {column: row[column] for column in columns}


def _priced(row: Row) -> dict[str, Any]:
    return {**_picked(row, "code", "name", "names", "price"), "default": row["is_default"]}
