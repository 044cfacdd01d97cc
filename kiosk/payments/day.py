"""The business day: X at any time, what holds up its close, carrying over by name, and the close with its Z.

Order of locks of the close: the drawers by their ids, then the book. A tender in cash that is under way holds its
drawer and its check, so the close waits for it or sees its check open; one by card waits for the book, and is booked
on the next day when the close was first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from kiosk.checks import queries as checks
from kiosk.checks.touching import touch
from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.core.journal_audit import journal_head
from kiosk.payments import till_errors as errors
from kiosk.payments import till_figures, till_paper, till_slips, till_summary
from kiosk.payments import till_locks as locks
from kiosk.payments import till_queries as queries
from kiosk.payments.book import Book, open_book
from kiosk.payments.drawers import close_counted
from kiosk.payments.till_acts import CARRIED
from kiosk.payments.till_events import DayClosed, TillChanged
from kiosk.payments.till_models import Movement, ZReport
from kiosk.payments.till_queries import Blocker, Standing, standing
from kiosk.payments.till_rules import clean
from kiosk.printing.sheets import Sheet
from kiosk.staff import service as staff

Figures = dict[str, Any]


@dataclass(frozen=True)
class Closed:
    """What came of the close: the Z with its number, its day and its paper."""

    z_id: int
    number: int
    day: date
    figures: Figures
    paper: dict[str, Any]


async def x_report(read: Read, day: date | None = None) -> Figures:
    """The figures of a business day as they stand, else of the one to be closed next; nothing changes by it."""
    return await till_figures.figures(read, day or (await standing(read)).day)


async def x_paper(read: Read, by: Actor, told: Figures) -> Sheet:
    """X as a sheet."""
    return await _sheet(read, "X report", told, by)


async def z_preview(read: Read, by: Actor, found: Standing) -> Sheet:
    """The paper of the Z that would be printed now."""
    return await _sheet(read, f"Z report {found.number}, preview", await x_report(read, found.day), by)


async def blockers(read: Read) -> list[Blocker]:
    """What keeps the day from being closed, by name."""
    return (await standing(read)).blockers


async def carry_over(tx: Tx, check_id: int, reason: str, *, by: Actor) -> date:
    """An open check goes on into the next business day, which is returned; the Z of this one names it."""
    await staff.must(tx, by, Permission.CLOSE_DAY)
    check = await checks.lock(tx, check_id)
    day = (await standing(tx)).day
    summary = (await checks.show_summaries(tx, [check_id]))[check_id]
    name = queries.check_name(check.dining, check.label)
    if check.business_day > day:
        raise errors.NothingToCarry(name)
    if not (why := clean(reason)):
        raise errors.SayWhy
    check.business_day = day + queries.ONE
    told = {"number": check.number, "label": name, "total": summary.open, "reason": why}
    tx.record(Act(CARRIED, "check", check.id, by, {**told, "to": check.business_day.isoformat()}))
    tx.announce(TillChanged())
    touch(tx, check)
    return check.business_day


async def close_day(tx: Tx, day: date, number: int, *, by: Actor) -> Closed:
    """Close a business day with its Z: counted drawers go to the safe, the figures are kept, the paper is printed.

    `number` is the Z the screen showed. Of two who close at once one does. Raises AlreadyClosed, AnotherDayFirst,
    NothingToClose, DayAhead of the clock, or DayNotClear with what holds it up.
    """
    await staff.must(tx, by, Permission.CLOSE_DAY)
    await locks.lock_not_closed(tx)
    book = await open_book(tx)
    await _must_be_next(tx, book, day, number)
    found = await standing(tx)
    if found.blockers:
        raise errors.DayNotClear([one.sentence for one in found.blockers])
    for drawer in found.drawers:
        await close_counted(tx, book, drawer, by)
    await book.close()
    closed = await _write(tx, book, day, by)
    await print_sheet(tx, closed.paper, cause=f"Z {closed.number}")
    summary = await till_summary.summary(tx, closed.figures, f"Day summary {closed.number}", by)
    await print_sheet(tx, summary.to_json(), cause=f"day summary {closed.number}")
    tx.record(Act("day_closed", "z_report", closed.z_id, by, _told(closed)))
    tx.announce(DayClosed(day))
    tx.announce(TillChanged())
    return closed


async def _must_be_next(tx: Tx, book: Book, day: date, number: int) -> None:
    closed = book.head.closed_day
    if closed and day <= closed:
        mine = (ZReport.venue_id == book.head.venue_id, ZReport.business_day == day)
        found = (await tx.session.execute(select(ZReport.number).where(*mine))).scalar_one_or_none()
        raise errors.AlreadyClosed(day, found or book.head.z_no)
    days = await queries.open_days(tx, closed)
    if not days:
        raise errors.NothingToClose(day)
    if day != days[0] or number != book.head.z_no + 1:
        raise errors.AnotherDayFirst(days[0], book.head.z_no + 1)
    # Else each close would push the days that follow further ahead of the clock.
    venue = await tx.venue()
    today = clock.business_day(tx.at, timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
    if day > today:
        raise errors.DayAhead(day, today)


async def _write(tx: Tx, book: Book, day: date, by: Actor) -> Closed:
    """The Z: numbered, with its figures and its paper."""
    told = await till_figures.figures(tx, day)
    told["running"] = await _running(tx, day)
    told["journal"] = (await journal_head(tx)).anchor
    number = book.draw_z(day)
    paper = (await _sheet(tx, f"Z report {number}", told, by)).to_json()
    z_id = new_id()
    row = {"id": z_id, "venue_id": book.head.venue_id, "number": number, "business_day": day, "closed_at": tx.at}
    who = {"closed_by": by.person_id, "closer": by.name}
    await tx.change(insert(ZReport).values(**row, **who, figures=told, paper=paper))
    return Closed(z_id, number, day, told, paper)


async def _running(tx: Tx, day: date) -> list[list[Any]]:
    """What all movements up to the end of a day come to, by account, kind and person: count, amount, tips.

    The daybook takes the sums of any range of closed days from two of these, however many movements there are.
    """
    before = await queries.last_z(tx)
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for *key, count, amount, tip in before.figures["running"] if before else ():
        sums[tuple(key)] = [count, amount, tip]
    by = (Movement.account, Movement.kind, Movement.person_id)
    asked = select(*by, func.count(), func.sum(Movement.amount), func.sum(Movement.tip)).group_by(*by)
    venue = await tx.venue()
    for *key, count, amount, tip in await tx.session.execute(
        asked.where(Movement.venue_id == venue.id, Movement.business_day == day)
    ):
        known = sums[tuple(key)]
        sums[tuple(key)] = [known[0] + count, known[1] + int(amount), known[2] + int(tip)]
    return [[*key, *values] for key, values in sums.items()]


async def _sheet(read: Read, title: str, told: Figures, by: Actor) -> Sheet:
    venue = await read.venue()
    day = date.fromisoformat(told["day"])
    since, _ = await queries.opened(read, day)
    at = read.at if isinstance(read, Tx) else clock.now()
    return till_paper.sheet_of(venue, till_paper.Heading(title, day, since, at, by.name), told)


def _told(closed: Closed) -> dict[str, Any]:
    kept = ("turnover", "net", "tax", "tips", "rounding", "sales", "returns", "receipts", "first_number", "last_number")
    drawers = [[one["till"], one["expected"], one["counted"]] for one in closed.figures["drawers"]]
    told = {"number": closed.number, "day": closed.day.isoformat(), "drawers": drawers}
    return told | {key: closed.figures[key] for key in kept}


async def print_x(tx: Tx, *, by: Actor) -> Figures:
    """Print X; whoever has to count a drawer blind does not find on it what the drawer holds."""
    await staff.must(tx, by, Permission.SEE_TILL)
    told = seen_by(by, await x_report(tx))
    number = await tx.draw("x report")
    await print_sheet(tx, (await x_paper(tx, by, told)).to_json(), cause=f"X {number}")
    tx.record(Act("x_printed", "venue", by.venue_id, by, {"day": told["day"], "number": number}))
    return told


async def print_z(tx: Tx, number: int, *, by: Actor) -> None:
    """Print a Z again."""
    await staff.must(tx, by, Permission.SEE_TILL)
    report = await queries.z_report(tx, number)
    copy_no = await tx.draw(f"copy {report.id}") + 1
    paper = report.paper | {"title": f"{report.paper['title']}, copy {copy_no}"}
    await print_sheet(tx, paper, cause=f"Z {number} copy {copy_no}")
    tx.record(Act("z_reprinted", "z_report", report.id, by, {"number": number, "copy": copy_no}))


async def print_sheet(tx: Tx, paper: dict[str, Any], *, cause: str) -> None:
    """Let a sheet be printed where reports are, else where receipts are."""
    await till_slips.print_at(tx, paper, till_slips.REPORTS, cause=cause, label=str(paper["title"]))


def seen_by(by: Actor, told: Figures) -> Figures:
    """The figures as a person may see them: who counts blind is not told what a drawer that is not counted holds."""
    if by.may(Permission.SEE_DAYBOOK) or all(one["counted"] is not None for one in told["drawers"]):
        return told
    hidden: Figures = {"cash": None, "expected": None, "foreign": []}
    drawers = [one if one["counted"] is not None else one | hidden for one in told["drawers"]]
    tenders = [one | {"amount": None} if one["kind"] == "cash" else one for one in told["tenders"]]
    return told | {"drawers": drawers, "tenders": tenders}
