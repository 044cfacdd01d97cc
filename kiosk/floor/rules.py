"""What the floor decides without looking: words and times that can be meant, joined tables, places on the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from kiosk.core import clock
from kiosk.floor.errors import (
    DayUnreadable,
    HoldTooLong,
    OffThePlan,
    SeatsOutOfRange,
    ShapeUnknown,
    TextMissing,
    TextTooLong,
    TimePast,
    TimeTooFar,
    TimeUnreadable,
)

MOST_SEATS = 99
LABEL_LENGTH = 16
COUNTER_LABEL_LENGTH = 40
SECTION_LENGTH = 40
NAME_LENGTH = 80
PHONE_LENGTH = 40
NOTE_LENGTH = 200
ONE_DAY = timedelta(days=1)
LONGEST_AHEAD = timedelta(days=731)
LONGEST_HOLD = ONE_DAY
GRACE = timedelta(hours=1)
"""A booking may be written down a little after it was due: the guests stand there."""
SITTING = timedelta(hours=1)
"""Two bookings of one table closer than this are a mistake."""
PLAN_WIDTH, PLAN_HEIGHT, SMALLEST = 1200, 800, 48


class Shape(StrEnum):
    """How a table looks on the plan."""

    SQUARE = "square"
    ROUND = "round"
    WIDE = "wide"


@dataclass(frozen=True)
class Place:
    """Where a table stands on its section's plan of 1200 by 800 units, from the top left corner."""

    x: int
    y: int
    width: int
    height: int
    shape: Shape


SIZES = {Shape.ROUND: (140, 140), Shape.SQUARE: (140, 120), Shape.WIDE: (240, 120)}
GRID = 20


def allowed_text(text: str, what: str, most: int, *, needed: bool = False) -> str:
    """A text with single blanks, or a refusal that says what it is for."""
    text = " ".join(text.split())
    if needed and not text:
        raise TextMissing(what)
    if len(text) > most:
        raise TextTooLong(what, most)
    return text


def allowed_seats(seats: int) -> int:
    """A number of seats a table can have, or a refusal."""
    if not 1 <= seats <= MOST_SEATS:
        raise SeatsOutOfRange(seats)
    return seats


def instant(text: str) -> datetime:
    """The instant an ISO text names, in UTC; refused without a time zone."""
    try:
        named = datetime.fromisoformat(text)
        if named.tzinfo is None:
            raise TimeUnreadable(text)
        return named.astimezone(UTC)
    except (ValueError, OverflowError) as unreadable:
        raise TimeUnreadable(text) from unreadable


def allowed_due(text: str, at: datetime) -> datetime:
    """When guests are expected: a moment ago at the earliest, two years ahead at the latest."""
    due_at = instant(text)
    if due_at > at + LONGEST_AHEAD:
        raise TimeTooFar
    if due_at < at - GRACE:
        raise TimePast
    return due_at


def allowed_until(text: str, at: datetime) -> datetime:
    """When a table kept back is free again by itself."""
    until_at = instant(text)
    if until_at <= at:
        raise TimePast
    if until_at > at + LONGEST_HOLD:
        raise HoldTooLong
    return until_at


def is_booked(due_at: datetime, at: datetime, before_s: int) -> bool:
    """Whether a booking shows on its table by now."""
    return at >= due_at - timedelta(seconds=before_s)


def booking_days(at: datetime, *, timezone: str, cutover_minutes: int) -> tuple[datetime, datetime]:
    """Where this business day begins and the coming one ends."""
    today = clock.business_day(at, timezone=timezone, cutover_minutes=cutover_minutes)
    return (
        day_start(today, timezone, cutover_minutes),
        day_start(today + 2 * ONE_DAY, timezone, cutover_minutes),
    )


def day_bounds(day: str, *, timezone: str, cutover_minutes: int) -> tuple[datetime, datetime]:
    """Where the business day named as 2026-12-31 begins and ends."""
    try:
        first = date.fromisoformat(day)
        return day_start(first, timezone, cutover_minutes), day_start(first + ONE_DAY, timezone, cutover_minutes)
    except (ValueError, OverflowError) as unreadable:
        raise DayUnreadable(day) from unreadable


def day_start(day: date, timezone: str, cutover_minutes: int) -> datetime:
    """When a business day begins, in UTC."""
    hour, minute = divmod(cutover_minutes, 60)
    return datetime.combine(day, time(hour, minute), ZoneInfo(timezone)).astimezone(UTC)


def groups_of(table_ids: Iterable[int], joined: Mapping[int, int]) -> set[int]:
    """These tables with all that are joined to them, whichever of them is the head; `joined` names heads.

    >>> sorted(groups_of([2], {2: 1, 3: 1}))
    [1, 2, 3]
    """
    heads = {joined.get(table_id, table_id) for table_id in table_ids}
    return heads | {member for member, head in joined.items() if head in heads}


def shape_of(name: str) -> Shape:
    """The shape of this name, or a refusal."""
    try:
        return Shape(name)
    except ValueError as unknown:
        raise ShapeUnknown(name) from unknown


def allowed_place(place: Place, label: str) -> Place:
    """A place that lies on the plan with all of the table, or a refusal."""
    fits_across = place.x >= 0 and place.x + place.width <= PLAN_WIDTH
    fits_down = place.y >= 0 and place.y + place.height <= PLAN_HEIGHT
    if not (fits_across and fits_down and min(place.width, place.height) >= SMALLEST):
        raise OffThePlan(label)
    return place


def free_place(seats: int, taken: Iterable[Place]) -> Place:
    """The first place of the plan, row by row, with an aisle around it; the corner when the plan is full."""
    others = list(taken)
    shape = Shape.ROUND if seats <= 2 else Shape.SQUARE if seats <= 4 else Shape.WIDE
    width, height = SIZES[shape]
    for y in range(GRID, PLAN_HEIGHT - height + 1, GRID):
        for x in range(GRID, PLAN_WIDTH - width + 1, GRID):
            room = Place(x - GRID, y - GRID, width + 2 * GRID, height + 2 * GRID, shape)
            if not any(_overlap(room, other) for other in others):
                return Place(x, y, width, height, shape)
    return Place(0, 0, width, height, shape)


def _overlap(one: Place, other: Place) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
