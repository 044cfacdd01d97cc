"""The trattoria a newcomer meets: sections, tables, stations, people of every role and a menu."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from kiosk.core.actor import Role, command_line
from kiosk.core.db import Database, Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import GENESIS
from kiosk.core.models import Counter, JournalHead, Note, Venue
from kiosk.floor import service as floor
from kiosk.kitchen import service as kitchen
from kiosk.menu import service as menu
from kiosk.payments.till_models import MoneyHead
from kiosk.printing import service as printing
from kiosk.staff import service as staff
from kiosk.staff.pins import Pins
from menus.files import sample_menu

NOTE = "sample"


@dataclass(frozen=True)
class DemoPerson:
    name: str
    role: Role
    pin: str


PEOPLE = (
    DemoPerson("Marco", Role.WAITER, "1111"),
    DemoPerson("Elena", Role.WAITER, "2222"),
    DemoPerson("Priya", Role.WAITER, "3333"),
    DemoPerson("Ana", Role.CASHIER, "4444"),
    DemoPerson("Dario", Role.KITCHEN, "5555"),
    DemoPerson("Sofia", Role.MANAGER, "6666"),
    DemoPerson("Giulia", Role.OWNER, "7777"),
)
SECTIONS = {
    "Sala": {"1": 2, "2": 4, "3": 2, "4": 4, "5": 6, "6": 4, "7": 4, "8": 2, "9": 4, "10": 6, "11": 4, "12": 4},
    "Veranda": {"21": 4, "22": 4, "23": 2, "24": 6, "25": 2, "26": 8},
    "Bar": {"B1": 1, "B2": 1, "B3": 2, "B4": 1, "B5": 2, "B6": 2},
}
PLACES = {
    "Sala": {
        **{"1": (40, 40, "round"), "2": (330, 50, "square"), "3": (620, 40, "round"), "4": (880, 50, "square")},
        **{"5": (40, 310, "wide"), "6": (380, 310, "square"), "7": (620, 310, "square"), "8": (890, 300, "round")},
        **{"9": (40, 570, "square"), "10": (280, 570, "wide"), "11": (620, 570, "square"), "12": (880, 570, "square")},
    },
    "Veranda": {
        **{"21": (60, 100, "square"), "22": (340, 100, "square"), "23": (630, 90, "round"), "24": (860, 100, "wide")},
        **{"25": (60, 460, "round"), "26": (450, 470, "wide")},
    },
    "Bar": {
        **{"B1": (60, 80, "round"), "B2": (340, 80, "round"), "B3": (620, 80, "round"), "B4": (900, 80, "round")},
        **{"B5": (200, 440, "round"), "B6": (620, 440, "round")},
    },
}
"""Where the tables stand, and what shape they have."""
ROOMY = {"round": (180, 180), "square": (200, 160), "wide": (300, 160)}
"""Sizes at which a tile shows its guests too."""
STATIONS = {"cold": "Cold", "pasta": "Pasta", "oven": "Oven", "grill": "Grill", "bar": "Bar"}
BAR_LIMITS = {"soon_s": 240, "late_s": 420}
COUNTERS = ("check",)


async def has_venue(db: Database) -> bool:
    """Whether this database belongs to a restaurant already."""
    async with db.read() as read:
        return (await read.session.scalars(select(Venue.id).limit(1))).first() is not None


async def load(db: Database, pins: Pins) -> None:
    """Found the sample trattoria in an empty database, all of it or nothing."""
    hashes = await pins.hash_all([person.pin for person in PEOPLE])

    async def found(tx: Tx) -> None:
        by = command_line(await found_venue(tx, "Trattoria Aurora"))
        for code, name in STATIONS.items():
            station_id = await kitchen.add_station(tx, code, name, by=by)
            if code == "bar":
                await kitchen.set_limits(tx, station_id, **BAR_LIMITS, by=by)
        for section, tables in SECTIONS.items():
            section_id = await floor.add_section(tx, section, by=by)
            for label, seats in tables.items():
                await floor.add_table(tx, section_id, label, seats, place=_place(section, label), by=by)
        for person, pin_hash in zip(PEOPLE, hashes, strict=True):
            await staff.enrol(tx, name=person.name, role=person.role, pin_hash=pin_hash, by=by)
        await printing.add_printer(tx, code="counter", name="Counter", prints=["receipt"], by=by)
        await menu.load_menu(tx, sample_menu(), by=by)
        await tx.change(update(Venue).values(service_tax_code="food"))
        await tx.change(insert(Note).values(name=NOTE, value="trattoria"))

    await db.run(found)


def _place(section: str, label: str) -> floor.Place:
    x, y, shape = PLACES[section][label]
    return floor.Place(x, y, *ROOMY[shape], floor.Shape(shape))


async def found_venue(
    tx: Tx, name: str, *, currency: str = "EUR", locale: str = "en_IE", timezone: str = "Europe/Rome"
) -> int:
    """A new venue with its journal and its counters at zero. Returns its id."""
    venue_id = new_id()
    row = {"id": venue_id, "name": name, "currency_code": currency, "locale": locale, "timezone": timezone}
    await tx.change(insert(Venue).values(**row, legal_lines=["Thank you, come back soon."]))
    await tx.change(insert(JournalHead).values(venue_id=venue_id, seq=0, digest=GENESIS))
    await tx.change(
        insert(MoneyHead).values(venue_id=venue_id, receipt_no=0, movement_no=0, z_no=0, balance=0, accounts={})
    )
    await tx.change(insert(Counter), [{"venue_id": venue_id, "name": counter, "last": 0} for counter in COUNTERS])
    return venue_id


async def is_sample(db: Database) -> bool:
    """Whether the sample trattoria was founded here, so that its PINs may be shown."""
    async with db.read() as read:
        return (await read.session.scalars(select(Note.name).where(Note.name == NOTE))).first() is not None
