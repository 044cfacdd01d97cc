"""A venue with an owner, a manager, two waiters and a cook, and short words for what they do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert, select, update

from kiosk.core import clock
from kiosk.core.actor import Actor, Role, command_line
from kiosk.core.db import Database, Tx
from kiosk.core.events import Fact
from kiosk.core.ids import new_id
from kiosk.core.models import JournalEntry, Venue
from kiosk.staff import service as staff
from kiosk.staff.events import SessionEnded
from kiosk.staff.models import PinTries, StaffSession
from kiosk.staff.pins import Pins
from kiosk.staff.service import SignedIn
from tests.support.kept import kept

T = TypeVar("T")
PIN = {"Giulia": "7777", "Sofia": "666666", "Marco": "1111", "Elena": "2222", "Dario": "5555"}
ROLE = {
    "Giulia": Role.OWNER,
    "Sofia": Role.MANAGER,
    "Marco": Role.WAITER,
    "Elena": Role.WAITER,
    "Dario": Role.KITCHEN,
}


@dataclass
class Crew:
    """The people of a venue; `by` is the kiosk's own command line."""

    db: Database
    pins: Pins
    by: Actor
    ids: dict[str, int] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)

    @property
    def ended(self) -> list[int]:
        """Sessions that were told to have ended, in order."""
        return [fact.session_id for fact in self.facts if isinstance(fact, SessionEnded)]

    async def act(self, gesture: Callable[..., Awaitable[T]], *args: Any, **words: Any) -> T:
        """One gesture, one transaction."""
        return await self.db.run(lambda tx: gesture(tx, *args, **words))

    async def sign_in(self, name: str, pin: str | None = None, device: str | None = None) -> SignedIn:
        pin = PIN[name] if pin is None else pin
        return await staff.sign_in(self.db, self.pins, person_id=self.ids[name], pin=pin, device_token=device)

    async def approve(self, name: str, pin: str | None = None, device: str | None = None) -> Any:
        pin = PIN[name] if pin is None else pin
        return await staff.approve(self.db, self.pins, person_id=self.ids[name], pin=pin, device_token=device)

    async def identify(self, signed: SignedIn) -> Actor:
        return await self.act(staff.identify, signed.session_token, signed.device_token)

    async def look(self, signed: SignedIn) -> Actor | None:
        async with self.db.read() as read:
            return await staff.look(read, signed.session_token, signed.device_token)

    async def change(self, statement: Any) -> None:
        await self.db.run(lambda tx: tx.change(statement))

    async def idle_for(self, signed: SignedIn, seconds: int) -> None:
        """Make it so long since this session's last tap."""
        then = clock.now() - timedelta(seconds=seconds)
        mine = StaffSession.id == signed.actor.session_id
        await self.change(update(StaffSession).where(mine).values(active_at=then))

    async def wait_out(self) -> None:
        """Make every delay after wrong PINs pass."""
        await self.change(update(PinTries).values(wait_until=clock.now() - timedelta(seconds=1)))

    async def journal(self) -> list[tuple[str, int]]:
        """Act and subject of every entry."""
        async with self.db.read() as read:
            rows = await read.session.execute(
                select(JournalEntry.act, JournalEntry.subject_id).order_by(JournalEntry.seq)
            )
            return [(row.act, row.subject_id) for row in rows.all()]


@pytest.fixture
def pins() -> Pins:
    """PINs that are hashed with few rounds, for speed."""
    return Pins(b"p" * 32, rounds=10)


async def found(tx: Tx, pin_hashes: dict[str, str]) -> tuple[Actor, dict[str, int]]:
    """The venue with its people; who may do anything, and their ids."""
    by = command_line(new_id())
    row = {"name": "Aurora", "currency_code": "EUR", "locale": "en_IE", "timezone": "Europe/Rome"}
    await tx.change(insert(Venue).values(id=by.venue_id, **row, legal_lines=[]))
    ids = {}
    for name, pin_hash in pin_hashes.items():
        ids[name] = await staff.enrol(tx, name=name, role=ROLE[name], pin_hash=pin_hash, by=by)
    return by, ids


@pytest.fixture
async def crew(db: Database, pins: Pins) -> Crew:

    async def enrolled() -> tuple[Actor, dict[str, int]]:
        hashes = await pins.hash_all(PIN.values())
        return await db.run(lambda tx: found(tx, dict(zip(PIN, hashes, strict=True))))

    crew = Crew(db, pins, *await kept(db, "crew", enrolled))
    db.bus.listen(crew.facts.append)
    return crew
