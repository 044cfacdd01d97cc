"""The workbook as a PDF on A4, for those who read and file paper: the same sheets, their sums made here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from fpdf import FPDF
from fpdf.enums import PageOrientation

from exports.balance import BALANCED, told
from exports.figures import Figures, Kind
from exports.files import write_out
from exports.paper import Column, columns_of, key_figures, rows_of, sums_of, title_of
from exports.tables import Table, tables_of
from exports.text import one_line

LISTED: Final = 1_000
"""How many rows a sheet of the PDF lists: more is a list nobody reads on paper."""
MARGIN: Final = 14.0
LINE: Final = 5.6
SIZE: Final = 8.5
INK, GREY, PALE, BLUE = (16, 29, 49), (91, 102, 120), (213, 219, 229), (47, 111, 222)
GREEN, RED, WHITE = (27, 127, 75), (179, 38, 30), (255, 255, 255)
WIDE: Final = 8
"""A sheet with more columns lies on its side."""
WIDEST: Final = 11
SMALL: Final = 6.8
"""The type of a sheet with still more."""
BARS_HIGH: Final = 42.0


@dataclass(frozen=True)
class Typefaces:
    """The files of the letters: a regular and a bold face, and others for letters that they lack."""

    regular: Path
    bold: Path
    others: Sequence[Path] = ()


def write_pdf(figures: Figures, target: Path | BinaryIO, faces: Typefaces) -> None:
    """Write the PDF to a path, whole or not at all, or into a stream. Raises ExportRefused as `write_workbook`."""
    write_out(target, lambda file: _write(figures, faces, file))


def _write(figures: Figures, faces: Typefaces, file: BinaryIO) -> None:
    pdf = Paper(figures, faces)
    _first_page(pdf, figures)
    for table in tables_of(figures):
        _sheet(pdf, table, figures)
    file.write(bytes(pdf.output()))


class Paper(FPDF):
    """A4 with the house's letters; every page says whose it is, of which days, and which page."""

    def __init__(self, figures: Figures, faces: Typefaces) -> None:
        super().__init__(unit="mm", format="A4")
        self.size = SIZE
        self._foot = one_line(f"{figures.venue}  |  {figures.period}  |  amounts in {figures.currency}")
        self.add_font("face", "", faces.regular)
        self.add_font("face", "B", faces.bold)
        for place, path in enumerate(faces.others):
            self.add_font(f"other{place}", "", path)
        self.set_fallback_fonts([f"other{place}" for place in range(len(faces.others))], exact_match=False)
        self.known = {code for font in self.fonts.values() for code in font.cmap}  # type: ignore[union-attr]
        self.set_text_shaping(use_shaping_engine=bool(faces.others))
        self.set_title(one_line(f"{figures.venue}, {figures.period}"))
        self.set_creator("kiosk")
        self.set_creation_date(figures.made_at)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.c_margin = 1.0
        self.set_auto_page_break(False)
        self.set_draw_color(*PALE)
        self.set_line_width(0.15)

    def footer(self) -> None:
        """Write the last line of a page."""
        self.set_y(-MARGIN + 3)
        self.ink(size=7, ink=GREY)
        self.cell(self.epw - 30, 4, self.cut(self._foot, self.epw - 30))
        self.cell(30, 4, f"Page {self.page_no()} of {{nb}}", align="R")

    def ink(self, *, size: float = SIZE, bold: bool = False, ink: tuple[int, int, int] = INK) -> None:
        """Choose how what follows is written.

        The space makes the face the page's: where the first letters after a choice are of another face, fpdf takes it
        for chosen and then writes what follows with the glyphs of one face in another.
        """
        self.set_font("face", "B" if bold else "", size)
        self.text(0, 0, " ")
        self.set_text_color(*ink)

    def cut(self, text: str, width: float) -> str:
        """Return the text as far as it fits; letters that no face has are question marks."""
        plain = "".join(one if ord(one) in self.known else "?" for one in text)
        if self.get_string_width(plain) <= width - 2 * self.c_margin:
            return plain
        while plain and self.get_string_width(f"{plain}…") > width - 2 * self.c_margin:
            plain = plain[: -max(1, len(plain) // 20)]
        return f"{plain}…"

    def room(self, height: float) -> bool:
        """Tell whether so much fits on this page."""
        return bool(self.get_y() + height <= self.h - MARGIN - 2)


def _first_page(pdf: Paper, figures: Figures) -> None:
    pdf.add_page()
    pdf.ink(size=20, bold=True)
    pdf.cell(0, 10, pdf.cut(one_line(figures.venue), pdf.epw), new_x="LMARGIN", new_y="NEXT")
    pdf.ink(size=12)
    pdf.cell(0, 7, figures.period, new_x="LMARGIN", new_y="NEXT")
    pdf.ink(ink=GREY)
    made = figures.made_at.strftime("%Y-%m-%d %H:%M")
    pdf.cell(0, 6, f"Amounts in {figures.currency}, as of {made}", new_x="LMARGIN", new_y="NEXT")
    _verdict(pdf, told(figures))
    for label, value in key_figures(figures):
        pdf.ink(bold=True)
        pdf.cell(70, LINE, pdf.cut(label, 70), border="B")
        pdf.ink()
        pdf.cell(40, LINE, value, border="B", align="R", new_x="LMARGIN", new_y="NEXT")
    _bars(pdf, figures)


def _verdict(pdf: Paper, verdict: str) -> None:
    pdf.ln(2)
    pdf.ink(size=10, bold=True, ink=WHITE)
    pdf.set_fill_color(*(GREEN if verdict == BALANCED else RED))
    pdf.cell(pdf.get_string_width(verdict) + 8, 7, verdict, fill=True, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)


def _bars(pdf: Paper, figures: Figures) -> None:
    """Draw the turnover by hour; an hour that gave back more than it took has no bar."""
    hours = [
        (int(hour), max(int(turnover), 0)) for hour, _, _, turnover in figures.frame("hours").itertuples(index=False)
    ]
    most = max((turnover for _, turnover in hours), default=0)
    if not most:
        return
    pdf.ln(6)
    pdf.ink(size=10, bold=True)
    pdf.cell(0, LINE, "Turnover by hour", new_x="LMARGIN", new_y="NEXT")
    floor, step = pdf.get_y() + BARS_HIGH, pdf.epw / len(hours)
    pdf.set_fill_color(*BLUE)
    pdf.ink(size=6.5, ink=GREY)
    for place, (hour, turnover) in enumerate(hours):
        high, left = (BARS_HIGH - 3) * turnover / most, MARGIN + place * step
        pdf.rect(left + step * 0.15, floor - high, step * 0.7, high, style="F")
        pdf.set_xy(left, floor + 0.5)
        pdf.cell(step, 4, f"{hour:02d}", align="C")


def _sheet(pdf: Paper, table: Table, figures: Figures) -> None:
    """A table, its heading once more at the top of every page that it goes on to."""
    side = PageOrientation.LANDSCAPE if len(table.columns) > WIDE else PageOrientation.PORTRAIT
    if pdf.cur_orientation != side or not pdf.room(8 * LINE) or pdf.page_no() == 1:
        pdf.add_page(orientation=side.value)
    pdf.ln(3)
    pdf.ink(size=12, bold=True)
    pdf.cell(0, 8, title_of(table), new_x="LMARGIN", new_y="NEXT")
    pdf.size = SIZE if len(table.columns) <= WIDEST else SMALL
    pdf.ink(size=pdf.size)
    columns = columns_of(table, figures, pdf.get_string_width, pdf.epw, LISTED)
    _head(pdf, columns)
    for row in rows_of(table, figures, LISTED):
        if not pdf.room(LINE):
            pdf.add_page(orientation=side.value)
            _head(pdf, columns)
        _row(pdf, columns, row)
    if not pdf.room(LINE):
        pdf.add_page(orientation=side.value)
    pdf.ink(size=pdf.size, bold=True)
    _row(pdf, columns, sums_of(table, figures), border="T")
    pdf.ln(2)


def _head(pdf: Paper, columns: Sequence[Column]) -> None:
    pdf.ink(size=pdf.size, bold=True, ink=WHITE)
    pdf.set_fill_color(*INK)
    for column in columns:
        pdf.cell(column.width, LINE + 1, pdf.cut(column.header, column.width), fill=True, align=_side(column.kind))
    pdf.ln(LINE + 1)
    pdf.ink(size=pdf.size)


def _row(pdf: Paper, columns: Iterable[Column], row: Iterable[str], border: str = "B") -> None:
    for column, text in zip(columns, row, strict=True):
        pdf.cell(column.width, LINE, pdf.cut(text, column.width), border=border, align=_side(column.kind))
    pdf.ln(LINE)


def _side(kind: Kind) -> str:
    return "R" if kind in {"money", "count", "rate"} else "L"
