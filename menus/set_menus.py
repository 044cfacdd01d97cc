"""The set menus of a file: read when all items of the menu are known, because their choices name them."""

from collections import defaultdict
from functools import cached_property
from typing import TypeVar

from menus import shapes
from menus.building import References, build, by_name, coded, held, is_broken_word
from menus.document import Category, Choice, Item, Part, Step
from menus.entries import Desk, Entry
from menus.fault import listed

Whole = TypeVar("Whole", bound=Part)


def with_combos(categories: list[Category], desk: Desk) -> list[Category]:
    """The categories with the set menus that their items tell."""
    shelf = _Shelf(categories)
    return [_category(one, shelf, desk) for one in categories]


def _category(category: Category, shelf: "_Shelf", desk: Desk) -> Category:
    items = [_item(one, shelf, desk) for one in category.items]
    inner = [_category(one, shelf, desk) for one in category.categories]
    if all(new is old for new, old in zip([*items, *inner], [*category.items, *category.categories], strict=True)):
        return category
    return _replaced(category, category.model_copy(update={"items": items, "categories": inner}), desk)


def _item(item: Item, shelf: "_Shelf", desk: Desk) -> Item:
    entry = desk.origins[id(item)]
    before = len(desk.problems)
    steps = [_step(one, shelf, desk) for one in coded(entry, "combo", desk)] if entry.says("combo") else []
    if not steps and (len(desk.problems) > before or not entry.says("combo") or is_broken_word(entry, "combo")):
        return item
    return _replaced(item, item.model_copy(update={"combo": steps}), desk)


def _replaced(old: Whole, new: Whole, desk: Desk) -> Whole:
    desk.origins[id(new)] = desk.origins[id(old)]
    desk.broken[id(new)] = desk.broken[id(old)]
    return new


def _step(entry: Entry, shelf: "_Shelf", desk: Desk) -> Step:
    before = len(desk.problems)
    told = held(entry, "choices", desk)
    are_unread = len(desk.problems) > before
    step = build(shapes.STEP, entry, desk, {"choices": [_choice(one, shelf, desk) for one in told]})
    assert isinstance(step, Step)
    if are_unread:
        desk.broken[id(step)].add("choices")
    return step


def _choice(entry: Entry, shelf: "_Shelf", desk: Desk) -> Choice:
    shelf.refuse_unclear(entry, desk)
    choice = build(shapes.CHOICE, entry, desk, {}, shelf.references(entry))
    assert isinstance(choice, Choice)
    return choice


class _Shelf:
    """All items of the menu, as choices may name them: by code or by name, in a category or in all of them."""

    def __init__(self, categories: list[Category]) -> None:
        self._categories = [one for outer in categories for one in (outer, *outer.categories)]

    @cached_property
    def _everything(self) -> list[Item]:
        return [item for category in self._categories for item in category.items]

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return by_name(self._everything)

    @cached_property
    def _codes_of_name(self) -> dict[str, set[str]]:
        codes = defaultdict[str, set[str]](set)
        for item in self._everything:
            codes[item.name.casefold()].add(item.code)
        return codes

    def references(self, entry: Entry) -> References:
        """What the category, item and portion of a choice may be called."""
        categories = by_name(self._categories)
        told = entry.text("category")
        code = categories.get(told) or categories.get(told.casefold())
        pool = [item for category in self._categories if category.code == code for item in category.items]
        items = by_name(pool) if told else self._by_name
        name = entry.text("item")
        found = items.get(name) or items.get(name.casefold())
        portions = [portion for item in pool or self._everything if item.code == found for portion in item.portions]
        return {"category": categories, "item": items, "portion": by_name(portions)}

    def refuse_unclear(self, entry: Entry, desk: Desk) -> None:
        """Note a problem where a choice names an item by a name that several have."""
        name = entry.text("item")
        codes = self._codes_of_name.get(name.casefold(), set())
        if len(codes) > 1 and name not in codes and not entry.says("category"):
            sentence = f"{len(codes)} items are called so, with the codes {listed(sorted(codes))}; name one of these."
            desk.at(entry.cells["item"], sentence)
