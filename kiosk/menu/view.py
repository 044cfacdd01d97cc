"""The menu as tablets keep it, from its rows. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from kiosk.menu import combos, rules
from kiosk.menu.combos import Dish, Sold
from kiosk.menu.kinds import CATEGORY, DAYPART, GROUP, ITEM, MODIFIER, PORTION
from kiosk.menu.matching import Row
from kiosk.menu.rules import Stock

View = dict[str, Any]


def menu(stored: dict[str, list[Row]], day: date) -> View:
    """The view of the rows that are on the menu, in its order: categories, items, modifier groups, dayparts, courses.

    Stock is that of the business day.
    """
    rows = {kind: [row for row in found if row["active"]] for kind, found in stored.items()}
    categories = _categories(rows[CATEGORY.name])
    items = _items(rows, {category["id"]: category for category in categories}, day)
    _fill_combos(items, categories, stored[ITEM.name])
    return {
        "categories": [_without(category, "stations") for category in categories],
        "items": items,
        "modifier_groups": _groups(rows),
        "dayparts": [{key: row[key] for key in ("code", "name", "windows")} for row in rows[DAYPART.name]],
        "courses": _courses(item["course"] for item in items),
    }


def stock(stock: Stock) -> View:
    """What a tablet shows of an item's stock; none left is out."""
    back = stock.back_on_day
    return {
        "is_out": stock.is_sold_out,
        "left": stock.left,
        "back_on_day": None if back is None else back.isoformat(),
    }


def _categories(rows: list[Row]) -> list[View]:
    """Each outer category before its inner ones; an inner one falls back on the outer."""
    by_id = {row["id"]: row for row in rows}
    inside = _grouped(rows, "parent_id")
    in_order = [row for outer in inside[None] for row in (outer, *inside[outer["id"]])]
    return [_category(row, by_id.get(row["parent_id"], {})) for row in in_order]


def _category(row: Row, outer: Row) -> View:
    return {
        **{key: row[key] for key in ("id", "code", "name", "names", "icon", "parent_id")},
        "course": rules.course(row["course"], outer.get("course")),
        "stations": row["stations"] or outer.get("stations", []),
        "dayparts": row["dayparts"] or outer.get("dayparts", []),
    }


def _items(rows: dict[str, list[Row]], categories: dict[int, View], day: date) -> list[View]:
    inside = _grouped(rows[ITEM.name], "category_id")
    portions = _grouped(rows[PORTION.name], "item_id")
    in_order = [(row, category) for key, category in categories.items() for row in inside[key]]
    return [_item(row, category, portions[row["id"]], day) for row, category in in_order]


def _item(row: Row, category: View, portions: list[Row], day: date) -> View:
    return {
        **{key: row[key] for key in ("id", "category_id", "code", "name", "names", "kitchen_name")},
        "course": rules.course(row["course"], category["course"]),
        "stations": row["stations"] or category["stations"],
        "allergens": row["allergens"],
        "dayparts": row["dayparts"] or category["dayparts"],
        "modifier_groups": row["modifier_groups"],
        "open_price": row["open_price"],
        "is_favourite": row["is_favourite"],
        "combo": row["combo"],
        "portions": [_priced(portion) for portion in portions],
        **stock(Stock(row["is_out"], row["portions_left"], row["back_on_day"]).on(day)),
    }


def _fill_combos(items: list[View], categories: list[View], stored: list[Row]) -> None:
    """Give each set menu its dishes as they are on the menu now."""
    sets = [item for item in items if item["combo"] is not None]
    shelf = _Shelf(items if sets else [], categories, stored)
    for item in sets:
        item["combo"] = [_step(step, shelf) for step in combos.steps_of(item["combo"])]


def _step(step: combos.Step, shelf: _Shelf) -> View:
    told = {key: getattr(step, key) for key in ("code", "name", "least", "most", "course")}
    return told | {"choices": [shelf.choice(dish) for dish in step.dishes]}


class _Shelf:
    """The portions on the menu, by the codes set menus know them by."""

    def __init__(self, items: list[View], categories: list[View], stored: list[Row]) -> None:
        codes = {category["id"]: category["code"] for category in categories}
        self._names = {row["code"]: row["name"] for row in stored}
        self._sold = defaultdict[str, list[tuple[Sold, View, View]]](list)
        for item in items:
            for portion in item["portions"]:
                sold = Sold(item["code"], codes[item["category_id"]], portion["code"], portion["is_default"])
                self._sold[item["code"]].append((sold, item, portion))

    def choice(self, dish: Dish) -> View:
        """A dish as it can be chosen; one that has left the menu has no portion."""
        for sold, item, portion in self._sold[dish.item]:
            if dish.is_for(sold):
                told = {"portion_id": portion["id"], "item_id": item["id"], "name": item["name"]}
                return told | {"portion": portion["name"], "price": dish.price}
        gone = {"portion_id": None, "item_id": None, "name": self._names.get(dish.item, dish.item)}
        return gone | {"portion": "", "price": dish.price}


def _groups(rows: dict[str, list[Row]]) -> View:
    inside = _grouped(rows[MODIFIER.name], "group_id")
    return {
        row["code"]: {
            **{key: row[key] for key in ("code", "name", "least", "most")},
            "prefixes": rules.takes_prefixes(row["prefixes"], row["least"]),
            "modifiers": [_priced(modifier) for modifier in inside[row["id"]]],
        }
        for row in rows[GROUP.name]
    }


def _priced(row: Row) -> View:
    return {key: row[key] for key in ("id", "code", "name", "price", "is_default")}


def _courses(numbers: Iterable[int]) -> list[View]:
    return [{"no": no, "name": rules.course_name(no)} for no in sorted({rules.FIRST_COURSE, *numbers})]


def _grouped(rows: list[Row], column: str) -> defaultdict[int | None, list[Row]]:
    groups = defaultdict[int | None, list[Row]](list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _without(view: View, key: str) -> View:
    return {word: value for word, value in view.items() if word != key}
