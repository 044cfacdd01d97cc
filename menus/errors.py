"""Why a menu file was refused: every problem at once, each with its place and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_SHOWN = 50


@dataclass(frozen=True)
class MenuProblem:
    """One problem of a menu file: where it is, what stands there, and a sentence with the way out."""

    file: str
    place: str
    column: str
    value: str
    sentence: str

    def __str__(self) -> str:
        what = " ".join(part for part in (self.column, f'"{self.value}"' if self.value else "") if part)
        return ", ".join(part for part in (self.file, self.place, what) if part) + f": {self.sentence}"


class MenuRefused(Exception):
    """A menu that was not taken, with all of its `problems`; nothing of it was used."""

    def __init__(self, problems: Sequence[MenuProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self._told())

    def _told(self) -> str:
        told = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            told.append(f"and {len(self.problems) - MOST_SHOWN} more")
        return "\n".join(told)


def refuse(file: str, sentence: str, *, place: str = "", column: str = "", value: str = "") -> MenuRefused:
    """A refusal for one problem alone."""
    return MenuRefused([MenuProblem(file, place, column, value, sentence)])
