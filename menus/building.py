"""One part of a menu out of its entry: every problem is noted, and where there is one a stand-in goes on."""

from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from menus import texts
from menus.document import Part
from menus.entries import BROKEN, Cell, Desk, Entry
from menus.shapes import Shape

SINGLE = "single"
"""The code of a portion without a name."""

_STAND_INS: dict[str, Any] = {
    "name": "?", "currency": "EUR", "price": 0, "eat_in_ppm": 0, "take_away_ppm": 0, "start": "00:00", "end": "23:59",
    "tax_classes": [], "categories": [], "modifiers": [], "portions": [], "choices": [],
}  # fmt: skip
References = dict[str, dict[str, str]]
"""What may stand under a word, by word: codes, by code and by name in lower case."""


def by_name(parts: list[Any]) -> dict[str, str]:
    """The code of each part by its code, and by its name in lower case; the first of one name."""
    named = {part.name.casefold(): part.code for part in reversed(parts)}
    return named | {part.code: part.code for part in parts}


def coded(entry: Entry, word: str, desk: Desk) -> list[Entry]:
    """The entries under a word, those without a code given one from their name."""
    entries = held(entry, word, desk)
    taken = {one.text("code") for one in entries}
    for one in entries:
        if not one.text("code") and not _is_broken(one.cells.get("code")):
            name = one.text("name")
            code = texts.free_code(texts.slug(name) if name else SINGLE, taken)
            taken.add(code)
            one.put("code", code)
    return entries


def is_broken_word(entry: Entry, word: str) -> bool:
    """Whether what stands under a word could not be read."""
    return word in entry.cells and entry.cells[word].value is BROKEN


def _is_broken(cell: Cell | None) -> bool:
    return cell is not None and cell.value is not None and not isinstance(cell.value, str)


def held(entry: Entry, word: str, desk: Desk) -> list[Entry]:
    """The entries under a word."""
    cell = entry.cells.get(word)
    if cell is None or cell.blank or cell.value is BROKEN:
        return []
    found: list[Entry] = []
    for one in cell.value if isinstance(cell.value, list) else [cell]:
        if isinstance(one.value, Entry) and one is not cell:
            found.append(one.value)
        elif one.value is not BROKEN:
            things = "steps" if word == "combo" else word.replace("_", " ")
            desk.at(one, f"A list of {things} belongs here, each with its own words; write it so.")
    return found


def build(shape: Shape, entry: Entry, desk: Desk, ready: dict[str, Any], references: References | None = None) -> Part:
    """The part an entry tells. Where it tells none, its problems are noted and a stand-in goes on to the checks."""
    broken: set[str] = set()
    values = _read(shape, entry, desk, broken, references or {}) | ready
    try:
        part = shape.model(**values)
    except ValidationError as refusal:
        for error in refusal.errors():
            if error["loc"] and error["loc"][0] not in broken:
                _note(shape, entry, desk, error)
        broken |= {str(error["loc"][0]) for error in refusal.errors() if error["loc"]}
        part = _stand_in(shape, {word: value for word, value in values.items() if word not in broken}, entry)
    desk.broken[id(part)] = broken
    desk.origins[id(part)] = entry
    return part


def _read(shape: Shape, entry: Entry, desk: Desk, broken: set[str], references: References) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for word, cell in entry.cells.items():
        reader = shape.words.get(word)
        into = shape.into.get(word, word)
        if reader is None:
            if word not in shape.holds:
                desk.at(cell, _unknown_word(shape, word))
        elif cell.value is BROKEN:
            broken.add(into)
        elif not cell.blank:
            try:
                values[into] = _referred(references.get(word), reader(cell, desk))
            except ValueError as refusal:
                broken.add(into)
                desk.at(cell, str(refusal))
    return values


def _referred(by_name: dict[str, str] | None, value: object) -> object:
    if by_name is None:
        return value
    if isinstance(value, list):
        return [_referred(by_name, one) for one in value]
    told = str(value).strip()
    return by_name.get(told) or by_name.get(told.casefold(), told)


def _unknown_word(shape: Shape, word: str) -> str:
    known = [*shape.words, *shape.holds]
    close = get_close_matches(word.casefold(), known, n=1, cutoff=0.75)
    way_out = f'did you mean "{close[0]}"?' if close else f"its words are {', '.join(known)}."
    return f'The {shape.thing} has no word "{word}": {way_out}'


def _note(shape: Shape, entry: Entry, desk: Desk, error: ErrorDetails) -> None:
    field = str(error["loc"][0])
    word = next((told for told, into in shape.into.items() if into == field), field)
    cell = _cell_at(entry.cells.get(word), error["loc"][1:]) or Cell(None, entry.place, word.replace("_", " "))
    desk.at(cell, _sentence(shape, word.replace("_", " "), error))


def _cell_at(cell: Cell | None, rest: tuple[int | str, ...]) -> Cell | None:
    if cell is None or not rest:
        return cell
    if isinstance(cell.value, list) and isinstance(rest[0], int):
        return cell.value[rest[0]]
    if isinstance(cell.value, Entry):
        return cell.value.cells.get(str(rest[0]), cell)
    return cell


def _sentence(shape: Shape, word: str, error: ErrorDetails) -> str:
    kind, limits = error["type"], error.get("ctx", {})
    if kind == "missing":
        return f"The {shape.thing} has no {word}; fill it in."
    if kind == "value_error":
        return str(limits["error"])
    if kind == "greater_than_equal":
        return f"It is below {limits['ge']}, the least there is; raise it." if limits["ge"] else _NEGATIVE
    if kind == "less_than_equal":
        return f"It is above {limits['le']}, the most there is; lower it."
    return f"{error['msg']}; correct it."


_NEGATIVE = "It is negative; write 0 or more."


def _stand_in(shape: Shape, values: dict[str, Any], entry: Entry) -> Part:
    missing = {
        word: _STAND_INS.get(word, f"?{id(entry)}")
        for word, field in shape.model.model_fields.items()
        if field.is_required() and word not in values
    }
    return shape.model.model_construct(**missing, **values)
