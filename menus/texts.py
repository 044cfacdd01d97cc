"""Texts people type into a menu: what a name and a description may hold, and the codes made from names."""

import re
import unicodedata
from collections.abc import Iterable

CODE_LENGTH = 64
NAME_LENGTH = 120
DESCRIPTION_LENGTH = 4000

_LATIN_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNFIT_IN_PARAGRAPHS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def one_line(text: str) -> str:
    """The text without blanks around it. Raises ValueError when it holds a line break or a control character."""
    text = text.strip()
    if found := _UNFIT.search(text):
        raise ValueError(f"It holds a line break or an invisible character ({_named(found)}); take it out.")
    return text


def paragraphs(text: str) -> str:
    """Text of several lines, with one kind of line break. Raises ValueError on control characters or undue length."""
    text = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNFIT_IN_PARAGRAPHS.search(text):
        raise ValueError(f"It holds an invisible character ({_named(found)}); take it out.")
    return _at_most(text, DESCRIPTION_LENGTH)


def short_name(text: str) -> str:
    """One line of at most 120 characters, blank allowed. Raises ValueError otherwise."""
    return _at_most(one_line(text), NAME_LENGTH)


def name(text: str) -> str:
    """One line of 1 to 120 characters. Raises ValueError otherwise."""
    return _not_blank(short_name(text))


def code(text: str) -> str:
    """A code in Unicode form NFC of 1 to 64 characters. Raises ValueError otherwise."""
    return _not_blank(_at_most(unicodedata.normalize("NFC", one_line(text)), CODE_LENGTH))


def is_language(text: str) -> bool:
    """Whether a text names a language, as `en`, `pt-BR` or `zh_Hant`."""
    return _LANGUAGE.fullmatch(text) is not None


def language(text: str) -> str:
    """A language as `en`, `pt-BR` or `zh_Hant`. Raises ValueError otherwise."""
    if not is_language(text):
        raise ValueError(f'"{text}" is not a language; write its short form, as en, de or pt-BR.')
    return text


def clock(text: str) -> str:
    """A time of day "HH:MM" from 00:00 to 23:59. Raises ValueError otherwise."""
    if not _CLOCK.fullmatch(text):
        raise ValueError(f'"{text}" is not a time of day; write hours and minutes from 00:00 to 23:59, as 11:30.')
    return text


def slug(text: str) -> str:
    """The code a name stands for: Latin letters without accents, other scripts' letters as they are, "-" between."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LATIN_WITHOUT_DECOMPOSITION)
    kept = ""
    for letter in unicodedata.normalize("NFC", folded):
        kept += _slug_letter(letter, kept[-1:])
    words = re.sub("-+", "-", unicodedata.normalize("NFC", kept)).strip("-")
    return words[:CODE_LENGTH].strip("-") or "-".join(f"u{ord(letter):x}" for letter in text)[:CODE_LENGTH] or "none"


def free_code(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or with -2, -3 ... behind it where it is taken."""
    used, number, free = set(taken), 1, wanted
    while free in used:
        number += 1
        free = f"{wanted[: CODE_LENGTH - len(str(number)) - 1]}-{number}"
    return free


def _slug_letter(letter: str, before: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    if base.isascii() and base.isalnum():
        return base
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return ""
    if kind.startswith("M"):
        return "" if before.isascii() else letter
    return letter if letter.isalnum() else "-"


def _named(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X} at character {found.start() + 1}"


def _not_blank(text: str) -> str:
    if not text:
        raise ValueError("It is empty; fill it in.")
    return text


def _at_most(text: str, length: int) -> str:
    if len(text) > length:
        raise ValueError(f"It has {len(text)} characters and {length} is the most; shorten it.")
    return text
