"""From entries to a menu document: every problem is noted, and only a menu without any is returned."""

from typing import Any

from menus import fields, shapes
from menus.building import SINGLE, References, build, by_name, coded, held, is_broken_word
from menus.document import Category, Item, MenuDocument, Part, Portion
from menus.entries import BROKEN, Desk, Entry
from menus.faults import faults_of
from menus.money import currency_code
from menus.set_menus import with_combos

UNTAXED = 'The file names no tax classes: everything is in the class "Standard" at 0 %.'


def build_menu(entry: Entry, desk: Desk) -> MenuDocument:
    """The menu an entry tells. Raises MenuRefused with every problem of the file."""
    _settle_currency(entry, desk)
    ready: dict[str, Any] = {"tax_classes": _tax_classes(entry, desk), "dayparts": _dayparts(entry, desk)}
    ready["modifier_groups"] = [_group(one, desk) for one in coded(entry, "modifier_groups", desk)]
    references = {
        word: by_name(ready[held])
        for word, held in (("tax_class", "tax_classes"), ("dayparts", "dayparts"), ("modifier_groups",) * 2)
    }
    categories = [_category(one, desk, references) for one in coded(entry, "categories", desk)]
    ready["categories"] = with_combos(categories, desk)
    menu = build(shapes.MENU, entry, desk, ready)
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
    entries = coded(entry, "tax_classes", desk)
    if not entries:
        desk.notes.append(UNTAXED)
        entries = [Entry(entry.place)]
        for word, value in (("code", "standard"), ("name", "Standard"), ("eat_in", "0")):
            entries[0].put(word, value)
    for one in entries:
        if one.says("eat_in") and not one.says("take_away"):
            one.cells["take_away"] = one.cells["eat_in"]
    return [build(shapes.TAX_CLASS, one, desk, {}) for one in entries]


def _dayparts(entry: Entry, desk: Desk) -> list[Part]:
    built = []
    for one in coded(entry, "dayparts", desk):
        more = [build(shapes.WINDOW, window, desk, {}) for window in held(one, "more", desk)]
        built.append(build(shapes.DAYPART, one, desk, {"more": more}))
    return built


def _group(entry: Entry, desk: Desk) -> Part:
    modifiers = [build(shapes.MODIFIER, one, desk, {}) for one in coded(entry, "modifiers", desk)]
    return build(shapes.GROUP, entry, desk, {"modifiers": modifiers})


def _category(entry: Entry, desk: Desk, references: References) -> Category:
    built = [_item(one, desk, references, entry.text("name")) for one in coded(entry, "items", desk)]
    items = [item for item in built if item is not None]
    categories = [_category(one, desk, references) for one in coded(entry, "categories", desk)]
    category = build(shapes.CATEGORY, entry, desk, {"items": items, "categories": categories}, references)
    assert isinstance(category, Category)
    return category


def _item(entry: Entry, desk: Desk, references: References, category: str) -> Item | None:
    before = len(desk.skipped)
    portions = [portion for one in _portion_entries(entry, desk) if (portion := _portion(one, entry, desk, category))]
    item = build(shapes.ITEM, entry, desk, {"portions": portions}, references)
    assert isinstance(item, Item)
    for built, kept in zip(portions, item.portions, strict=True):
        desk.origins[id(kept)] = desk.origins[id(built)]
    return None if not portions and len(desk.skipped) > before else item


def _portion_entries(entry: Entry, desk: Desk) -> list[Entry]:
    before = len(desk.problems)
    entries = coded(entry, "portions", desk)
    unread = len(desk.problems) > before or is_broken_word(entry, "portions")
    told = [word for word in ("price", "cost") if entry.says(word)]
    if told and entries:
        for word in told:
            sentence = f"The item has a {word} and portions with {word}s; keep either the {word} or the portions."
            desk.at(entry.cells[word], sentence)
    elif not entries:
        entries = [Entry(entry.place)]
        entries[0].put("code", SINGLE)
        entries[0].cells |= {word: entry.cells[word] for word in ("price", "cost") if word in entry.cells}
        if unread and "price" not in entry.cells:
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
    desk.tells_costs |= "cost" in entry.cells
    portion = build(shapes.PORTION, entry, desk, {})
    assert isinstance(portion, Portion)
    return portion


def _unpriced_sentence(item: Entry, portion: Entry) -> str:
    size = f' in the portion "{portion.text("name")}"' if portion.text("name") else ""
    return f'"{item.text("name")}" has no price{size}; give it one, take it out, or import with --skip-unpriced.'
