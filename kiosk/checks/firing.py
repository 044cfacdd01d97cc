"""Telling the kitchen: send with the house's rule of holding, fire a course, take a gesture back, cook again, amend."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, update

from kiosk.checks import coursing, queries, rules
from kiosk.checks.errors import (
    CourseAlreadyFired,
    DishReady,
    LineAlreadyVoid,
    LineNotSent,
    LineServed,
    NothingToSend,
    TooLateToTakeBack,
)
from kiosk.checks.events import CheckChanged
from kiosk.checks.models import Check, CheckLine, Dining, LineState
from kiosk.checks.touching import told, touch
from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import VENUE, Tx
from kiosk.core.journal import Act
from kiosk.core.models import Venue
from kiosk.core.packets import Asked
from kiosk.kitchen import on_tickets
from kiosk.kitchen import queries as kitchen_queries
from kiosk.kitchen import service as kitchen
from kiosk.menu import queries as menu_queries
from kiosk.menu import service as menu
from kiosk.menu.errors import SoldOut
from kiosk.menu.rules import Prefix, course_name, spoken
from kiosk.staff import service as staff

_CHECKS = cast(Table, Check.__table__)
_TOLD = (
    update(_CHECKS)
    .where(_CHECKS.c.id == bindparam("mine"))
    .values({"fire_no": bindparam("its_fire_no"), "version": _CHECKS.c.version + 1})
)
NOT_SENT = {"send_no": None, "sent_at": None, "comped_at": None, "comp_reason": None}
NOT_FIRED = {"fire_no": None, "fired_at": None, "fired_by": None}


@dataclass(frozen=True)
class Sent:
    """What a gesture told the kitchen: lines sent, of them fired and held, and until when it can be taken back."""

    sent: int
    fired: int
    held: int
    fire_no: int
    undo_until: datetime | None


async def send(tx: Tx, check_id: int, courses: Collection[int] | None = None, *, by: Actor) -> Sent:
    """Tell the kitchen the drafts of these courses, or those of the house's rule, once; the other drafts are held.

    What has sold out since it was rung stays draft. Raises NothingToSend, NotEnoughLeft, or SoldOut when that is all.
    """
    await staff.must(tx, by, Permission.FIRE)
    await _look_ahead(tx, check_id, menu_queries.STOCK)
    check, venue = await queries.lock(tx, check_id), await tx.venue()
    lines = await queries.lines_of(tx, check_id)
    drafts = await _to_send(tx, lines)
    goes = _by_rule(lines, drafts, venue) if courses is None else courses
    now = [line for line in drafts if line.course in goes]
    later = [line for line in drafts if line.course not in goes]
    fire_no = check.fire_no + 1
    sent = {"send_no": fire_no, "sent_at": tx.at}
    queries.set_lines_later(tx, [line.id for line in later], state=LineState.HELD, **sent)
    await _fire(tx, check, fire_no, now, by, **sent)
    ids = {"lines": [line.id for line in now], "held": [line.id for line in later]}
    tx.record(Act("fired" if now else "held", "check", check.id, by, {"fire_no": fire_no, **ids}))
    return Sent(len(drafts), len(now), len(later), fire_no, _undo_until(tx, venue))


async def _look_ahead(tx: Tx, check_id: int, *more: Asked) -> None:
    """All that is asked of the check, which is locked, its lines and the house until the stock is taken, at once."""
    await tx.look_ahead(queries.locked(check_id), queries.every_line(check_id), VENUE, *on_tickets.PLACES, *more)


async def _to_send(tx: Tx, lines: Sequence[CheckLine]) -> list[CheckLine]:
    """The drafts that can be sold. Raises NothingToSend, or SoldOut where none can."""
    drafts = [line for line in lines if line.state is LineState.DRAFT]
    if not drafts:
        raise NothingToSend
    sold_out = await menu_queries.sold_out_ids(tx)
    out = [line for line in drafts if line.item_id in sold_out]
    broken = {line.combo_id for line in out} - {None}
    left = [line for line in drafts if line not in out and line.combo_id not in broken]
    if not left:
        raise SoldOut(out[0].name)
    return left


def _by_rule(lines: Sequence[CheckLine], drafts: Sequence[CheckLine], venue: Venue) -> set[int]:
    sent = {line.course for line in drafts}
    if not venue.hold_courses:
        return sent
    held = {line.course for line in lines if line.state is LineState.HELD}
    return coursing.fired_by_a_send(sent, held, {line.course for line in lines if line.fired_at})


async def fire_course(tx: Tx, check_id: int, course: int, *, by: Actor) -> Sent:
    """Tell the kitchen the held lines of a course, once. Raises CourseAlreadyFired, SoldOut or NotEnoughLeft."""
    await staff.must(tx, by, Permission.FIRE)
    await _look_ahead(tx, check_id)
    check, venue = await queries.lock(tx, check_id), await tx.venue()
    lines = await queries.lines_of(tx, check_id)
    held = [line for line in lines if line.state is LineState.HELD and line.course == course]
    if not held:
        raise CourseAlreadyFired(course_name(course))
    fire_no = check.fire_no + 1
    await _fire(tx, check, fire_no, held, by)
    details = {"fire_no": fire_no, "course": course, "lines": [line.id for line in held]}
    tx.record(Act("fired", "check", check.id, by, details))
    return Sent(0, len(held), 0, fire_no, _undo_until(tx, venue))


async def _fire(tx: Tx, check: Check, fire_no: int, lines: Sequence[CheckLine], by: Actor, **sent: object) -> None:
    """These lines, if any, go to the kitchen now: their stock is taken, their tickets are opened."""
    if lines:
        await menu.take_stock(tx, counts(lines), by=by)
        fired = {"state": LineState.FIRED, "fire_no": fire_no, "fired_at": tx.at, "fired_by": by.person_id}
        queries.set_lines_later(tx, [line.id for line in lines], **fired, **sent)
        shown_at = _undo_until(tx, await tx.venue())
        await kitchen.open_tickets(tx, _firing(check, fire_no, shown_at), [_dish(line) for line in lines], by=by)
    tx.later(_TOLD, {"mine": check.id, "its_fire_no": fire_no})
    tx.announce(CheckChanged(check.id))


def _undo_until(tx: Tx, venue: Venue) -> datetime | None:
    return tx.at + timedelta(seconds=venue.undo_s) if venue.undo_s else None


def _firing(check: Check, fire_no: int, shown_at: datetime | None, refire_reason: str | None = None) -> kitchen.Firing:
    return kitchen.Firing(
        check.id,
        fire_no,
        check.label,
        check.covers,
        check.waiter,
        shown_at=shown_at,
        is_refire=refire_reason is not None,
        is_take_away=check.dining is Dining.TAKE_AWAY,
        pickup_at=check.pickup_at,
        reason=refire_reason or "",
        number=check.number,
    )


def _dish(line: CheckLine) -> kitchen.Dish:
    return kitchen.Dish(
        line.id,
        line.kitchen_name,
        line.portion_name,
        line.quantity,
        line.course,
        tuple(line.stations),
        said_of(line),
        line.note,
        line.is_allergy,
        line.seat_no,
        menu_name=line.name,
        details=tuple(_on_paper(modifier) for modifier in line.modifiers),
    )


def _on_paper(modifier: dict[str, Any]) -> str:
    """A modifier as kitchen paper says it: what is more with a plus, what is left off with a minus."""
    said = spoken(modifier["name"], modifier.get("prefix"))
    if modifier.get("prefix") == Prefix.NO:
        return f"- {modifier['name']}"
    return f"+ {said}" if modifier.get("prefix") == Prefix.EXTRA or modifier["price"] > 0 else said


def said_of(line: CheckLine) -> tuple[str, ...]:
    """The modifiers of a line as the kitchen and the guest read them: "No chilli", "Burrata on the side"."""
    return tuple(spoken(modifier["name"], modifier.get("prefix")) for modifier in line.modifiers)


def counts(lines: Sequence[CheckLine]) -> dict[int, int]:
    """The portions of each item on these lines."""
    found: dict[int, int] = {}
    for line in lines:
        found[line.item_id] = found.get(line.item_id, 0) + line.quantity
    return found


async def take_back(tx: Tx, check_id: int, fire_no: int, *, by: Actor) -> int:
    """Undo a send or a fired course before the kitchen sees it; returns how many lines went back.

    What it sent is draft again, what it fired is held again, the stock is given back. Raises TooLateToTakeBack or
    KitchenHasIt when the time is over, or somebody served, bumped, moved or refired meanwhile.
    """
    await staff.must(tx, by, Permission.FIRE)
    check, venue = await queries.lock(tx, check_id), await tx.venue()
    lines = await queries.lines_of(tx, check_id)
    went = [line for line in lines if line.fire_no == fire_no]
    fired = [line for line in went if line.state is not LineState.VOIDED]
    held = [line for line in lines if line.send_no == fire_no and line.state is LineState.HELD]
    if _is_too_late([*fired, *held], venue.undo_s) or any(line.state is LineState.SERVED for line in fired):
        raise TooLateToTakeBack
    if await kitchen_queries.lines_of_firing(tx, check_id, fire_no) - {line.id for line in went}:
        raise TooLateToTakeBack
    await menu.give_back_stock(tx, counts(fired), by=by)
    await kitchen.take_back(tx, check_id, fire_no)
    drafts = [line.id for line in [*fired, *held] if line.send_no == fire_no]
    again = [line.id for line in fired if line.send_no != fire_no]
    await queries.set_lines(tx, drafts, state=LineState.DRAFT, **NOT_FIRED, **NOT_SENT)
    await queries.set_lines(tx, again, state=LineState.HELD, **NOT_FIRED)
    tx.record(Act("taken_back", "check", check.id, by, {"fire_no": fire_no, "drafts": drafts, "held": again}))
    touch(tx, check)
    return len(drafts) + len(again)


def _is_too_late(lines: Sequence[CheckLine], undo_s: int) -> bool:
    """Whether a gesture is shown by now, or has nothing left to take back."""
    told_at = [line.fired_at or line.sent_at for line in lines]
    since = max((at for at in told_at if at), default=None)
    return since is None or since + timedelta(seconds=undo_s) <= clock.now()


async def refire(tx: Tx, line_id: int, reason: str, *, by: Actor) -> int:
    """A fired or served dish is cooked again, at once and on a ticket of its own. Returns the number of the firing.

    The stock of the first try is gone, that of the second is taken. Raises LineNotSent, LineAlreadyVoid or SoldOut.
    """
    await staff.must(tx, by, Permission.REFIRE)
    reason = rules.allowed_reason(reason)
    check, line = await _sent_line(tx, line_id)
    check.fire_no += 1
    was = line.state
    await menu.take_stock(tx, {line.item_id: line.quantity}, by=by)
    line.state, line.served_at = LineState.FIRED, None
    line.fire_no, line.fired_at, line.fired_by = check.fire_no, tx.at, by.person_id
    await kitchen.open_tickets(tx, _firing(check, check.fire_no, None, reason), [_dish(line)], by=by)
    details = {**told(line), "state": was, "reason": reason, "fire_no": check.fire_no}
    tx.record(Act("refired", "check", check.id, by, details))
    touch(tx, check)
    return check.fire_no


async def amend(tx: Tx, line_id: int, note: str, *, is_allergy: bool, by: Actor) -> None:
    """What the kitchen must know of a dish that it is cooking. Raises DishReady or LineServed when it is too late."""
    await staff.must(tx, by, Permission.FIRE)
    note = rules.allowed_note(note)
    check, line = await _sent_line(tx, line_id)
    if line.state is LineState.SERVED:
        raise LineServed(line.name)
    if (await kitchen_queries.show_progress_of(tx, [line_id])).get(line_id):
        raise DishReady(line.name)
    was = {"note": line.note, "is_allergy": line.is_allergy}
    if was == {"note": note, "is_allergy": is_allergy}:
        return
    await kitchen.amend_dish(tx, line_id, note, is_allergy, line.note, by=by)
    line.note, line.is_allergy = note, is_allergy
    details = {**told(line), "was": was, "now": {"note": note, "is_allergy": is_allergy}}
    tx.record(Act("line_amended", "check", check.id, by, details))
    touch(tx, check)


async def _sent_line(tx: Tx, line_id: int) -> tuple[Check, CheckLine]:
    """A line that was fired or served, its check locked."""
    check, line = await queries.lock_of_line(tx, line_id)
    if line.state in (LineState.DRAFT, LineState.HELD):
        raise LineNotSent(line.name)
    if line.state is LineState.VOIDED:
        raise LineAlreadyVoid(line.name)
    return check, line
