"""The till and the close of the day as screens read them: whole minor units by name, instants in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kiosk.core.actor import ROLE_PERMISSIONS, Actor, Permission
from kiosk.core.db import Read
from kiosk.core.money import Currency
from kiosk.payments import day as days
from kiosk.payments import till_acts
from kiosk.payments import till_locks as locks
from kiosk.payments import till_queries as queries
from kiosk.payments.pieces import denominations
from kiosk.payments.rules import DrawerState
from kiosk.payments.till_errors import DayUnreadable
from kiosk.payments.till_foreign import Lying, lying_in
from kiosk.payments.till_models import Drawer, ZReport
from kiosk.payments.till_paper import COLUMNS
from kiosk.payments.till_queries import Blocker, Standing, Tables
from kiosk.payments.till_rules import MOST_TILLS, difference_word
from kiosk.printing import sheets
from kiosk.staff import service as staff

EXPORTS = "exports"
COUNT = ("at", "by", "pieces", "foreign", "sum")
STEPS = (("clear", "Clear"), ("count", "Count"), ("compare", "Compare"), ("close", "Close"))


def workbook_name(number: int) -> str:
    """What the workbook of a closed day is called, in the folder of exports."""
    return f"day-{number}.xlsx"


def workbook(number: int, home: Path) -> dict[str, Any]:
    """The workbook of a closed day, with its address once it is written."""
    name = workbook_name(number)
    return {"name": name, "url": f"/api/export/z/{number}.xlsx" if (home / EXPORTS / name).exists() else None}


def day_of(text: str) -> date:
    """The business day a screen names. Raises DayUnreadable."""
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        raise DayUnreadable(text) from unreadable


async def show_till(read: Read, by: Actor) -> dict[str, Any]:
    """The drawers that are not closed, blind; tills that are free; who may hold one."""
    venue = await read.venue()
    known = await locks.not_closed(read)
    foreign = await lying_in(read, known)
    people = [tile for tile in await staff.show_people(read) if Permission.OPEN_DRAWER in ROLE_PERMISSIONS[tile.role]]
    taken = {one.till for one in known}
    return {
        "day": (await queries.book_day(read)).isoformat(),
        "drawers": [drawer(one, venue.over_short_allowed, by, foreign[one.id]) for one in known],
        "tills": sorted(taken),
        "next_till": next(till for till in range(1, MOST_TILLS + 2) if till not in taken),
        "people": [{"id": tile.id, "name": tile.name, "initials": tile.initials} for tile in people],
        "denominations": denominations(venue.currency),
    }


def drawer(one: Drawer, allowed: int, by: Actor | None = None, lying: Iterable[Lying] = ()) -> dict[str, Any]:
    """A drawer; what it should hold is told only once it is counted. Without `by`, every count is shown.

    `foreign` names the other currencies that lie in it; how much of each is told with the count.
    """
    is_counted = one.state is not DrawerState.OPEN
    counts = [count for count in one.counts if by is None or is_counted or count["person_id"] == by.person_id]
    difference = (one.counted or 0) - (one.expected or 0) if is_counted else None
    return {
        "id": one.id,
        "number": one.number,
        "till": one.till,
        "label": f"Drawer {one.till}",
        "state": one.state,
        "holder": one.holder,
        "holder_id": one.holder_id,
        "device_id": one.device_id,
        "opened_at": one.opened_at.isoformat(),
        "opening_float": one.opening_float,
        "counts": [{key: count.get(key, []) for key in COUNT} for count in counts],
        "foreign": [{"code": found.code, "decimals": Currency(found.code).decimals} for found in lying],
        "counted_at": _iso(one.counted_at),
        "counted_by": one.counts[-1]["by"] if is_counted and one.counts else None,
        "counted": one.counted if is_counted else None,
        "expected": one.expected if is_counted else None,
        "over_short": difference,
        "word": None if difference is None else difference_word(difference),
        "can_recount": one.state is DrawerState.COUNTED and len(one.counts) < 2,
        "needs_reason": one.state is DrawerState.COUNTED and queries.needs_reason(one, allowed),
        "reason": one.reason,
    }


async def show_close(read: Read, by: Actor, home: Path, tables: Tables) -> dict[str, Any]:
    """The close of the day: its steps, what holds it up, the drawers to count, the Z once all are counted."""
    venue, found = await read.venue(), await queries.standing(read)
    since, opener = await queries.opened(read, found.day)
    at_tables = await tables(read, [one.id for one in found.blockers if one.kind != "drawer"])
    preview = None if found.uncounted or not found.is_begun else paper(await days.z_preview(read, by, found))
    shown = await _drawers(read, found)
    foreign = await lying_in(read, shown)
    return {
        "day": found.day.isoformat(),
        "today": (await queries.book_day(read)).isoformat(),
        "number": found.number,
        "is_begun": found.is_begun,
        "is_empty": not found.is_begun,
        "waiting": [day.isoformat() for day in found.waiting],
        "opened_at": _iso(since),
        "opened_by": opener,
        "steps": steps(found),
        "blockers": [_blocker(one, at_tables) for one in found.blockers],
        "carried": (await till_acts.acts_of(read, found.day))[0]["carried"],
        "infos": found.infos,
        "drawers": [drawer(one, venue.over_short_allowed, None, foreign[one.id]) for one in shown],
        "denominations": denominations(venue.currency),
        "allowed": venue.over_short_allowed,
        "z": preview,
        "workbook": {"name": workbook_name(found.number), "url": None},
        "last": await _last(read, home),
    }


async def _drawers(read: Read, found: Standing) -> Sequence[Drawer]:
    """The drawers of the day: those to be counted, and those closed on it already."""
    closed = await locks.closed_on(read, found.day)
    return sorted([*found.drawers, *closed], key=lambda one: (one.till, one.number))


def steps(found: Standing) -> list[dict[str, str]]:
    """Clear, count, compare, close: what is done, where one stands, what is to come."""
    is_clear = all(one.kind == "drawer" for one in found.blockers)
    is_counted = is_clear and not found.uncounted
    is_compared = is_counted and not found.blockers
    done = (is_clear, is_counted, is_compared, False)
    at = done.index(False)
    states = ["done" if place < at else "on" if place == at else "todo" for place in range(len(STEPS))]
    return [{"key": key, "name": name, "state": state} for (key, name), state in zip(STEPS, states, strict=True)]


def _blocker(one: Blocker, at_tables: dict[int, int]) -> dict[str, Any]:
    is_check = one.kind != "drawer"
    return {
        "kind": one.kind,
        "id": one.id,
        "check_id": one.id if is_check else None,
        "table_id": at_tables.get(one.id) if is_check else None,
        "label": one.label,
        "waiter": one.waiter,
        "total": one.total,
        "since": _iso(one.since),
        "sentence": one.sentence,
    }


async def _last(read: Read, home: Path) -> dict[str, Any] | None:
    """The day that was closed last, with its workbook."""
    report = await queries.last_z(read)
    if report is None:
        return None
    told = {"number": report.number, "day": report.business_day.isoformat(), "closed_at": _iso(report.closed_at)}
    return told | {"closer": report.closer, "workbook": workbook(report.number, home)}


def z_report(report: ZReport, home: Path) -> dict[str, Any]:
    """A closed day: its figures, its paper, its workbook."""
    return {
        "number": report.number,
        "day": report.business_day.isoformat(),
        "closed_at": _iso(report.closed_at),
        "closer": report.closer,
        "figures": {key: value for key, value in report.figures.items() if key != "running"},
        **paper(sheets.Sheet.from_json(report.paper)),
        "workbook": workbook(report.number, home),
    }


def paper(sheet: sheets.Sheet) -> dict[str, Any]:
    """A sheet as plain lines of paper, and as blocks of {label, text, bold} for a screen that lays it out itself."""
    return {
        "paper": sheets.preview(sheet, COLUMNS),
        "columns": COLUMNS,
        "venue": sheet.venue,
        "title": sheet.title,
        "notes": list(sheet.notes),
        "blocks": [
            [{"label": one.label, "text": sheet.shown(one), "bold": one.bold} for one in block]
            for block in sheet.blocks
        ],
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
