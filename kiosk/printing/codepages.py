"""The letters of the printers' code pages, and the number each page has on most printers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from kiosk.printing.text import JOINERS, cells

NUMBERS = {
    "CP437": 0,
    "CP850": 2,
    "CP860": 3,
    "CP863": 4,
    "CP865": 5,
    "CP857": 13,
    "CP737": 14,
    "ISO8859_7": 15,
    "WPC1252": 16,
    "CP866": 17,
    "CP852": 18,
    "CP858": 19,
    "CP720": 32,
    "CP775": 33,
    "CP855": 34,
    "CP861": 35,
    "CP862": 36,
    "CP864": 37,
    "CP869": 38,
    "ISO8859_2": 39,
    "ISO8859_15": 40,
    "CP1125": 44,
    "WPC1250": 45,
    "WPC1251": 46,
    "WPC1253": 47,
    "WPC1254": 48,
    "WPC1255": 49,
    "WPC1256": 50,
    "WPC1257": 51,
    "WPC1258": 52,
}
"""The pages that can be chosen, with the numbers of the printers that set the custom; a clone may differ."""
_DROPPED = dict.fromkeys(map(ord, JOINERS))
_NOT_TEXT = {"Cc", "Cf", "Cs"}


@dataclass(frozen=True)
class CodePage:
    """A code page by its name on printers."""

    name: str
    codec: str

    def letters(self, text: str) -> bytes | None:
        """The text in this page, or None where the page lacks a letter or a printer would stand it the wrong way."""
        if text.isascii():
            return bytes(one for one in text.encode() if 0x20 <= one < 0x7F)
        plain = text.translate(_DROPPED)
        if any(unicodedata.bidirectional(one) in {"R", "AL", "AN", "NSM"} for one in plain):
            return None
        try:
            return self._encoded(plain)
        except UnicodeEncodeError:
            return None

    def table(self) -> list[str]:
        """The letters beyond ASCII, thirty-two a row, as a person compares them with the paper."""
        rows = (bytes(range(start, start + 32)).decode(self.codec, "replace") for start in range(0x80, 0x100, 32))
        return ["".join(one if self.letters(one) and one.isprintable() else " " for one in row) for row in rows]

    def at_best(self, text: str) -> bytes:
        """The text in this page, each letter it lacks as its base letter or a `?`, column for column."""
        if (all_there := self.letters(text)) is not None:
            return all_there
        return b"".join(self._one(one, cells(one)) for one in text)

    def _one(self, letter: str, columns: int) -> bytes:
        """A letter, its base letter or a `?` for each of its columns; nothing for a mark that has none."""
        if not columns or unicodedata.category(letter) in _NOT_TEXT:
            return b""
        for form in (letter, unicodedata.normalize("NFKD", letter)[:1]):
            try:
                return self._encoded(form).ljust(columns, b" ")
            except UnicodeEncodeError:
                continue
        return b"?" * columns

    def _encoded(self, text: str) -> bytes:
        """The text's bytes without any that a printer would obey."""
        shown = "".join(one for one in text if unicodedata.category(one) not in _NOT_TEXT)
        return bytes(one for one in shown.encode(self.codec) if one >= 0x20 and one != 0x7F)


@cache
def page(name: str) -> CodePage:
    """A code page by its name on printers. Raises LookupError for one nobody knows."""
    if name not in NUMBERS:
        raise LookupError(f"There is no code page {name}; there are {', '.join(NUMBERS)}.")
    return CodePage(name, name.replace("WPC", "CP").lower())
