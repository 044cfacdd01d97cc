"""What a party is to pay: asking for the bill, and what the counter settles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.checks import bill_paper, queries, rules
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
    """What a party is to pay: the locked check, its live lines, what is open of them, and what they come to."""

    check: Check
    lines: list[CheckLine]
    sums: rules.Sums
    whole: rules.Sums


async def ask_bill(tx: Tx, check_id: int, *, by: Actor) -> None:
    """The party wants to pay: the table turns to billing on every tablet, the bill is printed.

    Asked for again, what is unchanged is printed as a copy. Raises UnsentLines, HeldLines or NothingToBill.
    """
    await staff.must(tx, by, Permission.ASK_BILL)
    bill = await lock_bill(tx, check_id)
    bill.check.bill_asked_at = tx.at
    tx.record(Act("bill_asked", "check", check_id, by, {"total": bill.sums.total}))
    await bill_paper.print_bill(tx, bill.check, bill.lines, bill.whole)
    touch(tx, bill.check)


async def withdraw_bill(tx: Tx, check_id: int, *, by: Actor) -> None:
    """The party stays after all; a bill that was not printed yet never is."""
    await staff.must(tx, by, Permission.ASK_BILL)
    check = await queries.lock(tx, check_id)
    if check.bill_asked_at:
        tx.record(Act("bill_withdrawn", "check", check_id, by))
        await bill_paper.withdraw(tx, check_id)
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
    found = (await reckoned(tx, check, live)).reckoning
    return Bill(check, live, found.open, found.whole)


def refuse_unsent(lines: Sequence[CheckLine]) -> None:
    """Nothing is billed or settled that the kitchen was not told."""
    for state, refusal in ((LineState.DRAFT, UnsentLines), (LineState.HELD, HeldLines)):
        count = sum(line.state is state for line in lines)
        if count:
            raise refusal(count)
