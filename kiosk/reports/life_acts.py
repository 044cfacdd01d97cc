"""The life of a check for screens: a view for who may see the journal, an act for one look with a manager's PIN."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.journal import Act
from kiosk.reports.life import Life, LineLife, show_life
from kiosk.reports.life_words import Event
from kiosk.staff import service as staff
from kiosk.ui.gesture import Args
from kiosk.ui.house import House


class OnCheck(Args):
    check_id: int


def register(kiosk: House) -> None:
    """Make the view `life/<check_id>` and the act `see_life` known; both answer alike."""
    kiosk.views.add("life/{check_id:int}", _show)
    kiosk.acts.add("see_life", OnCheck, _see)


async def _show(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    await staff.must(read, by, Permission.SEE_JOURNAL)
    return told(await show_life(read, request.path_params["check_id"]))


async def _see(tx: Tx, args: OnCheck, by: Actor) -> dict[str, Any]:
    """One look for somebody whom a manager let; the journal keeps both names."""
    await staff.must(tx, by, Permission.SEE_JOURNAL)
    life = await show_life(tx, args.check_id)
    tx.record(Act("life_shown", "check", args.check_id, by, {"number": life.number}))
    return told(life)


def told(life: Life) -> dict[str, Any]:
    """A life as screens draw it; times on the venue's clock, with the day where it is another one."""
    first = clock.local(life.opened_at, life.timezone).date()

    def event(one: Event) -> dict[str, Any]:
        at = clock.local(one.at, life.timezone)
        day = "" if at.date() == first else f"{at:%-d %b}"
        said = {"at": one.at.isoformat(), "clock": f"{at:%H:%M}", "day": day, "kind": one.kind}
        return said | {"text": one.text, "entry": one.entry, "grave": one.is_grave}

    def line(one: LineLife) -> dict[str, Any]:
        said = {"id": one.id, "title": one.title, "amount": one.amount, "ended": one.ended, "grave": one.is_grave}
        return said | {"off": one.is_off, "told": [event(each) for each in one.told]}

    title = life.title[:1].upper() + life.title[1:]
    return {
        "check": {"id": life.id, "number": life.number, "title": title, "subtitle": life.subtitle},
        "told": [event(one) for one in life.told],
        "lines": [line(one) for one in life.lines],
    }
