"""What can be wrong with a menu whose words are all right: doubled codes, references to nothing, impossible counts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from menus.combo_faults import combo_faults
from menus.fault import Fault, doubled, listed

if TYPE_CHECKING:
    from menus.document import Category, Daypart, Item, MenuDocument, ModifierGroup


def faults_of(menu: "MenuDocument") -> Iterator[Fault]:
    """Every fault of the menu, in its order."""
    yield from doubled(menu.tax_classes, "tax classes", "the menu")
    yield from doubled(menu.dayparts, "dayparts", "the menu")
    yield from doubled(menu.modifier_groups, "modifier groups", "the menu")
    yield from doubled(menu.categories, "categories", "the menu")
    for daypart in menu.dayparts:
        yield from _daypart_faults(daypart)
    for group in menu.modifier_groups:
        yield from _group_faults(group)
    references = _References(menu)
    for parent, category in menu.all_categories():
        yield from _category_faults(category, parent, references)
    yield from combo_faults(menu)


class _References:
    """What the items and categories of a menu may name."""

    def __init__(self, menu: "MenuDocument") -> None:
        self.tax_classes = [entry.code for entry in menu.tax_classes]
        self.dayparts = [entry.code for entry in menu.dayparts]
        self.modifier_groups = [entry.code for entry in menu.modifier_groups]

    def missing(self, part: "Item | Category", where: str) -> Iterator[Fault]:
        yield from _unknown(part, "dayparts", part.dayparts, self.dayparts, where)

    def missing_of_item(self, item: "Item", where: str) -> Iterator[Fault]:
        yield from self.missing(item, where)
        named = [] if item.tax_class is None else [item.tax_class]
        yield from _unknown(item, "tax_class", named, self.tax_classes, where)
        yield from _unknown(item, "modifier_groups", item.modifier_groups, self.modifier_groups, where)


_SINGULAR = {"dayparts": "daypart", "tax_class": "tax class", "modifier_groups": "modifier group"}


def _unknown(part: object, field: str, named: Iterable[str], known: Sequence[str], where: str) -> Iterator[Fault]:
    for code in named:
        if code not in known:
            yield Fault(part, field, code, where, _unknown_sentence(_SINGULAR[field], code, known))


def _unknown_sentence(thing: str, code: str, known: Sequence[str]) -> str:
    choice = f"the menu has {listed(known)}" if known else f"the menu has no {thing} at all"
    return f'There is no {thing} "{code}": {choice}; correct it or add the {thing}.'


def _daypart_faults(daypart: "Daypart") -> Iterator[Fault]:
    where = f'daypart "{daypart.name}"'
    for window in daypart.windows:
        if window.start == window.end:
            sentence = "It ends when it starts; give it an end, 00:00 being midnight."
            yield Fault(window, "end", window.end, where, sentence)


def _group_faults(group: "ModifierGroup") -> Iterator[Fault]:
    where = f'modifier group "{group.name}"'
    yield from doubled(group.modifiers, "modifiers", where)
    many = len(group.modifiers)
    if not many:
        yield Fault(group, "modifiers", "", where, "It has no modifiers; add some or take the group out.")
        return
    if not 1 <= group.max <= many:
        sentence = f"{group.max} cannot be chosen out of {many}; write {'1' if many == 1 else f'1 to {many}'}."
        yield Fault(group, "max", group.max, where, sentence)
    if group.min > group.max:
        sentence = (
            f"The least that must be chosen is {group.min} and the most is {group.max}; lower it or raise the most."
        )
        yield Fault(group, "min", group.min, where, sentence)
    defaults = [modifier for modifier in group.modifiers if modifier.default]
    if len(defaults) > group.max:
        sentence = f"{len(defaults)} modifiers are defaults and at most {group.max} can be chosen; take some back."
        yield Fault(defaults[-1], "default", True, where, sentence)


def _category_faults(category: "Category", parent: "Category | None", references: _References) -> Iterator[Fault]:
    where = f'category "{category.name}"'
    if parent is not None and category.categories:
        sentence = "Categories lie within categories once only; bring this one further out."
        yield from (Fault(inner, "categories", inner.name, where, sentence) for inner in category.categories)
    yield from references.missing(category, where)
    yield from doubled(category.categories, "categories", where)
    yield from doubled(category.items, "items", where)
    for item in category.items:
        yield from _item_faults(item, f'item "{item.name}" of {where}', references)


def _item_faults(item: "Item", where: str, references: _References) -> Iterator[Fault]:
    yield from references.missing_of_item(item, where)
    if not item.portions:
        yield Fault(item, "portions", "", where, f'"{item.name}" has no price; give it one or take it out.')
    yield from doubled(item.portions, "portions", where)
    yield from _portion_name_faults(item, where)
    defaults = [portion for portion in item.portions if portion.default]
    for portion in defaults[1:]:
        sentence = f'"{defaults[0].name}" and "{portion.name}" are both the default portion; keep one.'
        yield Fault(portion, "default", True, where, sentence)


def _portion_name_faults(item: "Item", where: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for portion in item.portions:
        if not portion.name and len(item.portions) > 1:
            sentence = f'"{item.name}" has {len(item.portions)} portions, so each needs a name; give this one a name.'
            yield Fault(portion, "name", "", where, sentence)
        elif portion.name in seen:
            sentence = f'"{item.name}" has the portion "{portion.name}" twice; rename one or take it out.'
            yield Fault(portion, "name", portion.name, where, sentence)
        seen.add(portion.name)
