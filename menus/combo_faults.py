"""What can be wrong with a set menu: choices that are not on the menu or not clear, impossible counts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from menus.fault import Fault, doubled, listed

if TYPE_CHECKING:
    from menus.document import Category, Choice, Item, MenuDocument, Step

MOST_IN_A_STEP = 20
"""The most dishes one step of a set menu may have."""
_Placed = tuple["Category", "Item"]


def combo_faults(menu: "MenuDocument") -> Iterator[Fault]:
    """Every fault of the menu's set menus, in its order."""
    sets = [(category, item) for category, item in menu.all_items() if item.combo is not None]
    if not sets:
        return
    shelf = defaultdict[str, list[_Placed]](list)
    for category, item in menu.all_items():
        shelf[item.code].append((category, item))
    for category, item in sets:
        yield from _faults_of_set(item, f'item "{item.name}" of category "{category.name}"', shelf)


def _faults_of_set(item: "Item", where: str, shelf: dict[str, list[_Placed]]) -> Iterator[Fault]:
    steps = item.combo or []
    if not steps:
        yield Fault(item, "combo", "", where, "The set menu has no steps; add some or take the combo out.")
    if item.open_price:
        yield Fault(item, "open_price", True, where, "A set menu has a price of its own; take the open price out.")
    if item.modifier_groups:
        sentence = "A set menu is chosen by its steps and its dishes' own groups; take the modifier groups out."
        yield Fault(item, "modifier_groups", item.modifier_groups[0], where, sentence)
    for portion in item.portions:
        if portion.cost is not None:
            sentence = "The goods of a set menu are those of its dishes; give them their costs and take this one out."
            yield Fault(portion, "cost", "", where, sentence)
    yield from doubled(steps, "steps", where)
    for step in steps:
        yield from _faults_of_step(step, f'step "{step.name}" of {where}', shelf)


def _faults_of_step(step: "Step", where: str, shelf: dict[str, list[_Placed]]) -> Iterator[Fault]:
    if not step.choices:
        yield Fault(step, "choices", "", where, "The step has no choices; add some or take the step out.")
    if not 1 <= step.max <= MOST_IN_A_STEP:
        sentence = f"The most that can be chosen is from 1 to {MOST_IN_A_STEP}; write a number between them."
        yield Fault(step, "max", step.max, where, sentence)
    if step.min > step.max:
        sentence = (
            f"The least that must be chosen is {step.min} and the most is {step.max}; lower it or raise the most."
        )
        yield Fault(step, "min", step.min, where, sentence)
    seen: set[tuple[int, str]] = set()
    for choice in step.choices:
        key = _meant(choice, shelf)
        if key in seen:
            sentence = (
                "The dish stands twice in its step; take one out (raise the step's max to let it be taken twice)."
            )
            yield Fault(choice, "item", choice.item, where, sentence)
        seen.add(key)
        yield from _faults_of_choice(choice, where, shelf)


def _found(choice: "Choice", shelf: dict[str, list[_Placed]]) -> list[_Placed]:
    """The items a choice may mean."""
    return [(where, item) for where, item in shelf.get(choice.item, []) if choice.category in (None, where.code)]


def _meant(choice: "Choice", shelf: dict[str, list[_Placed]]) -> tuple[int, str]:
    """What a choice means, to be compared: its item and portion; where that is not clear, itself alone."""
    found = _found(choice, shelf)
    if len(found) != 1:
        return id(choice), ""
    item = found[0][1]
    default = next((portion.code for portion in item.portions if portion.default), "")
    return id(item), choice.portion or default


def _faults_of_choice(choice: "Choice", where: str, shelf: dict[str, list[_Placed]]) -> Iterator[Fault]:
    everywhere, found = shelf.get(choice.item, []), _found(choice, shelf)
    if not everywhere:
        yield Fault(choice, "item", choice.item, where, _no_item(choice.item, shelf))
    elif not found:
        sentence = (
            f'"{choice.item}" is not in "{choice.category}": it is in {_places(everywhere)}; correct the category.'
        )
        yield Fault(choice, "category", choice.category, where, sentence)
    elif len(found) > 1:
        sentence = f'There is an item "{choice.item}" in each of {_places(found)}; name the category of the one meant.'
        yield Fault(choice, "item", choice.item, where, sentence)
    else:
        yield from _faults_of_dish(choice, found[0][1], where)


def _faults_of_dish(choice: "Choice", item: "Item", where: str) -> Iterator[Fault]:
    if item.combo is not None:
        sentence = f'"{item.name}" is a set menu itself; choose dishes and drinks only.'
        yield Fault(choice, "item", choice.item, where, sentence)
    codes = [portion.code for portion in item.portions]
    if choice.portion is not None and choice.portion not in codes:
        sentence = f'"{item.name}" has no portion "{choice.portion}": it has {listed(codes)}; correct it.'
        yield Fault(choice, "portion", choice.portion, where, sentence)


def _no_item(code: str, shelf: dict[str, list[_Placed]]) -> str:
    close = get_close_matches(code, list(shelf), n=1, cutoff=0.6)
    hint = f': did you mean "{close[0]}"?' if close else "; correct it or add the item."
    return f'There is no item "{code}" on the menu{hint}'


def _places(found: Sequence[_Placed]) -> str:
    return listed([category.name for category, _ in found])
