"""Guests who are expected, guests who wait at the door, and tables that staff keeps back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from kiosk.checks.errors import CoversOutOfRange
from kiosk.core import clock
from kiosk.floor import errors, queries, service
from kiosk.floor.service import Wish
from tests.support import journal
from tests.support.floor import Floor, ahead

pytestmark = pytest.mark.slow


@contextmanager
def later(minutes: float) -> Iterator[None]:
    """So many minutes pass."""
    moved = clock.now() + timedelta(minutes=minutes)

    def now() -> datetime:
        return moved

    with patch.object(clock, "now", now):
        yield


async def booking(floor: Floor, name: str) -> dict[str, Any]:
    return next(one for one in (await floor.view())["bookings"] if one["name"] == name)


@pytest.fixture(autouse=True)
async def _midday(floor: Floor) -> None:
    """Whenever the test runs, its business day began some three hours ago."""
    await floor.rule(timezone="UTC", cutover_minutes=(clock.now().hour - 3) % 24 * 60)


async def test_a_booking_shows_on_its_table_half_an_hour_before(floor: Floor) -> None:
    await floor.book("Bianchi", minutes=60, table="3", covers=4)
    tile = await floor.tile("3")
    assert (tile["state"], tile["booking"]["name"], tile["booking"]["covers"]) == ("available", "Bianchi", 4)
    with later(31):
        assert await floor.state("3") == "reserved"
        assert (await floor.tile("3"))["booking"]["is_late"] is False
    with later(61):
        assert (await floor.state("3"), (await floor.tile("3"))["booking"]["is_late"]) == ("reserved", True)
        assert (await booking(floor, "Bianchi"))["is_late"] is True


async def test_how_long_before_is_the_houses_to_say(floor: Floor) -> None:
    await floor.book("Bianchi", minutes=60, table="3")
    await floor.rule(reserved_before_s=2 * 3600)
    assert await floor.state("3") == "reserved"
    assert (await floor.view())["reserved_before_s"] == 7200


async def test_a_booking_says_everything_that_was_written_down(floor: Floor) -> None:
    due_at = ahead(60)
    wish = Wish("  Anna \n Bianchi ", 4, " +39 041  123 ", "high chair")
    booking_id = await floor.house.act(service.book, wish, due_at, table_id=floor.id("3"))
    shown = await booking(floor, "Anna Bianchi")
    assert shown.pop("made_at")
    assert datetime.fromisoformat(shown.pop("due_at")) == datetime.fromisoformat(due_at)
    assert shown == {
        "id": booking_id,
        "kind": "booked",
        "state": "waiting",
        "name": "Anna Bianchi",
        "covers": 4,
        "until_at": None,
        "phone": "+39 041 123",
        "note": "high chair",
        "table_id": floor.id("3"),
        "is_late": False,
    }


async def test_expected_guests_sit_down_with_their_booking(floor: Floor) -> None:
    booking_id = await floor.book("Bianchi", minutes=10, table="3", covers=5)
    check_id = await floor.house.act(service.seat_booking, booking_id, floor.id("3"))
    tile = await floor.tile("3")
    assert (tile["state"], tile["covers"], tile["check_id"], tile["booking"]) == ("seated", 5, check_id, None)
    assert (await floor.view())["bookings"] == []
    assert await floor.house.act(service.seat_booking, booking_id, floor.id("3")) == check_id
    with pytest.raises(errors.BookingEnded, match="Bianchi was seated already"):
        await floor.house.act(service.seat_booking, booking_id, floor.id("4"))
    assert await floor.state("4") == "available"


async def test_guests_with_a_booking_may_sit_elsewhere_and_in_other_numbers(floor: Floor) -> None:
    booking_id = await floor.book("Bianchi", minutes=10, table="3", covers=5)
    await floor.house.act(service.seat, floor.id("4"), 6, booking_id)
    assert [await floor.state(label) for label in "34"] == ["available", "seated"]
    assert (await floor.tile("4"))["covers"] == 6


async def test_expected_guests_are_not_put_to_others_at_their_table(floor: Floor) -> None:
    booking_id = await floor.book("Bianchi", minutes=10, table="3")
    check_id = await floor.house.seat("3")
    assert (await floor.tile("3"))["booking"]["name"] == "Bianchi"
    with pytest.raises(errors.TableTaken, match="Table 3 has guests"):
        await floor.house.act(service.seat_booking, booking_id, floor.id("3"))
    assert (await booking(floor, "Bianchi"))["state"] == "waiting"
    assert await floor.house.seat("3") == check_id


async def test_a_party_that_waits_at_the_door_gets_a_table(floor: Floor) -> None:
    waiting = await floor.house.act(service.wait, Wish("Okafor", 3))
    shown = await booking(floor, "Okafor")
    assert (shown["kind"], shown["is_late"], shown["table_id"]) == ("walk_in", False, None)
    check_id = await floor.house.act(service.seat_booking, waiting, floor.id("2"))
    assert (await floor.tile("2"))["check_id"] == check_id


async def test_a_booking_is_changed_in_what_is_said(floor: Floor) -> None:
    booking_id = await floor.book("Bianchi", minutes=60, table="3")
    changes = {"name": "Bianco", "covers": 6, "phone": "1", "note": "n", "table_id": floor.id("4"), "due_at": ahead(90)}
    await floor.house.act(service.change_booking, booking_id, changes)
    shown = await booking(floor, "Bianco")
    assert (shown["covers"], shown["phone"], shown["note"], shown["table_id"]) == (6, "1", "n", floor.id("4"))
    await floor.house.act(service.change_booking, booking_id, {"table_id": None})
    shown = await booking(floor, "Bianco")
    assert (shown["covers"], shown["table_id"]) == (6, None)


async def test_a_late_booking_is_changed_without_saying_its_time_anew(floor: Floor) -> None:
    booking_id = await floor.book("Bianchi", minutes=-50)
    due_at = (await booking(floor, "Bianchi"))["due_at"]
    with later(30):
        await floor.house.act(service.change_booking, booking_id, {"due_at": due_at, "covers": 3})
    assert (await booking(floor, "Bianchi"))["covers"] == 3


async def test_a_table_is_booked_once_an_hour(floor: Floor) -> None:
    await floor.book("Bianchi", minutes=60, table="3")
    other = await floor.book("Rossi", minutes=130, table="3")
    with pytest.raises(errors.TableBooked, match=r"Table 3 is booked for Bianchi at \d\d:\d\d\. Choose another"):
        await floor.book("Verdi", minutes=30, table="3")
    with pytest.raises(errors.TableBooked):
        await floor.house.act(service.change_booking, other, {"due_at": ahead(100)})
    await floor.house.act(service.change_booking, other, {"due_at": ahead(125)})


async def test_who_cancelled_or_did_not_come_keeps_no_table(floor: Floor) -> None:
    one, two = await floor.book("Bianchi", minutes=10, table="3"), await floor.book("Rossi", minutes=10, table="4")
    for _ in range(2):
        await floor.house.act(service.cancel_booking, one)
        await floor.house.act(service.no_show, two)
    assert [await floor.state(label) for label in "34"] == ["available", "available"]
    with pytest.raises(errors.BookingEnded, match="Bianchi was cancelled already"):
        await floor.house.act(service.seat_booking, one, floor.id("3"))
    with pytest.raises(errors.BookingEnded, match="Rossi did not come"):
        await floor.house.act(service.change_booking, two, {"covers": 3})
    told = await journal.acts(floor.house.db)
    assert (told.count("booking_cancelled"), told.count("booking_no_show")) == (1, 1)
    assert "Bianchi" not in "".join(await journal.bodies(floor.house.db))


async def test_who_comes_after_all_is_expected_again(floor: Floor) -> None:
    booking_id = await floor.book("Bianchi", minutes=10, table="3")
    await floor.house.act(service.no_show, booking_id)
    assert await floor.house.act(service.unno_show, booking_id) == floor.id("3")
    assert await floor.state("3") == "reserved"
    with pytest.raises(errors.BookingEnded, match="is waiting"):
        await floor.house.act(service.unno_show, booking_id)
    await floor.house.act(service.no_show, booking_id)
    await floor.book("Rossi", minutes=20, table="3")
    assert await floor.house.act(service.unno_show, booking_id) is None
    assert (await booking(floor, "Bianchi"))["table_id"] is None


async def test_a_table_kept_back_is_free_by_itself(floor: Floor) -> None:
    await floor.hold("4", minutes=30)
    tile = await floor.tile("4")
    assert (tile["state"], tile["booking"]["name"], tile["booking"]["kind"]) == ("held", "for a regular", "held")
    with later(30.01):
        assert (await floor.state("4"), (await floor.tile("4"))["booking"]) == ("available", None)
        assert (await floor.view())["bookings"] == []


async def test_a_table_kept_back_is_released_or_kept_longer(floor: Floor) -> None:
    await floor.hold("4", minutes=30)
    await floor.hold("4", minutes=60)
    assert len((await floor.view())["bookings"]) == 1
    with later(45):
        assert await floor.state("4") == "held"
    for _ in range(2):
        await floor.house.act(service.release_table, floor.id("4"))
    assert await floor.state("4") == "available"


async def test_who_is_seated_at_a_table_kept_back_ends_the_hold(floor: Floor) -> None:
    await floor.hold("4")
    check_id = await floor.house.seat("4")
    assert (await floor.state("4"), (await floor.tile("4"))["booking"]) == ("seated", None)
    with pytest.raises(errors.TableTaken, match="Hold it when they have left"):
        await floor.hold("4")
    await floor.hold("3")
    await floor.transfer(check_id, "3")
    assert [(await floor.tile(label))["booking"] for label in "34"] == [None, None]


async def test_a_hold_is_seen_on_all_joined_tables_and_released_from_any(floor: Floor) -> None:
    await floor.join("4", "3")
    await floor.hold("4")
    assert [await floor.state(label) for label in "34"] == ["held", "held"]
    await floor.house.act(service.release_table, floor.id("3"))
    assert [await floor.state(label) for label in "34"] == ["available", "available"]


async def test_a_booking_that_is_due_shows_before_a_hold(floor: Floor) -> None:
    await floor.hold("4", minutes=120)
    await floor.book("Bianchi", minutes=60, table="4")
    assert (await floor.tile("4"))["booking"]["kind"] == "held"
    with later(31):
        assert (await floor.state("4"), (await floor.tile("4"))["booking"]["name"]) == ("reserved", "Bianchi")


async def test_only_this_business_day_and_the_coming_one_are_shown_and_any_other_when_asked(floor: Floor) -> None:
    await floor.book("Today", minutes=30)
    await floor.book("Tomorrow", minutes=24 * 60)
    await floor.book("Later", minutes=3 * 24 * 60, table="3")
    shown = await floor.view()
    assert [one["name"] for one in shown["bookings"]] == ["Today", "Tomorrow"]
    assert (await floor.tile("3"))["booking"] is None
    assert (await day(floor, 3), await day(floor, 0), await day(floor, 2)) == (["Later"], ["Today"], [])
    with later(24 * 60):
        assert [one["name"] for one in (await floor.view())["bookings"]] == ["Tomorrow"]


async def day(floor: Floor, days: int) -> list[str]:
    async def named(read: Any) -> list[dict[str, Any]]:
        venue = await read.venue()
        today = clock.business_day(clock.now(), timezone=venue.timezone, cutover_minutes=venue.cutover_minutes)
        return await queries.show_bookings_of(read, (today + timedelta(days=days)).isoformat())

    return [one["name"] for one in await floor.house.look(named)]


@pytest.mark.parametrize(
    ("due_at", "refusal"),
    [
        ("2026-12-31T20:00:00", errors.TimeUnreadable),
        ("tomorrow at eight", errors.TimeUnreadable),
        ("0001-01-01T00:00:00+14:00", errors.TimeUnreadable),
        ("9999-12-31T23:59:59-14:00", errors.TimeUnreadable),
        ("2001-01-01T00:00:00Z", errors.TimePast),
        ("2100-01-01T00:00:00Z", errors.TimeTooFar),
    ],
)
async def test_a_time_that_cannot_be_meant_is_refused(floor: Floor, due_at: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        await floor.house.act(service.book, Wish("Bianchi", 2), due_at)
    assert (await floor.view())["bookings"] == []


async def test_words_that_cannot_be_meant_are_refused(floor: Floor) -> None:
    for wish, refusal in (
        (Wish("", 2), errors.TextMissing),
        (Wish("x" * 81, 2), errors.TextTooLong),
        (Wish("x", 0), CoversOutOfRange),
        (Wish("x", 2, "1" * 41), errors.TextTooLong),
        (Wish("x", 2, "", "n" * 201), errors.TextTooLong),
    ):
        with pytest.raises(refusal):
            await floor.house.act(service.wait, wish)
    with pytest.raises(errors.TableGone):
        await floor.house.act(service.book, Wish("x", 2), ahead(10), table_id=1)
    with pytest.raises(errors.BookingGone):
        await floor.house.act(service.no_show, 1)


async def test_a_hold_ends_later_today_and_not_before_it_began(floor: Floor) -> None:
    with pytest.raises(errors.TimePast):
        await floor.hold("4", minutes=-1)
    with pytest.raises(errors.HoldTooLong, match="at most a day"):
        await floor.hold("4", minutes=24 * 60 + 1)
    hold = await floor.hold("4")
    with pytest.raises(errors.BookingGone):
        await floor.house.act(service.seat_booking, hold, floor.id("3"))
