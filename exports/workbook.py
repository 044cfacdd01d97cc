"""The workbook of a day or a range: one sheet for each side of the sales, totals that recalculate and agree.

It is written row by row (openpyxl's write-only mode): little memory, but CPU that holds Python's one lock, so a program
that serves people has it written by another process.
Formulas carry no stored results: Excel and LibreOffice reckon them on opening, a mere previewer shows them empty.
"""

import io
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.figures import Figures
from exports.files import write_out
from exports.grid import write_table
from exports.looks import Looks
from exports.summary import TITLE, write_summary
from exports.tables import tables_of
from exports.text import one_line
from exports.weaving import Woven, weave


def write_workbook(figures: Figures, target: Path | BinaryIO) -> None:
    """Write the workbook to a path, whole or not at all, or into a stream.

    Figures that do not balance are written too, and the Summary says so; `figures.check()` beforehand refuses them.
    Raises ExportRefused with a sentence when the folder is missing, not writable or full.
    """
    write_out(target, lambda file: _write(figures, file))


def workbook_bytes(figures: Figures) -> bytes:
    """Return the workbook as bytes. Takes and gives what can cross to another process."""
    file = io.BytesIO()
    write_workbook(figures, file)
    return file.getvalue()


def _write(figures: Figures, file: BinaryIO) -> None:
    book, long_lists = _build(figures)
    if not long_lists:
        book.save(file)
        return
    draft = io.BytesIO()
    book.save(draft)
    weave(draft, file, long_lists)


def _build(figures: Figures) -> tuple[Workbook, dict[int, Woven]]:
    """The workbook, and the long lists of its sheets by their numbers."""
    book = Workbook(write_only=True)
    _sign(book, figures)
    looks = Looks(book, figures)
    tables = {table.part: table for table in tables_of(figures)}
    summary: Worksheet = book.create_sheet(TITLE)
    # A write-only sheet has the face of a Worksheet in all that is used here; the type stubs tell less than half of it.
    sheets: dict[str, Worksheet] = {part: book.create_sheet(table.title) for part, table in tables.items()}
    write_summary(summary, looks, figures, tables, sheets)
    receipts = tables["receipts"] if figures.one_day else None
    written = [write_table(sheets[part], looks, table, figures, receipts) for part, table in tables.items()]
    return book, {number: woven for number, woven in enumerate(written, 2) if woven}


def _sign(book: Workbook, figures: Figures) -> None:
    book.properties.creator = "kiosk"
    book.properties.title = one_line(f"{figures.venue}, {figures.period}")
    book.properties.created = figures.made_at
