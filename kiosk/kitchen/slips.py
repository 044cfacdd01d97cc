"""What the kitchen gets on paper: a slip for every ticket, and for whatever changes on one, where its ticket went.

Slips wait at the printers in the transaction that causes them. A slip's cause names its act and its ticket.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.core import clock
from kiosk.core.actor import Actor
from kiosk.core.db import Read, Tx
from kiosk.core.ids import new_id
from kiosk.kitchen import on_tickets
from kiosk.kitchen.dishes import Dish, Firing
from kiosk.kitchen.on_tickets import OnTicket, Places
from kiosk.menu.rules import course_name
from kiosk.printing import papers
from kiosk.printing import queries as printing_queries
from kiosk.printing import service as printing
from kiosk.printing.documents import CourseGroup, KitchenDish, KitchenSlip

NEW, CHANGED, VOID, MOVED, REFIRE = "new", "changed", "void", "moved", "refire"
CLOCK = "%H:%M"


@dataclass(frozen=True)
class Told:
    """What a slip says of dishes under way: its act, who told it and why; `was_table` is what a moved dish left."""

    act: str
    by: Actor
    reason: str = ""
    table: str = ""
    was_table: str = ""


@dataclass(frozen=True)
class Amended:
    """What the kitchen must know of a dish now, and the note before."""

    note: str
    is_allergy: bool
    was: str


async def print_tickets(
    tx: Tx, firing: Firing, cooked: Mapping[int, tuple[int, Sequence[Dish]]], places: Places, *, by: Actor
) -> None:
    """A slip for each ticket just opened, given as {station_id: (ticket_id, dishes)}, where its station prints."""
    if not any(places.printers.get(station_id) for station_id in cooked):
        return
    timezone = (await tx.venue()).timezone
    for station_id, (ticket_id, dishes) in cooked.items():
        others = tuple(places.names[one] for one in cooked if one != station_id)
        slip = KitchenSlip(
            act=REFIRE if firing.is_refire else NEW,
            station=places.names[station_id],
            number=number_of(firing.number, firing.fire_no),
            table=firing.label,
            covers=firing.covers,
            waiter=firing.waiter,
            time=_clock(tx.at, timezone),
            groups=_by_course([(dish.course, _dish(dish)) for dish in dishes]),
            is_take_away=firing.is_take_away,
            pickup=_clock(firing.pickup_at, timezone),
            others=others,
            reason=firing.reason,
            is_allergy=any(dish.is_allergy and dish.seat_no is None for dish in dishes),
            by=by.name if firing.is_refire else "",
        )
        to = places.printers.get(station_id, ())
        _print(tx, to, slip, cause_of(ticket_id), check_id=firing.check_id, shown_at=firing.shown_at)


async def tell(tx: Tx, dishes: Sequence[OnTicket], told: Told, amended: Amended | None = None) -> None:
    """A slip of these dishes for each of their tickets, where it went and after it; none where it was not printed.

    Of a dish that was cooked again only the last ticket counts.
    """
    by_ticket: dict[int, list[OnTicket]] = {}
    for dish in {(dish.station, dish.line_id): dish for dish in dishes}.values():
        by_ticket.setdefault(dish.ticket_id, []).append(dish)
    if not by_ticket:
        return
    to = await _went_to(tx, by_ticket)
    for ticket_id, some in by_ticket.items():
        if printer_ids := to[ticket_id]:
            slip = _slip(some, told, amended, at=tx.at, timezone=(await tx.venue()).timezone)
            cause = f"{told.act} {ticket_id} {new_id()}"
            _print(tx, printer_ids, slip, cause, check_id=some[0].check_id, shown_at=some[0].shown_at)


async def _went_to(tx: Tx, ticket_ids: Iterable[int]) -> dict[int, list[int]]:
    """By ticket, the printers that have it; instead of one taken away since, those of its station now."""
    causes = {ticket_id: cause_of(ticket_id) for ticket_id in ticket_ids}
    went = await printing_queries.printed_by(tx, causes.values())
    to = {ticket_id: went[cause] for ticket_id, cause in causes.items()}
    there = {printer.id for printer in await printing_queries.printers(tx)} if any(to.values()) else set()
    left = [ticket_id for ticket_id, printer_ids in to.items() if not there.issuperset(printer_ids)]
    if left:
        stations, places = await on_tickets.stations_of(tx, left), await on_tickets.show_places(tx)
        for ticket_id in left:
            still = [printer_id for printer_id in to[ticket_id] if printer_id in there]
            to[ticket_id] = list(dict.fromkeys([*still, *places.printers.get(stations[ticket_id], ())]))
    return to


async def withdraw(tx: Tx, check_id: int, ticket_ids: Sequence[int]) -> bool:
    """Keep every slip of these tickets off the paper; False when a printer began with one of them."""
    causes = [cause for cause in await papers.causes_of(tx, check_id) if _ticket_of(cause) in ticket_ids]
    return not causes or await printing.withdraw(tx, causes) >= len(causes)


async def show_papers(read: Read) -> list[dict[str, Any]]:
    """The slips that did not come as they should: of which ticket and station they are, and what became of them."""
    slips = [one for one in await printing_queries.troubled(read) if one.kind == KitchenSlip.KIND]
    stations = await on_tickets.stations_of(read, {_ticket_of(one.cause) for one in slips})
    told = [(_ticket_of(one.cause), one) for one in slips]
    return [
        {"ticket_id": ticket_id, "station_id": stations[ticket_id], "label": one.label, **papers.told(one)}
        for ticket_id, one in told
        if ticket_id in stations
    ]


def number_of(check_number: int, fire_no: int) -> str:
    """A firing as people know it: #1042-2 is the second one of check 1042."""
    return f"#{check_number}-{fire_no}"


def cause_of(ticket_id: int) -> str:
    """What causes a ticket's first slip."""
    return f"ticket {ticket_id}"


def _ticket_of(cause: str) -> int:
    """The ticket that a slip's cause names after its act."""
    return int(cause.split()[1])


def _print(
    tx: Tx, printer_ids: Sequence[int], slip: KitchenSlip, cause: str, *, check_id: int, shown_at: datetime | None
) -> None:
    """Nothing is on paper before it is on screens."""
    printing.print_on(
        tx,
        printer_ids,
        slip.to_json(),
        kind=KitchenSlip.KIND,
        cause=cause,
        check_id=check_id,
        label=slip.table,
        not_before=shown_at if shown_at and shown_at > tx.at else None,
    )


def _slip(
    dishes: Sequence[OnTicket], told: Told, amended: Amended | None, *, at: datetime, timezone: str
) -> KitchenSlip:
    """Only what changed; the rest of the ticket is on the paper before."""
    first = dishes[0]
    shown = [(dish.course, _under_way(dish, amended)) for dish in dishes]
    return KitchenSlip(
        act=told.act,
        station=first.station,
        number=number_of(first.check_number, first.fire_no),
        table=told.table or first.goes_to or first.label,
        was_table=told.was_table,
        covers=first.covers,
        waiter=first.waiter,
        time=_clock(at, timezone),
        groups=_by_course(shown),
        is_take_away=first.is_take_away,
        pickup=_clock(first.pickup_at, timezone),
        reason=told.reason,
        is_allergy=any(dish.is_allergy and dish.seat is None for _, dish in shown),
        by=told.by.name,
    )


def _dish(dish: Dish) -> KitchenDish:
    return KitchenDish(
        quantity=dish.quantity,
        name=dish.name,
        menu_name=dish.menu_name,
        portion=dish.portion,
        details=dish.modifiers if dish.details is None else dish.details,
        note=dish.note,
        is_allergy=dish.is_allergy,
        seat=dish.seat_no,
    )


def _under_way(dish: OnTicket, amended: Amended | None) -> KitchenDish:
    was_allergy = amended is not None and dish.is_allergy and not amended.is_allergy
    return KitchenDish(
        quantity=dish.quantity,
        name=dish.name,
        menu_name=dish.menu_name,
        portion=dish.portion_name,
        details=tuple(dish.modifiers),
        note=amended.note if amended else dish.note,
        is_allergy=amended.is_allergy if amended else dish.is_allergy,
        seat=dish.seat_no,
        was=amended.was if amended and (was_allergy or amended.was != amended.note) else "",
        was_allergy=was_allergy,
    )


def _by_course(dishes: Iterable[tuple[int, KitchenDish]]) -> tuple[CourseGroup, ...]:
    """The dishes in the order of their courses, those of one course as they were rung."""
    courses: dict[int, list[KitchenDish]] = {}
    for course, dish in dishes:
        courses.setdefault(course, []).append(dish)
    return tuple(CourseGroup(name=course_name(no), dishes=tuple(some)) for no, some in sorted(courses.items()))


def _clock(at: datetime | None, timezone: str) -> str:
    return f"{clock.local(at, timezone):{CLOCK}}" if at else ""
