"""Who waits which tables: a section or a colleague's checks go into other hands."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from kiosk.checks import queries as check_queries
from kiosk.checks import service as checks
from kiosk.core.actor import ROLE_PERMISSIONS, Actor, Permission
from kiosk.core.db import AS_IT_IS_NOW, Tx
from kiosk.core.journal import Act
from kiosk.floor import queries
from kiosk.floor.errors import NothingToHandOver, SectionGone, WaiterGone
from kiosk.floor.events import SectionChanged
from kiosk.floor.models import Section
from kiosk.staff import queries as staff_queries
from kiosk.staff import service as staff


async def hand_over(tx: Tx, section_id: int | None, from_id: int | None, to_id: int, *, by: Actor) -> int:
    """A section with the checks of its guests, or all checks of a colleague, go to somebody else; returns how many.

    With both, the colleague's checks in the section. One's own are given freely, those of others need the right.
    """
    await staff.must(tx, by, Permission.SEAT)
    if section_id is None and from_id is None:
        raise NothingToHandOver
    name = await _waiter(tx, to_id)
    section = None if section_id is None else await _lock_section(tx, section_id)
    moved = await _checks_to_move(tx, section_id, from_id, to_id)
    owners = {owner for owner in moved.values() if owner is not None}
    if section:
        owners |= {section.waiter_id} if section.waiter_id else {to_id}
        section.waiter_id, section.waiter = to_id, name
        tx.announce(SectionChanged(section.id))
    await _must_own(tx, owners, by)
    for check_id in sorted(moved):
        await checks.set_waiter(tx, check_id, to_id, name)
    told = {"section": section.name if section else None, "from": from_id, "to": [to_id, name], "checks": sorted(moved)}
    tx.record(Act("handed_over", "section" if section else "person", section_id or to_id, by, told))
    return len(moved)


async def take_over(tx: Tx, check_id: int, *, by: Actor) -> None:
    """Wait the table of this check from now on. Somebody else's needs the right to hand over."""
    await staff.must(tx, by, Permission.SEAT)
    if by.person_id is not None:
        await _give(tx, check_id, by.person_id, by.name, by)


async def give_check(tx: Tx, check_id: int, to_id: int, *, by: Actor) -> None:
    """One check goes to somebody else; one's own freely, that of another with the right to hand over."""
    await staff.must(tx, by, Permission.SEAT)
    await _give(tx, check_id, to_id, await _waiter(tx, to_id), by)


async def _give(tx: Tx, check_id: int, to_id: int, name: str, by: Actor) -> None:
    check = await check_queries.lock(tx, check_id)
    owner, was = check.waiter_id, check.waiter
    if owner == to_id:
        return
    await _must_own(tx, {owner} if owner else set(), by)
    await checks.set_waiter(tx, check_id, to_id, name)
    tx.record(Act("handed_over", "check", check_id, by, {"from": [owner, was], "to": [to_id, name]}))


async def _must_own(tx: Tx, owners: set[int], by: Actor) -> None:
    if owners - {by.person_id}:
        await staff.must(tx, by, Permission.HAND_OVER)


async def _waiter(tx: Tx, person_id: int) -> str:
    """The name of somebody who works here and may wait tables."""
    people = {one.id: one for one in await staff_queries.show_people(tx)}
    person = people.get(person_id)
    if person is None or Permission.SEAT not in ROLE_PERMISSIONS[person.role]:
        raise WaiterGone
    return person.name


async def _lock_section(tx: Tx, section_id: int) -> Section:
    found = select(Section).where(Section.id == section_id).with_for_update()
    section = (await tx.session.scalars(found.execution_options(**AS_IT_IS_NOW))).one_or_none()
    if section is None:
        raise SectionGone
    return section


async def _checks_to_move(tx: Tx, section_id: int | None, from_id: int | None, to_id: int) -> dict[int, int | None]:
    """Open checks with whose they are, locked lowest id first; those of the new waiter stay as they are."""
    ids: Sequence[int] = await check_queries.show_open_ids(tx)
    if section_id is not None:
        here = set(await queries.checks_in_section(tx, section_id))
        ids = [one for one in ids if one in here]
    locked = await check_queries.lock_all(tx, ids, open_only=False)
    owners = {check_id: check.waiter_id for check_id, check in locked.items() if check.closed_at is None}
    return {
        check_id: owner
        for check_id, owner in owners.items()
        if owner != to_id and (from_id is None or owner == from_id)
    }
