"""What a PIN looks like and how wrong ones slow down."""

from __future__ import annotations

import re
from datetime import timedelta

from kiosk.core.actor import Role
from kiosk.staff.errors import PinUnfit

FREE_TRIES = 2
LONGEST_WAIT = timedelta(minutes=5)
KITCHEN_IDLE = timedelta(hours=12)
"""A kitchen wall is looked at, not touched; it locks after a shift."""


def allowed_pin(pin: str) -> str:
    """A PIN of 4 to 8 digits, or a refusal."""
    if not re.fullmatch(r"[0-9]{4,8}", pin):
        raise PinUnfit
    return pin


def wait_after(wrong: int) -> timedelta:
    """How long the next try waits after so many wrong ones in a row: nothing, nothing, then 1, 2, 4 ... seconds."""
    if wrong <= FREE_TRIES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(wrong - FREE_TRIES - 1, 20)), LONGEST_WAIT)


def idle_limit(role: Role, idle_lock_s: int) -> timedelta:
    """How long a session may go untouched."""
    return KITCHEN_IDLE if role is Role.KITCHEN else timedelta(seconds=idle_lock_s)
