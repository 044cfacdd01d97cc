"""Text from people, made fit for paper: nothing a printer would obey, one form of each letter, rows that fit. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import cell_len

JOINERS = "\u200c\u200d"
"""They shape letters of Persian and Hindi; no printer obeys them."""
UNBROKEN = "\u00a0"
_OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LIKE = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc",
    '"': "\u201c\u201d\u201e\u201f\u2033",
    " ": "\n\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u2028\u2029",
    "...": "\u2026",
    "*": "\u2022",
    "fi": "\ufb01",
    "fl": "\ufb02",
    "": "".join(map(chr, range(0xFE00, 0xFE10))),
}
_FOLDED = {ord(one): like for like, letters in _LIKE.items() for one in letters}


def plain(text: str) -> str:
    """Text without control characters and direction marks, its quotes and dashes as every code page has them."""
    if text.isascii() and text.isprintable():
        return text
    folded = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return "".join(one for one in folded if one in JOINERS or unicodedata.category(one) not in _OBEYED)


def cells(text: str) -> int:
    """How many columns a text takes, letter by letter; wide ones take two, marks and joiners none."""
    return len(text) if text.isascii() else sum(map(_cells, text))


@lru_cache(4096)
def _cells(letter: str) -> int:
    return 0 if letter in JOINERS else cell_len(letter)


def wrap(text: str, columns: int) -> list[str]:
    """Text in rows of at most so many cells, broken between words where it can be, but never at an UNBROKEN blank."""
    if cells(text) <= columns:
        return [text.rstrip().replace(UNBROKEN, " ")]
    rows = [""]
    for word in re.split(r"(?<= )", text):
        if rows[-1] and cells(rows[-1] + word.rstrip()) > columns:
            rows.append("")
        for letter in word:
            if cells(rows[-1] + letter) > columns and letter != " ":
                rows.append("")
            rows[-1] += letter
    return [row.rstrip().replace(UNBROKEN, " ") for row in rows]
