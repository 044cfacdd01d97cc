"""The gestures of people: sign in, be asked again at every act, approve, lock, come, change and go."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from sqlalchemy import insert, select, update

from kiosk.core import clock
from kiosk.core.actor import Actor, Approver, Permission, Role
from kiosk.core.db import Database, Read, Tx
from kiosk.core.errors import NeedsManager, SignedOut
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.staff import queries, rules
from kiosk.staff.errors import LastOwner, NameTaken, PersonGone, PinTaken, PinWrong, TooEarly
from kiosk.staff.events import SessionEnded
from kiosk.staff.models import Device, Person, PinTries, StaffSession
from kiosk.staff.pins import Pins

TOUCH_EVERY = timedelta(seconds=20)


@dataclass(frozen=True)
class SignedIn:
    """A session that was opened: who, and the tokens for the device's cookies."""

    actor: Actor
    session_token: str
    device_token: str


async def must(read: Read, by: Actor, permission: Permission) -> None:
    """Ask again whether the person, the device and the session behind an act still hold, and whether it is allowed.

    Raises SignedOut or NeedsManager. The kiosk's own command line has no session.
    """
    if by.session_id is not None and by.session_id not in read.session.info.setdefault("sessions", set()):
        row = await queries.session_by_id(read, by.session_id)
        if row is None or row.role is not by.role or row.person_id != by.person_id or row.device_id != by.device_id:
            raise SignedOut
        _refuse_idle(row)
        read.session.info["sessions"].add(by.session_id)
    by.must(permission)


async def identify(tx: Tx, session_token: str, device_token: str) -> Actor:
    """The person behind a tap's cookies, asked of the database in the tap's own transaction."""
    row = await _session(tx, session_token, device_token)
    if tx.at - row.active_at > TOUCH_EVERY:
        await tx.change(update(StaffSession).where(StaffSession.id == row.id).values(active_at=tx.at))
    tx.session.info.setdefault("sessions", set()).add(row.id)
    return queries.actor(row)


async def look(read: Read, session_token: str, device_token: str) -> Actor | None:
    """The person behind a page's cookies, or None; looking is not touching."""
    try:
        return queries.actor(await _session(read, session_token, device_token))
    except SignedOut:
        return None


async def _session(read: Read, session_token: str, device_token: str) -> Any:
    row = await queries.session_by_token(read, session_token)
    if row is None or not secrets.compare_digest(row.token_digest, queries.digest(device_token)):
        raise SignedOut
    _refuse_idle(row)
    return row


def _refuse_idle(row: Any) -> None:
    if clock.now() - row.active_at > rules.idle_limit(row.role, row.idle_lock_s):
        raise SignedOut


async def sign_in(db: Database, pins: Pins, *, person_id: int, pin: str, device_token: str | None) -> SignedIn:
    """Open a session for a person on a device; whoever was signed in there is signed out.

    A device that is not known yet gets a token of its own. Raises PinWrong or TooEarly.
    """
    token, device_id = await _device(db, device_token)
    await _prove(db, pins, person_id=person_id, pin=pin, device_id=device_id)
    session_token = secrets.token_urlsafe(32)

    async def open_session(tx: Tx) -> Actor:
        person = await queries.working(tx, person_id)
        await _end(tx, "another sign-in", StaffSession.device_id == device_id)
        session = {"id": new_id(), "person_id": person.id, "device_id": device_id, "started_at": tx.at}
        kept = {"token_digest": queries.digest(session_token), "active_at": tx.at}
        await tx.change(insert(StaffSession).values(**session, **kept))
        await tx.change(update(Device).where(Device.id == device_id).values(last_person_id=person.id))
        return Actor(person.venue_id, person.id, person.name, person.role, session["id"], device_id)

    return SignedIn(await db.run(open_session), session_token, token)


async def approve(db: Database, pins: Pins, *, person_id: int, pin: str, device_token: str) -> Approver:
    """A manager's PIN for one act of somebody else. Raises PinWrong, TooEarly or NeedsManager."""
    _, device_id = await _device(db, device_token)
    person = await _prove(db, pins, person_id=person_id, pin=pin, device_id=device_id)
    approver = Approver(person.id, person.name, person.role)
    if not approver.may(Permission.APPROVE):
        raise NeedsManager(Permission.APPROVE)
    return approver


async def _device(db: Database, device_token: str | None) -> tuple[str, int]:
    async with db.read() as read:
        known = await queries.device(read, device_token or "")
    if known and device_token:
        return device_token, known.id
    token = secrets.token_urlsafe(32)

    async def add(tx: Tx) -> int:
        device_id = new_id()
        venue = await tx.venue()
        kept = {"token_digest": queries.digest(token), "name": "Tablet", "added_at": tx.at}
        await tx.change(insert(Device).values(id=device_id, venue_id=venue.id, **kept))
        return device_id

    return token, await db.run(add)


async def _prove(db: Database, pins: Pins, *, person_id: int, pin: str, device_id: int) -> Person:
    """Whether the PIN is this person's. Each try is counted before it is looked at, so that none is free."""
    async with db.read() as read:
        person = await queries.person(read, person_id)
    if person is not None:
        await db.run(lambda tx: _count_try(tx, person_id, device_id))
    if not await pins.fits(pin, person.pin_hash if person else None) or person is None:
        raise PinWrong(await _wait_s(db, person_id, device_id))
    await db.run(lambda tx: _forgive(tx, person_id, device_id))
    return person


async def _count_try(tx: Tx, person_id: int, device_id: int) -> None:
    await queries.lock_people(tx)
    mine = await queries.tries(tx, person_id, device_id)
    if mine is None:
        tx.session.add(PinTries(person_id=person_id, device_id=device_id, wrong=1, wait_until=tx.at))
        return
    if mine.wait_until > tx.at:
        raise TooEarly(ceil((mine.wait_until - tx.at).total_seconds()))
    mine.wrong += 1
    mine.wait_until = tx.at + rules.wait_after(mine.wrong)


async def _forgive(tx: Tx, person_id: int, device_id: int) -> None:
    mine = (PinTries.person_id == person_id, PinTries.device_id == device_id)
    await tx.change(update(PinTries).where(*mine).values(wrong=0, wait_until=tx.at))


async def _wait_s(db: Database, person_id: int, device_id: int) -> int:
    async with db.read() as read:
        mine = await queries.tries(read, person_id, device_id)
    left = (mine.wait_until - clock.now()).total_seconds() if mine else 0
    return max(0, ceil(left))


async def sign_out(tx: Tx, *, by: Actor) -> None:
    """Lock the device: the session ends, its pages close. Signing out twice changes nothing."""
    await _end(tx, "lock", StaffSession.id == by.session_id)


async def sweep_idle(tx: Tx) -> int:
    """End every session nobody touched for longer than its idle limit. Returns how many."""
    idle = [
        session_id
        for session_id, _, role, idle_lock_s, active_at in await queries.idle_sessions(tx)
        if tx.at - active_at > rules.idle_limit(role, idle_lock_s)
    ]
    return await _end(tx, "idle", StaffSession.id.in_(idle)) if idle else 0


async def _end(tx: Tx, cause: str, which: Any) -> int:
    open_ones = (which, StaffSession.ended_at.is_(None))
    ended = (await tx.session.execute(select(StaffSession.id, StaffSession.device_id).where(*open_ones))).all()
    if not ended:
        return 0
    await tx.change(update(StaffSession).where(*open_ones).values(ended_at=tx.at, ended_by=cause))
    for session_id, device_id in ended:
        tx.announce(SessionEnded(session_id, device_id))
    return len(ended)


async def add_person(db: Database, pins: Pins, *, name: str, role: Role, pin: str, by: Actor) -> int:
    """Somebody starts to work here. Returns the person's id. Raises PinUnfit, PinTaken or NameTaken."""
    pin_hash, seen = await _fresh_hash(db, pins, pin)

    async def add(tx: Tx) -> int:
        await _refuse_changed(tx, seen)
        return await enrol(tx, name=name, role=role, pin_hash=pin_hash, by=by)

    return await db.run(add)


async def enrol(tx: Tx, *, name: str, role: Role, pin_hash: str, by: Actor) -> int:
    """Write down a person whose PIN was hashed and found free."""
    await must(tx, by, Permission.MANAGE_STAFF)
    people = await queries.lock_people(tx)
    name = " ".join(name.split())
    if (await tx.session.scalars(select(Person.id).where(Person.name == name))).first():
        raise NameTaken(name)
    person_id = new_id()
    row = {"id": person_id, "venue_id": by.venue_id, "name": name, "role": role, "pin_hash": pin_hash}
    await tx.change(insert(Person).values(**row, position=len(people), added_at=tx.at))
    tx.record(Act("person_added", "person", person_id, by, {"name": name, "role": role}))
    return person_id


async def change_pin(db: Database, pins: Pins, *, person_id: int, pin: str, by: Actor) -> None:
    """Another PIN for a person, who is signed out everywhere. Raises PinUnfit, PinTaken or PersonGone."""
    pin_hash, seen = await _fresh_hash(db, pins, pin)

    async def change(tx: Tx) -> None:
        await must(tx, by, Permission.MANAGE_STAFF)
        await _refuse_changed(tx, seen)
        person = await queries.working(tx, person_id)
        person.pin_hash = pin_hash
        await _end(tx, "PIN changed", StaffSession.person_id == person_id)
        tx.record(Act("pin_changed", "person", person_id, by))

    await db.run(change)


async def _fresh_hash(db: Database, pins: Pins, pin: str) -> tuple[str, frozenset[str]]:
    """The hash of a PIN nobody has, and the hashes it was compared with."""
    rules.allowed_pin(pin)
    async with db.read() as read:
        seen = frozenset(person.pin_hash for person in await queries.show_people(read))
    if await pins.is_any(pin, seen):
        raise PinTaken
    return await pins.hash(pin), seen


async def _refuse_changed(tx: Tx, seen: frozenset[str]) -> None:
    """Refuse when somebody else's PIN came in between; it may be the same one."""
    if frozenset(person.pin_hash for person in await queries.lock_people(tx)) != seen:
        raise PinTaken


async def change_role(tx: Tx, person_id: int, role: Role, *, by: Actor) -> None:
    """Another role for a person, who is signed out everywhere."""
    await must(tx, by, Permission.MANAGE_STAFF)
    person = await _not_last_owner(tx, person_id, stays=role is Role.OWNER)
    tx.record(Act("role_changed", "person", person_id, by, {"from": person.role, "to": role}))
    person.role = role
    await _end(tx, "role changed", StaffSession.person_id == person_id)


async def remove_person(tx: Tx, person_id: int, *, by: Actor) -> None:
    """Somebody does not work here any more; the name stays on what was done."""
    await must(tx, by, Permission.MANAGE_STAFF)
    person = await _not_last_owner(tx, person_id, stays=False)
    person.active = False
    await _end(tx, "removed", StaffSession.person_id == person_id)
    tx.record(Act("person_removed", "person", person_id, by, {"name": person.name}))


async def _not_last_owner(tx: Tx, person_id: int, *, stays: bool) -> Person:
    owners = [person for person in await queries.lock_people(tx) if person.role is Role.OWNER]
    if not stays and [owner.id for owner in owners] == [person_id]:
        raise LastOwner
    person = await queries.working(tx, person_id)
    if person is None:
        raise PersonGone
    return person
