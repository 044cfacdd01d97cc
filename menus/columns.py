"""The columns a sheet of the owner's form or a CSV file may have, and what each of them tells."""

from dataclasses import dataclass, field
from difflib import get_close_matches

from menus import texts

Target = tuple[str, str, str]
"""What a column is about, its word there, and its language ("" for none)."""


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet, those there are once a language ("name:de"), and those it cannot do without."""

    known: dict[str, tuple[str, str]]
    by_language: dict[str, tuple[str, str]] = field(default_factory=dict)
    needed: tuple[str, ...] = ()

    def target(self, heading: str) -> Target | None:
        """What the column under a heading tells, or None for an unknown one."""
        told = " ".join(heading.replace("_", " ").replace("%", " ").split()).casefold()
        if told in self.known:
            return (*self.known[told], "")
        word, language = told.partition(":")[0].strip(), heading.partition(":")[2].strip()
        if word in self.by_language and texts.is_language(language):
            return (*self.by_language[word], language)
        return None

    def unknown(self, heading: str) -> str:
        """The sentence about an unknown column."""
        word, _, language = heading.casefold().partition(":")
        if word.strip() in self.by_language:
            return f'"{language.strip()}" is not a language; write its short form, as {word.strip()}:en.'
        known = [*self.known, *(f"{word}:en" for word in self.by_language)]
        close = get_close_matches(heading.casefold(), known, n=1, cutoff=0.75)
        return f'did you mean "{close[0]}"?' if close else f"the columns are {', '.join(known)}."


MENU = Columns(
    {
        "category": ("category", "name"),
        "category code": ("category", "code"),
        "subcategory": ("subcategory", "name"),
        "subcategory code": ("subcategory", "code"),
        "item": ("item", "name"),
        "item code": ("item", "code"),
        "portion": ("portion", "name"),
        "portion code": ("portion", "code"),
        "price": ("portion", "price"),
        "cost": ("portion", "cost"),
        "default": ("portion", "default"),
        "tax class": ("item", "tax_class"),
        "stations": ("item", "stations"),
        "course": ("item", "course"),
        "allergens": ("item", "allergens"),
        "modifier groups": ("item", "modifier_groups"),
        "dayparts": ("item", "dayparts"),
        "description": ("item", "description"),
        "kitchen name": ("item", "kitchen_name"),
        "open price": ("item", "open_price"),
        "favourite": ("item", "favourite"),
        "icon": ("icon", "icon"),
        "menu": ("menu", "name"),
        "currency": ("menu", "currency"),
    },
    {
        "name": ("item", "names"),
        "item": ("item", "names"),
        "portion": ("portion", "names"),
        "description": ("item", "descriptions"),
    },
    ("category", "item", "price"),
)
CATEGORIES = Columns(
    {
        "category": ("category", "name"),
        "category code": ("category", "code"),
        "subcategory": ("subcategory", "name"),
        "subcategory code": ("subcategory", "code"),
        "description": ("details", "description"),
        "icon": ("details", "icon"),
        "course": ("details", "course"),
        "stations": ("details", "stations"),
        "dayparts": ("details", "dayparts"),
    },
    {"name": ("details", "names")},
    ("category",),
)
MODIFIERS = Columns(
    {
        "group": ("group", "name"),
        "group code": ("group", "code"),
        "min": ("group", "min"),
        "max": ("group", "max"),
        "prefixes": ("group", "prefixes"),
        "modifier": ("modifier", "name"),
        "modifier code": ("modifier", "code"),
        "price": ("modifier", "price"),
        "default": ("modifier", "default"),
    },
    {"group": ("group", "names"), "modifier": ("modifier", "names")},
    ("group", "modifier"),
)
SET_MENUS = Columns(
    {
        "category": ("category", "name"),
        "category code": ("category", "code"),
        "subcategory": ("subcategory", "name"),
        "subcategory code": ("subcategory", "code"),
        "set menu": ("item", "name"),
        "set menu code": ("item", "code"),
        "step": ("step", "name"),
        "step code": ("step", "code"),
        "min": ("step", "min"),
        "max": ("step", "max"),
        "course": ("step", "course"),
        "item": ("choice", "item"),
        "item category": ("choice", "category"),
        "portion": ("choice", "portion"),
        "price": ("choice", "price"),
    },
    needed=("category", "set menu", "step", "item"),
)
TAX_CLASSES = Columns(
    {
        "tax class": ("tax class", "name"),
        "code": ("tax class", "code"),
        "eat in": ("tax class", "eat_in"),
        "take away": ("tax class", "take_away"),
    },
    needed=("tax class", "eat in"),
)
DAYPARTS = Columns(
    {
        "daypart": ("daypart", "name"),
        "code": ("daypart", "code"),
        "from": ("window", "start"),
        "to": ("window", "end"),
        "weekdays": ("window", "weekdays"),
    },
    needed=("daypart", "from", "to"),
)
