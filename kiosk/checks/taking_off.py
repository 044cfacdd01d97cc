"""Lines that shall not be paid: removed before the kitchen knew, voided after, or cooked and on the house."""

from __future__ import annotations

from kiosk.checks import queries, rules
from kiosk.checks.errors import (
    LineAlreadySent,
    LineAlreadyVoid,
    LineComped,
    LineNotComped,
    LineNotSent,
)
from kiosk.checks.firing import counts
from kiosk.checks.models import Check, CheckLine, LineState
from kiosk.checks.touching import close, refuse_paid, told, told_whole, touch
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.kitchen import queries as kitchen_queries
from kiosk.kitchen import service as kitchen
from kiosk.menu import service as menu
from kiosk.staff import service as staff

UNKNOWN_TO_THE_KITCHEN = (LineState.DRAFT, LineState.HELD)


async def remove_line(tx: Tx, line_id: int, *, by: Actor) -> None:
    """Take a line off that the kitchen was not told, with all of its set menu. The journal keeps what it was."""
    await staff.must(tx, by, Permission.REMOVE_LINE)
    check, parts = await unfired(tx, line_id)
    refuse_paid(parts)
    if check.discounted:
        await queries.drop_discounts(tx, [line.id for line in parts])
    for line in parts:
        tx.record(Act("line_removed", "check", check.id, by, told_whole(line)))
        await tx.session.delete(line)
    await close_when_paid(tx, check, by)
    touch(tx, check)


async def unfired(tx: Tx, line_id: int) -> tuple[Check, list[CheckLine]]:
    """A line, with the other parts of its set menu behind it, of which the kitchen knows nothing; its check locked."""
    check, line = await queries.lock_of_line(tx, line_id)
    parts = [line, *await queries.other_parts(tx, line)]
    if any(part.state not in UNKNOWN_TO_THE_KITCHEN for part in parts):
        raise LineAlreadySent(line.name)
    return check, parts


async def close_when_paid(tx: Tx, check: Check, by: Actor) -> None:
    """A party that had paid a part has nothing left to pay: what was not paid was taken off."""
    if not check.open_bill:
        return
    live = [line for line in await queries.lines_of(tx, check.id) if line.state is not LineState.VOIDED]
    if all(line.paid == line.amount and line.state not in UNKNOWN_TO_THE_KITCHEN for line in live):
        tx.record(Act("check_closed", "check", check.id, by, {"number": check.number, "paid": check.paid}))
        close(tx, check)


async def void_line(tx: Tx, line_id: int, reason: str, *, by: Actor) -> None:
    """Take a sent line off the bill, with all of its set menu and a reason; the kitchen sees it struck, on paper too.

    The portions of what is not ready yet are given back. A check on which all that is left is paid is closed. Raises
    LineNotSent, LineAlreadyVoid or LinePaid.
    """
    await staff.must(tx, by, Permission.VOID_FIRED_LINE)
    reason = rules.allowed_reason(reason)
    check, parts = await _sent(tx, line_id)
    for line in parts:
        details = {**told(line), "reason": reason, "after_bill": check.bill_asked_at is not None}
        tx.record(Act("line_voided", "check", check.id, by, details))
    progress = await kitchen_queries.show_progress_of(tx, [line.id for line in parts])
    uncooked = [line for line in parts if line.state is LineState.FIRED and not progress.get(line.id)]
    await menu.give_back_stock(tx, counts(uncooked), by=by)
    for line in parts:
        line.state, line.voided_at, line.void_reason = LineState.VOIDED, tx.at, reason
    await kitchen.void_dishes(tx, [line.id for line in parts], reason, by=by)
    await close_when_paid(tx, check, by)
    touch(tx, check)


async def comp_line(tx: Tx, line_id: int, reason: str, *, by: Actor) -> None:
    """A sent line, with all of its set menu, is on the house: it stays cooked and costs nothing.

    Raises LineNotSent, LineAlreadyVoid, LineComped or LinePaid.
    """
    await staff.must(tx, by, Permission.COMP)
    reason = rules.allowed_reason(reason)
    check, parts = await _sent(tx, line_id)
    if parts[0].comped_at:
        raise LineComped(parts[0].name)
    for line in parts:
        line.comped_at, line.comp_reason = tx.at, reason
        tx.record(Act("line_comped", "check", check.id, by, {**told(line), "reason": reason}))
    touch(tx, check)


async def uncomp_line(tx: Tx, line_id: int, *, by: Actor) -> None:
    """A line is charged after all, with all of its set menu. Raises LineNotComped or LinePaid."""
    await staff.must(tx, by, Permission.COMP)
    check, parts = await _sent(tx, line_id)
    if not parts[0].comped_at:
        raise LineNotComped(parts[0].name)
    for line in parts:
        tx.record(Act("line_uncomped", "check", check.id, by, {**told(line), "was": line.comp_reason}))
        line.comped_at = line.comp_reason = None
    touch(tx, check)


async def _sent(tx: Tx, line_id: int) -> tuple[Check, list[CheckLine]]:
    """A line with the other parts of its set menu behind it, at least one of which was fired; its check locked."""
    check, line = await queries.lock_of_line(tx, line_id)
    parts = [line, *await queries.other_parts(tx, line)]
    if line.state is LineState.VOIDED:
        raise LineAlreadyVoid(line.name)
    if all(part.state in UNKNOWN_TO_THE_KITCHEN for part in parts):
        raise LineNotSent(line.name)
    refuse_paid(parts)
    return check, parts
