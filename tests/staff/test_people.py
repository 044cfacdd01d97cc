"""Adding, changing and removing people: owners only, a PIN for one person only, always an owner left."""

import asyncio

import pytest
from sqlalchemy import select

from kiosk.core.actor import Actor, Role
from kiosk.core.errors import NeedsManager, SignedOut
from kiosk.core.models import JournalEntry
from kiosk.staff import service as staff
from kiosk.staff.errors import LastOwner, NameRefused, NameTaken, PersonGone, PinShape, PinTaken, WrongPin
from kiosk.staff.events import PersonChanged
from tests.staff.conftest import Crew


async def add(
    crew: Crew, name: str = "Ana", pin: str = "4444", by: Actor | None = None, role: Role = Role.CASHIER
) -> int:
    return await staff.add_person(crew.db, crew.pins, name=name, role=role, pin=pin, by=by or crew.by)


async def test_a_new_person_signs_in_with_the_pin_she_was_given(crew: Crew) -> None:
    crew.ids["Ana"] = await add(crew)
    assert (await crew.sign_in("Ana", "4444")).actor.role is Role.CASHIER
    assert ("person_added", crew.ids["Ana"]) in await crew.journal()
    assert PersonChanged(crew.ids["Ana"]) in crew.facts


async def test_an_owner_may_and_a_manager_may_not_manage_people(crew: Crew) -> None:
    owner, manager = await crew.sign_in("Giulia"), await crew.sign_in("Sofia")
    await add(crew, by=owner.actor)
    with pytest.raises(NeedsManager):
        await add(crew, "Leo", "9999", by=manager.actor)
    with pytest.raises(NeedsManager):
        await crew.act(staff.change_role, crew.ids["Marco"], Role.CASHIER, by=manager.actor)
    with pytest.raises(NeedsManager):
        await crew.act(staff.remove_person, crew.ids["Marco"], by=manager.actor)
    with pytest.raises(NeedsManager):
        await staff.change_pin(crew.db, crew.pins, person_id=crew.ids["Marco"], pin="9999", by=manager.actor)


async def test_a_pin_belongs_to_one_person(crew: Crew) -> None:
    with pytest.raises(PinTaken, match=r"^Somebody here has this PIN already\. Choose another\.$"):
        await add(crew, pin="1111")
    with pytest.raises(PinTaken):
        await staff.change_pin(crew.db, crew.pins, person_id=crew.ids["Marco"], pin="2222", by=crew.by)


async def test_the_pin_of_somebody_who_left_is_free_again(crew: Crew) -> None:
    await crew.act(staff.remove_person, crew.ids["Marco"], by=crew.by)
    crew.ids["Ana"] = await add(crew, pin="1111")
    assert (await crew.sign_in("Ana", "1111")).actor.name == "Ana"


async def test_of_many_who_ask_for_the_same_pin_at_once_one_gets_it(crew: Crew) -> None:
    answers = await asyncio.gather(*(add(crew, f"Ana {n}", "4444") for n in "ABCD"), return_exceptions=True)
    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert sum(isinstance(answer, PinTaken) for answer in answers) == 3


async def test_two_who_ask_for_different_pins_at_once_both_get_theirs(crew: Crew) -> None:
    answers = await asyncio.gather(add(crew, "Ana", "4444"), add(crew, "Leo", "8888"))
    assert len(set(answers)) == 2


async def test_a_name_belongs_to_one_person_for_ever_because_reports_tell_people_apart_by_it(crew: Crew) -> None:
    await crew.act(staff.remove_person, crew.ids["Marco"], by=crew.by)
    for name in ("Elena", " elena ", "MARCO"):
        with pytest.raises(NameTaken, match="add a letter"):
            await add(crew, name)


async def test_names_and_pins_out_of_shape_are_refused(crew: Crew) -> None:
    with pytest.raises(NameRefused):
        await add(crew, "  ")
    with pytest.raises(PinShape):
        await add(crew, pin="123")


async def test_another_pin_signs_the_person_out_everywhere_and_clears_her_waits(crew: Crew) -> None:
    one, two = await crew.sign_in("Marco"), await crew.sign_in("Marco")
    for _ in range(3):
        with pytest.raises(WrongPin):
            await crew.sign_in("Marco", "0000")
    await staff.change_pin(crew.db, crew.pins, person_id=crew.ids["Marco"], pin="9999", by=crew.by)
    assert crew.ended == [one.actor.session_id, two.actor.session_id]
    with pytest.raises(WrongPin):
        await crew.sign_in("Marco")
    assert (await crew.sign_in("Marco", "9999")).actor.name == "Marco"
    assert ("pin_changed", crew.ids["Marco"]) in await crew.journal()


async def test_the_same_pin_again_is_no_clash_with_oneself(crew: Crew) -> None:
    await staff.change_pin(crew.db, crew.pins, person_id=crew.ids["Marco"], pin="1111", by=crew.by)
    assert (await crew.sign_in("Marco")).actor.name == "Marco"


async def test_another_role_signs_the_person_out_and_counts_at_the_next_sign_in(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await crew.act(staff.change_role, crew.ids["Marco"], Role.MANAGER, by=crew.by)
    with pytest.raises(SignedOut):
        await crew.identify(signed)
    assert (await crew.sign_in("Marco")).actor.role is Role.MANAGER
    assert ("role_changed", crew.ids["Marco"]) in await crew.journal()


async def test_the_role_somebody_has_already_changes_nothing(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await crew.act(staff.change_role, crew.ids["Marco"], Role.WAITER, by=crew.by)
    assert await crew.identify(signed) == signed.actor


async def test_who_leaves_is_signed_out_and_off_the_tiles(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    await crew.act(staff.remove_person, crew.ids["Marco"], by=crew.by)
    assert await crew.look(signed) is None
    async with crew.db.read() as read:
        assert "Marco" not in [tile.name for tile in await staff.show_people(read)]
    with pytest.raises(PersonGone):
        await crew.act(staff.remove_person, crew.ids["Marco"], by=crew.by)


async def test_the_last_owner_stays_owner(crew: Crew) -> None:
    with pytest.raises(LastOwner, match=r"^Giulia is the only owner\. Make somebody else an owner first\.$"):
        await crew.act(staff.remove_person, crew.ids["Giulia"], by=crew.by)
    with pytest.raises(LastOwner):
        await crew.act(staff.change_role, crew.ids["Giulia"], Role.MANAGER, by=crew.by)
    await crew.act(staff.change_role, crew.ids["Sofia"], Role.OWNER, by=crew.by)
    await crew.act(staff.remove_person, crew.ids["Giulia"], by=crew.by)


async def test_two_owners_who_remove_each_other_at_once_leave_one(crew: Crew) -> None:
    await crew.act(staff.change_role, crew.ids["Sofia"], Role.OWNER, by=crew.by)
    answers = await asyncio.gather(
        *(crew.act(staff.remove_person, crew.ids[name], by=crew.by) for name in ("Giulia", "Sofia")),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["LastOwner", "NoneType"]


async def test_no_pin_is_ever_in_the_journal(crew: Crew) -> None:
    await add(crew, pin="48151623")
    async with crew.db.read() as read:
        bodies = (await read.session.scalars(select(JournalEntry.body))).all()
    assert not [body for body in bodies if "48151623" in body or "pbkdf2" in body]
