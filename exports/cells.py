"""What goes into cells: values by their column's kind, and how wide they will be."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from exports.amounts import amount_text, hours_text
from exports.figures import Kind
from exports.looks import Looks
from exports.tables import Table
from exports.text import cell_text, is_risky, shown_width

Value = str | int | date | datetime | None

WIDEST: Final = 46
_FITS: Final = 42
_LINE: Final = 34
_LINE_HEIGHT: Final = 15
_HIGHEST: Final = 400
_NARROWEST: Final = 10
_FILTER_ARROW: Final = 5
_ROOM: Final = 4
_FIXED: Final[dict[Kind, int]] = {"day": 18, "instant": 18, "hour": 12, "rate": 12, "part": 12, "hours": 12}
_TYPES: Final[dict[Kind, str]] = {"text": "s", "day": "d", "instant": "d"}
_PPM_DECIMALS: Final = 6
_HOUR_DECIMALS: Final = 8
"""More than are shown, so that the sum of a column is that of its minutes."""


class Pen:
    """Puts values into the cells of one column. The cell is written at once, so that one serves the whole column."""

    def __init__(self, sheet: Worksheet, looks: Looks, look: str, kind: Kind) -> None:
        self._plain = looks.cell(sheet, look)
        self._quoted = looks.cell(sheet, look)
        self._quoted.quotePrefix = True
        self.kind = _TYPES.get(kind, "n")

    def put(self, value: Value) -> Cell:
        """Return the cell with this value, its type told by its column, never guessed from what people typed."""
        cell = self._cell_for(value)
        cell.value = value
        if value is not None:
            cell.data_type = self.kind
        return cell

    def numbers(self) -> tuple[int, int]:
        """Return the numbers of the column's style in the workbook, plain and quoted, which has them from now on."""
        return int(self._plain.style_id), int(self._quoted.style_id)

    def _cell_for(self, value: Value) -> Cell:
        return self._quoted if self.kind == "s" and is_quoted(value) else self._plain

    def formula(self, formula: str) -> Cell:
        """Return the cell with a formula of ours."""
        self._plain.value = f"={formula}"
        return self._plain


def is_quoted(value: Value) -> bool:
    """Tell whether this is text that a spreadsheet would take for a formula, were it typed in."""
    return isinstance(value, str) and is_risky(value)


def linked(cell: Cell, title: str, place: str = "A1") -> Cell:
    """Return the cell as the way to a place on another sheet."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!{place}", display=title)
    return cell


def values_of(series: "pd.Series[Any]", kind: Kind, decimals: int) -> list[Value]:
    """Return a column as its cells want it: amounts as digits, text cleaned, instants to the second."""
    as_value = _reader(kind, decimals)
    present = _plain(series).where(series.notna(), None).tolist()
    known = {value: as_value(value) for value in set(present) - {None}}
    return [known.get(value) for value in present]


def _plain(series: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column of Python's own values; instants become those at once, not one by one."""
    is_instants = pd.api.types.is_datetime64_dtype(series.dtype)
    return pd.Series(series.dt.to_pydatetime(), series.index, dtype=object) if is_instants else series.astype(object)


def look_of(kind: Kind, values: Iterable[Value]) -> str:
    """Return the look of a column: text wider than any column should be is wrapped."""
    return f"{kind} wrapped" if kind == "text" and _longest(values) > _FITS else kind


def width_of(table: Table, column: str, values: Iterable[Value], decimals: int) -> int:
    """Return the width of a column in characters of type: room for its heading, its longest value and its total."""
    kind = table.columns[column]
    heading = shown_width(table.header(column)) + _FILTER_ARROW
    inside = _FIXED.get(kind) or (_longest(values) if kind == "text" else _digits(table, column, decimals)) + _ROOM
    return min(max(heading, inside, _NARROWEST), WIDEST)


def row_heights(columns: Iterable[list[Value]]) -> dict[int, int]:
    """Return the heights, in points, of the rows whose text is wrapped; not every program finds them by itself."""
    heights: dict[int, int] = {}
    for values in columns:
        high = {value: _height(str(value)) for value in set(values) if shown_width(str(value)) > _FITS}
        for row, value in enumerate(values) if high else ():
            if value in high:
                heights[row] = max(heights.get(row, 0), high[value])
    return heights


def _height(text: str) -> int:
    """Return the height of a text of two lines or more, for lines full of the widest letters."""
    return min(-(-shown_width(text) // _LINE) * _LINE_HEIGHT, _HIGHEST)


def _longest(values: Iterable[Value]) -> int:
    return max((shown_width(str(value)) for value in set(values)), default=0)


def _digits(table: Table, column: str, decimals: int) -> int:
    shown = decimals + 1 if table.columns[column] == "money" else 0
    return len(f"{abs(table.sum(column)):,}") + 1 + shown


def _reader(kind: Kind, decimals: int) -> Callable[[Any], Value]:
    readers: dict[Kind, Callable[[Any], Value]] = {
        "text": lambda text: cell_text(str(text)) or None,
        "money": lambda units: amount_text(int(units), decimals),
        "rate": lambda ppm: amount_text(int(ppm), _PPM_DECIMALS),
        "part": lambda ppm: amount_text(int(ppm), _PPM_DECIMALS),
        "hours": lambda minutes: hours_text(int(minutes), _HOUR_DECIMALS),
        "count": int,
        "hour": int,
        "day": _day,
        "instant": _instant,
    }
    return readers[kind]


def _instant(at: datetime) -> datetime:
    return (at.to_pydatetime() if isinstance(at, pd.Timestamp) else at).replace(microsecond=0)


def _day(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
