"""What a slip is made of: rows already wrapped for their paper, rules, pictures, QR codes. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from kiosk.printing.text import cells, plain, wrap


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Style:
    """How letters stand: so many times as wide and high, bold, white on black over the whole width."""

    bold: bool = False
    width: int = 1
    height: int = 1
    inverse: bool = False
    align: Align = Align.LEFT


PLAIN = Style()
BOLD = Style(bold=True)
TALL = Style(bold=True, height=2)
CENTERED = Style(align=Align.CENTER)
BAR = Style(bold=True, inverse=True)
TALL_BAR = Style(bold=True, inverse=True, height=2)
BANNER = Style(bold=True, inverse=True, width=2, height=2, align=Align.CENTER)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of paper: `lead` (indent, quantity, sign) on the left, then the text, `right` at the right edge."""

    text: str
    style: Style = PLAIN
    lead: str = ""
    right: str = ""

    def line(self, columns: int) -> str:
        """The row as its letters stand side by side; a bar fills its width."""
        room = columns // self.style.width
        left = self.lead + self.text
        if not self.right and not self.style.inverse:
            return left
        gap = max(0, room - cells(left) - cells(self.right))
        before = gap // 2 if self.style.align is Align.CENTER else 0
        return " " * before + left + " " * (gap - before) + self.right


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of the house's, by its name: `logo`, or the `test` pattern."""

    name: str


@dataclass(frozen=True, slots=True)
class QrCode:
    text: str
    size: int = 5


Part: TypeAlias = Row | Rule | Raster | QrCode


@dataclass(frozen=True, slots=True)
class Slip:
    """A document laid out for a paper. `end` is its end mark; a slip without it on paper was torn."""

    rows: tuple[Part, ...]
    columns: int
    end: str


@dataclass(frozen=True)
class Paper:
    """What a layout must know of a printer. `names`: kitchen, menu or both; `can_print` says if it has the letters."""

    columns: int = 42
    dots: int = 512
    language: str = "en"
    names: str = "kitchen"
    can_print: Callable[[str], bool] = field(default=bool, compare=False)


@dataclass(frozen=True)
class Copy:
    """Which copy this is, why (`heading`, such as BACKUP FROM GRILL), and who asked for it when."""

    no: int = 1
    heading: str = ""
    asked_by: str = ""
    at: str = ""


def rows_of(text: str, columns: int, style: Style = PLAIN, *, lead: str = "") -> list[Row]:
    """Text wrapped for a width, all its rows behind a lead that is said once."""
    lead, text = _fitting(lead, text, columns // style.width)
    parts = wrap(text, columns // style.width - cells(lead)) if text else [""]
    blank = " " * cells(lead)
    return [Row(part, style, lead if place == 0 else blank) for place, part in enumerate(parts)]


def sides(left: str, right: str, columns: int, style: Style = PLAIN, *, lead: str = "") -> list[Row]:
    """Words on the left, wrapped, a figure on the right of the first row; one that does not fit has its own row."""
    width = columns // style.width
    if not right or cells(right) > width // 2 + width // 4:
        return [*rows_of(left, columns, style, lead=lead), *_alone(right, width, style)]
    lead, left = _fitting(lead, left, width)
    room = width - cells(lead) - cells(right) - 1
    if room < min(width // 3, cells(left)):
        return [*rows_of(left, columns, style, lead=lead), *_alone(right, width, style)]
    first, *rest = wrap(left, room)
    blank = " " * cells(lead)
    return [Row(first, style, lead, right), *(Row(part, style, blank) for part in rest)]


def _alone(right: str, width: int, style: Style) -> list[Row]:
    return [Row("", style, right=part) for part in wrap(right, width)] if right else []


def _fitting(lead: str, text: str, width: int) -> tuple[str, str]:
    """A lead that would leave no room is part of the text."""
    return (lead, text) if cells(lead) <= width // 2 else ("", lead + text)


def centered(text: str, columns: int, *, bold: bool = False) -> list[Row]:
    """Text of people in the middle."""
    return rows_of(plain(text), columns, Style(bold=bold, align=Align.CENTER)) if text else []


def heading(text: str, columns: int, largest: int = 2) -> list[Row]:
    """Text of people as big as it fits on one row; where it does not at twice the size, in several rows."""
    said = plain(text)
    size = next((size for size in range(largest, 2, -1) if cells(said) <= columns // size), 2)
    return rows_of(said, columns, Style(bold=True, width=size, height=size, align=Align.CENTER)) if said else []


def banner(text: str, columns: int) -> list[Row]:
    """Text of people white on black across the paper, twice as high, and as wide where it fits."""
    said = plain(text)
    fits = cells(said) <= columns // 2
    return rows_of(said, columns, BANNER if fits else replace(BANNER, width=1)) if said else []
