"""How the sheets look: one named style for each kind of cell, so that an owner may change them all in one place."""

from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from exports.amounts import money_format, rate_format
from exports.figures import Figures, Kind

NAVY: Final = "FF101D31"
GREY: Final = "FF5B6678"
BLUE: Final = "FF1F5FBF"
GREEN: Final = "FF1B7F4B"
RED: Final = "FFB3261E"
WHITE: Final = "FFFFFFFF"
BLACK: Final = "FF000000"

CENTRED: Final[set[Kind]] = {"day", "instant", "hour"}
RIGHT: Final[set[Kind]] = {"money", "count", "rate", "part", "hours"}

_SWISS: Final = 2
_HAIR: Final = Side(style="hair", color="FFB8C0CC")
_RULE: Final = Side(style="thin", color=NAVY)
_HEADER_FILL: Final = PatternFill("solid", fgColor=NAVY)


class Looks:
    """The named styles of one workbook. Cells are made here, so that none is without its style."""

    def __init__(self, book: Workbook, figures: Figures) -> None:
        self._book = book
        self._styles: dict[str, StyleArray] = {}
        for kind, number_format in _formats(figures).items():
            self._add_kind(kind, number_format)
        self._add_titles()

    def cell(self, sheet: Worksheet, look: str) -> Cell:
        """Return an empty cell with this look, to be filled as often as rows need it."""
        return Cell(sheet, row=1, column=1, style_array=self._styles[look])

    def _add_kind(self, kind: Kind, number_format: str) -> None:
        across = "right" if kind in RIGHT else "center" if kind in CENTRED else "left"
        indent = 1 if across == "left" else 0
        top, wrapped = (Alignment(across, "top", wrap_text=wrap, indent=indent) for wrap in (False, True))
        # Excel's filter arrow covers the right end of a heading: only centred ones stay whole.
        middle = Alignment("left" if indent else "center", "center", wrap_text=True, indent=indent)
        hair, rule = Border(bottom=_HAIR), Border(top=_RULE)
        self._add(NamedStyle(kind, _font(), alignment=top, border=hair, number_format=number_format))
        self._add(NamedStyle(f"{kind} wrapped", _font(), alignment=wrapped, border=hair, number_format=number_format))
        self._add(NamedStyle(f"{kind} total", _font(True), alignment=top, border=rule, number_format=number_format))
        self._add(
            NamedStyle(
                f"{kind} link",
                _font(False, BLUE, line="single"),
                alignment=top,
                border=hair,
                number_format=number_format,
            )
        )
        self._add(NamedStyle(f"{kind} header", _font(True, WHITE), _HEADER_FILL, alignment=middle))

    def _add_titles(self) -> None:
        left, right = Alignment("left", "center", indent=1), Alignment("right", "center")
        hair = Border(bottom=_HAIR)
        self._add(NamedStyle("figure header", _font(True, WHITE), _HEADER_FILL, alignment=right))
        self._add(NamedStyle("venue", _font(True, NAVY, size=20), alignment=left))
        self._add(NamedStyle("period", _font(False, NAVY, size=13), alignment=left))
        self._add(NamedStyle("note", _font(False, GREY), alignment=left))
        self._add(NamedStyle("key", _font(True), alignment=left, border=hair))
        self._add(NamedStyle("key link", _font(True, BLUE, line="single"), alignment=left, border=hair))
        self._add(NamedStyle("origin link", _font(False, BLUE, line="single"), alignment=right, border=hair))
        self._add(NamedStyle("verdict", _font(True, GREY), alignment=left))
        self._add(NamedStyle("origin", _font(False, GREY), alignment=right, border=hair))

    def _add(self, style: NamedStyle) -> None:
        look = str(style.name)
        style.name = f"Kiosk {look}"
        self._book.add_named_style(style)
        self._styles[look] = style.as_tuple()


def _font(bold: bool = False, color: str = BLACK, *, size: int = 11, line: Literal["single"] | None = None) -> Font:
    return Font("Calibri", size, bold=bold, color=color, family=_SWISS, underline=line)


def _formats(figures: Figures) -> dict[Kind, str]:
    return {
        "text": "General",
        "money": money_format(figures.decimals),
        "count": "#,##0;[Red]-#,##0",
        "day": "ddd d mmm yyyy",
        "instant": "yyyy-mm-dd hh:mm",
        "hour": '00":00"',
        "rate": rate_format(figures.taxes["rate_ppm"]),
        "part": "0.0%;[Red]-0.0%",
        "hours": "#,##0.00",
    }
