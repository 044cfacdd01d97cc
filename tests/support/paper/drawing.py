"""A slip as a PNG: each letter in its cell, pictures dot for dot, QR codes as the printer would draw them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont

from tests.support.paper.slips import Barcode, Line, Picture, QrCode, Row, Slip, Span

if TYPE_CHECKING:
    from PIL.Image import Image as Sheet

MARGIN = 16
FONTS = ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf", "NotoSansMono-Regular.ttf")
PAPER, INK = 255, 0


def png(slip: Slip) -> bytes:
    """The slip with a margin, one grey pixel a dot."""
    height = sum(row.advance for row in slip.rows) + 2 * MARGIN
    sheet = Image.new("L", (slip.dots + 2 * MARGIN, max(height, 1)), PAPER)
    down = MARGIN
    for row in slip.rows:
        drawn = _drawn(row)
        if drawn:
            sheet.paste(drawn, (MARGIN + _left(row.align, drawn.width, slip.dots), down))
        down += row.advance
    kept = BytesIO()
    sheet.save(kept, "PNG")
    return kept.getvalue()


def picture_image(picture: Picture) -> Sheet:
    """The picture alone."""
    black = Image.frombytes("1", (picture.across, picture.down), bytes(byte ^ 0xFF for byte in picture.bits))
    shown = black.convert("L")
    return shown.resize((picture.across * picture.scale[0], picture.down * picture.scale[1]), Image.Resampling.NEAREST)


def qr_squares(text: str, level: str) -> list[list[bool]]:
    """A code without its quiet zone, as printers draw it."""
    import segno

    code = segno.make(text, error=level.lower(), micro=False, boost_error=False)
    return [[bool(square) for square in row] for row in code.matrix]


def _left(align: str, width: int, dots: int) -> int:
    return {"left": 0, "center": max(0, (dots - width) // 2), "right": max(0, dots - width)}[align]


def _drawn(row: Row) -> Sheet | None:
    match row:
        case Line():
            return _line(row)
        case Picture():
            return picture_image(row)
        case QrCode():
            return _qr(row)
        case Barcode():
            return _boxed(row.text)


def _line(line: Line) -> Sheet | None:
    if not line.spans:
        return None
    pieces = [_span(span) for span in line.spans]
    tall = max(piece.height for piece in pieces)
    sheet = Image.new("L", (sum(piece.width for piece in pieces), tall), PAPER)
    across = 0
    for piece in pieces:
        sheet.paste(piece, (across, tall - piece.height))
        across += piece.width
    return sheet


def _span(span: Span) -> Sheet:
    wide, tall = (9, 17) if span.style.is_small else (12, 24)
    sheet = Image.new("L", (wide * len(span.text), tall), PAPER)
    draw = ImageDraw.Draw(sheet)
    for place, letter in enumerate(span.text):
        draw.text((place * wide, tall - 5), letter, fill=INK, font=_font(tall - 6, span.style.is_bold), anchor="ls")
    if span.style.is_underlined:
        draw.line((0, tall - 2, sheet.width, tall - 2), fill=INK, width=2)
    if span.style.is_inverse:
        sheet = sheet.point(lambda shade: 255 - shade)
    return sheet.resize((sheet.width * span.style.width, tall * span.style.height), Image.Resampling.NEAREST)


def _qr(code: QrCode) -> Sheet:
    squares = qr_squares(code.text, code.level)
    sheet = Image.new("L", (len(squares), len(squares)), PAPER)
    sheet.putdata([INK if square else PAPER for square in _flat(squares)])
    side = len(squares) * code.module
    return sheet.resize((side, side), Image.Resampling.NEAREST)


def _flat(rows: Iterable[Iterable[bool]]) -> Iterable[bool]:
    return (square for row in rows for square in row)


def _boxed(text: str) -> Sheet:
    sheet = Image.new("L", (12 * len(text) + 24, 160), PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, sheet.width - 1, 159), outline=INK, width=3)
    draw.text((12, 90), text, fill=INK, font=_font(18, False), anchor="ls")
    return sheet


@cache
def _font(size: int, is_bold: bool) -> Any:
    for name in FONTS[1:] if is_bold else FONTS:
        with suppress(OSError):
            return ImageFont.truetype(name, size)
    return ImageFont.load_default(size)
