"""What is read of the till and its day: which day is going on, which is to be closed, what holds it up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from kiosk.checks import queries as checks
from kiosk.checks.queries import Summary
from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.kitchen import queries as kitchen
from kiosk.payments import asking_queries
from kiosk.payments import till_locks as locks
from kiosk.payments.book import going_on
from kiosk.payments.models import Receipt
from kiosk.payments.rules import DrawerState
from kiosk.payments.till_errors import NoSuchZ
from kiosk.payments.till_models import Drawer, MoneyHead, Movement, ZReport
from kiosk.payments.till_rules import difference_word
from kiosk.printing import queries as printing

ONE = timedelta(days=1)
LAST_Z = 2**31
Tables = Callable[[Read, Collection[int]], Awaitable[dict[int, int]]]


@dataclass(frozen=True)
class Blocker:
    """What keeps a day from being closed: an open check, one with lines not sent, or a drawer. With a jump to it."""

    kind: str
    id: int
    label: str
    sentence: str
    waiter: str = ""
    total: int | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """How the day that is to be closed next stands. `is_begun`: money has moved on it."""

    day: date
    number: int
    is_begun: bool
    waiting: list[date]
    drawers: list[Drawer]
    blockers: list[Blocker] = field(default_factory=list)
    infos: list[dict[str, Any]] = field(default_factory=list)

    @property
    def uncounted(self) -> list[Drawer]:
        return [one for one in self.drawers if one.state is DrawerState.OPEN]


async def book_day(read: Read) -> date:
    """The business day that is booked on: the clock's, or the one after the last closed where that is later."""
    venue, head = await read.venue(), await head_of(read)
    by_clock = clock.business_day(clock.now(), timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
    return going_on(by_clock, head.closed_day, head.booked_day) if head else by_clock


async def head_of(read: Read) -> MoneyHead | None:
    """Where the books stand; nothing before money first moved."""
    venue = await read.venue()
    return (await read.session.scalars(select(MoneyHead).where(MoneyHead.venue_id == venue.id))).one_or_none()


async def open_days(read: Read, closed: date | None) -> list[date]:
    """The business days that money moved on or receipts were issued on and that are not closed, oldest first.

    Before the first close they begin with the first movement: what lies before it is another system's history.
    """
    venue = await read.venue()
    moved = select(Movement.business_day).where(Movement.venue_id == venue.id).distinct()
    days = set(await read.session.scalars(moved.where(Movement.business_day > closed) if closed else moved))
    since = closed or min(days, default=await book_day(read)) - ONE
    own = (Receipt.venue_id == venue.id, Receipt.series == "", Receipt.business_day > since)
    return sorted(days | set(await read.session.scalars(select(Receipt.business_day).where(*own).distinct())))


async def standing(read: Read) -> Standing:
    """The day to be closed next, which is the oldest that is not, and what holds it up."""
    head = await head_of(read)
    days = await open_days(read, head.closed_day if head else None)
    day = days[0] if days else await book_day(read)
    is_last = len(days) < 2
    drawers = await locks.not_closed(read) if is_last else []
    found = Standing(day, (head.z_no if head else 0) + 1, bool(days), days[1:], drawers)
    found.blockers.extend(await check_blockers(read, day))
    found.blockers.extend(await drawer_blockers(read, found.drawers))
    found.infos.extend(await infos(read))
    return found


async def check_blockers(read: Read, day: date) -> list[Blocker]:
    """The open checks of a day and of those before it."""
    venue = await read.venue()
    ids = await checks.show_open_ids(read, until=day)
    summaries = await checks.show_summaries(read, ids)
    say = venue.currency.say
    return [_check_blocker(summaries[check_id], say) for check_id in ids if check_id in summaries]


def _check_blocker(one: Summary, say: Callable[[int], str]) -> Blocker:
    label = check_name(one.dining, one.label)
    unsent = one.draft + one.held
    more = f"; {unsent} not sent" if unsent else ""
    kind = "unsent" if one.draft else "check"
    return Blocker(kind, one.check_id, label, f"{label} {_due(one, say)}{more}.", one.waiter, one.open, one.since)


def _due(one: Summary, say: Callable[[int], str]) -> str:
    """What is open of a check, in words."""
    if not one.open:
        return f"is open, nothing to pay, {one.waiter}"
    return f"is not paid{' in full' if one.paid else ''}, {say(one.open)}, {one.waiter}"


def check_name(dining: str, label: str) -> str:
    """How a check is called on the close of the day."""
    return f"Table {label}" if dining == "eat_in" else label


async def drawer_blockers(read: Read, drawers: Collection[Drawer]) -> list[Blocker]:
    """The drawers that are to be counted, or whose difference asks for a word."""
    venue = await read.venue()
    found = []
    for drawer in drawers:
        label = f"Drawer {drawer.till}"
        if drawer.state is DrawerState.OPEN:
            sentence = f"{label} is not counted, {drawer.holder} has it."
            found.append(Blocker("drawer", drawer.id, label, sentence, drawer.holder, None, drawer.opened_at))
        elif needs_reason(drawer, venue.over_short_allowed):
            difference = (drawer.counted or 0) - (drawer.expected or 0)
            amount = venue.currency.say(abs(difference))
            sentence = f"{label} is {difference_word(difference)} {amount}. Add a reason."
            found.append(Blocker("drawer", drawer.id, label, sentence, drawer.holder, None, drawer.counted_at))
    return found


def needs_reason(drawer: Drawer, allowed: int) -> bool:
    """Whether a counted drawer differs by more than goes without a word."""
    return abs((drawer.counted or 0) - (drawer.expected or 0)) > allowed and not drawer.reason


async def infos(read: Read) -> list[dict[str, Any]]:
    """What does not hold up the close, but is good to know: tickets at the stations, papers not printed."""
    board = await kitchen.show_board(read)
    tickets = len(board["tickets"])
    papers = await printing.count_waiting(read)
    found = []
    if tickets:
        found.append({"kind": "kitchen", "count": tickets, "sentence": f"{_many(tickets, 'ticket')} in the kitchen."})
    if unsettled := len(await asking_queries.unused(read)):
        sentence = f"{_many(unsettled, 'payment')} asked of a provider and on no receipt yet."
        found.append({"kind": "payment", "count": unsettled, "sentence": sentence})
    if papers:
        found.append({"kind": "print", "count": papers, "sentence": f"{_many(papers, 'paper')} not printed yet."})
    return found


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


async def opened(read: Read, day: date) -> tuple[datetime | None, str]:
    """When money first moved on a day, and by whom."""
    venue = await read.venue()
    mine = (Movement.venue_id == venue.id, Movement.business_day == day)
    first = select(func.min(Movement.seq)).where(*mine).scalar_subquery()
    found = select(Movement.moved_at, Movement.person).where(Movement.venue_id == venue.id, Movement.seq == first)
    row = (await read.session.execute(found)).one_or_none()
    return (row.moved_at, row.person) if row else (None, "")


async def z_report(read: Read, number: int) -> ZReport:
    """A closed day by the number of its Z. Raises NoSuchZ, also for a number that no database takes."""
    if not 0 < number < LAST_Z:
        raise NoSuchZ(number)
    venue = await read.venue()
    found = select(ZReport).where(ZReport.venue_id == venue.id, ZReport.number == number)
    report = (await read.session.scalars(found)).one_or_none()
    if report is None:
        raise NoSuchZ(number)
    return report


async def last_z(read: Read) -> ZReport | None:
    """The Z of the last closed day."""
    venue = await read.venue()
    found = select(ZReport).where(ZReport.venue_id == venue.id).order_by(ZReport.number.desc()).limit(1)
    return (await read.session.scalars(found)).one_or_none()
