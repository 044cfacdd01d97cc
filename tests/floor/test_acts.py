"""The floor's acts as tablets send them: their words, what they answer, and who may."""

import pytest

from kiosk.floor import queries
from tests.support.counter import Counter, done, sentence
from tests.support.floor import ahead

pytestmark = pytest.mark.slow


async def test_an_evening_of_taps_is_understood(counter: Counter) -> None:
    marco, tables = await counter.tablet("Marco"), counter.house.tables
    booking = (await done(marco, "book", name="Bianchi", covers=4, due_at=ahead(10), table_id=tables["2"]))["id"]
    await done(marco, "change_booking", id=booking, covers=5)
    await done(marco, "no_show", id=booking)
    assert await done(marco, "unno_show", id=booking) == {"table_id": tables["2"]}
    one = (await done(marco, "seat_booking", id=booking, table_id=tables["2"]))["check_id"]
    waiting = (await done(marco, "wait", name="Rossi", covers=2))["id"]
    two = (await done(marco, "seat", table_id=tables["1"], covers=2, booking_id=waiting))["check_id"]
    assert await done(marco, "join", table_id=tables["1"], to_table_id=tables["2"]) == {"table_id": tables["2"]}
    await done(marco, "part", table_id=tables["1"])
    await done(marco, "merge", check_id=two, into_check_id=one)
    await done(marco, "unmerge", check_id=two)
    await done(marco, "to_counter", check_id=two, label="Rossi")
    await done(marco, "transfer", check_id=two, table_id=tables["1"])
    line_id = await counter.house.ring(two)
    moved = await done(marco, "move_lines", line_ids=[line_id], to={"label": "Rossi jun."})
    assert await done(marco, "move_lines", line_ids=[line_id], to={"check_id": one}) == {"check_id": one}
    assert await done(marco, "move_lines", line_ids=[line_id], to={"table_id": tables["1"]}) == {"check_id": two}
    await done(marco, "cancel_check", check_id=moved["check_id"])
    floor = (await marco.view("floor")).json()
    assert {table["label"]: table.get("check_id") for table in floor["tables"]} == {"1": two, "2": one}
    assert floor["plan"] == {"width": 1200, "height": 800}


async def test_tables_are_kept_back_and_released(counter: Counter) -> None:
    marco, table_id = await counter.tablet("Marco"), counter.house.tables["1"]
    await done(marco, "hold_table", table_id=table_id, reason="for a regular", until_at=ahead(30))
    assert (await counter.house.look(queries.show_floor))["tables"][0]["state"] == "held"
    await done(marco, "release_table", table_id=table_id)


async def test_managers_lay_out_the_floor_and_others_need_one(counter: Counter) -> None:
    sofia, marco = await counter.tablet("Sofia"), await counter.tablet("Marco")
    bar = (await done(sofia, "add_section", name="Bar"))["section_id"]
    table_id = (await done(sofia, "add_table", section_id=bar, label="B1", seats=1))["table_id"]
    place = {"id": table_id, "x": 0, "y": 0, "width": 100, "height": 100, "shape": "round"}
    await done(sofia, "place_tables", tables=[place])
    await done(sofia, "change_table", id=table_id, label="B2")
    sala = (await marco.view("floor")).json()["sections"][0]["id"]
    await done(sofia, "order_sections", section_ids=[bar, sala])
    await done(sofia, "rename_section", id=bar, name="Counter")
    assert sentence(await marco.act("place_tables", tables=[place])) == (403, "needs_manager")
    await done(sofia, "remove_table", id=table_id)
    await done(sofia, "remove_section", id=bar)


async def test_bookings_of_any_day_can_be_read(counter: Counter) -> None:
    marco = await counter.tablet("Marco")
    await done(marco, "book", name="Bianchi", covers=4, due_at="2027-12-31T20:00:00+01:00")
    shown = (await marco.view("bookings/2027-12-31")).json()["bookings"]
    assert [(one["name"], one["due_at"]) for one in shown] == [("Bianchi", "2027-12-31T19:00:00+00:00")]
    assert (await marco.view("bookings/2027-12-30")).json()["bookings"] == []
    assert (await marco.view("bookings/soon")).status_code == 422


async def test_words_that_no_screen_sends_change_nothing(counter: Counter) -> None:
    marco, table_id = await counter.tablet("Marco"), counter.house.tables["1"]
    for act, words in (
        ("seat", {"table_id": table_id, "covers": "2"}),
        ("move_lines", {"line_ids": [1], "to": {}}),
        ("move_lines", {"line_ids": [1], "to": {"label": "x", "table_id": table_id}}),
        ("move_lines", {"line_ids": [], "to": {"label": "x"}}),
        ("book", {"name": "x", "covers": 2, "due_at": 5}),
        ("hold_table", {"table_id": table_id, "reason": "x", "until_at": "x" * 41}),
        ("place_tables", {"tables": [{"id": table_id, "x": 0.5}]}),
    ):
        assert sentence(await marco.act(act, **words)) == (422, "unreadable"), act


async def test_what_people_write_is_plain_text(counter: Counter) -> None:
    marco = await counter.tablet("Marco")
    name = "<b>Anna</b>\u202e\x07 Bianchi"
    await done(marco, "wait", name=name, covers=2, note="=SUM(A1)\n\x1b@")
    (shown,) = (await counter.house.look(queries.show_floor))["bookings"]
    assert (shown["name"], shown["note"]) == ("<b>Anna</b> Bianchi", "=SUM(A1) @")


async def test_the_kitchen_neither_seats_nor_books(counter: Counter) -> None:
    dario, table_id = await counter.tablet("Dario"), counter.house.tables["1"]
    assert sentence(await dario.act("seat", table_id=table_id, covers=2)) == (403, "needs_manager")
    assert sentence(await dario.act("wait", name="x", covers=2)) == (403, "needs_manager")
    assert (await dario.view("floor")).status_code == 403
