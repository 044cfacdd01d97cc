"""From a slip to ESC/POS bytes by python-escpos, in the one code page of its printer; what that lacks becomes dots.

Only commands that stand here are ever sent: what people typed reaches a printer as letters or as a picture.
"""

from __future__ import annotations

import io
import logging
import os
import shutil
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

from PIL.Image import Image

from kiosk.printing import codepages, raster
from kiosk.printing.rows import Align, Part, QrCode, Raster, Row, Rule, Slip, Style
from kiosk.printing.text import plain

KNIFE_ROWS = 6
LONGEST_QR = 300
_BUZZ = {"esc_b": b"\x1bB\x02\x02", "esc_a": b"\x1b(A\x03\x00a\x04\x01"}


@dataclass(frozen=True)
class Speech:
    """What a printer understands: its code page and that page's number, how it cuts and rings, its dots (0: none).

    `logo` is the picture that stands over receipts, as its file holds it.
    """

    code_page: str = "CP858"
    code_page_no: int = 19
    cut: str = "partial"
    buzzer: str = "none"
    dots: int = 512
    logo: bytes = b""


def encode(slip: Slip, speech: Speech) -> bytes:
    """The bytes of one slip, cut at its end. Raises LookupError for a code page nobody knows."""
    printer, page, style = _dummy(), codepages.page(speech.code_page), None
    printer.hw("INIT")
    printer._raw(bytes((0x1B, 0x74, speech.code_page_no)))
    for part in slip.rows:
        letters = _letters(part, slip, page, speech)
        if letters is None:
            _picture(printer, part, slip, speech)
            style = None
            continue
        wanted = part.style if isinstance(part, Row) else Style()
        if wanted != style:
            _set(printer, wanted)
            style = wanted
        printer._raw(letters + b"\n")
    _end(printer, speech)
    return bytes(printer.output)


def can_print(text: str, speech: Speech) -> bool:
    """Whether this printer has every letter of a text, in its code page or as dots."""
    page = codepages.page(speech.code_page)
    return page.letters(text) is not None or (speech.dots > 0 and raster.can_draw(text))


def _letters(part: Part, slip: Slip, page: codepages.CodePage, speech: Speech) -> bytes | None:
    """A row in the printer's own letters; None for what has to be a picture or a code."""
    if isinstance(part, Rule):
        return b"-" * slip.columns
    if not isinstance(part, Row):
        return None
    line = plain(part.line(slip.columns))
    own = page.letters(line)
    if own is None and (not speech.dots or not raster.has_more(line, page)):
        return page.at_best(line)
    return own


def _set(printer: Any, style: Style) -> None:
    """All of a style at once: one set after another would take the first back. A bar fills its row by itself."""
    printer.set(
        align="left" if style.inverse else style.align.value,
        bold=style.bold,
        invert=style.inverse,
        custom_size=True,
        width=style.width,
        height=style.height,
    )


def _picture(printer: Any, part: Part, slip: Slip, speech: Speech) -> None:
    if isinstance(part, QrCode):
        _set(printer, Style(align=Align.CENTER))
        printer.qr(plain(part.text)[:LONGEST_QR], ec=1, size=part.size, native=True)
        printer._raw(b"\n")
        return
    _set(printer, Style())
    for block in raster.blocks(_drawn(part, slip, speech)):
        printer._raw(block)


def _drawn(part: Part, slip: Slip, speech: Speech) -> Image | None:
    if isinstance(part, Row):
        return raster.row(part, slip.columns, speech.dots)
    if not speech.dots or not isinstance(part, Raster):
        return None
    if part.name == "test":
        return raster.frame(speech.dots)
    return raster.logo(speech.logo, speech.dots) if speech.logo else None


def _end(printer: Any, speech: Speech) -> None:
    """Feed past the knife, cut, ring. A printer without a knife feeds as far, so that the slip can be torn off."""
    _set(printer, Style())
    if speech.cut == "none":
        printer.print_and_feed(KNIFE_ROWS)
    else:
        printer.cut(mode="FULL" if speech.cut == "full" else "PART")
    printer._raw(_BUZZ.get(speech.buzzer, b""))


def _dummy() -> Any:
    if "escpos.printer" not in sys.modules:
        _load()
    from escpos.printer import Dummy

    return Dummy()


def _load() -> None:
    """Load python-escpos without what its import does besides: set up the root logger, speak, leave a folder behind."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with redirect_stdout(io.StringIO()):
        from escpos import capabilities, printer  # noqa: F401
    root.handlers[:] = handlers
    root.setLevel(level)
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
