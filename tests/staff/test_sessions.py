"""Sessions: every act asks again, and everything that must end one does, and tells its pages."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from kiosk.core import clock
from kiosk.core.actor import Actor, Approver, Permission, Role
from kiosk.core.db import Tx
from kiosk.core.errors import NeedsManager, SignedOut
from kiosk.staff import queries
from kiosk.staff import service as staff
from kiosk.staff.errors import ApproverChanged
from kiosk.staff.models import Device, Person
from kiosk.staff.service import SignedIn
from tests.staff.conftest import Crew


async def is_open(crew: Crew, signed: SignedIn) -> bool:
    seen = await crew.look(signed)
    try:
        identified = await crew.identify(signed)
    except SignedOut:
        identified = None
    assert seen == identified
    return identified is not None


async def may(crew: Crew, by: Actor, permission: Permission) -> None:
    await crew.act(staff.must, by, permission)


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000, "\x00", "é"])
async def test_tokens_nobody_gave_out_open_nothing(crew: Crew, token: str) -> None:
    signed = await crew.sign_in("Marco")
    assert not await is_open(crew, replace(signed, session_token=token))
    assert not await is_open(crew, replace(signed, device_token=token))


async def test_a_session_is_worth_nothing_on_another_device(crew: Crew) -> None:
    marco, elena = await crew.sign_in("Marco"), await crew.sign_in("Elena")
    assert not await is_open(crew, replace(marco, device_token=elena.device_token))


async def test_after_signing_out_the_session_is_over_and_its_pages_are_told_once(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await crew.act(staff.sign_out, by=signed.actor)
    await crew.act(staff.sign_out, by=signed.actor)
    assert not await is_open(crew, signed)
    assert crew.ended == [signed.actor.session_id]


async def test_five_minutes_without_a_tap_end_a_waiters_session(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await crew.idle_for(signed, 295)
    assert await is_open(crew, signed)
    await crew.idle_for(signed, 301)
    assert not await is_open(crew, signed)


async def test_a_kitchen_wall_stays_open_for_twelve_hours(crew: Crew) -> None:
    signed = await crew.sign_in("Dario")
    await crew.idle_for(signed, 11 * 3600)
    assert await is_open(crew, signed)
    await crew.idle_for(signed, 12 * 3600 + 1)
    assert not await is_open(crew, signed)


async def test_a_tap_counts_as_activity_and_a_look_does_not(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await crew.idle_for(signed, 200)
    await crew.identify(signed)
    await crew.act(staff.sweep_idle)
    async with crew.db.read() as read:
        row = await queries.session_by_id(read, signed.actor.session_id or 0)
    assert row is not None
    assert (clock.now() - row.active_at).total_seconds() < 30


async def test_the_sweep_ends_idle_sessions_and_tells_their_pages(crew: Crew) -> None:
    idle, busy, wall = await crew.sign_in("Marco"), await crew.sign_in("Elena"), await crew.sign_in("Dario")
    await crew.idle_for(idle, 400)
    await crew.idle_for(wall, 400)
    assert await crew.act(staff.sweep_idle) == 1
    assert await crew.act(staff.sweep_idle) == 0
    assert crew.ended == [idle.actor.session_id]
    assert await is_open(crew, busy)
    assert await is_open(crew, wall)


async def test_every_act_asks_again_whether_the_session_holds(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await may(crew, signed.actor, Permission.RING)
    await crew.act(staff.sign_out, by=signed.actor)
    with pytest.raises(SignedOut):
        await may(crew, signed.actor, Permission.RING)


async def test_inside_one_transaction_it_is_asked_once_and_anew_after_an_end(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")

    async def act(tx: Tx) -> None:
        by = await staff.identify(tx, signed.session_token, signed.device_token)
        await staff.must(tx, by, Permission.RING)
        await staff.sign_out(tx, by=by)
        await staff.must(tx, by, Permission.RING)

    with pytest.raises(SignedOut):
        await crew.db.run(act)
    assert await is_open(crew, signed)


async def test_a_page_that_believes_in_an_old_role_is_signed_out(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    with pytest.raises(SignedOut):
        await may(crew, replace(signed.actor, role=Role.OWNER), Permission.MANAGE_STAFF)
    with pytest.raises(SignedOut):
        await may(crew, replace(signed.actor, session_id=None, role=Role.OWNER), Permission.MANAGE_STAFF)
    with pytest.raises(SignedOut):
        await may(crew, replace(signed.actor, person_id=crew.ids["Giulia"]), Permission.RING)


async def test_without_the_permission_a_manager_is_asked_for(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    with pytest.raises(NeedsManager) as asked:
        await may(crew, signed.actor, Permission.VOID_FIRED_LINE)
    assert asked.value.permission == "void_fired_line"


async def test_the_command_line_may_do_everything(crew: Crew) -> None:
    for permission in Permission:
        await may(crew, crew.by, permission)


async def test_a_device_that_is_taken_out_of_use_is_signed_out(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await crew.change(update(Device).values(active=False))
    assert not await is_open(crew, signed)


async def test_somebody_made_inactive_behind_our_back_is_signed_out(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await crew.change(update(Person).where(Person.id == crew.ids["Marco"]).values(active=False))
    assert not await is_open(crew, signed)


async def test_an_approver_must_still_be_one_when_the_act_is_done(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    approver: Approver = await crew.approve("Sofia")
    approved = replace(signed.actor, approver=approver)
    await may(crew, approved, Permission.VOID_FIRED_LINE)
    await crew.act(staff.change_role, crew.ids["Sofia"], Role.WAITER, by=crew.by)
    with pytest.raises(ApproverChanged, match="Sofia may no longer approve this"):
        await may(crew, approved, Permission.VOID_FIRED_LINE)


async def test_many_acts_of_one_session_at_once_all_go_on(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await crew.idle_for(signed, 100)
    assert set(await asyncio.gather(*(crew.identify(signed) for _ in range(10)))) == {signed.actor}
