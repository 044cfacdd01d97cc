"""Reading single values of a menu file: each reader gives what the document holds, or ValueError with the way out."""

import re
from collections.abc import Callable

from menus import money
from menus.entries import BROKEN, Cell, Desk, Entry, Unquoted

Reader = Callable[[Cell, Desk], object]

_WHOLE = re.compile(r"-?[0-9]{1,9}(\.0+)?")
_YES = {"yes", "y", "true", "on", "x", "1"}
_NO = {"no", "n", "false", "off", "0"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LISTED = re.compile(r'\s*("(?:[^"]|"")*"(?=\s*(?:[,;]|$))|[^,;]+)')


def text(cell: Cell, desk: Desk) -> object:
    """One text."""
    if isinstance(cell.value, str):
        return cell.value
    raise ValueError("A single text belongs here; write one.")


def clock(cell: Cell, desk: Desk) -> object:
    """A time of day; "9:30" is taken as "09:30"."""
    told = str(text(cell, desk)).strip()
    return told.rjust(5, "0") if ":" in told else told


def price(cell: Cell, desk: Desk) -> object:
    """A price in the menu's currency, in minor units; the model says whether it may be negative."""
    told = text(cell, desk)
    if isinstance(told, Unquoted) and not _WHOLE.fullmatch(told):
        raise ValueError(f'A price with a point stands in quotes, so that no digit is lost; write "{told}".')
    return money.minor_units(str(told).strip().replace("\u2212", "-"), desk.currency or "BHD")


def percent(cell: Cell, desk: Desk) -> object:
    """A tax rate in parts per million."""
    return money.parts_per_million(str(text(cell, desk)).strip().removesuffix("%").strip())


def whole(cell: Cell, desk: Desk) -> object:
    """A whole number."""
    told = str(text(cell, desk)).strip()
    if not _WHOLE.fullmatch(told):
        raise ValueError("It is not a whole number; write digits only.")
    return int(told.split(".")[0])


def flag(cell: Cell, desk: Desk) -> object:
    """Yes or no."""
    told = str(text(cell, desk)).strip().casefold()
    if told in _YES | _NO:
        return told in _YES
    raise ValueError("It is neither yes nor no; write one of them.")


def is_yes(told: str) -> bool:
    """Whether a text says yes."""
    return told.strip().casefold() in _YES


def listed(cell: Cell, desk: Desk) -> object:
    """Several texts: a list, or one text with commas or semicolons between them."""
    if isinstance(cell.value, list):
        return _texts(cell.value, desk)
    return split_list(str(text(cell, desk)))


def translated(cell: Cell, desk: Desk) -> object:
    """Texts by language."""
    if not isinstance(cell.value, Entry):
        raise ValueError('Texts by language belong here; write them as {en: "...", de: "..."}.')
    return {word: text(one, desk) for word, one in cell.value.cells.items() if not one.blank}


def weekdays(cell: Cell, desk: Desk) -> object:
    """Weekdays by number (1 is Monday) or English name, spans included: "Mon-Fri, 7"."""
    days: list[int] = []
    for told in listed(cell, desk):  # type: ignore[attr-defined]
        first, _, last = str(told).replace("–", "-").partition("-")
        start, end = _weekday(first), _weekday(last or first)
        days.extend((start - 1 + day) % 7 + 1 for day in range((end - start) % 7 + 1))
    if not days:
        raise ValueError("No weekday is named; write some, as Mon-Fri, or take the word out for all of them.")
    return days


def shown_weekdays(days: list[int]) -> str:
    """Weekdays as a sheet has them: "Mon, Tue"."""
    return ", ".join(_DAYS[day - 1].title() for day in days)


def split_list(told: str) -> list[str]:
    """The texts of one cell: commas or semicolons between them, quotes around those that hold one."""
    parts = [part.strip() for part in _LISTED.findall(told)]
    return [part[1:-1].replace('""', '"') if _quoted(part) else part for part in parts if part]


def join_list(parts: list[str]) -> str:
    """Texts for one cell, so that split_list gives the same texts back."""
    return ", ".join(f'"{part.replace(chr(34), chr(34) * 2)}"' if re.search('[,;"]', part) else part for part in parts)


def _texts(cells: list[Cell], desk: Desk) -> list[str]:
    told: list[str] = []
    for cell in cells:
        if isinstance(cell.value, str):
            told.append(cell.value)
        elif cell.value is not BROKEN:
            desk.at(cell, "A single text belongs here; write one.")
    return told


def _quoted(part: str) -> bool:
    return len(part) > 1 and part.startswith('"') and part.endswith('"')


def _weekday(told: str) -> int:
    day = told.strip().casefold()
    if day.isdecimal() and day in "1234567":
        return int(day)
    if len(day) >= 3 and day[:3] in _DAYS:
        return _DAYS.index(day[:3]) + 1
    raise ValueError(f'"{told.strip()}" is no weekday; write numbers with 1 for Monday, or Mon, Tue ... Sun.')
