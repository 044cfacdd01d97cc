"""What people earn, for the owner's screen: a view of what was agreed, and the acts that agree and take back."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import Request
from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.money import percent_ppm, percent_text
from kiosk.reports.rules import day_of
from kiosk.reports.takings import business_today
from kiosk.staff import service as staff
from kiosk.staff.pay import MOST_AN_HOUR, Pay, Rate, drop_pay, set_pay, show_pay
from kiosk.ui.gesture import Args
from kiosk.ui.house import House

NOBODYS = Pay(0, "", True, ())


class DropPay(Args):
    person_id: int
    from_day: str = Field(max_length=10)


class SetPay(DropPay):
    """`wage` an hour is in minor units; `commission` is a percentage as it is typed; None is none."""

    wage: int | None = Field(ge=0, le=MOST_AN_HOUR)
    commission: str | None = Field(max_length=8)


def register(kiosk: House) -> None:
    """Make the view `pay` and the acts `set_pay` and `drop_pay` known; owners only."""
    kiosk.views.add("pay", _show)
    kiosk.acts.add("set_pay", SetPay, _set)
    kiosk.acts.add("drop_pay", DropPay, _drop)


async def _show(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
    await staff.must(read, by, Permission.SET_PAY)
    today, agreed = await business_today(read), await show_pay(read)
    here = await staff.show_people(read)
    gone = [one for one in agreed.values() if not one.is_here]
    people = [
        *(_told(one.id, one.name, one.role, agreed.get(one.name, NOBODYS), today) for one in here),
        *(_told(one.person_id, one.name, "left", one, today) for one in gone),
    ]
    return {"today": today.isoformat(), "people": people}


def _told(person_id: int, name: str, role: str, pay: Pay, today: date) -> dict[str, Any]:
    now = pay.on(today)
    rates = [_terms(one) | {"from_day": one.from_day.isoformat(), "is_now": one == now} for one in pay.rates]
    return {"id": person_id, "name": name, "role": role, **_terms(now), "rates": rates}


def _terms(rate: Rate) -> dict[str, Any]:
    percent = None if rate.commission_ppm is None else percent_text(rate.commission_ppm)
    return {"wage": rate.wage, "commission": percent}


async def _set(tx: Tx, args: SetPay, by: Actor) -> dict[str, bool]:
    day = day_of(args.from_day, await business_today(tx))
    share = None if args.commission is None else percent_ppm(args.commission)
    await set_pay(tx, args.person_id, Rate(day, args.wage, share), by=by)
    return {"ok": True}


async def _drop(tx: Tx, args: DropPay, by: Actor) -> dict[str, bool]:
    await drop_pay(tx, args.person_id, day_of(args.from_day, await business_today(tx)), by=by)
    return {"ok": True}
