"""Rows of letters that a printer's code page lacks, and pictures, as dots on paper."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageOps

from kiosk.printing import bidi, fonts
from kiosk.printing.codepages import CodePage
from kiosk.printing.rows import Align, Row
from kiosk.printing.text import cells

log = logging.getLogger(__name__)
BLOCK_ROWS = 24
"""A picture goes in blocks as low as this: one that was torn then eats little of what is printed next."""
ROW_DOTS = 30
LETTER_DOTS = 20
SPACE = 3
LOGO_ROWS = 240
_OBEYED_IN_DATA = re.compile(rb"\x10(?=[\x04\x05\x14])")


@dataclass(frozen=True)
class Run:
    """Letters of one font and one direction."""

    text: str
    font: Path
    level: int


def can_draw(text: str) -> bool:
    """Whether this machine's fonts have every letter."""
    return all(fonts.file_for(one) for one in text if not _joins(one) and not one.isspace())


def drawable(text: str) -> str:
    """The text with a `?` for each letter that no font has."""
    return "".join(one if _joins(one) or one.isspace() or fonts.file_for(one) else "?" for one in text)


def has_more(text: str, page: CodePage) -> bool:
    """Whether dots can show a letter of this text that the printer's own page lacks."""
    return any(page.letters(one) is None and fonts.file_for(one) for one in text if not _joins(one))


def row(part: Row, columns: int, dots: int) -> Image.Image:
    """A row as a picture over the whole width: its text between its lead and its right, squeezed where it must be."""
    style, height = part.style, part.style.height * LETTER_DOTS
    cell = style.width * (dots // columns)
    edge = columns // style.width * cell
    lead = _line(part.lead, height, cells(part.lead.strip()) * cell)
    right = _line(part.right, height, cells(part.right) * cell)
    start, indent = cells(part.lead) * cell, (cells(part.lead) - cells(part.lead.lstrip())) * cell
    room = edge - start - (right.ink.width + cell if part.right else 0)
    text = _line(part.text, height, room)
    if style.align is Align.CENTER:
        start += (room - text.ink.width) // 2
    above = max(one.above for one in (lead, text, right))
    below = max(one.ink.height - one.above for one in (lead, text, right))
    rows = max(ROW_DOTS + (style.height - 1) * BLOCK_ROWS, above + below + 2 * SPACE)
    paper = Image.new("1", (dots, rows), 0)
    for drawn, left in ((lead, indent), (text, start), (right, edge - right.ink.width)):
        paper.paste(drawn.ink, (left, (rows - above - below) // 2 + above - drawn.above))
    return ImageChops.invert(paper) if style.inverse else paper


@dataclass(frozen=True)
class Line:
    """Drawn text, white on black; so many of its rows are above the line on which its letters stand."""

    ink: Image.Image
    above: int


def _line(text: str, height: int, room: int) -> Line:
    """Text drawn with letters this high, its runs from left to right as they are read, squeezed where it is wider."""
    runs = _runs(drawable(text.strip()))
    lengths = [fonts.opened(run.font, height).getlength(run.text, direction=_way(run)) for run in runs]
    canvas = Image.new("1", (int(sum(lengths)) + 2 * height, 4 * height), 0)
    pen, left = ImageDraw.Draw(canvas), 0.0
    for run, length in zip(runs, lengths, strict=True):
        font = fonts.opened(run.font, height)
        pen.text((height + left, 2 * height), run.text, fill=255, font=font, anchor="ls", direction=_way(run))
        left += length
    box = canvas.getbbox()
    if box is None:
        return Line(Image.new("1", (1, 1), 0), 0)
    ink = canvas.crop(box)
    return Line(ink if ink.width <= room else ink.resize((max(1, room), ink.height)), 2 * height - box[1])


def _way(run: Run) -> str | None:
    if not fonts.shapes():
        return None
    return "rtl" if run.level % 2 else "ltr"


def _runs(text: str) -> list[Run]:
    """The runs of a text in the order in which they stand on paper."""
    base = bidi.base_level(text)
    levels, files = bidi.levels(text, base), _files(text)
    found = []
    for first, end, level in bidi.visual(levels):
        pieces = list(_of_one_font(text, files, first, end, level))
        found += pieces[::-1] if level % 2 else pieces
    return found


def _of_one_font(text: str, files: list[Path], first: int, end: int, level: int) -> Iterator[Run]:
    start = first
    for place in range(first + 1, end + 1):
        if place == end or files[place] != files[start]:
            yield Run(text[start:place], files[start], level)
            start = place


def _files(text: str) -> list[Path]:
    """The font of each letter; a mark, a digit and what stands between stay with the font before that has them."""
    found: list[Path] = []
    for letter in text:
        own = fonts.file_for(letter)
        stays = found and (_joins(letter) or (not letter.isalpha() and fonts.has(found[-1], letter)))
        found.append(found[-1] if stays else own or next(iter(found), None) or _any_font())
    return found


def _any_font() -> Path:
    """A font for what is only a blank or a mark by itself."""
    return fonts.file_for("?") or next(fonts.SHIPPED[0].iterdir())


def _joins(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"}


@lru_cache(8)
def logo(content: bytes, dots: int) -> Image.Image | None:
    """A house's picture in black dots in the middle of the paper, no wider and not higher than a receipt can bear.

    None where it cannot be read: a receipt without a picture is better than none.
    """
    try:
        grey = _on_white(content)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as unreadable:
        log.warning("logo.png cannot be read, so receipts have no picture: %s", unreadable)
        return None
    grey.thumbnail((dots, LOGO_ROWS))
    paper = Image.new("1", (dots, grey.height), 0)
    paper.paste(ImageChops.invert(grey).convert("1"), ((dots - grey.width) // 2, 0))
    return paper


def _on_white(content: bytes) -> Image.Image:
    """A picture in greys, as it looks on paper."""
    with Image.open(io.BytesIO(content)) as kept:
        shown = ImageOps.exif_transpose(kept).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("L")


@lru_cache(8)
def frame(dots: int) -> Image.Image:
    """The pattern of a test page: a frame from edge to edge with a cross in it."""
    paper = Image.new("1", (dots, 3 * BLOCK_ROWS), 0)
    pen = ImageDraw.Draw(paper)
    pen.rectangle((0, 0, dots - 1, paper.height - 1), outline=255, width=2)
    pen.line((0, 0, dots - 1, paper.height - 1), fill=255, width=2)
    pen.line((0, paper.height - 1, dots - 1, 0), fill=255, width=2)
    return paper


def blocks(picture: Image.Image | None) -> list[bytes]:
    """A picture (dots are 1) as commands of few rows each, without data a printer would obey in the middle of it."""
    if picture is None:
        return []
    across = (picture.width + 7) // 8
    data = picture.tobytes()
    cut = (data[at : at + BLOCK_ROWS * across] for at in range(0, len(data), BLOCK_ROWS * across))
    return [_block(tamed(rows), across) for rows in cut]


def _block(rows: bytes, across: int) -> bytes:
    return b"\x1dv0\x00" + across.to_bytes(2, "little") + (len(rows) // across).to_bytes(2, "little") + rows


def tamed(data: bytes) -> bytes:
    """Picture data with one dot more wherever it would be a real-time command: those are obeyed even inside data."""
    return _OBEYED_IN_DATA.sub(b"\x30", data)
