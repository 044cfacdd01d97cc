"""A check as its table's tile shows it, from its rows. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kiosk.checks import rules
from kiosk.checks.models import Check, CheckLine, CheckState, Dining, LineState
from kiosk.checks.view import DEAD, UNFIRED, Surroundings, fire_at, shown_state
from kiosk.core.money import Money
from kiosk.menu.rules import course_name


@dataclass(frozen=True)
class NextCourse:
    """The lowest held course of a check: how many lines and dishes wait, since when, and when it had best be fired."""

    no: int
    name: str
    lines: int
    dishes: int
    fire_at: datetime | None
    since: datetime


@dataclass(frozen=True)
class Summary:
    """A check as its table's tile shows it; `warned` counts what waits and is sold out, `course_gap` is in seconds.

    `total` is `paid` and what is `open`.
    """

    check_id: int
    number: int
    label: str
    dining: Dining
    pickup_at: datetime | None
    covers: int
    waiter: str
    waiter_id: int | None
    step: rules.Step
    since: datetime
    total: Money
    paid: Money
    open: Money
    ready: int
    draft: int
    held: int
    next_course: NextCourse | None
    warned: int
    course_gap: int


def summary(check: Check, lines: list[CheckLine], around: Surroundings, sold_out: Collection[int]) -> Summary:
    """The check's tile; `sold_out` are the items that are."""
    live = [line for line in lines if line.state not in DEAD]
    drafts = [line for line in live if line.state is LineState.DRAFT]
    found = around.reckon(check, lines)
    return Summary(
        check_id=check.id,
        number=check.number,
        label=check.label,
        dining=check.dining,
        pickup_at=check.pickup_at,
        covers=check.covers,
        waiter=check.waiter,
        waiter_id=check.waiter_id,
        step=rules.step(
            is_open=check.state is CheckState.OPEN,
            bill_asked=check.bill_asked_at is not None,
            live_lines=len(live),
            served_lines=sum(line.state is LineState.SERVED for line in live),
        ),
        since=_since(check, live),
        total=found.whole.total,
        paid=check.paid,
        open=found.open.total if check.state is CheckState.OPEN else 0,
        ready=sum(shown_state(line, around.progress) == "ready" for line in live),
        draft=len(drafts),
        held=sum(line.state is LineState.HELD for line in live),
        next_course=_next_course(live, around),
        warned=sum(line.item_id in sold_out for line in live if line.state in UNFIRED),
        course_gap=around.venue.course_gap_s,
    )


def _next_course(live: list[CheckLine], around: Surroundings) -> NextCourse | None:
    held = [line for line in live if line.state is LineState.HELD]
    if not held:
        return None
    no = min(line.course for line in held)
    mine = [line for line in held if line.course == no]
    since = min(line.sent_at or line.rung_at for line in mine)
    dishes = sum(line.quantity for line in mine)
    return NextCourse(no, course_name(no), len(mine), dishes, fire_at(live, no, around), since)


def _since(check: Check, live: list[CheckLine]) -> datetime:
    """When the party reached its step: closed, asked for the bill, was last fired for or served, first ordered, sat."""
    steps = [at for line in live for at in (line.fired_at, line.served_at) if at]
    first_order = min((line.rung_at for line in live), default=check.opened_at)
    return check.closed_at or check.bill_asked_at or max(steps, default=first_order)
