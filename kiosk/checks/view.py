"""A check as the waiter's pad shows it, from its rows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kiosk.checks.models import Check, CheckDiscount, CheckLine, CheckState, LineState
from kiosk.checks.reckoning import Charging, Reckoning, reckon
from kiosk.checks.rules import LineSum, Sums
from kiosk.core.models import Venue
from kiosk.core.money import Money, percent_text
from kiosk.kitchen import queries as kitchen
from kiosk.kitchen import rules as kitchen_rules
from kiosk.menu.rules import course_name
from kiosk.staff.rules import initials

DEAD = (LineState.VOIDED,)
UNFIRED = (LineState.DRAFT, LineState.HELD)
Progress = Mapping[int, datetime | None]
"""Since when a fired line is ready; None while it cooks."""


@dataclass(frozen=True)
class Surroundings:
    """What a check is shown with: the house, the time, how far the kitchen is, who rang, what was merged into it."""

    venue: Venue
    at: datetime
    progress: Progress = field(default_factory=dict)
    refired: frozenset[int] = frozenset()
    loads: Sequence[kitchen.Load] = ()
    people: Mapping[int, str] = field(default_factory=dict)
    merged: Sequence[dict[str, Any]] = ()
    discounts: Mapping[int, Sequence[CheckDiscount]] = field(default_factory=dict)
    service_tax: tuple[int, int] = (0, 0)

    def reckon(self, check: Check, lines: Sequence[CheckLine]) -> Reckoning:
        """What the check comes to, what of it is paid, what is open."""
        return reckon(check, lines, self.discounts.get(check.id, ()), Charging(self.venue, self.service_tax))


def check(shown: Check, lines: list[CheckLine], found: Reckoning, around: Surroundings) -> dict[str, Any]:
    """The whole check; `found` is what it comes to."""
    whole = found.whole
    rows = {row.key: row for row in whole.by_line}
    return {
        "id": shown.id,
        "v": shown.version,
        "number": shown.number,
        "label": shown.label,
        "covers": shown.covers,
        "waiter": shown.waiter,
        "waiter_id": shown.waiter_id,
        "initials": initials(shown.waiter),
        "dining": shown.dining,
        "state": shown.state,
        "opened_at": shown.opened_at.isoformat(),
        "bill_asked_at": _iso(shown.bill_asked_at),
        "pickup_at": _iso(shown.pickup_at),
        "merged_into_id": shown.merged_into_id,
        "hold_courses": around.venue.hold_courses,
        "undo": undo(lines, around),
        "courses": courses(lines, around),
        "lines": [_line(line, rows.get(line.id), around) for line in lines],
        "sums": _sums(lines, whole, around),
        "seats": _seats(lines, whole),
        "merged": list(around.merged),
        "discounts": discounts(found),
        "service_ppm": shown.service_ppm,
        "paid": shown.paid,
        "open": found.open.total if shown.state is CheckState.OPEN else 0,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _sums(lines: list[CheckLine], whole: Sums, around: Surroundings) -> dict[str, Any]:
    unsent = _gross([line for line in lines if line.state is LineState.DRAFT], whole)
    return {
        "lines": whole.lines,
        "less": whole.less,
        "tax_included": around.venue.prices_include_tax,
        "service": whole.service.gross if whole.service else 0,
        "net": whole.net,
        "tax": whole.tax,
        "taxes": [{"rate_ppm": row.rate_ppm, "net": row.net, "tax": row.tax} for row in whole.by_rate],
        "total": whole.total,
        "draft": unsent,
        "sent": whole.total - unsent,
    }


def _gross(lines: Iterable[CheckLine], whole: Sums) -> Money:
    mine = {line.id for line in lines}
    return sum(row.gross for row in whole.by_line if row.key in mine)


def _seats(lines: list[CheckLine], whole: Sums) -> list[dict[str, Any]]:
    """What every seat comes to, and the whole table (no: None) beside them; with the service they are the total."""
    seats = {line.id: line.seat_no for line in lines}
    totals: dict[int | None, Money] = {}
    for row in whole.by_line:
        totals[seats[row.key]] = totals.get(seats[row.key], 0) + row.gross
    return [{"no": no, "total": total} for no, total in totals.items()]


def discounts(found: Reckoning) -> list[dict[str, Any]]:
    """The discounts of a check in the order given, with what each takes off."""
    whole = found.whole
    return [
        {
            "id": one.id,
            "line_id": one.line_id,
            "name": one.name,
            "percent": None if one.rate_ppm is None else percent_text(one.rate_ppm),
            "amount": one.amount,
            "less": whole.off(place),
            "reason": one.reason,
            "by": one.giver,
        }
        for place, one in enumerate(found.discounts)
    ]


def _line(line: CheckLine, row: LineSum | None, around: Surroundings) -> dict[str, Any]:
    return {
        "id": line.id,
        "item_id": line.item_id,
        "portion_id": line.portion_id,
        "name": line.name,
        "portion": line.portion_name,
        "category": line.category,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "modifiers": line.modifiers,
        "amount": line.amount,
        "less": row.less if row else 0,
        "paid": line.paid,
        "course": line.course,
        "seat_no": line.seat_no,
        "note": line.note,
        "is_allergy": line.is_allergy,
        "state": shown_state(line, around.progress),
        "stations": line.stations,
        **_rung_by(around.people.get(line.rung_by or 0, "")),
        **_gestures(line),
        "ready_at": _iso(around.progress.get(line.id)),
        "kitchen": {"refired": line.id in around.refired} if line.fired_at else None,
        "void_reason": line.void_reason,
        "comped": line.comped_at is not None,
        "comp_reason": line.comp_reason,
        "combo_id": line.combo_id,
        "combo_name": line.combo_name,
    }


def _rung_by(name: str) -> dict[str, str]:
    return {"by": initials(name) if name else "", "by_name": name}


def _gestures(line: CheckLine) -> dict[str, Any]:
    return {
        "rung_at": line.rung_at.isoformat(),
        "send_no": line.send_no,
        "sent_at": _iso(line.sent_at),
        "fire_no": line.fire_no,
        "fired_at": _iso(line.fired_at),
        "served_at": _iso(line.served_at),
    }


def shown_state(line: CheckLine, progress: Progress) -> str:
    """How far a line has come, with what the kitchen says of it: draft, held, fired, cooking, ready, served, voided."""
    if line.state is not LineState.FIRED:
        return line.state
    if progress.get(line.id):
        return "ready"
    return "cooking" if line.id in progress else "fired"


def courses(lines: Sequence[CheckLine], around: Surroundings) -> list[dict[str, Any]]:
    """Each course of the check: its lines counted by how far they are; when the lowest held one had best be fired."""
    live = [line for line in lines if line.state not in DEAD]
    lowest = min((line.course for line in live if line.state is LineState.HELD), default=None)
    numbers = sorted({line.course for line in live})
    return [
        _course(no, [line for line in live if line.course == no], around.progress)
        | {"fire_at": _iso(fire_at(live, no, around)) if no == lowest else None}
        for no in numbers
    ]


def _course(no: int, mine: list[CheckLine], progress: Progress) -> dict[str, Any]:
    states = [shown_state(line, progress) for line in mine]
    return {
        "no": no,
        "name": course_name(no),
        "drafts": states.count("draft"),
        "held": states.count("held"),
        "cooking": states.count("cooking") + states.count("fired"),
        "ready": states.count("ready"),
        "served": states.count("served"),
    }


def fire_at(live: Sequence[CheckLine], course: int, around: Surroundings) -> datetime | None:
    """When the kitchen had best be told of a held course; None while food before it is not on the table."""
    before = [line for line in live if 0 < line.course < course and line.state is not LineState.DRAFT]
    plates = [line.served_at for line in before if line.served_at]
    if not plates or len(plates) < len(before):
        return None
    concerned = {code for line in live if _is_held(line, course) for code in line.stations}
    waits = [load.wait_s for load in around.loads if load.code in concerned]
    return kitchen_rules.fire_at(max(plates), around.venue.course_gap_s, waits)


def _is_held(line: CheckLine, course: int) -> bool:
    return line.state is LineState.HELD and line.course == course


def undo(lines: Sequence[CheckLine], around: Surroundings) -> dict[str, Any] | None:
    """The latest gesture that can still be taken back: {fire_no, until, lines}."""
    gestures: dict[int, tuple[datetime, int]] = {}
    for line in lines:
        for no, at in {(line.send_no, line.sent_at), (line.fire_no, line.fired_at)}:
            if no is not None and at is not None and _may_go_back(line, no) and line.id not in around.refired:
                gestures[no] = (at, gestures.get(no, (at, 0))[1] + 1)
    latest = max(gestures, default=0)
    at, count = gestures.get(latest, (around.at, 0))
    until = at + timedelta(seconds=around.venue.undo_s)
    return {"fire_no": latest, "until": until.isoformat(), "lines": count} if count and until > around.at else None


def _may_go_back(line: CheckLine, no: int) -> bool:
    return line.state is LineState.HELD or (line.state is LineState.FIRED and line.fire_no == no)


def held(line: CheckLine) -> dict[str, Any]:
    """A held line as the kitchen's board announces it."""
    return {
        "line_id": line.id,
        "course": line.course,
        "quantity": line.quantity,
        "name": line.kitchen_name,
        "portion": line.portion_name,
        "stations": line.stations,
        "is_allergy": line.is_allergy,
        "note": line.note,
    }
