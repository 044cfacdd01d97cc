"""Reading the owner's form: an Excel workbook with a sheet "Menu", one row a portion, and further sheets beside it."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from menus import columns
from menus.document import MenuDocument
from menus.drafts import build_menu
from menus.entries import BROKEN, Cell, Desk, Value
from menus.errors import MenuRefused, refuse
from menus.gathering import Gathering
from menus.rows import parts_of
from menus.sheets import SET_MENUS

LARGEST_UNPACKED = 200_000_000
MOST_COLUMNS = 300
_SHEETS = ("about", "categories", "modifiers", "tax classes", "dayparts", "menu", SET_MENUS.casefold())
_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")


def read_xlsx(data: bytes, desk: Desk, name: str) -> MenuDocument:
    """The menu a workbook tells, called `name` where it tells no name. Raises MenuRefused with every problem."""
    try:
        sheets = _sheets(data, desk)
    except MenuRefused:
        raise
    except Exception as error:  # openpyxl meets a damaged workbook with errors of every class
        sentence = "It cannot be read as an Excel workbook; open it in a spreadsheet and save it again as .xlsx."
        raise refuse(desk.file, sentence) from error
    desk.tells_set_menus = SET_MENUS.casefold() in sheets
    gathering = Gathering(desk)
    _gather(sheets, gathering, desk)
    if "name" not in gathering.menu.cells:
        gathering.menu.put("name", name)
    return build_menu(gathering.menu, desk)


Rows = list[Sequence[Cell]]


def _sheets(data: bytes, desk: Desk) -> dict[str, Rows]:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
            raise refuse(desk.file, "Unpacked it is over 200 MB, too much for a menu; take out what is no menu.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book: Any = load_workbook(BytesIO(data), read_only=True)
        found = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
        if "menu" not in found and len(found) == 1:
            found = {"menu": book.worksheets[0]}
        desk.notes.extend(
            f'The sheet "{sheet.title}" is no part of a menu and was left alone.'
            for title, sheet in found.items()
            if title not in _SHEETS
        )
        return {title: list(_rows(found[title], desk)) for title in _SHEETS if title in found}


def _gather(sheets: dict[str, Rows], gathering: Gathering, desk: Desk) -> None:
    if "menu" not in sheets:
        raise refuse(desk.file, 'The workbook has no sheet "Menu"; name the sheet with the items so.')
    _gather_about(sheets.get("about", []), gathering)
    takers = {
        "categories": (columns.CATEGORIES, gathering.category_row),
        "modifiers": (columns.MODIFIERS, gathering.modifier_row),
        "tax classes": (columns.TAX_CLASSES, gathering.tax_class_row),
        "dayparts": (columns.DAYPARTS, gathering.daypart_row),
        "menu": (columns.MENU, gathering.menu_row),
        SET_MENUS.casefold(): (columns.SET_MENUS, gathering.set_menu_row),
    }
    for title, (known, take) in takers.items():
        if title in sheets:
            for parts in parts_of(sheets[title], known, desk, f'sheet "{title}"'):
                take(parts)


def _gather_about(about: Rows, gathering: Gathering) -> None:
    words = {"menu": "name", "currency": "currency"}
    for row in about:
        told = row[0].value if len(row) > 1 else None
        word = words.get(told.strip().casefold()) if isinstance(told, str) else None
        if word and row[1].value is not None:
            row[1].column = word
            gathering.menu.cells[word] = row[1]


def _rows(sheet: Any, desk: Desk) -> Iterator[Sequence[Cell]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        place = f"sheet {sheet.title}, row {number}"
        yield [_cell(cell, place, desk) for cell in row[:MOST_COLUMNS]]


def _cell(cell: Any, place: str, desk: Desk) -> Cell:
    if cell.value is None:
        return Cell(None, place, "")
    column = cell.coordinate
    if cell.data_type in ("f", "e"):
        sentence = "A formula stands here; put its result in its place (copy, then paste values only)."
        if cell.data_type == "e":
            sentence = "An error of the spreadsheet stands here; write the value."
        desk.problem(sentence, place, column, str(cell.value))
        return Cell(BROKEN, place, column)
    return Cell(_value(cell.value, place, column, desk), place, column)


def _value(value: object, place: str, column: str, desk: Desk) -> Value:
    if isinstance(value, str):
        return _ESCAPED.sub("_", value).replace("_x000D_\n", "\n")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return exact_text(value)
    if isinstance(value, time):
        return value.isoformat("auto").removesuffix(":00")
    if isinstance(value, date | timedelta):
        sentence = "The spreadsheet has made a date of it; format the cell as text and write it again."
        desk.problem(sentence, place, column, str(value))
        return BROKEN
    raise TypeError(f"openpyxl gave a {type(value).__name__}")


def exact_text(number: int | float) -> str:
    """A number cell as the digits a person sees in it: 12.5 is "12.5", 3.0 is "3"."""
    told = f"{Decimal(repr(number)):f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
