"""Which words a menu file knows for each part of the menu, and how each is read."""

from dataclasses import dataclass, field

from menus import fields
from menus.document import (
    Category,
    Choice,
    Daypart,
    Item,
    MenuDocument,
    Modifier,
    ModifierGroup,
    Part,
    Portion,
    Step,
    TaxClass,
    Window,
)
from menus.fields import Reader

TEXTS: dict[str, Reader] = {"code": fields.text, "name": fields.text, "names": fields.translated}
HOURS: dict[str, Reader] = {"start": fields.clock, "end": fields.clock, "weekdays": fields.weekdays}


@dataclass(frozen=True)
class Shape:
    """A part of the menu: its model, what people call it, its words, and the words that hold further parts."""

    model: type[Part]
    thing: str
    words: dict[str, Reader]
    holds: tuple[str, ...] = ()
    into: dict[str, str] = field(default_factory=dict)
    """Words that the model has under another name."""


TAX_CLASS = Shape(
    TaxClass,
    "tax class",
    {"code": fields.text, "name": fields.text, "eat_in": fields.percent, "take_away": fields.percent},
    into={"eat_in": "eat_in_ppm", "take_away": "take_away_ppm"},
)
WINDOW = Shape(Window, "window", HOURS)
DAYPART = Shape(Daypart, "daypart", {"code": fields.text, "name": fields.text, **HOURS}, ("more",))
MODIFIER = Shape(Modifier, "modifier", {**TEXTS, "price": fields.price, "default": fields.flag})
GROUP = Shape(
    ModifierGroup,
    "modifier group",
    {**TEXTS, "min": fields.whole, "max": fields.whole, "prefixes": fields.flag},
    ("modifiers",),
)
PORTION = Shape(Portion, "portion", {**TEXTS, "price": fields.price, "cost": fields.price, "default": fields.flag})
CHOICE = Shape(
    Choice,
    "choice",
    {"item": fields.text, "category": fields.text, "portion": fields.text, "price": fields.price},
)
STEP = Shape(
    Step,
    "step",
    {"code": fields.text, "name": fields.text, "min": fields.whole, "max": fields.whole, "course": fields.whole},
    ("choices",),
)
ITEM = Shape(
    Item,
    "item",
    {
        **TEXTS,
        "description": fields.text,
        "descriptions": fields.translated,
        "kitchen_name": fields.text,
        "tax_class": fields.text,
        "stations": fields.listed,
        "course": fields.whole,
        "allergens": fields.listed,
        "dayparts": fields.listed,
        "modifier_groups": fields.listed,
        "open_price": fields.flag,
        "favourite": fields.flag,
    },
    ("portions", "price", "cost", "combo"),
)
CATEGORY = Shape(
    Category,
    "category",
    {
        **TEXTS,
        "description": fields.text,
        "icon": fields.text,
        "course": fields.whole,
        "stations": fields.listed,
        "dayparts": fields.listed,
    },
    ("items", "categories"),
)
MENU = Shape(
    MenuDocument,
    "menu",
    {"name": fields.text, "currency": fields.text},
    ("tax_classes", "dayparts", "modifier_groups", "categories"),
)
