"""Reading a YAML menu. Every value is the text that stands there: `no` stays a word and 12.50 is not rounded."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from menus.document import MenuDocument
from menus.drafts import build_menu
from menus.entries import BROKEN, Cell, Desk, Entry, Unquoted, Value
from menus.errors import refuse

DEEPEST = 30
_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map")
_EMPTY = {"", "~", "null", "Null", "NULL"}


def read_yaml(told: str, desk: Desk) -> MenuDocument:
    """The menu a YAML text tells. Raises MenuRefused with every problem of it."""
    root = _read_tree(told, desk)
    if not isinstance(root.value, Entry):
        desk.problem("It is not a menu; begin it with name:, currency: and categories:.", root.place)
        desk.refuse_if_any()
    assert isinstance(root.value, Entry)
    return build_menu(root.value, desk)


def _read_tree(told: str, desk: Desk) -> Cell:
    tree = _Tree(desk)
    try:
        for event in _events(told):
            tree.take(event)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise refuse(desk.file, _not_yaml(error.problem or "it breaks off"), place=f"line {line}") from error
    except yaml.YAMLError as error:
        raise refuse(desk.file, _not_yaml(str(error))) from error
    return tree.root


def _events(told: str) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.parse(told, Loader=loader)


def _not_yaml(why: str) -> str:
    return f"It cannot be read as YAML ({why}); mend the line, most often its indent, quotes or colon."


@dataclass
class _Open:
    """A mapping or list still being read; `word` is the mapping's word that waits for its value."""

    holder: Entry | list[Cell]
    cell: Cell
    word: Cell | None = None


@dataclass
class _Tree:
    """Cells out of YAML's events, without recursion and without following aliases."""

    desk: Desk
    root: Cell = field(default_factory=lambda: Cell(None, "line 1", ""))
    opened: list[_Open] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event), event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.opened.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, "A menu takes no references (*); write it out.")
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise refuse(self.desk.file, "A second document begins here; keep one menu a file.", place=_line(event))

    def _scalar(self, event: yaml.ScalarEvent) -> Value:
        if self._tagged(event):
            return BROKEN
        if event.style is not None and event.style != "":
            return event.value
        return None if event.value in _EMPTY else Unquoted(event.value)

    def _tagged(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> bool:
        if event.tag in (None, "!", *_TAGS):
            return False
        self.desk.problem(f"The tag {event.tag} means nothing in a menu; take it out.", _line(event))
        return True

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.opened) >= DEEPEST:
            raise refuse(self.desk.file, "It lies too deep for a menu; take some levels out.", place=_line(event))
        self._tagged(event)
        holder = Entry(_line(event)) if isinstance(event, yaml.MappingStartEvent) else list[Cell]()
        self.opened.append(_Open(holder, self._add(holder, event)))

    def _refuse(self, event: yaml.Event, sentence: str) -> None:
        cell = self._add(BROKEN, event)
        self.desk.problem(sentence, cell.place, cell.column)

    def _add(self, value: Value, event: yaml.Event) -> Cell:
        cell = Cell(value, _line(event), "")
        if not self.opened:
            self.root = cell
        elif isinstance(holder := self.opened[-1].holder, list):
            cell.column = self.opened[-1].cell.column
            holder.append(cell)
        else:
            self._add_to_entry(holder, self.opened[-1], cell)
        return cell

    def _add_to_entry(self, entry: Entry, opened: _Open, cell: Cell) -> None:
        if opened.word is None:
            opened.word = cell
            if not isinstance(cell.value, str):
                self.desk.problem("A word belongs before the colon here; write one.", cell.place)
            return
        word, opened.word = opened.word, None
        if isinstance(word.value, str):
            cell.column = word.value
            if word.value in entry.cells:
                sentence = f'"{word.value}" stands twice here; keep one of them.'
                self.desk.problem(sentence, word.place, word.value)
            entry.cells.setdefault(word.value, cell)


def _line(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1 if event.start_mark else 1}"
