"""A sheet of figures, such as X and Z, for a screen."""

from __future__ import annotations

from kiosk.printing.documents_sheet import Figure, Sheet
from kiosk.printing.layouts import lines_of

__all__ = ["KIND", "Figure", "Sheet", "preview"]
KIND = Sheet.KIND


def preview(document: Sheet, columns: int) -> list[str]:
    """The paper as plain lines for a screen, each at most `columns` cells wide."""
    return lines_of(document, columns)
