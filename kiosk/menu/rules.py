"""What may be rung and when, and how names are folded for searching."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from kiosk.menu.errors import ChoiceMissing, ChoiceTooMany, ModifierForeign

MOST_LEFT = 9_999
"""The highest countdown."""
FIRST_COURSE = 1
"""The course of an item when neither it nor its category names one."""
_NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "’": "'", "‘": "'"}
)


def fold(text: str) -> str:
    """A text as searching compares it: no case, no accents and vowel points, one blank between words, any script.

    Marks that make another letter in their script (kana sounds, Indic signs, Thai tones) stay.
    """
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_NOT_DECOMPOSED))
    kept = "".join(letter for letter in parts if not _is_accent(letter))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _is_accent(letter: str) -> bool:
    kind = unicodedata.combining(letter)
    return kind == 1 or 10 <= kind <= 36 or kind >= 200


def is_served(windows: Iterable[Mapping[str, Any]], local: datetime) -> bool:
    """Whether a time on the venue's wall clock lies in a window; an end before the start is on the next day."""
    return any(_lies_in(window, local) for window in windows)


def _lies_in(window: Mapping[str, Any], local: datetime) -> bool:
    clock, today = local.strftime("%H:%M"), local.isoweekday()
    start, end, weekdays = window["start"], window["end"], window["weekdays"]
    if start < end:
        return today in weekdays and start <= clock < end
    yesterday = (today - 2) % 7 + 1
    return (today in weekdays and clock >= start) or (yesterday in weekdays and clock < end)


def course(*named: int | None) -> int:
    """The course of an item: its own, else its category's, else that of the category around it, else the first."""
    return next((no for no in named if no is not None), FIRST_COURSE)


COURSES = {0: "Drinks", 1: "Starters", 2: "Mains", 3: "Desserts"}
"""What a house's usual courses are called."""


def course_name(no: int) -> str:
    """What a course is called on screens."""
    return COURSES.get(no, f"Course {no}")


class Choice(NamedTuple):
    """A modifier that can be chosen, with what it adds to the price in minor units."""

    id: int
    code: str
    name: str
    price: int


@dataclass(frozen=True)
class ChoiceGroup:
    """A group of an item: at least `least` and at most `most` of its choices."""

    name: str
    least: int
    most: int
    choices: Sequence[Choice]


def choose(item: str, groups: Sequence[ChoiceGroup], wanted: Sequence[int]) -> list[Choice]:
    """The chosen modifiers in the order of the menu, when the groups of the item allow them.

    Raises ModifierForeign, ChoiceMissing or ChoiceTooMany, each with a sentence that names the item.
    """
    count, chosen = Counter(wanted), list[Choice]()
    for group in groups:
        taken = [choice for choice in group.choices for _ in range(count.pop(choice.id, 0))]
        if len(taken) < group.least:
            raise ChoiceMissing(group.name, item, group.least)
        if len(taken) > group.most:
            raise ChoiceTooMany(group.name, item, group.most)
        chosen += taken
    if count:
        raise ModifierForeign(item)
    return chosen
