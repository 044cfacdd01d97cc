"""Facts of the post."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.events import Fact


@dataclass(frozen=True)
class LetterWaits(Fact):
    """A letter is to be sent."""

    letter_id: int


@dataclass(frozen=True)
class LetterChanged(Fact):
    """A letter was sent, or was not."""

    letter_id: int
