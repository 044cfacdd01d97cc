"""The gestures on a check: open, ring, change, remove, send, serve, void, bill, close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert

from kiosk.checks import queries, rules
from kiosk.checks.errors import (
    CheckNotEmpty,
    LineAlreadySent,
    LineAlreadyVoid,
    LineNotSent,
    NothingToBill,
    NothingToSend,
    NothingToServe,
    PriceBelowZero,
    ReasonMissing,
    UnsentLines,
)
from kiosk.checks.events import CheckChanged
from kiosk.checks.models import Check, CheckLine, CheckState, Dining, LineState
from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.money import Money
from kiosk.kitchen import queries as kitchen_queries
from kiosk.kitchen import service as kitchen
from kiosk.menu import queries as menu_queries
from kiosk.menu import service as menu
from kiosk.staff import service as staff


@dataclass(frozen=True)
class Wish:
    """What a guest asked for: a portion, how many, with which choices, for whom, when."""

    portion_id: int
    quantity: int = 1
    modifier_ids: Sequence[int] = field(default_factory=tuple)
    note: str = ""
    is_allergy: bool = False
    seat_no: int | None = None
    course: int | None = None


@dataclass(frozen=True)
class Bill:
    """What a party is to pay: the locked check, its live lines and what they come to."""

    check: Check
    lines: list[CheckLine]
    sums: rules.Sums


async def open_check(tx: Tx, label: str, covers: int, *, dining: Dining = Dining.EAT_IN, by: Actor) -> int:
    """A new check for a party; `label` is what the kitchen and the receipt call it. Returns its id."""
    await staff.must(tx, by, Permission.SEAT)
    venue = await tx.venue()
    check_id = new_id()
    opened = {
        "id": check_id,
        "venue_id": venue.id,
        "number": await tx.draw("check"),
        "label": label,
        "covers": rules.allowed_covers(covers),
        "dining": dining,
        "waiter_id": by.person_id,
        "waiter": by.name,
        "business_day": clock.business_day(tx.at, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes),
        "opened_at": tx.at,
    }
    await tx.change(insert(Check).values(opened))
    tx.announce(CheckChanged(check_id))
    return check_id


async def set_covers(tx: Tx, check_id: int, covers: int, *, by: Actor) -> None:
    """Another number of guests."""
    await staff.must(tx, by, Permission.SEAT)
    check = await queries.lock(tx, check_id)
    check.covers = rules.allowed_covers(covers)
    _touch(tx, check)


async def ring(tx: Tx, check_id: int, wish: Wish, *, by: Actor) -> int:
    """One line on the check, at the price and tax the guest is shown now. Returns the line's id."""
    await staff.must(tx, by, Permission.RING)
    quantity = rules.allowed_quantity(wish.quantity)
    check = await queries.lock(tx, check_id)
    offer = await menu_queries.for_ringing(tx, wish.portion_id, wish.modifier_ids)
    line_id = new_id()
    rung = {
        "id": line_id,
        "check_id": check_id,
        "item_id": offer.item_id,
        "item_code": offer.item_code,
        "name": offer.name,
        "kitchen_name": offer.kitchen_name,
        "category": offer.category,
        "portion_id": offer.portion_id,
        "portion_name": offer.portion_name,
        "quantity": quantity,
        "unit_price": offer.unit_price,
        "modifiers": offer.modifiers,
        "amount": quantity * _price(offer),
        "tax_class": offer.tax_class,
        "rate_ppm": offer.eat_in_ppm if check.dining is Dining.EAT_IN else offer.take_away_ppm,
        "stations": offer.stations,
        "course": offer.course if wish.course is None else wish.course,
        "seat_no": wish.seat_no,
        "note": rules.allowed_note(wish.note),
        "is_allergy": wish.is_allergy,
        "rung_by": by.person_id,
        "rung_at": tx.at,
    }
    await tx.change(insert(CheckLine).values(rung))
    check.bill_asked_at = None
    _touch(tx, check)
    return line_id


def _price(offer: menu_queries.Offer) -> Money:
    price: Money = offer.unit_price + sum(modifier["price"] for modifier in offer.modifiers)
    if price < 0:
        raise PriceBelowZero(offer.name)
    return price


async def change_line(
    tx: Tx,
    line_id: int,
    *,
    quantity: int | None = None,
    note: str | None = None,
    seat_no: int | None = None,
    course: int | None = None,
    by: Actor,
) -> None:
    """Correct a line that was not sent yet; what is None stays as it is. Seat 0 is the whole table."""
    await staff.must(tx, by, Permission.RING)
    check, line = await _draft(tx, line_id)
    if quantity is not None:
        line.amount = line.amount // line.quantity * rules.allowed_quantity(quantity)
        line.quantity = quantity
    if note is not None:
        line.note = rules.allowed_note(note)
    if seat_no is not None:
        line.seat_no = seat_no or None
    if course is not None:
        line.course = course
    _touch(tx, check)


async def remove_line(tx: Tx, line_id: int, *, by: Actor) -> None:
    """Take a line off that was not sent yet. The journal keeps what it was."""
    await staff.must(tx, by, Permission.REMOVE_LINE)
    check, line = await _draft(tx, line_id)
    tx.record(Act("line_removed", "check", check.id, by, _told(line)))
    await tx.session.delete(line)
    _touch(tx, check)


async def _draft(tx: Tx, line_id: int) -> tuple[Check, CheckLine]:
    check, line = await queries.lock_of_line(tx, line_id)
    if line.state is not LineState.DRAFT:
        raise LineAlreadySent(line.name)
    return check, line


async def send(tx: Tx, check_id: int, *, by: Actor) -> int:
    """Tell the kitchen every line that was not sent yet, once. Returns how many."""
    await staff.must(tx, by, Permission.FIRE)
    check = await queries.lock(tx, check_id)
    unsent = [line for line in await queries.lines_of(tx, check_id) if line.state is LineState.DRAFT]
    if not unsent:
        raise NothingToSend
    await menu.take_stock(tx, _counts(unsent), by=by)
    check.fire_no += 1
    await queries.set_lines(
        tx, [line.id for line in unsent], state=LineState.FIRED, fired_at=tx.at, fired_by=by.person_id
    )
    firing = kitchen.Firing(check.id, check.fire_no, check.label, check.covers, check.waiter)
    await kitchen.open_tickets(tx, firing, [_dish(line) for line in unsent], by=by)
    tx.record(Act("fired", "check", check.id, by, {"fire_no": check.fire_no, "lines": [line.id for line in unsent]}))
    _touch(tx, check)
    return len(unsent)


def _counts(lines: Sequence[CheckLine]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for line in lines:
        counts[line.item_id] = counts.get(line.item_id, 0) + line.quantity
    return counts


def _dish(line: CheckLine) -> kitchen.Dish:
    return kitchen.Dish(
        line.id,
        line.kitchen_name,
        line.portion_name,
        line.quantity,
        line.course,
        tuple(line.stations),
        tuple(modifier["name"] for modifier in line.modifiers),
        line.note,
        line.is_allergy,
        line.seat_no,
    )


async def serve(tx: Tx, check_id: int, line_ids: Sequence[int] | None = None, *, by: Actor) -> int:
    """Dishes are on the table: the named ones, or all that the kitchen has ready. Returns how many."""
    await staff.must(tx, by, Permission.SERVE)
    check = await queries.lock(tx, check_id)
    progress = await kitchen_queries.show_progress(tx, [check_id])
    fired = [line for line in await queries.lines_of(tx, check_id) if line.state is LineState.FIRED]
    if line_ids is None:
        served = [line.id for line in fired if progress.get(line.id)]
    else:
        served = [line.id for line in fired if line.id in set(line_ids)]
    if not served:
        raise NothingToServe
    await queries.set_lines(tx, served, state=LineState.SERVED, served_at=tx.at)
    _touch(tx, check)
    return len(served)


async def void_line(tx: Tx, line_id: int, reason: str, *, by: Actor) -> None:
    """Take a sent line off the bill, with a reason; the kitchen sees it struck."""
    await staff.must(tx, by, Permission.VOID_FIRED_LINE)
    reason = rules.allowed_note(reason)
    if not reason:
        raise ReasonMissing
    check, line = await queries.lock_of_line(tx, line_id)
    if line.state is LineState.DRAFT:
        raise LineNotSent(line.name)
    if line.state is LineState.VOIDED:
        raise LineAlreadyVoid(line.name)
    was_billed = check.bill_asked_at is not None
    tx.record(Act("line_voided", "check", check.id, by, {**_told(line), "reason": reason, "after_bill": was_billed}))
    line.state, line.voided_at, line.void_reason = LineState.VOIDED, tx.at, reason
    await kitchen.void_dish(tx, line_id)
    _touch(tx, check)


def _told(line: CheckLine) -> dict[str, object]:
    return {
        "line": line.id,
        "name": line.name,
        "portion": line.portion_name,
        "quantity": line.quantity,
        "amount": line.amount,
        "state": line.state,
    }


async def ask_bill(tx: Tx, check_id: int, *, by: Actor) -> None:
    """The party wants to pay: the table turns to billing on every tablet."""
    await staff.must(tx, by, Permission.ASK_BILL)
    bill = await lock_bill(tx, check_id)
    bill.check.bill_asked_at = tx.at
    tx.record(Act("bill_asked", "check", check_id, by, {"total": bill.sums.total}))
    _touch(tx, bill.check)


async def withdraw_bill(tx: Tx, check_id: int, *, by: Actor) -> None:
    """The party stays after all."""
    await staff.must(tx, by, Permission.ASK_BILL)
    check = await queries.lock(tx, check_id)
    check.bill_asked_at = None
    _touch(tx, check)


async def cancel_check(tx: Tx, check_id: int, *, by: Actor) -> None:
    """The party left without anything on the check; the table is free."""
    await staff.must(tx, by, Permission.SEAT)
    check = await queries.lock(tx, check_id)
    if any(line.state is not LineState.VOIDED for line in await queries.lines_of(tx, check_id)):
        raise CheckNotEmpty
    check.state, check.closed_at = CheckState.CANCELLED, tx.at
    tx.record(Act("check_cancelled", "check", check.id, by, {"number": check.number}))
    _touch(tx, check)


async def lock_bill(tx: Tx, check_id: int) -> Bill:
    """What a party is to pay, its check locked. Raises UnsentLines or NothingToBill."""
    check = await queries.lock(tx, check_id)
    lines = await queries.lines_of(tx, check_id)
    refuse_unsent(lines)
    live = [line for line in lines if line.state is not LineState.VOIDED]
    if not live:
        raise NothingToBill
    return Bill(check, live, queries.sums_of(live, await tx.venue()))


def refuse_unsent(lines: Sequence[CheckLine]) -> None:
    """Nothing is billed or settled that the kitchen was not told."""
    unsent = sum(line.state is LineState.DRAFT for line in lines)
    if unsent:
        raise UnsentLines(unsent)


def close(tx: Tx, check: Check) -> None:
    """Everything on the check is paid. Called by the settling transaction, which holds the check's lock."""
    check.state, check.closed_at = CheckState.CLOSED, tx.at
    _touch(tx, check)


def _touch(tx: Tx, check: Check) -> None:
    check.version += 1
    tx.announce(CheckChanged(check.id))
