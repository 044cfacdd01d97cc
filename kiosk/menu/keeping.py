"""What a menu file that says nothing of taxes leaves as it is: a list of prices must not make a restaurant tax-free."""

from __future__ import annotations

from menus.document import Category, Item, MenuDocument


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
