from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from kiosk.checks import queries, service
from kiosk.checks.models import CheckLine
from kiosk.checks.queries import Summary
from kiosk.checks.today import favourites, show_today
from kiosk.core.db import Database
from kiosk.core.ids import first_id, new_id
from kiosk.menu import service as menu
from kiosk.menu.queries import Listed
from kiosk.staff import service as staff
from kiosk.staff.pins import Pins
from tests.support.evening import Evening, evening


async def summary(party: Evening) -> Summary:
    return (await party.house.look(queries.show_summaries, [party.check_id]))[party.check_id]


async def courses(party: Evening) -> dict[str, tuple[int, int, int, int, int]]:
    words = ("drafts", "held", "cooking", "ready", "served")
    return {one["name"]: tuple(one[word] for word in words) for one in (await party.check())["courses"]}


async def test_a_check_tells_how_far_each_course_is(db: Database) -> None:
    party = await evening(db)
    _, soup, *_ = await party.ring("Water", "Soup", "Salad", "Steak", "Cake")
    await party.send()
    await party.act(service.serve, party.check_id, [soup])
    await party.ring("Steak")
    assert await courses(party) == {
        "Drinks": (0, 0, 1, 0, 0),
        "Starters": (0, 0, 1, 0, 1),
        "Mains": (1, 1, 0, 0, 0),
        "Desserts": (0, 1, 0, 0, 0),
    }


async def test_the_next_course_had_best_be_fired_a_gap_after_the_last_plate_less_the_wait(db: Database) -> None:
    party = await evening(db)
    water, soup, salad, _, _ = await party.ring("Water", "Soup", "Salad", "Steak", "Cake")
    await party.send()

    async def fire_at() -> list[str | None]:
        return [one["fire_at"] for one in (await party.check())["courses"]]

    assert await fire_at() == [None, None, None, None]
    await party.act(service.serve, party.check_id, [soup, water])
    assert await fire_at() == [None, None, None, None]
    await party.act(service.serve, party.check_id, [salad])
    last_plate = datetime.fromisoformat((await party.line(salad))["served_at"])
    suggested = last_plate + timedelta(seconds=720 - 660)
    assert await fire_at() == [None, None, suggested.isoformat(), None]
    tile = await summary(party)
    assert tile.next_course is not None
    assert (tile.next_course.no, tile.next_course.name, tile.next_course.lines) == (2, "Mains", 1)
    assert (tile.next_course.fire_at, tile.course_gap, tile.held) == (suggested, 720, 2)


async def test_what_can_be_taken_back_is_the_latest_gesture_and_only_for_its_time(db: Database) -> None:
    party = await evening(db)
    assert (await party.check())["undo"] is None
    await party.ring("Soup", "Steak")
    sent = await party.send()
    assert sent.undo_until is not None
    assert (await party.check())["undo"] == {"fire_no": 1, "until": sent.undo_until.isoformat(), "lines": 2}
    await party.fire(2)
    assert (await party.check())["undo"]["fire_no"] == 2
    await party.take_back(2)
    assert (await party.check())["undo"]["fire_no"] == 1
    await party.take_back(1)
    assert (await party.check())["undo"] is None


async def test_a_check_names_its_people_its_table_less_and_its_house_rules(db: Database) -> None:
    party = await evening(db)
    marco = await staff.add_person(
        db, Pins(b"p" * 32, rounds=10), name="Marco Rossi", role="waiter", pin="1111", by=party.house.by
    )
    pickup = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
    counter = await party.act(service.open_check, "Bianchi", 1, dining=service.Dining.TAKE_AWAY, pickup_at=pickup)
    check = await party.check(counter)
    assert (check["pickup_at"], check["dining"]) == ("2026-11-21T19:30:00+00:00", "take_away")
    await db.run(lambda tx: service.set_waiter(tx, counter, marco, "Marco Rossi"))
    (soup,) = await party.ring("Soup")
    await db.run(lambda tx: tx.change(update(CheckLine).values(rung_by=marco)))
    assert (await party.check(counter))["initials"] == "MR"
    assert ((await party.line(soup))["by"], (await party.line(soup))["category"]) == ("MR", "Starters")
    assert ((await party.check())["hold_courses"], (await party.check())["merged_into_id"]) == (True, None)


async def test_drafts_and_held_dishes_of_what_is_sold_out_are_counted_as_warned(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup", "Soup", "Steak")
    assert (await summary(party)).warned == 0
    await party.act(menu.eighty_six, await party.house.item("Soup"), is_out=True, portions_left=None)
    assert (await summary(party)).warned == 2
    await party.act(menu.eighty_six, await party.house.item("Soup"), is_out=False, portions_left=None)
    await party.send()
    await party.act(menu.eighty_six, await party.house.item("Steak"), is_out=True, portions_left=None)
    assert (await summary(party)).warned == 1


async def test_the_kitchen_is_told_in_advance_what_is_held(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup")
    (steak,) = await party.ring("Steak", quantity=2, note="rare", is_allergy=True)
    await party.send()
    held = {
        "line_id": steak,
        "course": 2,
        "quantity": 2,
        "name": "Steak",
        "portion": "",
        "stations": ["grill"],
        "is_allergy": True,
        "note": "rare",
    }
    assert await party.house.look(queries.show_held, None) == {party.check_id: [held]}
    assert await party.house.look(queries.show_held, [party.check_id]) == {party.check_id: [held]}
    assert await party.house.look(queries.show_held, [1]) == {}
    await party.fire(2)
    assert await party.house.look(queries.show_held, None) == {}


def test_an_id_says_when_it_was_made() -> None:
    before = datetime.now(UTC)
    assert first_id(before) <= new_id() < first_id(before + timedelta(minutes=1))


def test_favourites_are_pinned_ones_and_what_sells_in_the_order_of_the_menu() -> None:
    listed = [Listed(number, number % 3, number == 40) for number in range(50)]
    assert favourites(listed, [49, 7, 999]) == [7, 40, 49]
    assert favourites(listed, [])[:3] == [0, 1, 2]
    assert len(favourites(listed, list(range(49, -1, -1)))) == 24
    assert favourites(listed, list(range(49, -1, -1)))[:2] == [26, 27]


async def test_today_shows_what_sells_and_what_this_person_rang_last(db: Database) -> None:
    party = await evening(db)
    names = {await party.house.item(name): name for name in ("Water", "Soup", "Steak", "Cake", "Pasta", "Special")}

    async def today(person_id: int | None = None) -> tuple[list[str], list[str]]:
        shown = await party.house.look(show_today, person_id)
        return [names.get(one, "") for one in shown["favourites"]], [names.get(one, "") for one in shown["last"]]

    assert (await today())[0][:3] == ["Water", "", "Soup"]
    await party.ring("Cake", quantity=20)
    await party.ring("Steak", quantity=9)
    await party.ring("Cake")
    marco = await staff.add_person(
        db, Pins(b"p" * 32, rounds=10), name="Marco", role="waiter", pin="1111", by=party.house.by
    )
    assert await today(marco) == (["Steak", "Cake"], [])
    await db.run(lambda tx: tx.change(update(CheckLine).values(rung_by=marco)))
    assert await today(marco) == (["Steak", "Cake"], ["Cake", "Steak"])
