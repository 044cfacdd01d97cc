"""What slips are made of: the stations with their printers, and dishes as their tickets have them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from kiosk.core.db import Read
from kiosk.core.packets import Asked
from kiosk.kitchen.models import KitchenTicket, Station, TicketLine
from kiosk.printing.queries import ROLES_OF_PRINTERS


@dataclass(frozen=True)
class Places:
    """The stations of a house: ids by their codes, and by id what each is called and which printers print its slips."""

    stations: dict[str, int]
    names: dict[int, str]
    printers: dict[int, list[int]]


class OnTicket(NamedTuple):
    """A dish as it is cooked: what a slip says of its ticket and of itself; `goes_to` once it moved."""

    ticket_id: int
    check_id: int
    fire_no: int
    check_number: int
    label: str
    covers: int
    waiter: str
    shown_at: datetime | None
    is_take_away: bool
    pickup_at: datetime | None
    station: str
    line_id: int
    course: int
    quantity: int
    name: str
    menu_name: str
    portion_name: str
    modifiers: list[str]
    note: str
    is_allergy: bool
    seat_no: int | None
    goes_to: str | None
    ready_at: datetime | None
    voided_at: datetime | None


_STATIONS = select(Station.id, Station.code, Station.name).where(Station.active).order_by(Station.position, Station.id)
PLACES: tuple[Asked, ...] = ((_STATIONS, {}), (ROLES_OF_PRINTERS, {}))
"""What `show_places` asks, for those who look up more at the same time."""
_ON_TICKETS = (
    select(
        KitchenTicket.id,
        KitchenTicket.check_id,
        KitchenTicket.fire_no,
        KitchenTicket.check_number,
        KitchenTicket.label,
        KitchenTicket.covers,
        KitchenTicket.waiter,
        KitchenTicket.shown_at,
        KitchenTicket.is_take_away,
        KitchenTicket.pickup_at,
        Station.name,
        TicketLine.line_id,
        TicketLine.course,
        TicketLine.quantity,
        TicketLine.name,
        TicketLine.menu_name,
        TicketLine.portion_name,
        TicketLine.modifiers,
        TicketLine.note,
        TicketLine.is_allergy,
        TicketLine.seat_no,
        TicketLine.label,
        TicketLine.ready_at,
        TicketLine.voided_at,
    )
    .join(TicketLine, TicketLine.ticket_id == KitchenTicket.id)
    .join(Station, Station.id == KitchenTicket.station_id)
    .order_by(KitchenTicket.id, TicketLine.position)
)
"""Made once; the columns are those of OnTicket, in its order."""


async def show_places(read: Read) -> Places:
    """The active stations in their order, each with the printers its slips come from."""
    stations, printers = await read.look_up(*PLACES)
    return Places(
        stations={code: station_id for station_id, code, _ in stations},
        names={station_id: name for station_id, _, name in stations},
        printers={
            station_id: [printer_id for printer_id, roles in printers if f"station:{code}" in roles]
            for station_id, code, _ in stations
        },
    )


async def stations_of(read: Read, ticket_ids: Collection[int]) -> dict[int, int]:
    """By ticket, the station it is for."""
    found = select(KitchenTicket.id, KitchenTicket.station_id).where(KitchenTicket.id.in_(ticket_ids))
    return {row.id: row.station_id for row in await read.session.execute(found)} if ticket_ids else {}


async def on_tickets(read: Read, *which: ColumnElement[bool]) -> list[OnTicket]:
    """These dishes with what a slip says of their tickets, ticket by ticket, struck ones too."""
    return [OnTicket._make(row) for row in await read.session.execute(_ON_TICKETS.where(*which))]
