"""What came out of the printer: slips between two cuts, their lines as text with marks, pictures, QR codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

END = re.compile(r"\bEND (#?\S+)")


@dataclass(frozen=True)
class Style:
    """How letters look; `width` and `height` are times the usual size."""

    is_bold: bool = False
    is_inverse: bool = False
    is_underlined: bool = False
    is_small: bool = False
    width: int = 1
    height: int = 1

    @property
    def marks(self) -> frozenset[str]:
        """bold, inverse, underlined, small, and the size where it is not 1x1, such as 2x1 (width x height)."""
        named = {
            "bold": self.is_bold,
            "inverse": self.is_inverse,
            "underlined": self.is_underlined,
            "small": self.is_small,
            f"{self.width}x{self.height}": (self.width, self.height) != (1, 1),
        }
        return frozenset(name for name, is_so in named.items() if is_so)

    @property
    def cell(self) -> tuple[int, int]:
        """Width and height of a letter in dots."""
        across, down = (9, 17) if self.is_small else (12, 24)
        return across * self.width, down * self.height


@dataclass(frozen=True)
class Span:
    """Letters that look the same."""

    text: str
    style: Style


@dataclass(frozen=True)
class Line:
    """One line of text; `job` counts the INITs before it, so that it tells one job's lines from another's."""

    spans: tuple[Span, ...] = ()
    align: str = "left"
    job: int = 0
    advance: int = 30

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def marks(self) -> frozenset[str]:
        """Every mark that a visible letter of the line has, and `center` or `right`."""
        visible = [span.style.marks for span in self.spans if span.text.strip() or span.style.is_inverse]
        return frozenset().union(*visible, {self.align} - {"left"})

    def __str__(self) -> str:
        return f"{self.text} {{{', '.join(sorted(self.marks))}}}" if self.marks else self.text


@dataclass(frozen=True)
class Picture:
    """Dots, row by row, eight in a byte, the leftmost first; a set bit is black."""

    across: int
    down: int
    bits: bytes
    align: str = "left"
    job: int = 0
    scale: tuple[int, int] = (1, 1)

    @property
    def advance(self) -> int:
        return self.down * self.scale[1]

    @property
    def width(self) -> int:
        """In dots of paper."""
        return self.across * self.scale[0]


@dataclass(frozen=True)
class QrCode:
    """A code the printer drew itself from its text; `module` is the dots of one of its squares."""

    text: str
    module: int
    level: str
    align: str = "left"
    job: int = 0
    advance: int = 0


@dataclass(frozen=True)
class Barcode:
    """A bar code; its text is what it holds."""

    text: str
    align: str = "left"
    job: int = 0
    advance: int = 0


Row = Line | Picture | QrCode | Barcode


class Parted(StrEnum):
    """How a slip came off the roll."""

    FULL = "full"
    PARTIAL = "partial"
    END_OF_ROLL = "end of roll"


@dataclass
class Written:
    """Rows on paper, however they are held together."""

    rows: list[Row] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [row for row in self.rows if isinstance(row, Line)]

    @property
    def text(self) -> list[str]:
        """The lines as plain text, without spaces at their ends."""
        return [line.text.rstrip() for line in self.lines]

    @property
    def qrs(self) -> list[str]:
        """The texts of the codes the printer drew itself; for codes in pictures see tests.support.paper.qr."""
        return [row.text for row in self.rows if isinstance(row, QrCode)]

    @property
    def pictures(self) -> list[Picture]:
        """The pictures, those in one that came in blocks."""
        return [row for row in joined(self.rows) if isinstance(row, Picture)]

    @property
    def ends(self) -> list[str]:
        """What the end marks name: `#1042-2`, `2026-000123`."""
        return [found[1] for line in self.lines if (found := END.search(line.text))]

    def holds(self, words: str) -> bool:
        """Whether a line has these words."""
        return any(words in line.text for line in self.lines)

    def marks_of(self, words: str) -> frozenset[str]:
        """The marks of the first line with these words."""
        return next(line.marks for line in self.lines if words in line.text)

    def __str__(self) -> str:
        return "\n".join(map(str, self.lines))


@dataclass
class Slip(Written):
    """A piece of paper in one's hand; None in `parted` while it still hangs in the printer. Times of perf_counter."""

    dots: int = 512
    parted: Parted | None = None
    began: float = 0.0
    ended: float = 0.0

    @property
    def cut(self) -> Parted | None:
        return self.parted

    @property
    def mm(self) -> float:
        """How long it is."""
        return sum(row.advance for row in self.rows) / dots_a_mm(self.dots)

    def png(self) -> bytes:
        """How it looks."""
        from tests.support.paper.drawing import png

        return png(self)


@dataclass
class Ticket(Written):
    """What one job put on paper, whatever pieces it is in."""

    job: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether its end can be seen."""
        return bool(self.ends)


def tickets(slips: Iterable[Slip]) -> list[Ticket]:
    """The jobs on these slips, in order."""
    jobs: dict[int, Ticket] = {}
    for slip in slips:
        for row in slip.rows:
            jobs.setdefault(row.job, Ticket(job=row.job)).rows.append(row)
    return list(jobs.values())


def joined(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, with a picture that came in blocks in one piece."""
    last: Picture | None = None
    for row in rows:
        if isinstance(row, Picture) and last and _fit(last, row):
            last = replace(last, down=last.down + row.down, bits=last.bits + row.bits)
            continue
        if last:
            yield last
        last = row if isinstance(row, Picture) else None
        if not last:
            yield row
    if last:
        yield last


def _fit(above: Picture, below: Picture) -> bool:
    return (above.across, above.align, above.job, above.scale) == (below.across, below.align, below.job, below.scale)


def dots_a_mm(dots: int) -> float:
    """512 dots are 80 mm paper at 180 dpi; all others have 203 dpi."""
    return 180 / 25.4 if dots == 512 else 8.0
