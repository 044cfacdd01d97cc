"""What is asked after a test page, and what a printer's set-up becomes by the answers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

SetUp = Mapping[str, Any]
"""The columns of a printer by name."""
WIDTHS: Final = ((48, 576), (42, 512), (32, 384))
"""Columns of the usual papers with the dots of their heads: 80 mm at 203 dpi, at 180 dpi, and 58 mm."""
PAGES: Final = (("CP858", 19), ("WPC1252", 16), ("CP858", 13), ("CP850", 2), ("CP437", 0))
"""Code pages with the number most printers know them by."""


@dataclass(frozen=True)
class Question:
    """One yes or no; `yes` and `no` are what the answer changes in the set-up, nothing where all is well."""

    key: str
    ask: str
    look: str
    yes: dict[str, Any]
    no: dict[str, Any]


def questions(printer: SetUp) -> list[Question]:
    """The six questions on the test page of a printer that is set up so."""
    return [asked(printer) for asked in _ASKED]


def changes(printer: SetUp, answers: Mapping[str, bool]) -> dict[str, Any]:
    """What these answers change in the set-up; questions without an answer change nothing."""
    given = [(one, answers[one.key]) for one in questions(printer) if one.key in answers]
    return {name: value for one, yes in given for name, value in (one.yes if yes else one.no).items()}


def _width(printer: SetUp) -> Question:
    columns = printer["columns"]
    to, dots = _after(WIDTHS, (columns, printer["dots"]))
    look = f"The row of figures and the mark {columns}| end at the right edge, and not on a second line."
    return Question("width", f"Do {columns} letters fill one row?", look, {}, {"columns": to, "dots": dots})


def _letters(printer: SetUp) -> Question:
    page, number = _after(PAGES, (printer["code_page"], printer["code_page_no"]))
    look = "After “Letters:” it reads € é è ñ ü ß ç à ö å, as here."
    return Question("letters", "Are the letters right?", look, {}, {"code_page": page, "code_page_no": number})


def _picture(printer: SetUp) -> Question:
    to = {dots: lower for (_, dots), (_, lower) in zip(WIDTHS, WIDTHS[1:] + WIDTHS[:1], strict=True)}
    look = "The frame goes from edge to edge, and a telephone reads the code."
    return Question("picture", "Are frame and code whole?", look, {}, {"dots": to.get(printer["dots"], 384)})


def _cut(printer: SetUp) -> Question:
    if printer["cut"] == "none":
        return Question("cut", "Has it a knife?", "Then it cuts the next page.", {"cut": "partial"}, {})
    then = {"partial": "full", "full": "none"}[printer["cut"]]
    return Question("cut", "Was the page cut?", "Below its last line, which begins with END TEST.", {}, {"cut": then})


def _buzzer(printer: SetUp) -> Question:
    if printer["buzzer"] == "none":
        return Question("buzzer", "Shall it ring for each ticket?", "Where it has a bell.", {"buzzer": "esc_b"}, {})
    then = {"esc_b": "esc_a", "esc_a": "none"}[printer["buzzer"]]
    return Question("buzzer", "Did it ring?", "Once, when the page came.", {}, {"buzzer": then})


def _drawer(printer: SetUp) -> Question:
    if printer["drawer_kick"] == "none":
        look = "A cable from the printer to the drawer."
        return Question("drawer", "Does a cash drawer hang on it?", look, {"drawer_kick": "pin_2"}, {})
    then = {"pin_2": "pin_5", "pin_5": "none"}[printer["drawer_kick"]]
    return Question("drawer", "Does its drawer open?", "Try it with the key below.", {}, {"drawer_kick": then})


_ASKED: Final[tuple[Callable[[SetUp], Question], ...]] = (_width, _letters, _picture, _cut, _buzzer, _drawer)


def _after(choices: tuple[tuple[Any, int], ...], now: tuple[Any, int]) -> tuple[Any, int]:
    """The choice to try after this one; the first after one that is none of them."""
    place = choices.index(now) if now in choices else -1
    return choices[(place + 1) % len(choices)]
