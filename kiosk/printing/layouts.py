"""From a kept document to a slip of any width, and from a slip to plain lines for a screen. Pure.

Figures are never cut, names are wrapped, and every slip ends with its end mark.
"""

from __future__ import annotations

from typing import Any

from kiosk.printing.documents import AnyDocument, Bill, KitchenSlip, Receipt, Sheet, TestPage, of_json
from kiosk.printing.layouts_kitchen import kitchen
from kiosk.printing.layouts_receipt import bill, receipt
from kiosk.printing.layouts_sheet import sheet
from kiosk.printing.layouts_trial import trial_page
from kiosk.printing.rows import Align, Copy, Paper, Part, QrCode, Raster, Row, Rule, Slip
from kiosk.printing.text import cells

__all__ = [
    "Copy",
    "Paper",
    "Part",
    "QrCode",
    "Raster",
    "Row",
    "Rule",
    "Slip",
    "laid_out",
    "lay_out",
    "lines_of",
    "preview",
]
FIRST = Copy()


def lay_out(kept: dict[str, Any], paper: Paper, copy: Copy = FIRST) -> Slip:
    """A kept document on this paper. Raises ValueError, TypeError or KeyError when it cannot be laid out."""
    return laid_out(of_json(kept), paper, copy)


def laid_out(document: AnyDocument, paper: Paper, copy: Copy = FIRST) -> Slip:
    """A document on this paper."""
    match document:
        case Receipt():
            return receipt(document, paper, copy)
        case Bill():
            return bill(document, paper, copy)
        case KitchenSlip():
            return kitchen(document, paper, copy)
        case Sheet():
            return sheet(document, paper, copy)
        case TestPage():
            return trial_page(document, paper, copy)


def lines_of(document: AnyDocument, columns: int) -> list[str]:
    """A document as plain lines for a screen, in English."""
    return preview(laid_out(document, Paper(columns)), columns)


def preview(slip: Slip, columns: int) -> list[str]:
    """The slip as plain lines for a screen, each at most `columns` cells wide; pictures and codes are left out."""
    return [_shown(part, columns) for part in slip.rows if isinstance(part, Row | Rule)]


def _shown(part: Row | Rule, columns: int) -> str:
    if isinstance(part, Rule):
        return "-" * columns
    left = part.lead + part.text
    if part.right:
        gap = columns - cells(left) - cells(part.right)
        return left + " " * (gap if gap >= 0 else 1) + part.right
    return " " * max(0, (columns - cells(left)) // 2) + left if part.style.align is Align.CENTER else left
