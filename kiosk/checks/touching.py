"""What every gesture on a check ends with: the next version, the news, and how the journal tells of a line."""

from __future__ import annotations

from kiosk.checks.events import CheckChanged
from kiosk.checks.models import Check, CheckLine
from kiosk.core.db import Tx


def touch(tx: Tx, check: Check) -> None:
    """The check is not what it was: every tablet that shows it is told after the commit."""
    check.version += 1
    tx.announce(CheckChanged(check.id))


def told(line: CheckLine) -> dict[str, object]:
    """A line as the journal keeps it."""
    return {
        "line": line.id,
        "name": line.name,
        "portion": line.portion_name,
        "quantity": line.quantity,
        "amount": line.amount,
        "state": line.state,
    }


def told_whole(line: CheckLine) -> dict[str, object]:
    """A line of which only the journal will know: what it was, who rang it and when."""
    rung = {"rung_at": line.rung_at.isoformat(timespec="microseconds"), "rung_by": line.rung_by}
    return {**told(line), **rung, "note": line.note, "seat_no": line.seat_no}
