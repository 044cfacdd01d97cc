"""The menu that rows tell, put together: one entry a category, item and group, however many rows name it."""

from menus.entries import BROKEN, Cell, Desk, Entry
from menus.rows import Parts


class Gathering:
    """Takes rows and holds the entry of the menu they make."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.menu = Entry("")
        self._shelves: dict[tuple[int, str], _Shelf] = {}

    def menu_row(self, parts: Parts) -> None:
        """A row of the sheet "Menu": one portion."""
        if "menu" in parts:
            merge(self.menu, parts["menu"], self.desk)
        category = self._category(parts)
        if category is None:
            return
        if "icon" in parts:
            merge(category, parts["icon"], self.desk)
        item = self._settle(category, "items", "item", parts)
        if item is not None:
            self._shelf(item, "portions").add(parts.get("portion", Entry(_place_of(parts))))

    def category_row(self, parts: Parts) -> None:
        """A row of the sheet "Categories"."""
        category = self._category(parts)
        if category is not None and "details" in parts:
            merge(category, parts["details"], self.desk)

    def modifier_row(self, parts: Parts) -> None:
        """A row of the sheet "Modifiers": one modifier of a group."""
        group = self._settle(self.menu, "modifier_groups", "group", parts)
        if group is not None and "modifier" in parts:
            self._shelf(group, "modifiers").add(parts["modifier"])

    def set_menu_row(self, parts: Parts) -> None:
        """A row of the sheet "Set menus": one dish that can be chosen in a step."""
        category = self._category(parts)
        item = self._settle(category, "items", "item", parts) if category is not None else None
        step = self._settle(item, "combo", "step", parts) if item is not None else None
        if step is not None and "choice" in parts:
            self._shelf(step, "choices").add(parts["choice"])

    def tax_class_row(self, parts: Parts) -> None:
        """A row of the sheet "Tax classes"."""
        self._shelf(self.menu, "tax_classes").add(parts.get("tax class", Entry(_place_of(parts))))

    def daypart_row(self, parts: Parts) -> None:
        """A row of the sheet "Dayparts": a daypart, or a further window of one named before."""
        shelf = self._shelf(self.menu, "dayparts")
        window = parts.get("window", Entry(_place_of(parts)))
        known = len(shelf.cells)
        daypart = self._settle(self.menu, "dayparts", "daypart", parts)
        if daypart is None:
            return
        if len(shelf.cells) > known:
            merge(daypart, window, self.desk)
        else:
            self._shelf(daypart, "more").add(window)

    def _category(self, parts: Parts) -> Entry | None:
        category = self._settle(self.menu, "categories", "category", parts)
        if category is None or "subcategory" not in parts:
            return category
        return self._settle(category, "categories", "subcategory", parts)

    def _settle(self, parent: Entry, word: str, thing: str, parts: Parts) -> Entry | None:
        told = parts.get(thing, Entry(_place_of(parts)))
        if told.text("name") or told.text("code"):
            return self._shelf(parent, word).settle(told, self.desk)
        if not any(cell.value is BROKEN for cell in told.cells.values()):
            self.desk.problem(f"The row has no {thing}; every row names its {thing}.", told.place, thing)
        return None

    def _shelf(self, parent: Entry, word: str) -> "_Shelf":
        return self._shelves.setdefault((id(parent), word), _Shelf(parent, word))


def merge(entry: Entry, told: Entry, desk: Desk) -> None:
    """Add what a further row tells of the same thing; noted as a problem where it says something else."""
    for word, cell in told.cells.items():
        before = entry.cells.setdefault(word, cell)
        if isinstance(before.value, Entry) and isinstance(cell.value, Entry) and before is not cell:
            merge(before.value, cell.value, desk)
        elif before is not cell and before.value != cell.value:
            desk.at(cell, f'{before.place} says "{before.shown}"; write the same in both or leave this one blank.')


class _Shelf:
    """The entries under one word of an entry, in the order they come up, found by code or else by name."""

    def __init__(self, parent: Entry, word: str) -> None:
        self.parent, self.word = parent, word
        self.cells: list[Cell] = []
        self._by_code: dict[str, Entry] = {}
        self._by_name: dict[str, Entry] = {}

    def settle(self, told: Entry, desk: Desk) -> Entry:
        found = self._find(told)
        if found is None:
            self.add(told)
            found = told
        else:
            merge(found, told, desk)
        if code := found.text("code"):
            self._by_code.setdefault(code, found)
        self._by_name.setdefault(found.text("name"), found)
        return found

    def add(self, told: Entry) -> None:
        if not self.cells:
            self.parent.cells[self.word] = Cell(list(), told.place, self.word)
        cell = Cell(told, told.place, self.word)
        self.cells.append(cell)
        held = self.parent.cells[self.word].value
        if isinstance(held, list):
            held.append(cell)

    def _find(self, told: Entry) -> Entry | None:
        named = self._by_name.get(told.text("name")) if told.text("name") else None
        if not (code := told.text("code")):
            return named
        return self._by_code.get(code) or (named if named is not None and not named.text("code") else None)


def _place_of(parts: Parts) -> str:
    return next((entry.place for entry in parts.values()), "")
