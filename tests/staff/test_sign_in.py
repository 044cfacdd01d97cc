"""Signing in with a PIN, and what happens to those who guess."""

import asyncio
import statistics
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kiosk.core import clock
from kiosk.core.actor import Role
from kiosk.core.errors import SignedOut
from kiosk.staff import service as staff
from kiosk.staff.errors import PinMustWait, PinShape, WrongPin
from kiosk.staff.models import Device, StaffSession
from kiosk.staff.pins import Pins
from tests.staff.conftest import PIN, Crew

pytestmark = pytest.mark.slow


async def guess(crew: Crew, name: str, times: int, device: str | None = None) -> list[int]:
    """So many wrong PINs in a row, each as soon as it is possible; the waits they were answered with."""
    waits = []
    for _ in range(times):
        with pytest.raises(WrongPin) as wrong:
            await crew.sign_in(name, "0000", device)
        waits.append(wrong.value.wait_s)
        await crew.wait_out()
    return waits


async def test_the_right_pin_opens_a_session_on_a_new_device(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    assert (signed.actor.name, signed.actor.role) == ("Marco", Role.WAITER)
    assert len(signed.session_token) == len(signed.device_token) == 43
    assert await crew.identify(signed) == signed.actor
    assert await crew.look(signed) == signed.actor


async def test_only_digests_of_the_tokens_are_kept(crew: Crew) -> None:
    signed = await crew.sign_in("Marco")
    async with crew.db.read() as read:
        kept = [
            (await read.session.scalars(select(StaffSession.token_digest))).one(),
            (await read.session.scalars(select(Device.token_digest))).one(),
        ]
    assert [len(digest) for digest in kept] == [32, 32]
    assert signed.session_token.encode() not in kept
    assert signed.device_token.encode() not in kept


async def test_the_device_stays_and_the_session_is_always_new(crew: Crew) -> None:
    first = await crew.sign_in("Marco")
    second = await crew.sign_in("Marco", device=first.device_token)
    assert second.device_token == first.device_token
    assert second.actor.device_id == first.actor.device_id
    assert second.session_token != first.session_token
    assert second.actor.session_id != first.actor.session_id


async def test_one_person_at_a_time_on_a_device(crew: Crew) -> None:
    marco = await crew.sign_in("Marco")
    elena = await crew.sign_in("Elena", device=marco.device_token)
    with pytest.raises(SignedOut):
        await crew.identify(marco)
    assert await crew.identify(elena) == elena.actor
    assert crew.ended == [marco.actor.session_id]


async def test_one_person_may_be_signed_in_on_two_devices(crew: Crew) -> None:
    tablet, till = await crew.sign_in("Marco"), await crew.sign_in("Marco")
    assert await crew.identify(tablet) == tablet.actor
    assert await crew.identify(till) == till.actor


async def test_many_sign_ins_at_once_on_a_device_leave_one_session_open(crew: Crew) -> None:
    token = (await crew.sign_in("Marco")).device_token
    await asyncio.gather(*(crew.sign_in(name, device=token) for name in ("Marco", "Elena", "Giulia", "Dario")))
    async with crew.db.read() as read:
        still_open = select(func.count()).select_from(StaffSession).where(StaffSession.ended_at.is_(None))
        assert (await read.session.execute(still_open)).scalar_one() == 1


async def test_the_tablet_remembers_who_was_last(crew: Crew) -> None:
    signed = await crew.sign_in("Elena")
    async with crew.db.read() as read:
        door = await staff.show_door(read, signed.device_token)
        stranger = await staff.show_door(read, None)
    assert door is not None
    assert stranger is not None
    assert (door.venue, door.timezone, door.last_person_id) == ("Aurora", "Europe/Rome", crew.ids["Elena"])
    assert [tile.name for tile in door.people] == list(PIN)
    assert stranger.last_person_id is None


async def test_two_slips_cost_nothing_and_then_each_wrong_pin_waits_longer(crew: Crew) -> None:
    assert await guess(crew, "Marco", 6) == [0, 0, 1, 2, 4, 8]


async def test_while_the_wait_lasts_even_the_right_pin_is_not_looked_at(crew: Crew) -> None:
    await guess(crew, "Marco", 4)
    with pytest.raises(WrongPin, match=r"^Wrong PIN\. Next try in 4 s\.$"):
        await crew.sign_in("Marco", "0000")
    with pytest.raises(PinMustWait, match=r"^Too many wrong PINs\. Next try in [34] s\.$"):
        await crew.sign_in("Marco")


async def test_the_right_pin_after_the_wait_starts_the_count_anew(crew: Crew) -> None:
    await guess(crew, "Marco", 4)
    await crew.sign_in("Marco")
    assert await guess(crew, "Marco", 3) == [0, 0, 1]


@pytest.mark.parametrize(("wrong", "wait_s"), [(0, 0), (2, 0), (4, 2)])
async def test_a_clock_that_was_set_back_makes_nobody_wait_longer(
    crew: Crew, monkeypatch: pytest.MonkeyPatch, wrong: int, wait_s: int
) -> None:
    device = (await crew.sign_in("Marco")).device_token
    await guess(crew, "Marco", wrong - 1, device)
    if wrong:
        with pytest.raises(WrongPin):
            await crew.sign_in("Marco", "0000", device)
    then = clock.now() - timedelta(hours=30)
    monkeypatch.setattr(clock, "now", lambda: then)
    if wait_s:
        with pytest.raises(PinMustWait, match=f"Next try in {wait_s} s"):
            await crew.sign_in("Marco", device=device)
    else:
        assert (await crew.sign_in("Marco", device=device)).actor.name == "Marco"


async def test_a_stranger_locks_nobody_out_of_a_tablet_she_uses(crew: Crew) -> None:
    tablet = (await crew.sign_in("Marco")).device_token
    for _ in range(3):
        with pytest.raises(WrongPin):
            await crew.sign_in("Marco", "0000", device="a cookie nobody gave out")
    with pytest.raises(PinMustWait):
        await crew.sign_in("Marco")
    assert (await crew.sign_in("Marco", device=tablet)).actor.name == "Marco"


async def test_wrong_pins_of_one_person_do_not_make_another_wait(crew: Crew) -> None:
    tablet = (await crew.sign_in("Marco")).device_token
    await crew.sign_in("Elena", device=tablet)
    for _ in range(3):
        with pytest.raises(WrongPin):
            await crew.sign_in("Marco", "0000", tablet)
    assert (await crew.sign_in("Elena", device=tablet)).actor.name == "Elena"


async def test_new_devices_do_not_give_a_guesser_new_tries(crew: Crew) -> None:
    for wait in (0, 0, 1):
        own_new_device = (await crew.sign_in("Marco")).device_token
        with pytest.raises(WrongPin) as wrong:
            await crew.sign_in("Sofia", "0000", own_new_device)
        assert wrong.value.wait_s == wait


async def test_a_hundred_tries_at_once_get_no_further_than_three(crew: Crew) -> None:
    answers = await asyncio.gather(*(crew.sign_in("Marco", f"{pin:04}") for pin in range(100)), return_exceptions=True)
    assert sum(isinstance(answer, WrongPin) for answer in answers) == 3
    assert sum(isinstance(answer, PinMustWait) for answer in answers) == 97


async def test_guessing_is_in_the_journal_from_the_third_wrong_pin_on(crew: Crew) -> None:
    await guess(crew, "Marco", 2)
    before = len(await crew.journal())
    await guess(crew, "Marco", 2)
    assert (await crew.journal())[before:] == [("pin_refused", crew.ids["Marco"])] * 2


async def test_what_is_no_pin_is_refused_and_costs_no_try(crew: Crew) -> None:
    for _ in range(5):
        with pytest.raises(PinShape):
            await crew.sign_in("Marco", "12")
    assert await guess(crew, "Marco", 3) == [0, 0, 1]


async def test_somebody_who_left_and_somebody_who_never_was_get_the_same_answer(crew: Crew) -> None:
    await crew.act(staff.remove_person, crew.ids["Marco"], by=crew.by)
    with pytest.raises(WrongPin, match=r"^Wrong PIN\.$"):
        await crew.sign_in("Marco")
    with pytest.raises(WrongPin, match=r"^Wrong PIN\.$"):
        await staff.sign_in(crew.db, crew.pins, person_id=1, pin="1111", device_token=None)


async def test_right_wrong_and_removed_take_the_same_time(crew: Crew) -> None:
    slow = Pins(b"p" * 32, rounds=100_000)
    crew.pins = slow
    await staff.change_pin(crew.db, slow, person_id=crew.ids["Marco"], pin="8888", by=crew.by)
    await crew.act(staff.remove_person, crew.ids["Elena"], by=crew.by)

    async def taken(name: str, pin: str) -> float:
        began = time.process_time()  # what else this machine does counts for nobody
        await asyncio.gather(crew.sign_in(name, pin), return_exceptions=True)
        seconds = time.process_time() - began
        await crew.wait_out()
        return seconds

    cases = {"right": ("Marco", "8888"), "wrong": ("Marco", "0000"), "removed": ("Elena", "2222")}
    rounds = [{case: await taken(*who) for case, who in cases.items()} for _ in range(7)]
    medians = [statistics.median(one[case] for one in rounds) for case in cases]
    assert max(medians) < 2.5 * min(medians)
