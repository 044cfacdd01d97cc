"""What is decided about drawers and the day without looking anything up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kiosk.core.actor import Actor
from kiosk.core.money import Money
from kiosk.payments.rules import DrawerState

if TYPE_CHECKING:
    from kiosk.payments.till_models import Drawer

MOST_TILLS: Final = 99
LONGEST: Final = 200


def choose(drawers: Sequence[Drawer], by: Actor) -> Drawer | None:
    """The drawer that this person's cash goes into, of those not closed; a counted one only where none is open."""
    usable = [one for one in drawers if one.state is DrawerState.OPEN] or list(drawers)
    if len(usable) < 2:
        return usable[0] if usable else None
    here = [one for one in usable if one.device_id is not None and one.device_id == by.device_id]
    mine = [one for one in usable if one.holder_id is not None and one.holder_id == by.person_id]
    return min(here or mine or usable, key=lambda one: one.till)


def clean(text: str) -> str:
    """What somebody typed, on one line."""
    return " ".join(text.split())[:LONGEST]


def difference_word(over_short: Money) -> str:
    """How a count compares with what was expected."""
    return "exact" if over_short == 0 else "short" if over_short < 0 else "over"
