"""Text that people typed, made safe for a cell: data it was, data it stays."""

import re
import unicodedata

LONGEST = 16_000
"""Excel refuses cells over 32,767 UTF-16 units, and one emoji is two of them."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\t\r\n]+")
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = tuple("=+-@＝＋－＠'")


def one_line(text: str) -> str:
    """Return the text on one line, without characters that XML or a terminal cannot carry."""
    return _BREAKS.sub(" ", _UNWRITABLE.sub("", text)).strip()[:LONGEST]


def cell_text(text: str) -> str:
    """Return the text for a workbook cell; what looks like Excel's own `_x0041_` escapes is shown, not decoded."""
    return _ESCAPE_LOOKALIKE.sub("_x005F_", one_line(text))


def csv_text(text: str) -> str:
    """Return the text for a CSV field; an apostrophe keeps a spreadsheet from reading a formula into it."""
    line = one_line(text)
    return f"'{line}" if is_risky(line) else line


def is_risky(text: str) -> bool:
    """Tell whether a spreadsheet would take this text for a formula, were it typed in."""
    return text.startswith(_RISKY)


def shown_width(text: str) -> int:
    """Return how many columns of type the text takes: East Asian characters and emoji take two."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
