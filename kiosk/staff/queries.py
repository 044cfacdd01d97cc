"""What the staff slice reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, bindparam, func, select

from kiosk.core.actor import Role
from kiosk.core.db import Read, Tx
from kiosk.core.models import Venue
from kiosk.core.packets import Asked
from kiosk.staff.models import Device, Person, PinTries, StaffSession
from kiosk.staff.rules import initials


class Tile(NamedTuple):
    """Somebody as the sign-in page shows them."""

    id: int
    name: str
    role: Role
    initials: str


class SessionRow(NamedTuple):
    """A session with its person, its device and the house's idle lock, as they are now."""

    session_id: int
    started_at: datetime
    active_at: datetime
    ended_at: datetime | None
    venue_id: int
    person_id: int
    name: str
    role: Role
    is_person_active: bool
    device_id: int
    device_name: str
    device_digest: bytes
    is_device_active: bool
    idle_lock_s: int


_SESSION = (
    select(
        StaffSession.id,
        StaffSession.started_at,
        StaffSession.active_at,
        StaffSession.ended_at,
        Person.venue_id,
        Person.id,
        Person.name,
        Person.role,
        Person.active,
        Device.id,
        Device.name,
        Device.token_digest,
        Device.active,
        Venue.idle_lock_s,
    )
    .join(Person, Person.id == StaffSession.person_id)
    .join(Device, Device.id == StaffSession.device_id)
    .join(Venue, Venue.id == Person.venue_id)
)


_BY_TOKEN = _SESSION.where(StaffSession.token_digest == bindparam("wanted"))
_BY_ID = _SESSION.where(StaffSession.id == bindparam("wanted"))
"""Made once, because every act asks."""


def with_token(token_digest: bytes) -> Asked:
    """The session with this token."""
    return _BY_TOKEN, {"wanted": token_digest}


async def session_by_token(read: Read, token_digest: bytes) -> SessionRow | None:
    return await _one_session(read, with_token(token_digest))


async def session_by_id(read: Read, session_id: int) -> SessionRow | None:
    return await _one_session(read, (_BY_ID, {"wanted": session_id}))


async def _one_session(read: Read, asked: Asked) -> SessionRow | None:
    (rows,) = await read.look_up(asked)
    return SessionRow._make(rows[0]) if rows else None


async def open_sessions(read: Read, *, person_id: int | None = None, device_id: int | None = None) -> list[SessionRow]:
    """Sessions nobody ended yet, of a person or on a device when one is given."""
    statement = _SESSION.where(StaffSession.ended_at.is_(None)).order_by(StaffSession.id)
    if person_id is not None:
        statement = statement.where(StaffSession.person_id == person_id)
    if device_id is not None:
        statement = statement.where(StaffSession.device_id == device_id)
    return [SessionRow._make(row) for row in (await read.session.execute(statement)).all()]


async def venue_or_none(read: Read) -> Venue | None:
    """The venue, or nothing in a database nobody founded a restaurant in."""
    return (await read.session.scalars(select(Venue).order_by(Venue.id).limit(1))).first()


async def lock_venue(tx: Tx) -> int:
    """Let nobody else change people until the commit. Returns the venue's id."""
    venue = await tx.venue()
    await tx.session.execute(select(Venue.id).where(Venue.id == venue.id).with_for_update())
    return venue.id


async def lock_person(tx: Tx, person_id: int) -> Person | None:
    """The person as she is now, held until the commit; active or not."""
    mine = select(Person).where(Person.id == person_id).with_for_update().execution_options(populate_existing=True)
    return (await tx.session.scalars(mine)).one_or_none()


async def was_ever_here(read: Read, person_id: int) -> bool:
    """Whether there is or was such a person."""
    return (await read.session.scalars(select(Person.id).where(Person.id == person_id))).one_or_none() is not None


async def device_by_token(read: Read, token_digest: bytes, *, lock: bool = False) -> Device | None:
    """The device that may be used with this token."""
    mine = select(Device).where(Device.token_digest == token_digest, Device.active.is_(True))
    return (await read.session.scalars(mine.with_for_update() if lock else mine)).one_or_none()


async def count_devices(read: Read) -> int:
    return (await read.session.execute(select(func.count()).select_from(Device))).scalar_one()


async def tries_of(read: Read, person_id: int, device_ids: Sequence[int]) -> dict[int, Row[int, int, datetime]]:
    """Wrong PINs of a person by device, where there is a row."""
    mine = select(PinTries.device_id, PinTries.wrong, PinTries.wait_until).where(
        PinTries.person_id == person_id, PinTries.device_id.in_(device_ids)
    )
    return {row.device_id: row for row in (await read.session.execute(mine)).all()}


async def pin_hashes(read: Read, *, but: int | None = None) -> frozenset[str]:
    """What is kept of the PINs of everybody who works here, but for one."""
    venue = await read.venue()
    mine = select(Person.id, Person.pin_hash).where(Person.venue_id == venue.id, Person.active.is_(True))
    return frozenset(row.pin_hash for row in (await read.session.execute(mine)).all() if row.id != but)


async def names(read: Read) -> list[str]:
    """Everybody's name, of those who left too."""
    venue = await read.venue()
    return list((await read.session.scalars(select(Person.name).where(Person.venue_id == venue.id))).all())


async def count_owners(read: Read) -> int:
    venue = await read.venue()
    mine = (Person.venue_id == venue.id, Person.active.is_(True), Person.role == Role.OWNER)
    return (await read.session.execute(select(func.count()).select_from(Person).where(*mine))).scalar_one()


async def next_position(read: Read) -> int:
    return (await read.session.execute(select(func.coalesce(func.max(Person.position), 0) + 1))).scalar_one()


async def role_of(read: Read, person_id: int) -> Role | None:
    """The role of somebody who works here now."""
    mine = select(Person.role).where(Person.id == person_id, Person.active.is_(True))
    return (await read.session.scalars(mine)).one_or_none()


async def show_people(read: Read) -> list[Tile]:
    """Everybody who works here, in the order of their tiles."""
    venue = await read.venue()
    mine = select(Person.id, Person.name, Person.role).where(Person.venue_id == venue.id, Person.active.is_(True))
    rows = (await read.session.execute(mine.order_by(Person.position, Person.id))).all()
    return [Tile(row.id, row.name, row.role, initials(row.name)) for row in rows]
