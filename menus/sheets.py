"""The menu as the sheets of the owner's form: headings and rows, before any file."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from menus.document import Category, Choice, Item, MenuDocument, Modifier, ModifierGroup, Names, Portion, Step
from menus.fields import join_list, shown_weekdays
from menus.money import percent_as_decimal, price_as_decimal

Value = str | int | Decimal | None
SET_MENUS = "Set menus"
"""The sheet with the dishes of set menus."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, headings and rows; prices and rates are exact decimal numbers."""

    title: str
    headings: list[str]
    rows: list[list[Value]]


def sheets_of(menu: MenuDocument) -> list[Sheet]:
    """All sheets of the form; read back they give an equal menu."""
    beside = (_categories, _modifiers, _set_menus, _tax_classes, _dayparts, _about)
    return [menu_sheet(menu), *(sheet(menu) for sheet in beside)]


_MENU = [
    "category", "category code", "subcategory", "subcategory code", "item", "item code",
    "portion", "portion code", "price", "cost", "default",
    "tax class", "stations", "course", "allergens", "modifier groups", "dayparts",
    "description", "kitchen name", "open price", "favourite",
]  # fmt: skip


def menu_sheet(menu: MenuDocument) -> Sheet:
    """The sheet "Menu": one row a portion, an item's details in its first row."""
    items = [item for _, item in menu.all_items()]
    names = _languages([item.names for item in items])
    descriptions = _languages([item.descriptions for item in items])
    portions = _languages([portion.names for item in items for portion in item.portions])
    told: list[list[Value]] = []
    for parent, category in menu.all_categories():
        for item in category.items:
            place = [*_category_place(parent, category), item.name, item.code]
            details = [*_details(item), *_told(item.names, names), *_told(item.descriptions, descriptions)]
            for portion in item.portions:
                told.append([*place, *_portion(portion, menu.currency), *details, *_told(portion.names, portions)])
                details = [None] * len(details)
    headings = [f"name:{one}" for one in names] + [f"description:{one}" for one in descriptions]
    return Sheet("Menu", [*_MENU, *headings, *(f"portion:{one}" for one in portions)], told)


def _category_place(parent: Category | None, category: Category) -> list[Value]:
    if parent is None:
        return [category.name, category.code, None, None]
    return [parent.name, parent.code, category.name, category.code]


def _portion(portion: Portion, currency: str) -> list[Value]:
    cost = None if portion.cost is None else price_as_decimal(portion.cost, currency)
    return [portion.name, portion.code, price_as_decimal(portion.price, currency), cost, _yes(portion.default)]


def _details(item: Item) -> list[Value]:
    return [
        item.tax_class,
        join_list(item.stations),
        item.course,
        join_list(item.allergens),
        join_list(item.modifier_groups),
        join_list(item.dayparts),
        item.description,
        item.kitchen_name,
        _yes(item.open_price),
        _yes(item.favourite),
    ]


def _categories(menu: MenuDocument) -> Sheet:
    names = _languages([category.names for _, category in menu.all_categories()])
    headings = ["category", "category code", "subcategory", "subcategory code"]
    headings += ["description", "icon", "course", "stations", "dayparts", *(f"name:{one}" for one in names)]
    told: list[list[Value]] = [
        [
            *_category_place(parent, category),
            category.description,
            category.icon,
            category.course,
            join_list(category.stations),
            join_list(category.dayparts),
            *_told(category.names, names),
        ]
        for parent, category in menu.all_categories()
    ]
    return Sheet("Categories", headings, told)


def _modifiers(menu: MenuDocument) -> Sheet:
    groups = _languages([group.names for group in menu.modifier_groups])
    names = _languages([modifier.names for group in menu.modifier_groups for modifier in group.modifiers])
    headings = ["group", "group code", "min", "max", "prefixes", "modifier", "modifier code", "price", "default"]
    headings += [f"group:{one}" for one in groups] + [f"modifier:{one}" for one in names]
    told = [
        [*_modifier(group, modifier, menu.currency), *_told(group.names, groups), *_told(modifier.names, names)]
        for group in menu.modifier_groups
        for modifier in group.modifiers
    ]
    return Sheet("Modifiers", headings, told)


def _modifier(group: ModifierGroup, modifier: Modifier, currency: str) -> list[Value]:
    price = price_as_decimal(modifier.price, currency)
    prefixes = None if group.prefixes is None else "yes" if group.prefixes else "no"
    told: list[Value] = [group.name, group.code, group.min, group.max, prefixes]
    return [*told, modifier.name, modifier.code, price, _yes(modifier.default)]


def _set_menus(menu: MenuDocument) -> Sheet:
    headings = ["category", "category code", "subcategory", "subcategory code", "set menu", "set menu code"]
    headings += ["step", "step code", "min", "max", "course", "item", "item category", "portion", "price"]
    told = [
        [*_category_place(parent, category), item.name, item.code, *_choice(step, choice, menu.currency)]
        for parent, category in menu.all_categories()
        for item in category.items
        for step in item.combo or []
        for choice in step.choices
    ]
    return Sheet(SET_MENUS, headings, told)


def _choice(step: Step, choice: Choice, currency: str) -> list[Value]:
    price = price_as_decimal(choice.price, currency) if choice.price else None
    told: list[Value] = [step.name, step.code, step.min, step.max, step.course]
    return [*told, choice.item, choice.category, choice.portion, price]


def _tax_classes(menu: MenuDocument) -> Sheet:
    told: list[list[Value]] = [
        [entry.name, entry.code, percent_as_decimal(entry.eat_in_ppm), percent_as_decimal(entry.take_away_ppm)]
        for entry in menu.tax_classes
    ]
    return Sheet("Tax classes", ["tax class", "code", "eat in %", "take away %"], told)


def _dayparts(menu: MenuDocument) -> Sheet:
    told: list[list[Value]] = [
        [entry.name, entry.code, window.start, window.end, shown_weekdays(window.weekdays)]
        for entry in menu.dayparts
        for window in entry.windows
    ]
    return Sheet("Dayparts", ["daypart", "code", "from", "to", "weekdays"], told)


def _about(menu: MenuDocument) -> Sheet:
    return Sheet("About", ["about", ""], [["menu", menu.name], ["currency", menu.currency]])


def _yes(flag: bool) -> str | None:
    return "yes" if flag else None


def _languages(named: Sequence[Names]) -> list[str]:
    return list(dict.fromkeys(language for names in named for language in names))


def _told(names: Names, languages: Sequence[str]) -> list[Value]:
    return [names.get(language) for language in languages]
