"""Trying a PIN. Every try is counted before it is compared: a hundred at once get no further than one by one."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, update

from kiosk.core import clock
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database, Read, Tx
from kiosk.core.journal import Act
from kiosk.staff import queries
from kiosk.staff.errors import PinMustWait, PinRefused, WrongPin
from kiosk.staff.models import Person, PinTries
from kiosk.staff.pins import Pins
from kiosk.staff.rules import check_pin, wait_after

STRANGE = 0
"""All devices together on which a person never typed the right PIN. Counted apart, new devices would give new tries."""

PAUSE_S = 0.3
"""What a hopeless try waits for its answer, so that who sends nothing else does not keep the kiosk busy."""


@dataclass(frozen=True)
class Try:
    """A counted try: whose PIN, what is kept of it, and how long the next one waits should it be wrong."""

    person_id: int
    pin_hash: str | None
    device_id: int = STRANGE
    wrong: int = 0

    @property
    def wait_s(self) -> int:
        return wait_after(self.wrong)


def digest(token: str) -> bytes:
    """What is kept of a cookie's token."""
    return hashlib.sha256(token.encode()).digest()


async def prove(db: Database, pins: Pins, person_id: int, pin: str, device_token: str | None) -> Try:
    """Compare a person's PIN. Raises PinShape, PinMustWait or WrongPin.

    It takes the same steps for a right and a wrong PIN, and for somebody who left. Who never was, or has to wait,
    costs neither a comparison nor a turn at writing: strangers may ask for that as often as they like.
    """
    check_pin(pin)
    try:
        async with db.read() as read:
            await _refuse_early(read, person_id, device_token)
    except PinRefused:
        await asyncio.sleep(PAUSE_S)
        raise

    async def count(tx: Tx) -> Try:
        return await _count(tx, person_id, device_token)

    counted = await db.run(count)
    if not await pins.is_right(pin, counted.pin_hash):
        await db.run(lambda tx: _write_down(tx, counted))
        raise WrongPin(counted.wait_s)
    return counted


async def forgive(tx: Tx, right: Try, device_id: int | None) -> Person:
    """The PIN was right: forget the wrong ones before it, and remember the device as one the person uses.

    Raises WrongPin when the PIN was changed, or the person removed, since it was compared.
    """
    person = await queries.lock_person(tx, right.person_id)
    if person is None or not person.active or person.pin_hash != right.pin_hash:
        raise WrongPin
    for known in {right.device_id, device_id or STRANGE}:
        await _put(tx, person.id, known, 0, tx.at)
    return person


async def forget(tx: Tx, person_id: int) -> None:
    """Start counting anew on every device: the person has another PIN, or left."""
    await tx.change(delete(PinTries).where(PinTries.person_id == person_id))


async def _refuse_early(read: Read, person_id: int, device_token: str | None) -> None:
    if not await queries.was_ever_here(read, person_id):
        raise WrongPin
    await _before(read, person_id, device_token, clock.now())


async def _count(tx: Tx, person_id: int, device_token: str | None) -> Try:
    person = await queries.lock_person(tx, person_id)
    if person is None:
        raise WrongPin
    device_id, before = await _before(tx, person_id, device_token, tx.at)
    wrong = 1 + before
    await _put(tx, person_id, device_id, wrong, tx.at + timedelta(seconds=wait_after(wrong)))
    return Try(person_id, person.pin_hash if person.active else None, device_id, wrong)


async def _before(read: Read, person_id: int, device_token: str | None, at: datetime) -> tuple[int, int]:
    """The device a try is counted on, and the wrong ones there so far. Raises PinMustWait."""
    device = await queries.device_by_token(read, digest(device_token)) if device_token else None
    tries = await queries.tries_of(read, person_id, [STRANGE, *([device.id] if device else [])])
    device_id = device.id if device and device.id in tries else STRANGE
    before = tries.get(device_id)
    if before and (wait := _wait(before.wrong, before.wait_until - at)) > timedelta():
        raise PinMustWait(_seconds(wait))
    return device_id, before.wrong if before else 0


def _wait(wrong: int, left: timedelta) -> timedelta:
    """What is left to wait; where the clock was set back, no longer than so many wrong PINs are worth."""
    return min(left, timedelta(seconds=wait_after(wrong)))


async def _put(tx: Tx, person_id: int, device_id: int, wrong: int, wait_until: datetime) -> None:
    """The person's row is locked, so nobody else adds this one between the two statements."""
    mine = (PinTries.person_id == person_id, PinTries.device_id == device_id)
    values = {"wrong": wrong, "wait_until": wait_until}
    if device_id not in await queries.tries_of(tx, person_id, [device_id]):
        await tx.change(insert(PinTries).values(person_id=person_id, device_id=device_id, **values))
    else:
        await tx.change(update(PinTries).where(*mine).values(**values))


async def _write_down(tx: Tx, wrong: Try) -> None:
    """Into the journal go wrong PINs that made somebody wait; two in a row are only a slip of the finger."""
    venue = await tx.venue()
    if wrong.wait_s:
        somebody = Actor(venue.id, None, "unknown", Role.KITCHEN, device_id=wrong.device_id or None)
        details = {"wrong": wrong.wrong, "wait_s": wrong.wait_s}
        tx.record(Act("pin_refused", "person", wrong.person_id, somebody, details))


def _seconds(wait: timedelta) -> int:
    """Whole seconds, rounded up."""
    return -(-wait // timedelta(seconds=1))
