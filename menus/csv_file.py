"""The flat menu as CSV: at least category, item, portion and price, as other systems and spreadsheets save it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from menus import columns
from menus.document import Category, MenuDocument
from menus.drafts import build_menu
from menus.entries import Cell, Desk
from menus.errors import refuse
from menus.gathering import Gathering
from menus.rows import parts_of
from menus.sheets import menu_sheet

LISTED = 8
"""How many of the things that CSV cannot hold are named."""
_DECIMAL_COMMA = re.compile(r"\s*([-+]?[0-9]+),([0-9]+)\s*")


def read_csv(data: bytes, desk: Desk, name: str) -> MenuDocument:
    """The menu a CSV file tells, called `name` where it tells no name. Raises MenuRefused with every problem."""
    desk.tells_set_menus = False
    told = decoded(data, desk)
    delimiter = delimiter_of(told)
    gathering = Gathering(desk)
    for parts in parts_of(_cells(told, delimiter, desk), columns.MENU, desk, "row 1"):
        if delimiter == ";" and "portion" in parts:
            _with_a_point(parts["portion"].cells.get("price"))
            _with_a_point(parts["portion"].cells.get("cost"))
        gathering.menu_row(parts)
    if "name" not in gathering.menu.cells:
        gathering.menu.put("name", name)
    return build_menu(gathering.menu, desk)


def decoded(data: bytes, desk: Desk) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or else Windows-1252. Raises MenuRefused when it is none."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            told = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            desk.notes.append("The file is not in UTF-8 and was read as Windows-1252; look over its accents.")
        return told
    raise refuse(desk.file, "Its characters are in no known encoding; save it again as UTF-8.")


def delimiter_of(told: str) -> str:
    """The delimiter of the heading row: the comma, semicolon or tab that stands there most."""
    heading = next((line for line in told.splitlines() if line.strip()), "")
    outside = re.sub('"[^"]*"', "", heading)
    return max(",;\t", key=outside.count)


def _cells(told: str, delimiter: str, desk: Desk) -> Iterator[Sequence[Cell]]:
    reader = csv.reader(io.StringIO(told, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield [Cell(value or None, f"row {number}", "") for value in row]
    except csv.Error as error:
        sentence = f"It cannot be read as CSV ({error}); mend its quotes."
        raise refuse(desk.file, sentence, place=f"row {number + 1}") from error


def _with_a_point(price: Cell | None) -> None:
    if price is not None and isinstance(price.value, str) and (comma := _DECIMAL_COMMA.fullmatch(price.value)):
        price.value = f"{comma[1]}.{comma[2]}"


def csv_of(menu: MenuDocument, file: str) -> str:
    """The menu as CSV text. Raises MenuRefused with what CSV cannot hold."""
    sheet = menu_sheet(menu)
    losses = [*_losses(menu), *_formulas(sheet.rows)]
    if losses:
        raise refuse(file, f"CSV cannot hold {_listed(losses)}; write .yaml or .xlsx.")
    told = io.StringIO(newline="")
    writer = csv.writer(told)
    writer.writerow([*sheet.headings, "menu", "currency"])
    writer.writerows([*map(_text, row), menu.name, menu.currency] for row in sheet.rows)
    return told.getvalue()


def _listed(losses: list[str]) -> str:
    rest = len(losses) - LISTED
    return ", ".join(losses[:LISTED]) + (f" and {rest} more things" if rest > 0 else "")


def _text(value: object) -> str:
    return "" if value is None else f"{value:f}" if not isinstance(value, str | int) else str(value)


def _losses(menu: MenuDocument) -> Iterator[str]:
    if menu.modifier_groups:
        yield "modifier groups"
    if menu.dayparts:
        yield "dayparts"
    yield from (f'the set menu "{item.name}"' for _, item in menu.all_items() if item.combo is not None)
    if [(entry.code, entry.name, entry.eat_in_ppm, entry.take_away_ppm) for entry in menu.tax_classes] != [
        ("standard", "Standard", 0, 0)
    ]:
        yield "tax classes"
    for _, category in menu.all_categories():
        if not category.items and not category.categories:
            yield f'the category "{category.name}" without items'
        yield from (f'the {word} of the category "{category.name}"' for word in _details(category))


def _details(category: Category) -> Iterator[str]:
    for word in ("names", "description", "icon", "course", "stations"):
        if getattr(category, word) not in ("", None, [], {}):
            yield word


def _formulas(told: Sequence[Sequence[object]]) -> Iterator[str]:
    for row in told:
        for value in row:
            if isinstance(value, str) and value.startswith(("=", "+", "-", "@")):
                yield f'the text "{value}", which spreadsheets take for a formula'
