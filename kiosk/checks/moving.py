"""Lines that go to another check, checks that become one and two again, and what a check is called. All by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from kiosk.checks import queries, rules
from kiosk.checks.errors import LineAlreadyVoid, LineGone, NotMerged, PartlyPaid, SameCheck
from kiosk.checks.models import Check, CheckLine, CheckState, Dining, LineState
from kiosk.checks.taking_off import close_when_paid
from kiosk.checks.touching import refuse_paid, touch
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.kitchen import service as kitchen
from kiosk.menu import queries as menu
from kiosk.staff import service as staff

MOVED = {"send_no": None, "fire_no": None}
"""The numbers of gestures count on the check on which they were made."""


async def move_lines(tx: Tx, line_ids: Sequence[int], to_check_id: int, *, by: Actor) -> int:
    """Lines, each with all of its set menu, go to another open check as they are; nothing is sent again.

    A line's own discounts go with it. Returns how many went. Raises LineGone, LineAlreadyVoid, LinePaid, CheckGone or
    CheckClosed.
    """
    await staff.must(tx, by, Permission.RING)
    homes = await queries.checks_of_lines(tx, line_ids)
    checks = await queries.lock_all(tx, {*homes, to_check_id})
    lines = [line for line in await queries.whole_lines(tx, line_ids) if line.check_id != to_check_id]
    if not lines or any(line.check_id not in checks for line in lines):
        raise LineGone
    to = checks[to_check_id]
    for line in lines:
        if line.state is LineState.VOIDED:
            raise LineAlreadyVoid(line.name)
    refuse_paid(lines)
    lines.sort(key=lambda line: line.check_id)
    for from_id, some in groupby(lines, key=lambda line: line.check_id):
        await _go(tx, list(some), checks[from_id], to, by)
        await close_when_paid(tx, checks[from_id], by)
    _arrive(tx, to)
    return len(lines)


async def _go(tx: Tx, lines: list[CheckLine], source: Check, to: Check, by: Actor) -> None:
    ids = [line.id for line in lines]
    await queries.set_lines(tx, ids, check_id=to.id, came_from_id=source.id, **MOVED)
    await queries.take_discounts(tx, ids, source, to)
    await _tax_as(tx, lines, source.dining, to.dining)
    if source.label != to.label:
        await kitchen.relabel_lines(tx, _cooking(lines), to.label, source.label, by=by)
    details = {"lines": ids, "amount": sum(line.amount for line in lines)}
    tx.record(Act("lines_moved", "check", source.id, by, {**details, "to": to.id}))
    tx.record(Act("lines_came", "check", to.id, by, {**details, "from": source.id}))
    touch(tx, source)


async def _tax_as(tx: Tx, lines: Sequence[CheckLine], was: Dining, dining: Dining) -> None:
    """What was to be taken away is eaten here, or the other way round: it is taxed so."""
    if was is dining or not lines:
        return
    for tax_class, (eat_in, take_away) in (await menu.tax_rates(tx)).items():
        ids = [line.id for line in lines if line.tax_class == tax_class and not line.paid]
        await queries.set_lines(tx, ids, rate_ppm=eat_in if dining is Dining.EAT_IN else take_away)


def _cooking(lines: Collection[CheckLine]) -> list[int]:
    return [line.id for line in lines if line.state is LineState.FIRED]


def _arrive(tx: Tx, check: Check) -> None:
    """More to pay than was asked for."""
    check.bill_asked_at = None
    touch(tx, check)


async def merge(tx: Tx, check_id: int, into_check_id: int, *, by: Actor) -> None:
    """A check becomes part of another one; its lines keep where they came from, and nothing is sent again.

    Guests who eat in are counted on the other check from now on. Discounts of lines go with them, those of the whole
    check are not for the other party. Raises SameCheck, PartlyPaid, CheckGone or CheckClosed.
    """
    await staff.must(tx, by, Permission.SEAT)
    if check_id == into_check_id:
        raise SameCheck
    checks = await queries.lock_all(tx, {check_id, into_check_id})
    source, into = checks[check_id], checks[into_check_id]
    if source.open_bill:
        raise PartlyPaid(source.number)
    lines = await queries.lines_of(tx, check_id)
    await queries.take_discounts(tx, [line.id for line in lines], source, into)
    merged_before = await queries.merged_under(tx, {line.came_from_id for line in lines}, check_id)
    keep = [line.id for line in lines if line.came_from_id in merged_before]
    await queries.set_lines(tx, keep, check_id=into.id, **MOVED)
    others = [line.id for line in lines if line.came_from_id not in merged_before]
    await queries.set_lines(tx, others, check_id=into.id, came_from_id=source.id, **MOVED)
    await _tax_as(tx, lines, source.dining, into.dining)
    await _is_called(tx, source, lines, into.label, source.label, by=by)
    source.state, source.closed_at, source.merged_into_id = CheckState.CANCELLED, tx.at, into.id
    into.covers = min(into.covers + _guests(source), rules.MOST)
    details = {"into": into.id, "numbers": [source.number, into.number], "lines": [line.id for line in lines]}
    tx.record(Act("check_merged", "check", source.id, by, details))
    tx.record(Act("lines_came", "check", into.id, by, {"lines": details["lines"], "from": source.id}))
    touch(tx, source)
    _arrive(tx, into)


async def unmerge(tx: Tx, check_id: int, *, by: Actor) -> None:
    """A merged check is one of its own again, with the lines that came from it. Only while the other is open.

    Raises NotMerged, LinePaid, CheckGone or CheckClosed.
    """
    await staff.must(tx, by, Permission.SEAT)
    into_id = await queries.merged_into_id(tx, check_id)
    checks = await queries.lock_all(tx, {check_id, into_id or check_id}, open_only=False)
    source = checks[check_id]
    if into_id is None or source.merged_into_id != into_id:
        raise NotMerged(source.number)
    into = queries.must_be_open(checks[into_id])
    there = await queries.lines_of(tx, into.id)
    homes = {source.id, *await queries.merged_under(tx, {line.came_from_id for line in there}, source.id)}
    lines = [line for line in there if line.came_from_id in homes]
    refuse_paid(lines)
    await queries.take_discounts(tx, [line.id for line in lines], into, source)
    own = [line.id for line in lines if line.came_from_id == source.id]
    await queries.set_lines(tx, own, check_id=source.id, came_from_id=None, **MOVED)
    await queries.set_lines(tx, [line.id for line in lines if line.id not in own], check_id=source.id, **MOVED)
    await _tax_as(tx, lines, into.dining, source.dining)
    await _is_called(tx, source, lines, source.label, into.label, by=by)
    source.state, source.closed_at, source.merged_into_id = CheckState.OPEN, None, None
    into.covers = max(into.covers - _guests(source), 1)
    ids = [line.id for line in lines]
    tx.record(Act("check_unmerged", "check", source.id, by, {"from": into.id, "lines": ids}))
    tx.record(Act("lines_went", "check", into.id, by, {"to": source.id, "lines": ids}))
    touch(tx, source)
    _arrive(tx, into)
    await close_when_paid(tx, into, by)


def _guests(check: Check) -> int:
    """Guests that come along: whoever takes away, or only had a drink at the counter, is counted at the table."""
    return check.covers if check.dining is Dining.EAT_IN else 0


async def set_label(tx: Tx, check_id: int, label: str, *, by: Actor) -> str:
    """The party is called otherwise, or sits elsewhere; the kitchen is told. Returns what it was called.

    Part of an act (transfer, rename) that has asked for its own right and writes the journal.
    """
    check = await queries.lock(tx, check_id)
    was, check.label = check.label, label
    if was != label:
        await _is_called(tx, check, await queries.lines_of(tx, check_id), label, was, by=by)
    touch(tx, check)
    return was


async def _is_called(tx: Tx, check: Check, lines: Sequence[CheckLine], label: str, was: str, *, by: Actor) -> None:
    """Tell the kitchen, by the tickets of a check and by its lines, which may have been fired on another one."""
    if label == was:
        return
    await kitchen.relabel(tx, check.id, label, was)
    await kitchen.relabel_lines(tx, _cooking(lines), label, was, by=by)


async def set_dining(tx: Tx, check_id: int, dining: Dining) -> None:
    """The party eats here after all, or takes it away: what it has is taxed so. Part of an act with its own right."""
    check = await queries.lock(tx, check_id)
    await _tax_as(tx, await queries.lines_of(tx, check_id), check.dining, dining)
    check.dining = dining
    touch(tx, check)


async def set_waiter(tx: Tx, check_id: int, person_id: int | None, name: str) -> None:
    """Somebody else waits on the party. Part of an act that has asked for its own right and writes the journal."""
    check = await queries.lock(tx, check_id)
    check.waiter_id, check.waiter = person_id, name
    touch(tx, check)


async def rename_check(tx: Tx, check_id: int, label: str, *, by: Actor) -> None:
    """What a party without a table is called. Raises LabelUnfit."""
    await staff.must(tx, by, Permission.SEAT)
    label = rules.allowed_label(label)
    was = await set_label(tx, check_id, label, by=by)
    tx.record(Act("check_renamed", "check", check_id, by, {"was": was, "now": label}))
