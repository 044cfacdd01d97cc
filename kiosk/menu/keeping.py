"""What a menu file leaves as it is, having no place for it: a list of prices changes no taxes, costs or set menus."""

from __future__ import annotations

from collections import Counter

from menus.document import Category, Choice, Item, MenuDocument

Placed = tuple[Category, Item]


def keep_taxes(new: MenuDocument, old: MenuDocument) -> MenuDocument:
    """The new menu with the tax classes of the old one: items it had keep theirs, others are in the first."""
    classes = {key: item.tax_class for category, item in old.all_items() for key in _keys(category, item)}
    categories = [_kept(category, classes) for category in new.categories]
    return new.model_copy(update={"tax_classes": old.tax_classes, "categories": categories})


def _keys(category: Category, item: Item) -> list[tuple[str, str]]:
    """What an item may be found by again, the surest first."""
    return [(category.code, item.code), ("", item.code), ("", item.name.casefold())]


def _kept(category: Category, classes: dict[tuple[str, str], str | None]) -> Category:
    items = [item.model_copy(update={"tax_class": _class_of(category, item, classes)}) for item in category.items]
    inner = [_kept(one, classes) for one in category.categories]
    return category.model_copy(update={"items": items, "categories": inner})


def _class_of(category: Category, item: Item, classes: dict[tuple[str, str], str | None]) -> str | None:
    return next((classes[key] for key in _keys(category, item) if key in classes), None)


def keep_costs(new: MenuDocument, old: MenuDocument) -> MenuDocument:
    """The new menu with what goods cost in the old one, by portion; of portions it did not have nobody knows.

    What is a set menu now has no cost of its own.
    """
    found = _by_key(old)
    return new.model_copy(update={"categories": [_costed(category, found) for category in new.categories]})


def _costed(category: Category, found: dict[tuple[str, str], Placed]) -> Category:
    items = [_costed_item(item, _first(found, category, item)) for item in category.items]
    inner = [_costed(one, found) for one in category.categories]
    return category.model_copy(update={"items": items, "categories": inner})


def _costed_item(item: Item, before: Placed | None) -> Item:
    if before is None or item.combo is not None:
        return item
    costs = {key: one.cost for one in before[1].portions for key in (("name", one.name), ("code", one.code))}
    told = (
        one.model_copy(update={"cost": costs.get(("code", one.code), costs.get(("name", one.name)))})
        for one in item.portions
    )
    return item.model_copy(update={"portions": list(told)})


def keep_set_menus(new: MenuDocument, old: MenuDocument) -> tuple[MenuDocument, list[str]]:
    """The new menu with the set menus of the old one, and what is to be said of those that cannot be kept.

    A set menu is kept when the new menu has all of its dishes; where not, its item stays as an ordinary one.
    """
    kept = _Kept(new, old)
    categories = [kept.category(one) for one in new.categories]
    return new.model_copy(update={"categories": categories}), kept.remarks


class _Kept:
    """Finds items of the old menu again in the new one, and puts its set menus together from what it finds."""

    def __init__(self, new: MenuDocument, old: MenuDocument) -> None:
        self.remarks: list[str] = []
        self._new = _by_key(new)
        self._old = _by_key(old)
        self._old_items = list(old.all_items())
        self._count = Counter(item.code for _, item in new.all_items())

    def category(self, category: Category) -> Category:
        items = [self._item(category, item) for item in category.items]
        inner = [self.category(one) for one in category.categories]
        return category.model_copy(update={"items": items, "categories": inner})

    def _item(self, category: Category, item: Item) -> Item:
        before = _first(self._old, category, item)
        if before is None or before[1].combo is None:
            return item
        told = [[self._choice(choice) for choice in step.choices] for step in before[1].combo]
        why = "" if not (item.open_price or item.modifier_groups) else "the file gives it choices of another kind"
        if missing := [one for choices in told for one in choices if isinstance(one, str)]:
            why = f"the file has no {', '.join(missing)}"
        if why:
            self.remarks.append(f"“{item.name}” is no set menu any more: {why}.")
            return item
        steps = zip(before[1].combo, told, strict=True)
        combo = [step.model_copy(update={"choices": one}) for step, one in steps]
        portions = [portion.model_copy(update={"cost": None}) for portion in item.portions]
        return item.model_copy(update={"combo": combo, "portions": portions})

    def _choice(self, choice: Choice) -> Choice | str:
        """A choice as the new menu calls it, or the name of what it does not have."""
        category, item = next(placed for placed in self._old_items if _is_meant(choice, *placed))
        again = _first(self._new, category, item)
        if again is None:
            return f"“{item.name}”"
        portion = _portion(choice.portion, item, again[1])
        if choice.portion is not None and portion is None:
            return f"“{item.name}” in this portion"
        is_named = choice.category is not None or self._count[again[1].code] > 1
        place = again[0].code if is_named else None
        return choice.model_copy(update={"item": again[1].code, "category": place, "portion": portion})


def _by_key(menu: MenuDocument) -> dict[tuple[str, str], Placed]:
    found: dict[tuple[str, str], Placed] = {}
    for category, item in menu.all_items():
        for key in _keys(category, item):
            found.setdefault(key, (category, item))
    return found


def _first(found: dict[tuple[str, str], Placed], category: Category, item: Item) -> Placed | None:
    return next((found[key] for key in _keys(category, item) if key in found), None)


def _is_meant(choice: Choice, category: Category, item: Item) -> bool:
    return item.code == choice.item and choice.category in (None, category.code)


def _portion(code: str | None, before: Item, again: Item) -> str | None:
    """The code a portion has in the new menu: the same, else that of the portion of its name."""
    names = {portion.code: portion.name for portion in before.portions}
    codes = [portion.code for portion in again.portions]
    if code is None or code in codes:
        return code
    return next((portion.code for portion in again.portions if portion.name == names[code]), None)
