"""What every gesture on a check ends with: the next version, the news, and how the journal tells of a line."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.checks.errors import LinePaid
from kiosk.checks.events import CheckChanged
from kiosk.checks.models import Check, CheckLine, CheckState
from kiosk.core.db import Tx


def touch(tx: Tx, check: Check) -> None:
    """The check is not what it was: every tablet that shows it is told after the commit."""
    check.version += 1
    tx.announce(CheckChanged(check.id))


def close(tx: Tx, check: Check) -> None:
    """Everything on the check is paid. Called by the settling transaction, which holds the check's lock."""
    check.state, check.closed_at = CheckState.CLOSED, tx.at
    touch(tx, check)


def refuse_paid(lines: Iterable[CheckLine]) -> None:
    """What a guest has paid, or a part of it, stays as it was paid."""
    for line in lines:
        if line.paid:
            raise LinePaid(line.name)


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
