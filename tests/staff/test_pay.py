"""What people earn: agreed by owners only, from a day on, every agreement in the journal."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from kiosk.core.actor import Approver, Role
from kiosk.core.errors import NeedsManager
from kiosk.core.models import JournalEntry
from kiosk.staff.errors import CommissionRefused, NobodyCalled, NoSuchPay, PersonGone, WageRefused
from kiosk.staff.pay import Pay, Rate, drop_pay, person_named, set_pay, show_pay
from tests.staff.conftest import Crew

MARCH, APRIL, MAY = (date(2026, month, 1) for month in (3, 4, 5))
AGREED = (Rate(MARCH, 1250, None), Rate(APRIL, 1300, 25_000), Rate(MAY, None, None))
PAY = Pay(1, "Marco", True, AGREED)


async def test_what_was_agreed_holds_from_its_day_on(crew: Crew) -> None:
    for rate in (*AGREED, Rate(APRIL, 1350, 20_000)):
        await crew.act(set_pay, crew.ids["Marco"], rate, by=crew.by)
    async with crew.db.read() as read:
        told = await show_pay(read)
        assert await person_named(read, " marco ") == crew.ids["Marco"]
        with pytest.raises(NobodyCalled, match=r"Nobody here is called “Leo”. Known are Giulia, Sofia,"):
            await person_named(read, "Leo")
    assert list(told) == ["Marco"]
    assert told["Marco"].rates == (AGREED[0], Rate(APRIL, 1350, 20_000), AGREED[2])
    await crew.act(drop_pay, crew.ids["Marco"], APRIL, by=crew.by)
    async with crew.db.read() as read:
        assert (await show_pay(read))["Marco"].on(date(2026, 4, 20)) == AGREED[0]
        acts = select(JournalEntry.act, JournalEntry.body).where(JournalEntry.act.like("pay_%"))
        written = [(act, json.loads(body)["details"]) for act, body in await read.session.execute(acts)]
    agreed = {"name": "Marco", "from_day": "2026-04-01", "wage": 1350, "commission_ppm": 20_000}
    assert written[3:] == [
        ("pay_set", agreed | {"was": {"wage": 1300, "commission_ppm": 25_000}}),
        ("pay_dropped", agreed),
    ]


async def test_an_owner_agrees_and_a_manager_only_with_an_owners_pin(crew: Crew) -> None:
    owner, manager = await crew.sign_in("Giulia"), await crew.sign_in("Sofia")
    await crew.act(set_pay, crew.ids["Marco"], AGREED[0], by=owner.actor)
    for gesture, told in ((set_pay, AGREED[0]), (drop_pay, MARCH)):
        with pytest.raises(NeedsManager):
            await crew.act(gesture, crew.ids["Marco"], told, by=manager.actor)
    giulia = Approver(owner.actor.person_id or 0, "Giulia", Role.OWNER)
    await crew.act(drop_pay, crew.ids["Marco"], MARCH, by=replace(manager.actor, approver=giulia))


async def test_what_nobody_can_earn_or_never_earned_is_refused(crew: Crew) -> None:
    for refusal, rates in (
        (WageRefused, (Rate(MARCH, -1, None), Rate(MARCH, 10**9 + 1, None))),
        (CommissionRefused, (Rate(MARCH, None, -1), Rate(MARCH, None, 1_000_001))),
    ):
        for rate in rates:
            with pytest.raises(refusal):
                await crew.act(set_pay, crew.ids["Marco"], rate, by=crew.by)
    with pytest.raises(NoSuchPay, match=r"Nothing that Marco earns begins on 2026-03-01\."):
        await crew.act(drop_pay, crew.ids["Marco"], MARCH, by=crew.by)
    with pytest.raises(PersonGone):
        await crew.act(set_pay, 404, AGREED[0], by=crew.by)


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2026, 2, 28), (None, None)),
        (MARCH, (1250, None)),
        (date(2026, 4, 30), (1300, 25_000)),
        (date(2027, 1, 1), (None, None)),
    ],
)
def test_a_day_has_the_last_agreement_before_it(day: date, rate: tuple[int | None, int | None]) -> None:
    held = PAY.on(day)
    assert (held.wage, held.commission_ppm) == rate


def test_a_range_knows_every_wage_and_commission_of_its_days() -> None:
    assert PAY.wages_between(date(2026, 3, 15), date(2026, 4, 15)) == {1250, 1300}
    assert PAY.commissions_between(date(2026, 3, 15), date(2026, 3, 31)) == set()
    assert PAY.wages_between(MAY, MAY) == set()
