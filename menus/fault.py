"""One fault of a menu, and what several checks have in common."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


class Coded(Protocol):
    """A part of the menu that has a code among its siblings."""

    @property
    def code(self) -> str:
        """Its code."""


@dataclass(frozen=True)
class Fault:
    """One fault: the part of the document it is in, the word and value at fault, and a sentence with the way out."""

    subject: object
    field: str
    value: object
    where: str
    sentence: str


def listed(codes: Sequence[str], most: int = 8) -> str:
    """Codes as a sentence quotes them, the first few where they are many."""
    shown = ", ".join(f'"{code}"' for code in codes[:most])
    return shown if len(codes) <= most else f"{shown} and {len(codes) - most} more"


def doubled(parts: Iterable[Coded], things: str, where: str) -> Iterator[Fault]:
    """The parts whose code a sibling before them has."""
    seen: set[str] = set()
    for part in parts:
        if part.code in seen:
            sentence = f'The code "{part.code}" stands twice among the {things} of {where}; give one of them another.'
            yield Fault(part, "code", part.code, where, sentence)
        seen.add(part.code)
