"""The menu written as YAML, the way a person would: one line a portion, quotes only where they are needed."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from menus.building import SINGLE
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
)
from menus.money import shown_percent, shown_price

_WORDS_OF_YAML = {"y", "n", "yes", "no", "true", "false", "on", "off", "null"}
_PLAIN = re.compile(r"[^\W\d_]([\w '’()/.&-]*[\w)])?")
_HIDDEN = re.compile("[\u2028\u2029\ufeff\u0600-\u0605\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
_NOTHING: tuple[object, ...] = ("", None, [], {})
Told = Mapping[str, object]


def yaml_of(menu: MenuDocument) -> str:
    """The menu as the text of a YAML file; read back it gives an equal menu."""
    told: dict[str, object] = {
        "name": menu.name,
        "currency": menu.currency,
        "tax_classes": [_Line(_tax_class(entry)) for entry in menu.tax_classes],
        "dayparts": [_Line(_daypart(entry)) for entry in menu.dayparts],
        "modifier_groups": [_group(entry, menu.currency) for entry in menu.modifier_groups],
        "categories": [_category(entry, menu.currency) for entry in menu.categories],
    }
    return "\n".join(_block(told, "")) + "\n"


class _Line(dict[str, object]):
    """What stands on one line, in braces."""


def _tax_class(entry: TaxClass) -> Told:
    rates = {"eat_in": shown_percent(entry.eat_in_ppm), "take_away": shown_percent(entry.take_away_ppm)}
    return {"code": entry.code, "name": entry.name, **rates}


def _daypart(entry: Daypart) -> Told:
    return _told(entry, "code", "name", "start", "end", "weekdays") | {
        "more": [_Line(_told(window, "start", "end", "weekdays")) for window in entry.more]
    }


def _group(entry: ModifierGroup, currency: str) -> Told:
    return {
        **_told(entry, "code", "name", "names"),
        "min": entry.min,
        "max": entry.max,
        **({} if entry.prefixes is None else {"prefixes": entry.prefixes}),
        "modifiers": [_Line(_modifier(modifier, currency)) for modifier in entry.modifiers],
    }


def _modifier(entry: Modifier, currency: str) -> Told:
    told = _priced(entry, currency)
    return told if entry.price else {word: value for word, value in told.items() if word != "price"}


def _priced(entry: Modifier | Portion, currency: str) -> Told:
    return {
        **_told(entry, "code", "name", "names"),
        "price": shown_price(entry.price, currency),
        **(_cost(entry, currency) if isinstance(entry, Portion) else {}),
        "default": entry.default or None,
    }


def _cost(entry: Portion, currency: str) -> Told:
    return {} if entry.cost is None else {"cost": shown_price(entry.cost, currency)}


def _category(entry: Category, currency: str) -> Told:
    return {
        **_told(entry, "code", "name", "names", "description", "icon", "course", "stations", "dayparts"),
        "items": [_item(item, currency) for item in entry.items],
        "categories": [_category(inner, currency) for inner in entry.categories],
    }


_ITEM_WORDS = (
    "code", "name", "names", "description", "descriptions", "kitchen_name", "tax_class", "stations", "course",
    "allergens", "dayparts", "modifier_groups", "open_price", "favourite",
)  # fmt: skip


def _item(entry: Item, currency: str) -> Told:
    steps = [_step(step, currency) for step in entry.combo or []]
    return {**_told(entry, *_ITEM_WORDS), **_prices(entry, currency), "combo": steps}


def _prices(entry: Item, currency: str) -> Told:
    only = entry.portions[0]
    if len(entry.portions) == 1 and (only.code, only.name, only.names) == (SINGLE, "", {}):
        return {"price": shown_price(only.price, currency), **_cost(only, currency)}
    return {"portions": [_Line(_priced(portion, currency)) for portion in entry.portions]}


def _step(entry: Step, currency: str) -> Told:
    choices = [_Line(_choice(choice, currency)) for choice in entry.choices]
    return {**_told(entry, "code", "name", "min", "max", "course"), "choices": choices}


def _choice(entry: Choice, currency: str) -> Told:
    told = _told(entry, "item", "category", "portion")
    return {**told, "price": shown_price(entry.price, currency)} if entry.price else told


def _told(entry: Part, *words: str) -> dict[str, object]:
    """The words of a part that say anything."""
    said = {word: getattr(entry, word) for word in words}
    return {word: value for word, value in said.items() if value is not False and value not in _NOTHING}


def _block(told: Told, indent: str) -> Iterator[str]:
    for word, value in told.items():
        if value in _NOTHING:
            continue
        if isinstance(value, list) and isinstance(value[0], dict):
            yield f"{indent}{word}:"
            for entry in value:
                yield from _entry(entry, f"{indent}  ")
        else:
            yield f"{indent}{word}: {_inline(value)}"


def _entry(entry: Told, indent: str) -> Iterator[str]:
    if isinstance(entry, _Line):
        yield f"{indent}- {_inline(entry)}"
        return
    first, *rest = _block(entry, f"{indent}  ")
    yield f"{indent}- {first.strip()}"
    yield from rest


def _inline(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = (f"{_inline(word)}: {_inline(one)}" for word, one in value.items() if one not in _NOTHING)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_inline(one) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML and not _HIDDEN.search(text):
        return text
    return _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))
