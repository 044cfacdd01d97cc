"""What people earn: a wage an hour, a commission on what they sell, each from a business day on. Owners only."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, insert, select, update

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.journal import Act
from kiosk.core.money import PPM, Money
from kiosk.staff import queries
from kiosk.staff.errors import CommissionRefused, NobodyCalled, NoSuchPay, PersonGone, WageRefused
from kiosk.staff.events import PersonChanged
from kiosk.staff.models import PayRate, Person
from kiosk.staff.sessions import must

MOST_AN_HOUR: Final = 10**9


@dataclass(frozen=True)
class Rate:
    """What somebody earns from a day on: a wage an hour in minor units, a commission in ppm of net sales."""

    from_day: date
    wage: Money | None
    commission_ppm: int | None


NOTHING: Final = Rate(date.min, None, None)


@dataclass(frozen=True)
class Pay:
    """Everything that was agreed with a person, the oldest first."""

    person_id: int
    name: str
    is_here: bool
    rates: tuple[Rate, ...]

    def on(self, day: date) -> Rate:
        """What holds on a business day; before the first agreement it is nothing."""
        at = bisect_right(self.rates, day, key=lambda one: one.from_day)
        return self.rates[at - 1] if at else NOTHING

    def between(self, first: date, last: date) -> list[Rate]:
        """What holds on any of these days, the first included whenever it began."""
        return [self.on(first), *(one for one in self.rates if first < one.from_day <= last)]

    def wages_between(self, first: date, last: date) -> set[Money]:
        """The wages an hour that hold on any of these days."""
        return {one.wage for one in self.between(first, last) if one.wage is not None}

    def commissions_between(self, first: date, last: date) -> set[int]:
        """The commissions that hold on any of these days, in parts per million."""
        return {one.commission_ppm for one in self.between(first, last) if one.commission_ppm is not None}


async def show_pay(read: Read) -> dict[str, Pay]:
    """Everybody with whom anything was agreed, by name; those who left too."""
    venue = await read.venue()
    asked = select(Person.id, Person.name, Person.active, PayRate.from_day, PayRate.wage, PayRate.commission_ppm)
    mine = asked.join(PayRate, PayRate.person_id == Person.id).where(Person.venue_id == venue.id)
    rates: dict[tuple[int, str, bool], list[Rate]] = defaultdict(list)
    told = await read.session.execute(mine.order_by(Person.name, PayRate.from_day))
    for person_id, name, is_here, from_day, wage, commission_ppm in told:
        rates[person_id, name, is_here].append(Rate(from_day, wage, commission_ppm))
    return {person[1]: Pay(*person, tuple(some)) for person, some in rates.items()}


async def rate_on(read: Read, person_id: int, day: date) -> Rate:
    """What holds for somebody on a business day."""
    known = [one for one in (await show_pay(read)).values() if one.person_id == person_id]
    return known[0].on(day) if known else NOTHING


async def person_named(read: Read, name: str) -> int:
    """Who has this name, big or small letters; of those who work here and those who left. Raises NobodyCalled."""
    venue = await read.venue()
    asked = select(Person.name, Person.id).where(Person.venue_id == venue.id).order_by(Person.position, Person.id)
    known = {their: person_id for their, person_id in await read.session.execute(asked)}
    found = [person_id for their, person_id in known.items() if their.casefold() == name.strip().casefold()]
    if not found:
        raise NobodyCalled(name, ", ".join(known))
    return found[0]


async def set_pay(tx: Tx, person_id: int, rate: Rate, *, by: Actor) -> None:
    """Agree with somebody what they earn from a day on; it stands in place of what began on the same day.

    Raises PersonGone, WageRefused or CommissionRefused. Where the day lies back, what is over is reckoned anew.
    """
    await _check(tx, rate, by)
    name, was = await _agreed(tx, person_id, rate.from_day)
    key = {"person_id": person_id, "from_day": rate.from_day}
    values: dict[str, Any] = {"wage": rate.wage, "commission_ppm": rate.commission_ppm, "set_at": tx.at}
    mine = (PayRate.person_id == person_id, PayRate.from_day == rate.from_day)
    await tx.change(update(PayRate).where(*mine).values(**values) if was else insert(PayRate).values(**key, **values))
    tx.record(Act("pay_set", "person", person_id, by, _told(name, rate) | ({"was": _terms(was)} if was else {})))
    tx.announce(PersonChanged(person_id))


async def drop_pay(tx: Tx, person_id: int, from_day: date, *, by: Actor) -> None:
    """Take back what was agreed from a day on: what held before holds again. Raises PersonGone or NoSuchPay."""
    await must(tx, by, Permission.SET_PAY)
    name, was = await _agreed(tx, person_id, from_day)
    if was is None:
        raise NoSuchPay(name, from_day)
    await tx.change(delete(PayRate).where(PayRate.person_id == person_id, PayRate.from_day == from_day))
    tx.record(Act("pay_dropped", "person", person_id, by, _told(name, was)))
    tx.announce(PersonChanged(person_id))


async def _check(tx: Tx, rate: Rate, by: Actor) -> None:
    await must(tx, by, Permission.SET_PAY)
    if rate.wage is not None and not 0 <= rate.wage <= MOST_AN_HOUR:
        raise WageRefused
    if rate.commission_ppm is not None and not 0 <= rate.commission_ppm <= PPM:
        raise CommissionRefused


async def _agreed(tx: Tx, person_id: int, from_day: date) -> tuple[str, Rate | None]:
    """A person's name and what begins on a day, nobody else changing it meanwhile."""
    await queries.lock_venue(tx)
    person = await queries.lock_person(tx, person_id)
    if person is None:
        raise PersonGone
    asked = select(PayRate.from_day, PayRate.wage, PayRate.commission_ppm)
    row = (await tx.session.execute(asked.where(PayRate.person_id == person_id, PayRate.from_day == from_day))).first()
    return person.name, Rate(*row) if row else None


def _told(name: str, rate: Rate) -> dict[str, Any]:
    return {"name": name, "from_day": rate.from_day.isoformat(), **_terms(rate)}


def _terms(rate: Rate) -> dict[str, Any]:
    return {"wage": rate.wage, "commission_ppm": rate.commission_ppm}
