"""Putting lines on a check: a portion, a set menu, the last round once more; and correcting them before they cook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, null, update

from kiosk.checks import queries, rules
from kiosk.checks.coursing import DRINKS
from kiosk.checks.errors import LineComped, NoRound, PriceBelowZero, PriceFixed, PriceMissing
from kiosk.checks.events import CheckChanged
from kiosk.checks.holding import Held, held, hold
from kiosk.checks.models import Check, CheckLine, Dining, LineState
from kiosk.checks.taking_off import unfired
from kiosk.checks.touching import refuse_paid, told, touch
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.errors import Refused
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.money import Money
from kiosk.menu import queries as menu
from kiosk.staff import service as staff

_CHECKS, _LINES = cast(Table, Check.__table__), insert(cast(Table, CheckLine.__table__))
_RUNG = (
    update(_CHECKS)
    .where(_CHECKS.c.id == bindparam("mine"))
    .values({"version": _CHECKS.c.version + 1, "bill_asked_at": null()})
)
"""Made once, because every tap on an item carries them out."""


@dataclass(frozen=True)
class Wish:
    """What a guest asked for: a portion, how many, with which choices, for whom, when.

    `price` in minor units is for an item without a price of its own; `prefixed` are modifiers said with no, extra or
    on the side.
    """

    portion_id: int
    quantity: int = 1
    modifier_ids: Sequence[int] = field(default_factory=tuple)
    note: str = ""
    is_allergy: bool = False
    seat_no: int | None = None
    course: int | None = None
    price: Money | None = None
    prefixed: Sequence[menu.Prefixed] = field(default_factory=tuple)


@dataclass(frozen=True)
class Part:
    """What a guest takes in a step of a set menu."""

    step: str
    portion_id: int
    modifier_ids: Sequence[int] = field(default_factory=tuple)
    note: str = ""
    prefixed: Sequence[menu.Prefixed] = field(default_factory=tuple)


@dataclass(frozen=True)
class Round:
    """What was rung once more: the new lines, and the names of what could not be."""

    line_ids: list[int]
    skipped: list[str]


async def ring(tx: Tx, check_id: int, wish: Wish, *, by: Actor) -> int:
    """One line on the check, at the price and tax the guest is shown now. Returns the line's id.

    Raises PriceMissing, PriceFixed or PriceBelowZero, and what the menu refuses.
    """
    await staff.must(tx, by, Permission.RING)
    if wish.price is not None:
        await staff.must(tx, by, Permission.OPEN_PRICE)
    await tx.look_ahead(held(check_id), menu.offered(wish.portion_id))
    check = await hold(tx, check_id)
    line_id = await _ring(tx, check, wish, by)
    _rung(tx, check)
    return line_id


async def _ring(tx: Tx, check: Held, wish: Wish, by: Actor) -> int:
    quantity = rules.allowed_quantity(wish.quantity)
    offer = await menu.for_ringing(tx, wish.portion_id, wish.modifier_ids, wish.prefixed)
    line = _line(check, replace(offer, unit_price=_unit_price(offer, wish.price)), quantity)
    said = {"seat_no": wish.seat_no, "note": rules.allowed_note(wish.note), "is_allergy": wish.is_allergy}
    who = {"rung_by": by.person_id, "rung_at": tx.at}
    course = offer.course if wish.course is None else wish.course
    tx.later(_LINES, {**line, **said, **who, "course": course})
    if wish.price is not None:
        tx.record(Act("price_typed", "check", check.id, by, {"line": line["id"], "price": wish.price}))
    return int(line["id"])


def _unit_price(offer: menu.Offer, price: Money | None) -> Money:
    """What one costs without its modifiers: as on the menu, or as typed where the menu leaves it open."""
    if not offer.open_price:
        if price is not None:
            raise PriceFixed(offer.name)
        return offer.unit_price
    if price is None or not 0 < price <= rules.HIGHEST_PRICE:
        raise PriceMissing(offer.name)
    return price


def _line(check: Held, offer: menu.Offer, quantity: int) -> dict[str, Any]:
    """A new line as the menu has it now."""
    return {
        "id": new_id(),
        "check_id": check.id,
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
        "course": offer.course,
        "cost": None if offer.cost is None else quantity * offer.cost,
    }


def _price(offer: menu.Offer) -> Money:
    price: Money = offer.unit_price + sum(modifier["price"] for modifier in offer.modifiers)
    if price < 0:
        raise PriceBelowZero(offer.name)
    return price


def _rung(tx: Tx, check: Held) -> None:
    """Whoever orders again does not want the bill yet."""
    tx.later(_RUNG, {"mine": check.id})
    tx.announce(CheckChanged(check.id))


async def ring_combo(tx: Tx, check_id: int, wish: Wish, parts: Sequence[Part], *, by: Actor) -> list[int]:
    """A set menu at its one price: a line for each part, with the part's own tax, stations and course.

    `wish` names the set menu's portion, how many and for which seat; its note is told with every part. Returns the
    ids of the lines in the order of the parts. Raises PriceBelowZero and what the menu refuses.
    """
    await staff.must(tx, by, Permission.RING)
    quantity = rules.allowed_quantity(wish.quantity)
    check = await hold(tx, check_id)
    picks = [menu.Pick(part.step, part.portion_id, part.modifier_ids, part.prefixed) for part in parts]
    combo = await menu.for_ringing_combo(tx, wish.portion_id, picks)
    shared = {
        "combo_id": new_id(),
        "combo_name": combo.name,
        "seat_no": wish.seat_no,
        "is_allergy": wish.is_allergy,
        "rung_by": by.person_id,
        "rung_at": tx.at,
    }
    notes = (rules.allowed_note(f"{part.note} {wish.note}") for part in parts)
    lines = [
        {**_line(check, offer, quantity), **shared, "note": note}
        for offer, note in zip(combo.parts, notes, strict=True)
    ]
    tx.later(_LINES, *lines)
    _rung(tx, check)
    return [line["id"] for line in lines]


async def repeat_round(tx: Tx, check_id: int, *, by: Actor) -> Round:
    """The drinks of the latest send that had any, else all of the latest send, once more as drafts at today's prices.

    What is sold out, gone from the menu or part of a set menu is left out and named. Raises NoRound.
    """
    await staff.must(tx, by, Permission.RING)
    check = await hold(tx, check_id)
    again = Round([], [])
    for line in _last_round(await queries.lines_of(tx, check_id)):
        try:
            again.line_ids.append(await _ring_again(tx, check, line, by))
        except Refused:
            again.skipped.append(line.combo_name or line.name)
    if again.line_ids:
        _rung(tx, check)
    return replace(again, skipped=list(dict.fromkeys(again.skipped)))


def _last_round(lines: Sequence[CheckLine]) -> list[CheckLine]:
    sent = [line for line in lines if line.sent_at and line.state is not LineState.VOIDED]
    drinks = [line for line in sent if line.course == DRINKS]
    of = drinks or sent
    if not of:
        raise NoRound
    latest = max(line.sent_at for line in of if line.sent_at)
    return [line for line in of if line.sent_at == latest]


async def _ring_again(tx: Tx, check: Held, line: CheckLine, by: Actor) -> int:
    """A line like this one; what has no price of its own costs what was typed then, if `by` may say so."""
    if line.combo_id:
        raise NoRound
    modifier_ids, prefixed = await menu.ids_of_modifiers(tx, line.portion_id, line.modifiers)
    said = (line.note, line.is_allergy, line.seat_no, line.course)
    wish = Wish(line.portion_id, line.quantity, modifier_ids, *said, prefixed=prefixed)
    try:
        return await _ring(tx, check, wish, by)
    except PriceMissing:
        if not by.may(Permission.OPEN_PRICE):
            raise
        return await _ring(tx, check, replace(wish, price=line.unit_price), by)


async def change_line(
    tx: Tx,
    line_id: int,
    *,
    quantity: int | None = None,
    note: str | None = None,
    seat_no: int | None = None,
    course: int | None = None,
    is_allergy: bool | None = None,
    by: Actor,
) -> None:
    """Correct a line that the kitchen was not told; what is None stays as it is. Seat 0 is the whole table.

    How many and for which seat is true of all parts of a set menu; the journal keeps what it was. Raises
    LineAlreadySent or LineComped.
    """
    await staff.must(tx, by, Permission.RING)
    check, parts = await unfired(tx, line_id)
    line, was = parts[0], [_said(part) for part in parts]
    if quantity is not None:
        _change_quantity(tx, parts, rules.allowed_quantity(quantity), by)
    for part in parts if seat_no is not None else ():
        part.seat_no = seat_no or None
    if note is not None:
        line.note = rules.allowed_note(note)
    if course is not None:
        line.course = course
    if is_allergy is not None:
        line.is_allergy = is_allergy
    for part, before in zip(parts, was, strict=True):
        _record_change(tx, part, before, by)
    touch(tx, check)


def _said(line: CheckLine) -> dict[str, Any]:
    """What can be said of a line that the kitchen was not told."""
    names = ("quantity", "note", "seat_no", "course", "is_allergy")
    return {name: getattr(line, name) for name in names}


def _record_change(tx: Tx, line: CheckLine, was: dict[str, Any], by: Actor) -> None:
    """The journal keeps what is said otherwise now; what was taken off is an entry of its own."""
    now = {name: value for name, value in _said(line).items() if value != was[name]}
    if line.quantity < was["quantity"]:
        del now["quantity"]
    if now:
        before = {name: was[name] for name in now}
        tx.record(Act("line_changed", "check", line.check_id, by, {**told(line), "was": before, "now": now}))


def _change_quantity(tx: Tx, parts: Sequence[CheckLine], quantity: int, by: Actor) -> None:
    for part in parts:
        if part.comped_at:
            raise LineComped(part.name)
        refuse_paid([part])
        if quantity < part.quantity:
            tx.record(Act("line_reduced", "check", part.check_id, by, {**told(part), "now": quantity}))
        part.amount = part.amount // part.quantity * quantity
        if part.cost is not None:
            part.cost = part.cost // part.quantity * quantity
        part.quantity = quantity
