"""What a party is to pay: asking for the bill, and what the counter settles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.checks import queries, rules
from kiosk.checks.errors import HeldLines, NothingToBill, UnsentLines
from kiosk.checks.models import Check, CheckLine, LineState
from kiosk.checks.reckoned import reckoned
from kiosk.checks.touching import touch
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.staff import service as staff


@dataclass(frozen=True)
class Bill:
    """What a party is to pay: the locked check, its live lines and what they come to."""

    check: Check
    lines: list[CheckLine]
    sums: rules.Sums


async def ask_bill(tx: Tx, check_id: int, *, by: Actor) -> None:
    """The party wants to pay: the table turns to billing on every tablet."""
    await staff.must(tx, by, Permission.ASK_BILL)
    bill = await lock_bill(tx, check_id)
    bill.check.bill_asked_at = tx.at
    tx.record(Act("bill_asked", "check", check_id, by, {"total": bill.sums.total}))
    touch(tx, bill.check)


async def withdraw_bill(tx: Tx, check_id: int, *, by: Actor) -> None:
    """The party stays after all."""
    await staff.must(tx, by, Permission.ASK_BILL)
    check = await queries.lock(tx, check_id)
    if check.bill_asked_at:
        tx.record(Act("bill_withdrawn", "check", check_id, by))
    check.bill_asked_at = None
    touch(tx, check)


async def lock_bill(tx: Tx, check_id: int) -> Bill:
    """What a party is to pay, its check locked. Raises UnsentLines, HeldLines or NothingToBill."""
    check = await queries.lock(tx, check_id)
    lines = await queries.lines_of(tx, check_id)
    refuse_unsent(lines)
    live = [line for line in lines if line.state is not LineState.VOIDED]
    if not live:
        raise NothingToBill
    return Bill(check, live, (await reckoned(tx, check, live)).reckoning.open)


def refuse_unsent(lines: Sequence[CheckLine]) -> None:
    """Nothing is billed or settled that the kitchen was not told."""
    for state, refusal in ((LineState.DRAFT, UnsentLines), (LineState.HELD, HeldLines)):
        count = sum(line.state is state for line in lines)
        if count:
            raise refusal(count)
