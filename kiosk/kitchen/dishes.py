"""What checks hand to the kitchen: dishes, and the firing that they are fired in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Dish:
    """A fired line as the kitchen needs it.

    `modifiers` are as the kitchen's screens say them, `details` the same as paper does ("+ Burrata", "- Chilli").
    """

    line_id: int
    name: str
    portion: str
    quantity: int
    course: int
    stations: tuple[str, ...]
    modifiers: tuple[str, ...]
    note: str
    is_allergy: bool
    seat_no: int | None
    menu_name: str = ""
    details: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Firing:
    """What was fired at once: for which check, how it is called, by whom; on screens and paper from `shown_at` on.

    A refire says why in `reason`. `number` is the check's, as people know it.
    """

    check_id: int
    fire_no: int
    label: str
    covers: int
    waiter: str
    shown_at: datetime | None = None
    is_refire: bool = False
    is_take_away: bool = False
    pickup_at: datetime | None = None
    reason: str = ""
    number: int = 0
