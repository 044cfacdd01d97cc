"""What may be rung and when, what is said of a modifier, and how names are folded for searching."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from kiosk.menu.errors import ChoiceMissing, ChoiceTooMany, ModifierForeign, PrefixTwice, PrefixUnfit

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


class Stock(NamedTuple):
    """An item's stock: whether it is 86ed, the portions left (None: not counted), the day on which both end."""

    is_out: bool = False
    left: int | None = None
    back_on_day: date | None = None

    @property
    def is_sold_out(self) -> bool:
        return self.is_out or self.left == 0

    @property
    def is_limited(self) -> bool:
        return self.is_out or self.left is not None

    def on(self, day: date) -> Stock:
        """The stock on a business day: from the day it is back on, there is as much as wanted."""
        return Stock() if self.back_on_day is not None and self.back_on_day <= day else self


class Prefix(StrEnum):
    """What is said before a modifier: leave it off, more of it, not on the dish but beside it."""

    NO = "no"
    EXTRA = "extra"
    SIDE = "side"


class Prefixed(NamedTuple):
    """A modifier, by its id, of which something is said."""

    id: int
    prefix: Prefix


class Choice(NamedTuple):
    """A modifier that can be chosen, with what it adds to the price in minor units, and what is said of it."""

    id: int
    code: str
    name: str
    price: int
    prefix: Prefix | None = None


@dataclass(frozen=True)
class ChoiceGroup:
    """A group of an item: at least `least` and at most `most` of its choices; `prefixes`: may they be said of them."""

    name: str
    least: int
    most: int
    choices: Sequence[Choice]
    prefixes: bool = False


def takes_prefixes(said: bool | None, least: int) -> bool:
    """Whether "no", "extra" and "on the side" may be said of a group's modifiers: as the menu says, else of all that
    is not asked for anyway."""
    return least == 0 if said is None else said


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


def say(item: str, groups: Sequence[ChoiceGroup], prefixed: Sequence[Prefixed]) -> list[Choice]:
    """The modifiers said with a prefix, in the order of the menu; they do not count for the least and most of a group.

    What is left off costs nothing; what is extra or on the side costs its price. Raises ModifierForeign, PrefixUnfit
    or PrefixTwice.
    """
    said = dict(prefixed)
    known = {choice.id: (group, choice) for group in groups for choice in group.choices}
    for modifier_id, count in Counter(one.id for one in prefixed).items():
        if modifier_id not in known:
            raise ModifierForeign(item)
        group, choice = known[modifier_id]
        if not group.prefixes:
            raise PrefixUnfit(choice.name, item)
        if count > 1:
            raise PrefixTwice(choice.name, item)
    return [_said(choice, said[key]) for key, (_, choice) in known.items() if key in said]


def _said(choice: Choice, prefix: Prefix) -> Choice:
    return choice._replace(prefix=prefix, price=0 if prefix is Prefix.NO else choice.price)


def spoken(name: str, prefix: Prefix | str | None) -> str:
    """A modifier as the kitchen reads it: "No chilli", "Extra burrata", "Burrata on the side"."""
    if prefix is None:
        return name
    if prefix == Prefix.SIDE:
        return f"{name} on the side"
    return f"{'No' if prefix == Prefix.NO else 'Extra'} {_inside_a_sentence(name)}"


def _inside_a_sentence(name: str) -> str:
    """A name without its first capital, unless it is written in capitals (BBQ)."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
