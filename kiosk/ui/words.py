"""The words of a tap as every act may take them: text without anything that is no text, numbers that fit a row."""

from __future__ import annotations

import unicodedata
from typing import Any

LARGEST = 2**53 - 1
"""The largest whole number a screen can mean; beyond it a browser's numbers are no longer exact."""
BLANKS = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))
OVERRIDES = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""They turn the direction of what follows them, and make one text look like another."""
UNSEEN = frozenset({"Cc", "Cs"})


class NumberTooLarge(ValueError):
    """A whole number that no screen can mean."""


def plain(text: str) -> str:
    """What somebody typed, without control characters and direction overrides, in one line, no blanks around it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (one for one in text.translate(BLANKS) if one not in OVERRIDES and unicodedata.category(one) not in UNSEEN)
    return "".join(kept).strip()


def cleaned(value: Any) -> Any:
    """A JSON value with plain texts. Raises NumberTooLarge."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    if isinstance(value, dict):
        return {name: cleaned(one) for name, one in value.items()}
    if isinstance(value, int) and abs(value) > LARGEST:
        raise NumberTooLarge("a number is too large")
    return value
