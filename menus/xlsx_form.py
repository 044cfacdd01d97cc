"""Writing the owner's form. Text is always text, whatever it begins with; prices are exact numbers of the currency."""

import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from menus.document import MenuDocument
from menus.money import decimals_of
from menus.sheets import Sheet, Value, sheets_of

WIDEST = 48
_NARROWEST = 8
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@")


def xlsx_of(menu: MenuDocument) -> bytes:
    """The menu as an Excel workbook; read back it gives an equal menu."""
    book = Workbook(write_only=True)
    decimals = decimals_of(menu.currency)
    price_format = f"0.{'0' * decimals}" if decimals else "0"
    for sheet in sheets_of(menu):
        _write(book, sheet, price_format)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _write(book: Any, sheet: Sheet, price_format: str) -> None:
    target = book.create_sheet(sheet.title)
    target.freeze_panes = "A2"
    for number, heading in enumerate(sheet.headings):
        target.column_dimensions[get_column_letter(number + 1)].width = _width(heading, sheet.rows, number)
    target.append([_bold(target, heading) for heading in sheet.headings])
    priced = {number for number, heading in enumerate(sheet.headings) if heading in ("price", "cost")}
    for row in sheet.rows:
        target.append(
            [_cell(target, value, price_format if number in priced else "General") for number, value in enumerate(row)]
        )


def _cell(target: Any, value: Any, number_format: str) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text(target, value)
    cell = WriteOnlyCell(target, value=value)
    if isinstance(value, Decimal):
        cell.number_format = number_format
    return cell


def _text(target: Any, value: str) -> Any:
    cell = WriteOnlyCell(target, value=_LOOKS_ESCAPED.sub("_x005F_", value))
    cell.data_type = "s"
    if value.startswith(_LOOKS_LIKE_A_FORMULA):
        cell.quotePrefix = True
    return cell


def _bold(target: Any, heading: str) -> Any:
    cell = WriteOnlyCell(target, value=heading)
    cell.font = Font(bold=True)
    return cell


def _width(heading: str, told: Sequence[Sequence[Value]], number: int) -> int:
    longest = max((len(str(row[number])) for row in told if row[number] is not None), default=0)
    return min(max(longest, len(heading), _NARROWEST) + 2, WIDEST)
