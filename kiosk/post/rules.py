"""What an e-mail address is, and when a letter that was not taken is tried again."""

from __future__ import annotations

import re
from datetime import timedelta

from kiosk.post.errors import AddressUnfit

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
MAILBOX = re.compile(rf"{ATOM}(?:\.{ATOM})*")
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
LONGEST, LONGEST_MAILBOX = 254, 64
FIRST, MOST = timedelta(minutes=1), timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=1)
KEPT = timedelta(days=30)
"""Letters hold people's addresses: they are forgotten after so long."""


def address(text: str) -> str:
    """One e-mail address as mail servers take it, a name in other letters as ASCII. Raises AddressUnfit."""
    mailbox, _, domain = text.strip().rpartition("@")
    try:
        name = domain.encode("idna").decode("ascii").lower()
    except UnicodeError as unfit:
        raise AddressUnfit(text) from unfit
    labels = name.split(".")
    fits = MAILBOX.fullmatch(mailbox) and len(labels) > 1 and all(NAME.fullmatch(label) for label in labels)
    made = f"{mailbox}@{name}"
    if not fits or labels[-1].isdecimal() or len(mailbox) > LONGEST_MAILBOX or len(made) > LONGEST:
        raise AddressUnfit(text)
    return made


def pause(tries: int) -> timedelta:
    """How long a letter waits after so many tries: a minute, then twice as long each time, up to an hour."""
    return min(FIRST * (1 << min(max(tries - 1, 0), 10)), MOST)
