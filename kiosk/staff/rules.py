"""Decisions about names, PINs, waiting and sessions; no rows, no clock."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta

from kiosk.core.actor import Role
from kiosk.staff.errors import NameRefused, PinShape

PIN = re.compile(r"[0-9]{4,8}")
FREE_TRIES = 2
LONGEST_WAIT_S = 300
LONGEST_NAME = 60
KITCHEN_IDLE = timedelta(hours=12)
"""A kitchen wall is watched more than it is tapped, and must not go dark in the middle of a service."""
SHIFT = timedelta(hours=12)
KITCHEN_SHIFT = timedelta(hours=24)
FRESH = timedelta(seconds=20)
UNSEEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
DIRECTION_MARKS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Overrides of the writing direction, which could make one name look like another."""


def check_pin(pin: str) -> None:
    """Refuse what is not 4 to 8 of the digits 0 to 9."""
    if not PIN.fullmatch(pin):
        raise PinShape


def wait_after(wrong: int) -> int:
    """Seconds until the next try after so many wrong ones in a row: 0, 0, 1, 2, 4 and so on up to five minutes."""
    if wrong <= FREE_TRIES:
        return 0
    return LONGEST_WAIT_S if wrong > FREE_TRIES + 9 else min(2 ** (wrong - FREE_TRIES - 1), LONGEST_WAIT_S)


def clean_name(name: str) -> str:
    """A name as it is kept: composed letters, single blanks. Refuses what nobody could read on a tile."""
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    odd = any(unicodedata.category(letter) in UNSEEN or ord(letter) in DIRECTION_MARKS for letter in clean)
    if odd or not 0 < len(clean) <= LONGEST_NAME:
        raise NameRefused
    return clean


def initials(name: str) -> str:
    """Two letters that stand for a person on a tile; one when the name is one word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def idle_limit(role: Role, idle_lock_s: int) -> timedelta:
    """How long a session lives without a tap."""
    return KITCHEN_IDLE if role is Role.KITCHEN else timedelta(seconds=idle_lock_s)


def longest_session(role: Role) -> timedelta:
    """How long a session, and its cookie, lives at most, taps or not."""
    return KITCHEN_SHIFT if role is Role.KITCHEN else SHIFT


def is_over(role: Role, started_at: datetime, active_at: datetime, at: datetime, idle_lock_s: int) -> bool:
    """Whether a session has been idle for too long, or has lasted longer than any shift."""
    return at - active_at > idle_limit(role, idle_lock_s) or at - started_at > longest_session(role)


def is_worth_noting(role: Role, active_at: datetime, at: datetime, idle_lock_s: int) -> bool:
    """Whether a tap must be written down as activity; not every one, to spare the database."""
    return at - active_at > min(FRESH, idle_limit(role, idle_lock_s) / 10)


def landing(role: Role) -> str:
    """Where somebody starts after signing in."""
    return {Role.KITCHEN: "/#/kitchen", Role.OWNER: "/day"}.get(role, "/")


def is_own_path(path: str) -> bool:
    """Whether an address leads to a page of this kiosk and nowhere else."""
    return bool(re.fullmatch(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", path)) and not path.startswith("/signin")
