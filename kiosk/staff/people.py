"""The people themselves: added, given another role or PIN, removed. Owners only; every change is in the journal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import insert

from kiosk.core.actor import Actor, Permission, Role
from kiosk.core.db import Database, Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.staff import queries, rules, sessions, tries
from kiosk.staff.errors import LastOwner, NameTaken, PersonGone, PinsBusy, PinTaken
from kiosk.staff.events import PersonChanged
from kiosk.staff.models import Person
from kiosk.staff.pins import Pins
from kiosk.staff.sessions import must

T = TypeVar("T")
ROUNDS = 5
"""How often a PIN is compared anew because others changed theirs meanwhile."""


async def add_person(db: Database, pins: Pins, *, name: str, role: Role, pin: str, by: Actor) -> int:
    """Somebody new at work; returns the id. Raises NameRefused, NameTaken, PinShape or PinTaken."""

    async def add(tx: Tx, pin_hash: str) -> int:
        return await enrol(tx, name=name, role=role, pin_hash=pin_hash, by=by)

    return await _with_free_pin(db, pins, pin, by, add)


async def enrol(tx: Tx, *, name: str, role: Role, pin_hash: str, by: Actor) -> int:
    """Add a person whose PIN is hashed already and was found to be nobody else's; returns the id."""
    await must(tx, by, Permission.MANAGE_STAFF)
    name = rules.clean_name(name)
    venue_id = await queries.lock_venue(tx)
    if name.casefold() in {known.casefold() for known in await queries.names(tx)}:
        raise NameTaken(name)
    person_id, position = new_id(), await queries.next_position(tx)
    row = {"id": person_id, "venue_id": venue_id, "name": name, "role": role, "pin_hash": pin_hash}
    await tx.change(insert(Person).values(**row, position=position, active=True, added_at=tx.at))
    tx.record(Act("person_added", "person", person_id, by, {"name": name, "role": role}))
    tx.announce(PersonChanged(person_id))
    return person_id


async def change_pin(db: Database, pins: Pins, *, person_id: int, pin: str, by: Actor) -> None:
    """Another PIN for somebody, who is signed out everywhere. Raises PinShape, PinTaken or PersonGone."""

    async def change(tx: Tx, pin_hash: str) -> None:
        person = await _person(tx, person_id, by)
        person.pin_hash = pin_hash
        await tries.forget(tx, person_id)
        await sessions.end(tx, await queries.open_sessions(tx, person_id=person_id), "pin_changed")
        tx.record(Act("pin_changed", "person", person_id, by, {"name": person.name}))

    await _with_free_pin(db, pins, pin, by, change, but=person_id)


async def change_role(tx: Tx, person_id: int, role: Role, *, by: Actor) -> None:
    """Give somebody another role, who is signed out everywhere. Raises LastOwner or PersonGone."""
    person = await _person(tx, person_id, by)
    if person.role is role:
        return
    await _leave_an_owner(tx, person)
    tx.record(Act("role_changed", "person", person_id, by, {"name": person.name, "from": person.role, "to": role}))
    person.role = role
    await sessions.end(tx, await queries.open_sessions(tx, person_id=person_id), "role_changed")
    tx.announce(PersonChanged(person_id))


async def remove_person(tx: Tx, person_id: int, *, by: Actor) -> None:
    """Somebody left: signed out everywhere, the PIN is free again, the name stays in the books."""
    person = await _person(tx, person_id, by)
    await _leave_an_owner(tx, person)
    person.active, person.pin_hash = False, ""
    await tries.forget(tx, person_id)
    await sessions.end(tx, await queries.open_sessions(tx, person_id=person_id), "removed")
    tx.record(Act("person_removed", "person", person_id, by, {"name": person.name, "role": person.role}))
    tx.announce(PersonChanged(person_id))


async def _person(tx: Tx, person_id: int, by: Actor) -> Person:
    await must(tx, by, Permission.MANAGE_STAFF)
    await queries.lock_venue(tx)
    person = await queries.lock_person(tx, person_id)
    if person is None or not person.active:
        raise PersonGone
    return person


async def _leave_an_owner(tx: Tx, person: Person) -> None:
    if person.role is Role.OWNER and await queries.count_owners(tx) == 1:
        raise LastOwner(person.name)


async def _with_free_pin(
    db: Database,
    pins: Pins,
    pin: str,
    by: Actor,
    gesture: Callable[[Tx, str], Awaitable[T]],
    *,
    but: int | None = None,
) -> T:
    """Carry out a gesture with the hash of a PIN that is nobody else's; compared outside, checked again inside."""
    rules.check_pin(pin)
    async with db.read() as read:
        await must(read, by, Permission.MANAGE_STAFF)
    pin_hash, compared = await pins.hash(pin), frozenset[str]()

    async def attempt(tx: Tx) -> list[T] | frozenset[str]:
        await queries.lock_venue(tx)
        kept = await queries.pin_hashes(tx, but=but)
        return [await gesture(tx, pin_hash)] if kept <= compared else kept

    for _ in range(ROUNDS):
        done = await db.run(attempt)
        if isinstance(done, list):
            return done[0]
        if await pins.is_any(pin, done - compared):
            raise PinTaken
        compared |= done
    raise PinsBusy
