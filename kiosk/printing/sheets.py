"""A sheet of figures for paper and screen, such as X and Z: words on the left, an amount or a word on the right."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from kiosk.printing.documents_sheet import Figure, Sheet
from kiosk.printing.layouts import Align, Row, plain, sides, wrap

__all__ = ["KIND", "Figure", "Sheet", "preview", "sheet"]
KIND = Sheet.KIND


def sheet(document: Sheet, columns: int) -> list[Row]:
    """A sheet on paper: head, blocks with a rule between them, foot."""
    rows = [Row(part, Align.CENTER, bold=True, big=True) for part in wrap(plain(document.venue), columns // 2)]
    rows += [Row(part, Align.CENTER, bold=True) for part in wrap(plain(document.title), columns)]
    rows += [Row(part, Align.CENTER) for note in document.notes for part in wrap(plain(note), columns)]
    for block in document.blocks:
        rows.append(Row("-" * columns))
        rows += _block(document, block, columns)
    rows.append(Row("-" * columns))
    return rows + [Row(part) for line in document.foot for part in wrap(plain(line), columns)]


def _block(document: Sheet, block: tuple[Figure, ...], columns: int) -> Iterator[Row]:
    for figure in block:
        right = document.shown(figure)
        if right:
            yield from sides(plain(figure.label), right, columns, bold=figure.bold, indent=2)
        else:
            yield from (Row(part, bold=figure.bold) for part in wrap(plain(figure.label), columns))


def preview(document: Sheet, columns: int) -> list[str]:
    """The paper as plain lines for a screen, each at most `columns` cells wide."""
    return [_centered(row, columns) if row.align is Align.CENTER else row.text for row in sheet(document, columns)]


def _centered(row: Row, columns: int) -> str:
    return " " * max(0, (columns - cell_len(row.text)) // 2) + row.text
