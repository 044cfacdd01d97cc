"""From entries to a menu document: every problem is noted, and only a menu without any is returned."""

from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from menus import fields, shapes, texts
from menus.document import Category, Item, MenuDocument, Part, Portion
from menus.entries import BROKEN, Cell, Desk, Entry
from menus.faults import faults_of
from menus.money import currency_code
from menus.shapes import Shape

SINGLE = "single"
"""The code of a portion without a name."""
UNTAXED = 'The file names no tax classes: everything is in the class "Standard" at 0 %.'

_STAND_INS: dict[str, Any] = {
    "name": "?", "currency": "EUR", "price": 0, "eat_in_ppm": 0, "take_away_ppm": 0, "start": "00:00", "end": "23:59",
    "tax_classes": [], "categories": [], "modifiers": [], "portions": [],
}  # fmt: skip
_References = dict[str, dict[str, str]]


def build_menu(entry: Entry, desk: Desk) -> MenuDocument:
    """The menu an entry tells. Raises MenuRefused with every problem of the file."""
    _settle_currency(entry, desk)
    ready: dict[str, Any] = {"tax_classes": _tax_classes(entry, desk), "dayparts": _dayparts(entry, desk)}
    ready["modifier_groups"] = [_group(one, desk) for one in _coded(entry, "modifier_groups", desk)]
    references = {
        word: _by_name(ready[held])
        for word, held in (("tax_class", "tax_classes"), ("dayparts", "dayparts"), ("modifier_groups",) * 2)
    }
    ready["categories"] = [_category(one, desk, references) for one in _coded(entry, "categories", desk)]
    menu = _build(shapes.MENU, entry, desk, ready)
    assert isinstance(menu, MenuDocument)
    for fault in faults_of(menu):
        desk.fault(fault)
    if not any(category.items for _, category in menu.all_categories()):
        desk.problem("It holds no item with a price; a menu has at least one.", entry.place)
    desk.refuse_if_any()
    return menu


def _settle_currency(entry: Entry, desk: Desk) -> None:
    told = entry.text("currency").upper()
    if desk.currency and told and told != desk.currency:
        sentence = f"The file says {told} and {desk.currency} was asked for; leave one of them out."
        desk.at(entry.cells["currency"], sentence)
    elif not told and desk.currency:
        entry.put("currency", desk.currency)
    elif not told:
        sentence = "The menu has no currency; name its ISO 4217 code, as EUR, in the file or with the command."
        desk.problem(sentence, entry.place, "currency")
        entry.put("currency", BROKEN)
    desk.currency = desk.currency or _known_currency(told)


def _known_currency(told: str) -> str | None:
    try:
        return currency_code(told)
    except ValueError:
        return None


def _tax_classes(entry: Entry, desk: Desk) -> list[Part]:
    entries = _coded(entry, "tax_classes", desk)
    if not entries:
        desk.notes.append(UNTAXED)
        entries = [Entry(entry.place)]
        for word, value in (("code", "standard"), ("name", "Standard"), ("eat_in", "0")):
            entries[0].put(word, value)
    for one in entries:
        if one.says("eat_in") and not one.says("take_away"):
            one.cells["take_away"] = one.cells["eat_in"]
    return [_build(shapes.TAX_CLASS, one, desk, {}) for one in entries]


def _dayparts(entry: Entry, desk: Desk) -> list[Part]:
    built = []
    for one in _coded(entry, "dayparts", desk):
        more = [_build(shapes.WINDOW, window, desk, {}) for window in _entries(one, "more", desk)]
        built.append(_build(shapes.DAYPART, one, desk, {"more": more}))
    return built


def _group(entry: Entry, desk: Desk) -> Part:
    modifiers = [_build(shapes.MODIFIER, one, desk, {}) for one in _coded(entry, "modifiers", desk)]
    return _build(shapes.GROUP, entry, desk, {"modifiers": modifiers})


def _by_name(parts: list[Any]) -> dict[str, str]:
    named = {part.name.casefold(): part.code for part in reversed(parts)}
    return named | {part.code: part.code for part in parts}


def _category(entry: Entry, desk: Desk, references: _References) -> Category:
    built = [_item(one, desk, references, entry.text("name")) for one in _coded(entry, "items", desk)]
    items = [item for item in built if item is not None]
    categories = [_category(one, desk, references) for one in _coded(entry, "categories", desk)]
    category = _build(shapes.CATEGORY, entry, desk, {"items": items, "categories": categories}, references)
    assert isinstance(category, Category)
    return category


def _item(entry: Entry, desk: Desk, references: _References, category: str) -> Item | None:
    before = len(desk.skipped)
    portions = [portion for one in _portion_entries(entry, desk) if (portion := _portion(one, entry, desk, category))]
    item = _build(shapes.ITEM, entry, desk, {"portions": portions}, references)
    assert isinstance(item, Item)
    for built, kept in zip(portions, item.portions, strict=True):
        desk.origins[id(kept)] = desk.origins[id(built)]
    return None if not portions and len(desk.skipped) > before else item


def _portion_entries(entry: Entry, desk: Desk) -> list[Entry]:
    before = len(desk.problems)
    entries = _coded(entry, "portions", desk)
    unread = len(desk.problems) > before or _is_broken_word(entry, "portions")
    if entry.says("price") and entries:
        sentence = "The item has a price and portions with prices; keep either the price or the portions."
        desk.at(entry.cells["price"], sentence)
    elif not entries:
        entries = [Entry(entry.place)]
        entries[0].put("code", SINGLE)
        if "price" in entry.cells:
            entries[0].cells["price"] = entry.cells["price"]
        elif unread:
            entries[0].put("price", BROKEN)
    return entries


def _portion(entry: Entry, item: Entry, desk: Desk, category: str) -> Portion | None:
    if not entry.says("price"):
        if not fields.is_yes(item.text("open_price")):
            if desk.skip_unpriced:
                desk.skipped.append(" ".join(filter(None, (item.text("name"), entry.text("name")))) + f" ({category})")
                return None
            desk.problem(_unpriced_sentence(item, entry), entry.place, "price")
        entry.put("price", "0")
    portion = _build(shapes.PORTION, entry, desk, {})
    assert isinstance(portion, Portion)
    return portion


def _unpriced_sentence(item: Entry, portion: Entry) -> str:
    size = f' in the portion "{portion.text("name")}"' if portion.text("name") else ""
    return f'"{item.text("name")}" has no price{size}; give it one, take it out, or import with --skip-unpriced.'


def _coded(entry: Entry, word: str, desk: Desk) -> list[Entry]:
    """The entries under a word, those without a code given one from their name."""
    entries = _entries(entry, word, desk)
    taken = {one.text("code") for one in entries}
    for one in entries:
        if not one.text("code") and not _is_broken(one.cells.get("code")):
            name = one.text("name")
            code = texts.free_code(texts.slug(name) if name else SINGLE, taken)
            taken.add(code)
            one.put("code", code)
    return entries


def _is_broken_word(entry: Entry, word: str) -> bool:
    return word in entry.cells and entry.cells[word].value is BROKEN


def _is_broken(cell: Cell | None) -> bool:
    return cell is not None and cell.value is not None and not isinstance(cell.value, str)


def _entries(entry: Entry, word: str, desk: Desk) -> list[Entry]:
    cell = entry.cells.get(word)
    if cell is None or cell.blank or cell.value is BROKEN:
        return []
    found: list[Entry] = []
    for one in cell.value if isinstance(cell.value, list) else [cell]:
        if isinstance(one.value, Entry) and one is not cell:
            found.append(one.value)
        elif one.value is not BROKEN:
            desk.at(one, f"A list of {word.replace('_', ' ')} belongs here, each with its own words; write it so.")
    return found


def _build(
    shape: Shape, entry: Entry, desk: Desk, ready: dict[str, Any], references: _References | None = None
) -> Part:
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


def _read(shape: Shape, entry: Entry, desk: Desk, broken: set[str], references: _References) -> dict[str, Any]:
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
