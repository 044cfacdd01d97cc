"""A menu file before it is a menu: what stands where, alike for all files, and the desk that notes problems."""

import re
from dataclasses import dataclass, field
from typing import Union

from menus.errors import MenuProblem, MenuRefused
from menus.fault import Fault

SHOWN_LENGTH = 80


class Unquoted(str):
    """A text a YAML file gives without quotes, where it may have meant a number."""


class Broken:
    """Stands for a value whose problem has been noted already."""


BROKEN = Broken()
Value = Union[str, None, "list[Cell]", "Entry", Broken]


@dataclass(slots=True)
class Cell:
    """One value of a file with its place ("line 40", "row 12") and the column or word it stands under."""

    value: Value
    place: str
    column: str

    @property
    def blank(self) -> bool:
        """Whether nothing stands here."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def shown(self) -> str:
        """The value as a problem quotes it."""
        return shown(self.value)


@dataclass(slots=True)
class Entry:
    """One thing of the menu as its file tells it: cells by word."""

    place: str
    cells: dict[str, Cell] = field(default_factory=dict)

    def says(self, word: str) -> bool:
        """Whether anything stands under a word."""
        return word in self.cells and not self.cells[word].blank

    def text(self, word: str) -> str:
        """The text under a word, empty when there is none."""
        cell = self.cells.get(word)
        return cell.value.strip() if cell is not None and isinstance(cell.value, str) else ""

    def put(self, word: str, value: Value) -> None:
        """Put a value that the file does not give."""
        self.cells[word] = Cell(value, self.place, word)


@dataclass
class Desk:
    """Where one file is read: its problems so far, what was left out, and which part of the menu came from where.

    A file that cannot hold set menus, or has no place for them, does not tell set menus; one without a word or column
    for costs does not tell costs.
    """

    file: str
    currency: str | None = None
    skip_unpriced: bool = False
    tells_set_menus: bool = True
    tells_costs: bool = False
    problems: list[MenuProblem] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    origins: dict[int, Entry] = field(default_factory=dict)
    broken: dict[int, set[str]] = field(default_factory=dict)

    def problem(self, sentence: str, place: str = "", column: str = "", value: str = "") -> None:
        """Note a problem at a place."""
        self.problems.append(MenuProblem(self.file, place, column, value, sentence))

    def at(self, cell: Cell, sentence: str) -> None:
        """Note a problem of a cell."""
        self.problem(sentence, cell.place, cell.column, cell.shown)

    def fault(self, fault: Fault) -> None:
        """Note a fault at the place its part of the menu came from, unless what it rests on was noted already."""
        broken = self.broken.get(id(fault.subject), set())
        counts = {"min", "max", "modifiers"}
        if fault.field in broken or (fault.field in counts and broken & counts):
            return
        entry = self.origins.get(id(fault.subject), Entry(fault.where))
        cell = _cell_of(fault, entry)
        column = cell.column if cell else fault.field.replace("_", " ")
        self.problem(fault.sentence, cell.place if cell else entry.place, column, shown(fault.value))

    def refuse_if_any(self) -> None:
        """Raise MenuRefused when a problem was noted."""
        if self.problems:
            raise MenuRefused(sorted(self.problems, key=_position))


def shown(value: object) -> str:
    """A value as a problem quotes it: short, and empty when it is no single value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value) if isinstance(value, str | int) else ""
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"


def _position(problem: MenuProblem) -> tuple[str, int]:
    before, number = re.fullmatch(r"(.*?)([0-9]*)", problem.place, re.DOTALL).groups()  # type: ignore[union-attr]
    return before, int(number or 0)


def _cell_of(fault: Fault, entry: Entry) -> Cell | None:
    cell = entry.cells.get(fault.field)
    if cell is not None and isinstance(cell.value, list):
        return next((one for one in cell.value if one.value == fault.value), cell)
    return cell
