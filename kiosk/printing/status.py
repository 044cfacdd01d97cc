"""What a printer says of itself: questions, and answers told apart by the bits that never change in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

STATUS = b"\x10\x04\x01\x10\x04\x04"
"""DLE EOT 1 and 4: on line or not, and the paper. Answered at once, also off line."""
WHY = b"\x10\x04\x02\x10\x04\x03"
"""DLE EOT 2 and 3: why it is off line."""
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4 8: forget what was received and is not on paper yet."""
IN_ORDER = b"\x1dr\x01"
"""GS r 1: answered when all before it is done, and not at all off line."""
OFF_LINE = "It is off line."
_PROCESS_ID = b"\x1d(H\x06\x0000"
_CLEARED = b"7\x25\x00"
_ID_HEAD = b"7\x22"


class Kind(Enum):
    """What an answer answers."""

    REAL_TIME = auto()
    IN_ORDER = auto()
    PROCESS_ID = auto()
    CLEARED = auto()
    BY_ITSELF = auto()


@dataclass(frozen=True)
class Answer:
    """One answer, whole."""

    kind: Kind
    told: bytes


def process_id(name: bytes) -> bytes:
    """GS ( H: a question in order, answered with the same four letters once all before it is on paper."""
    return _PROCESS_ID + name


def kick(pin: int, tenths: int = 1) -> bytes:
    """DLE DC4 1: open the drawer at pin 2 or 5 at once, with a pulse of so many tenths of a second."""
    return bytes((0x10, 0x14, 0x01, 0 if pin == 2 else 1, tenths))


class Sorter:
    """Takes what a printer sends as it comes and tells its answers apart.

    Whatever it tells by itself (automatic status, four bytes) is never taken for an answer; what is none is dropped.
    """

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, received: bytes) -> list[Answer]:
        """The answers that are whole by now."""
        self._held += received
        return list(self._whole())

    def _whole(self) -> Iterator[Answer]:
        while self._held:
            kind, length = _shape(self._held)
            if len(self._held) < length:
                return
            told = bytes(self._held[:length])
            del self._held[:length]
            if kind is not None:
                yield Answer(kind, told)


def _shape(held: bytearray) -> tuple[Kind | None, int]:
    """What begins here and how many bytes it has; at least one more than there are when that cannot be said yet."""
    first = held[0]
    if first == _ID_HEAD[0]:
        return _block(held)
    if first & 0x93 == 0x12:
        return Kind.REAL_TIME, 1
    if first & 0x93 == 0x10:
        return Kind.BY_ITSELF, 4
    if first & 0x90 == 0:
        return Kind.IN_ORDER, 1
    return None, 1


def _block(held: bytearray) -> tuple[Kind | None, int]:
    if len(held) == 1:
        return None, 2
    if held[1] == _ID_HEAD[1]:
        return Kind.PROCESS_ID, 7
    if held[1] == _CLEARED[1]:
        return Kind.CLEARED, 3
    return None, 1


@dataclass(frozen=True)
class Status:
    """A printer as the bits of its status say; what was not asked or told is None."""

    is_offline: bool
    is_paper_out: bool
    is_near_end: bool
    is_drawer_open: bool
    why: bytes = b""

    @classmethod
    def of(cls, told: bytes, why: bytes = b"") -> Status:
        """From the two answers to `STATUS` and, where it was asked, the two to `WHY`."""
        printer, paper = told
        return cls(bool(printer & 0x08), paper & 0x60 != 0, paper & 0x0C != 0, bool(printer & 0x04), why)

    @property
    def is_ready(self) -> bool:
        return not (self.is_offline or self.is_paper_out)

    @property
    def is_cover_open(self) -> bool:
        return bool(self.why) and bool(self.why[0] & 0x04)

    @property
    def sentence(self) -> str:
        """Why it does not print, in words; nothing when it does."""
        if self.is_ready:
            return ""
        cause, error = (self.why[0], self.why[1]) if len(self.why) == 2 else (0, 0)
        words = (
            (cause & 0x04, "Its cover is open."),
            (self.is_paper_out or cause & 0x20, "It is out of paper."),
            (error & 0x08, "Its cutter is stuck."),
            (error & 0x20, "It has a fault that needs a technician."),
            (error & 0x40, "It is too hot and needs a pause."),
            (cause & 0x40, "It shows an error."),
        )
        return next((sentence for is_so, sentence in words if is_so), OFF_LINE)

    @property
    def is_explained(self) -> bool:
        """Whether it says why it does not print; some are off line for a moment while they do."""
        return self.sentence not in {"", OFF_LINE}
