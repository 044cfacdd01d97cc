"""Who is at work and who may: signing in, approving, and what the door shows. The public face of the slice."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import insert

from kiosk.core.actor import Actor, Approver, Permission
from kiosk.core.db import Database, Read, Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.staff import queries, sessions, tries
from kiosk.staff.errors import MayNotApprove
from kiosk.staff.models import Device, Person, StaffSession
from kiosk.staff.people import add_person, change_pin, change_role, enrol, remove_person
from kiosk.staff.pins import Pins
from kiosk.staff.queries import Tile, show_people
from kiosk.staff.sessions import asks_who, identify, lasts, look, must, sign_out, sweep_idle
from kiosk.staff.tries import digest

__all__ = [
    "Door",
    "SignedIn",
    "Tile",
    "add_person",
    "approve",
    "asks_who",
    "change_pin",
    "change_role",
    "device_name",
    "enrol",
    "identify",
    "lasts",
    "look",
    "must",
    "remove_person",
    "show_approvers",
    "show_door",
    "show_people",
    "sign_in",
    "sign_out",
    "sweep_idle",
]


@dataclass(frozen=True)
class SignedIn:
    """Somebody just signed in; the tokens go into the device's cookies and are kept nowhere else."""

    actor: Actor
    session_token: str
    device_token: str


@dataclass(frozen=True)
class Door:
    """What the sign-in page shows to anybody who stands before it."""

    venue: str
    timezone: str
    people: list[Tile]
    last_person_id: int | None


async def sign_in(db: Database, pins: Pins, *, person_id: int, pin: str, device_token: str | None) -> SignedIn:
    """Sign a person in with a PIN: always a new session, and whoever was signed in on this device is signed out.

    A device without a known token becomes a new one. Raises PinShape, PinMustWait or WrongPin.
    """
    right = await tries.prove(db, pins, person_id, pin, device_token)

    async def begin(tx: Tx) -> SignedIn:
        device, token = await _device(tx, device_token)
        person = await tries.forgive(tx, right, device.id)
        await sessions.end(tx, await queries.open_sessions(tx, device_id=device.id), "replaced")
        device.last_person_id = person.id
        begun = await _begin(tx, person, device, token)
        if token != device_token:
            tx.record(Act("device_added", "device", device.id, begun.actor, {"name": device.name}))
        return begun

    return await db.run(begin)


async def approve(db: Database, pins: Pins, *, person_id: int, pin: str, device_token: str | None) -> Approver:
    """A manager's PIN for one act of somebody else; the act's journal entry carries both names.

    Raises PinShape, PinMustWait, WrongPin or MayNotApprove.
    """
    right = await tries.prove(db, pins, person_id, pin, device_token)

    async def accept(tx: Tx) -> Approver:
        device = await queries.device_by_token(tx, digest(device_token)) if device_token else None
        person = await tries.forgive(tx, right, device.id if device else None)
        return Approver(person.id, person.name, person.role)

    approver = await db.run(accept)
    if not approver.may(Permission.APPROVE):
        raise MayNotApprove(approver.name)
    return approver


async def show_door(read: Read, device_token: str | None) -> Door | None:
    """The sign-in page's content, the device's last person known; nothing while there is no restaurant."""
    venue = await queries.venue_or_none(read)
    if venue is None:
        return None
    device = await queries.device_by_token(read, digest(device_token)) if device_token else None
    last = device.last_person_id if device else None
    return Door(venue.name, venue.timezone, await show_people(read), last)


async def device_name(read: Read, by: Actor) -> str:
    """What the device of this session is called."""
    row = await queries.session_by_id(read, by.session_id) if by.session_id else None
    return row.device_name if row else ""


async def show_approvers(read: Read, by: Actor) -> list[Tile]:
    """Those whose PIN can approve an act of `by`; never `by`."""
    people = await show_people(read)
    return [one for one in people if one.id != by.person_id and _approver(one).may(Permission.APPROVE)]


def _approver(tile: Tile) -> Approver:
    return Approver(tile.id, tile.name, tile.role)


async def _device(tx: Tx, token: str | None) -> tuple[Device, str]:
    known = await queries.device_by_token(tx, digest(token), lock=True) if token else None
    if known and token:
        return known, token
    token = secrets.token_urlsafe(32)
    name = f"Device {await queries.count_devices(tx) + 1}"
    venue = await tx.venue()
    device = Device(id=new_id(), venue_id=venue.id, name=name, token_digest=digest(token), added_at=tx.at)
    tx.session.add(device)
    await tx.session.flush()
    return device, token


async def _begin(tx: Tx, person: Person, device: Device, device_token: str) -> SignedIn:
    session_id, token = new_id(), secrets.token_urlsafe(32)
    who = {"id": session_id, "person_id": person.id, "device_id": device.id, "token_digest": digest(token)}
    await tx.change(insert(StaffSession).values(**who, started_at=tx.at, active_at=tx.at))
    actor = Actor(person.venue_id, person.id, person.name, person.role, session_id, device.id)
    return SignedIn(actor, token, device_token)
