"""What is read of people, devices and sessions."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from kiosk.core.actor import Actor, Role
from kiosk.core.db import Read, Tx
from kiosk.core.models import Venue
from kiosk.staff.errors import PersonGone
from kiosk.staff.models import Device, Person, PinTries, StaffSession


def digest(token: str) -> bytes:
    """What is kept of a token; the token itself is only in its cookie."""
    return hashlib.sha256(token.encode()).digest()


async def show_people(read: Read) -> list[Person]:
    """Everybody who works here, in the order of the sign-in page."""
    found = select(Person).where(Person.active).order_by(Person.position, Person.id)
    return list((await read.session.scalars(found)).all())


async def person(read: Read, person_id: int) -> Person | None:
    """The person, if still working here."""
    found = select(Person).where(Person.id == person_id, Person.active)
    return (await read.session.scalars(found)).one_or_none()


async def lock_people(tx: Tx) -> list[Person]:
    """Everybody, with the venue locked, so that two changes of people come one after the other."""
    await tx.session.execute(select(Venue.id).with_for_update())
    return await show_people(tx)


async def working(tx: Tx, person_id: int) -> Person:
    found = await person(tx, person_id)
    if found is None:
        raise PersonGone
    return found


async def device(read: Read, token: str) -> Device | None:
    """The device whose cookie holds this token."""
    found = select(Device).where(Device.token_digest == digest(token), Device.active)
    return (await read.session.scalars(found)).one_or_none() if token else None


async def tries(read: Read, person_id: int, device_id: int) -> PinTries | None:
    """The wrong PINs of a person on a device."""
    return await read.session.get(PinTries, (person_id, device_id))


def open_session() -> Select[*tuple[Any, ...]]:
    """Open sessions with what an Actor is made of."""
    return (
        select(
            *(StaffSession.id, StaffSession.active_at, StaffSession.device_id, Device.token_digest),
            *(Person.id.label("person_id"), Person.name, Person.role, Venue.id.label("venue_id"), Venue.idle_lock_s),
        )
        .join(Person, Person.id == StaffSession.person_id)
        .join(Device, Device.id == StaffSession.device_id)
        .join(Venue, Venue.id == Person.venue_id)
        .where(StaffSession.ended_at.is_(None), Person.active, Device.active)
    )


async def session_by_token(read: Read, token: str) -> Row[*tuple[Any, ...]] | None:
    """The open session whose cookie holds this token."""
    if not token:
        return None
    found = open_session().where(StaffSession.token_digest == digest(token))
    return (await read.session.execute(found)).one_or_none()


async def session_by_id(read: Read, session_id: int) -> Row[*tuple[Any, ...]] | None:
    """The session, if it is still open."""
    return (await read.session.execute(open_session().where(StaffSession.id == session_id))).one_or_none()


async def idle_sessions(read: Read) -> list[tuple[int, int, Role, int, datetime]]:
    """Every open session with its device, role, the venue's idle limit and when it was last touched."""
    found = await read.session.execute(open_session())
    return [(row.id, row.device_id, row.role, row.idle_lock_s, row.active_at) for row in found]


def actor(row: Row[*tuple[Any, ...]]) -> Actor:
    """The person behind an open session."""
    return Actor(row.venue_id, row.person_id, row.name, row.role, row.id, row.device_id)
