"""What can happen to a connection, and printers to which it happens by chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """refuse: the connection is reset as soon as it is made.

    reset: it breaks after so many bytes, and the host is told. close: the same, politely. silence: after so many
    bytes nothing arrives any more, and nobody is told. no_answer: it breaks after the cut, before the proof.
    power: power goes after so many bytes and comes back. paper: the roll ends after so many lines, and somebody loads
    another. cover: opened after so many bytes, closed again. stall: it hangs after so many bytes, then goes on.
    """

    REFUSE = "refuse"
    RESET = "reset"
    CLOSE = "close"
    SILENCE = "silence"
    NO_ANSWER = "no_answer"
    POWER = "power"
    PAPER = "paper"
    COVER = "cover"
    STALL = "stall"


DROPS = (Kind.RESET, Kind.SILENCE, Kind.NO_ANSWER, Kind.POWER)
EVERYTHING = (*DROPS, Kind.REFUSE, Kind.CLOSE, Kind.PAPER, Kind.COVER, Kind.STALL)


@dataclass(frozen=True)
class Fault:
    """`after` are bytes of the connection, or lines for paper; without `for_s` it lasts until somebody ends it."""

    kind: Kind
    after: int = 0
    for_s: float | None = None


Chance = Callable[[], "Fault | None"]
"""What happens to the next connection."""


def flaky(
    share: float, seed: int, kinds: tuple[Kind, ...] = DROPS, *, longest: int = 600, down_s: float = 0.3
) -> Chance:
    """So many of all connections get one of these faults, anywhere in their first `longest` bytes.

    What lasts lasts `down_s`. Not every fault strikes: many connections are shorter.
    """
    dice = random.Random(seed)

    def chance() -> Fault | None:
        if dice.random() >= share:
            return None
        kind = dice.choice(kinds)
        after = dice.randrange(1, 12) if kind is Kind.PAPER else dice.randrange(longest)
        return Fault(kind, after, down_s)

    return chance
