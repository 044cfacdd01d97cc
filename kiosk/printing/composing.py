"""A kept document for one printer: its bytes, and its words for a screen or a file."""

from __future__ import annotations

from functools import partial
from typing import Any

from kiosk.printing import encode, layouts
from kiosk.printing.models import Printer
from kiosk.printing.rows import Copy, Paper, Slip

FIRST = Copy()


def speech_of(printer: Printer, logo: bytes = b"") -> encode.Speech:
    """What a printer's row says that it understands."""
    return encode.Speech(
        code_page=printer.code_page,
        code_page_no=printer.code_page_no,
        cut=str(printer.cut.value),
        buzzer=str(printer.buzzer.value),
        dots=printer.dots,
        logo=logo,
    )


def paper_of(printer: Printer) -> Paper:
    """What a layout must know of a printer."""
    able = partial(encode.can_print, speech=speech_of(printer))
    return Paper(printer.columns, printer.dots, printer.language, str(printer.names.value), able)


def slip_for(kept: dict[str, Any], printer: Printer, copy: Copy = FIRST) -> Slip:
    """A kept document laid out for a printer. Raises ValueError, TypeError or LookupError when it cannot be."""
    return layouts.lay_out(kept, paper_of(printer), copy)


def compose(kept: dict[str, Any], printer: Printer, copy: Copy = FIRST, logo: bytes = b"") -> bytes:
    """All the bytes of a job, from the printer's reset to the cut."""
    return encode.encode(slip_for(kept, printer, copy), speech_of(printer, logo))


def words(kept: dict[str, Any], printer: Printer, copy: Copy = FIRST) -> list[str]:
    """The paper as plain lines, as wide as the printer's."""
    return layouts.preview(slip_for(kept, printer, copy), printer.columns)
