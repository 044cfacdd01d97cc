"""A manager's PIN for one act: both names are written down, nobody approves their own."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from kiosk.core.actor import Permission
from kiosk.core.db import Tx
from kiosk.core.errors import NeedsManager
from kiosk.core.journal import Act
from kiosk.core.models import JournalEntry
from kiosk.staff import service as staff
from kiosk.staff.errors import MayNotApprove, PinMustWait, WrongPin
from tests.staff.conftest import Crew


async def test_a_managers_pin_allows_one_act_of_a_waiter_and_both_names_are_in_the_journal(crew: Crew) -> None:
    waiter = await crew.sign_in("Marco")
    approver = await crew.approve("Sofia", device=waiter.device_token)

    async def void(tx: Tx) -> None:
        by = replace(await staff.identify(tx, waiter.session_token, waiter.device_token), approver=approver)
        await staff.must(tx, by, Permission.VOID_FIRED_LINE)
        tx.record(Act("line_voided", "line", 17, by))

    await crew.db.run(void)
    async with crew.db.read() as read:
        entry = (await read.session.scalars(select(JournalEntry).where(JournalEntry.act == "line_voided"))).one()
    assert (entry.person_id, entry.approver_id) == (crew.ids["Marco"], crew.ids["Sofia"])
    assert f'"approved_by":[{crew.ids["Sofia"]},"Sofia"]' in entry.body
    assert f'"by":[{crew.ids["Marco"]},"Marco"]' in entry.body


async def test_the_approval_is_not_there_for_the_next_act(crew: Crew) -> None:
    waiter = await crew.sign_in("Marco")
    await crew.approve("Sofia", device=waiter.device_token)
    with pytest.raises(NeedsManager):
        await crew.act(staff.must, waiter.actor, Permission.VOID_FIRED_LINE)


async def test_nobody_approves_their_own(crew: Crew) -> None:
    manager = await crew.sign_in("Sofia")
    approver = await crew.approve("Sofia", device=manager.device_token)
    with pytest.raises(NeedsManager):
        await crew.act(staff.must, replace(manager.actor, approver=approver), Permission.MANAGE_STAFF)


async def test_a_manager_cannot_approve_what_only_the_owner_may(crew: Crew) -> None:
    waiter, approver = await crew.sign_in("Marco"), await crew.approve("Sofia")
    with pytest.raises(NeedsManager, match="the owner's PIN"):
        await crew.act(staff.must, replace(waiter.actor, approver=approver), Permission.MANAGE_STAFF)


@pytest.mark.parametrize("name", ["Marco", "Dario"])
async def test_who_may_not_approve_is_refused_by_name_even_with_the_right_pin(crew: Crew, name: str) -> None:
    with pytest.raises(MayNotApprove, match=f"^{name} may not approve this. Ask a manager or the owner.$"):
        await crew.approve(name)


async def test_wrong_pins_of_approvals_and_of_sign_ins_are_counted_together(crew: Crew) -> None:
    tablet = (await crew.sign_in("Marco")).device_token
    with pytest.raises(WrongPin):
        await crew.approve("Sofia", "0000", tablet)
    with pytest.raises(WrongPin):
        await crew.sign_in("Sofia", "0000", tablet)
    with pytest.raises(WrongPin, match=r"Next try in 1 s\."):
        await crew.approve("Sofia", "0000", tablet)
    with pytest.raises(PinMustWait):
        await crew.approve("Sofia", device=tablet)


async def test_approving_signs_nobody_in_or_out(crew: Crew) -> None:
    waiter = await crew.sign_in("Marco")
    await crew.approve("Sofia", device=waiter.device_token)
    assert await crew.identify(waiter) == waiter.actor
    assert crew.ended == []


async def test_those_who_may_approve_are_shown_without_oneself(crew: Crew) -> None:
    waiter, manager = await crew.sign_in("Marco"), await crew.sign_in("Sofia")
    async with crew.db.read() as read:
        for_waiter = await staff.show_approvers(read, waiter.actor)
        for_manager = await staff.show_approvers(read, manager.actor)
    assert [one.name for one in for_waiter] == ["Giulia", "Sofia"]
    assert [one.name for one in for_manager] == ["Giulia"]
