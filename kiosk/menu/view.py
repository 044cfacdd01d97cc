"""The menu as tablets keep it, from its rows. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kiosk.menu import rules
from kiosk.menu.kinds import CATEGORY, DAYPART, GROUP, ITEM, MODIFIER, PORTION
from kiosk.menu.matching import Row

View = dict[str, Any]


def menu(rows: dict[str, list[Row]]) -> View:
    """The view of rows that are on the menu, in its order: categories, items, modifier groups, dayparts, courses."""
    categories = _categories(rows[CATEGORY.name])
    items = _items(rows, {category["id"]: category for category in categories})
    return {
        "categories": [_without(category, "stations") for category in categories],
        "items": items,
        "modifier_groups": _groups(rows),
        "dayparts": [{key: row[key] for key in ("code", "name", "windows")} for row in rows[DAYPART.name]],
        "courses": _courses(item["course"] for item in items),
    }


def stock(item: Row) -> View:
    """What a tablet shows of an item's stock; none left is out."""
    return {"is_out": item["is_out"] or item["portions_left"] == 0, "left": item["portions_left"]}


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


def _items(rows: dict[str, list[Row]], categories: dict[int, View]) -> list[View]:
    inside = _grouped(rows[ITEM.name], "category_id")
    portions = _grouped(rows[PORTION.name], "item_id")
    in_order = [(row, category) for key, category in categories.items() for row in inside[key]]
    return [_item(row, category, portions[row["id"]]) for row, category in in_order]


def _item(row: Row, category: View, portions: list[Row]) -> View:
    return {
        **{key: row[key] for key in ("id", "category_id", "code", "name", "names", "kitchen_name")},
        "course": rules.course(row["course"], category["course"]),
        "stations": row["stations"] or category["stations"],
        "allergens": row["allergens"],
        "dayparts": row["dayparts"] or category["dayparts"],
        "modifier_groups": row["modifier_groups"],
        "open_price": row["open_price"],
        **stock(row),
        "portions": [_priced(portion) for portion in portions],
    }


def _groups(rows: dict[str, list[Row]]) -> View:
    inside = _grouped(rows[MODIFIER.name], "group_id")
    return {
        row["code"]: {
            **{key: row[key] for key in ("code", "name", "least", "most")},
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
