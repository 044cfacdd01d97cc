"""Managers lay out the floor: sections, tables and their places."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from kiosk import sample
from kiosk.core.actor import Role
from kiosk.core.errors import NeedsManager
from kiosk.floor import errors, rules, service
from kiosk.floor.models import DiningTable
from kiosk.floor.service import Place, Shape
from tests.support import journal
from tests.support.floor import Floor

CORNER = Place(0, 0, 120, 120, Shape.ROUND)


async def sections(floor: Floor) -> list[str]:
    return [section["name"] for section in (await floor.view())["sections"]]


async def test_tables_are_put_on_the_plan_all_or_none(floor: Floor) -> None:
    there = Place(1000, 700, 200, 100, Shape.WIDE)
    await floor.house.act(service.place_tables, {floor.id("1"): CORNER, floor.id("2"): there})
    tile = await floor.tile("2")
    assert [tile[name] for name in ("x", "y", "width", "height", "shape")] == [1000, 700, 200, 100, "wide"]
    with pytest.raises(errors.OffThePlan, match="Table 2 does not fit the plan"):
        await floor.house.act(service.place_tables, {floor.id("1"): there, floor.id("2"): replace(there, x=1001)})
    assert (await floor.tile("1"))["x"] == 0
    await floor.house.act(service.place_tables, {floor.id("1"): None})
    assert (await floor.tile("1"))["x"] is (await floor.tile("1"))["shape"] is None


@pytest.mark.parametrize("wrong", [{"x": -1}, {"y": 681}, {"width": 47}, {"height": 801}])
def test_a_place_off_the_plan_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(errors.OffThePlan):
        rules.allowed_place(replace(CORNER, **wrong), "1")


def test_a_shape_nobody_knows_is_refused() -> None:
    with pytest.raises(errors.ShapeUnknown, match="Choose square, round or wide"):
        rules.shape_of("star")


def test_new_tables_stand_where_there_is_room_until_there_is_none() -> None:
    taken: list[Place] = []
    for seats in (2, 4, 6) * 6:
        taken.append(rules.free_place(seats, taken))
    for place in taken:
        assert rules.allowed_place(place, "1") == place
    assert len({(place.x, place.y) for place in taken}) == 18
    assert rules.free_place(2, [Place(0, 0, 1200, 800, Shape.WIDE)]) == Place(0, 0, 140, 140, Shape.ROUND)


async def test_a_new_table_has_a_place_of_its_own(floor: Floor) -> None:
    table_id = await floor.house.act(service.add_table, await floor.section(), " 5 ", 6)
    tile = await floor.tile("5")
    assert (tile["id"], tile["seats"], tile["shape"], tile["state"]) == (table_id, 6, "wide", "available")
    assert len({(one["x"], one["y"]) for one in (await floor.view())["tables"]}) == 5


async def test_a_table_is_changed_in_what_is_said(floor: Floor) -> None:
    terrace = await floor.house.act(service.add_section, "Terrace")
    await floor.house.act(service.change_table, floor.id("1"), label="1a", seats=8)
    tile = await floor.tile("1a")
    assert (tile["seats"], tile["section_id"]) == (8, await floor.section())
    await floor.house.act(service.change_table, floor.id("1"), section_id=terrace)
    tile = await floor.tile("1a")
    assert (tile["seats"], tile["section_id"], tile["x"], tile["y"]) == (8, terrace, 20, 20)
    with pytest.raises(errors.LabelTaken):
        await floor.house.act(service.change_table, floor.id("1"), label="2")
    await floor.house.act(service.change_table, floor.id("1"), label="1a")


async def test_guests_go_by_the_new_number_of_their_table(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    await floor.house.act(service.change_table, floor.id("1"), label="100")
    assert (await floor.house.check(check_id))["label"] == "100"
    assert (await floor.house.board())["tickets"][0]["label"] == "100"


async def test_a_table_is_removed_and_its_number_free_again(floor: Floor) -> None:
    await floor.pay(await floor.party("1", "Tiramisù"))
    await floor.house.act(service.remove_table, floor.id("1"))
    assert [one["label"] for one in (await floor.view())["tables"]] == ["2", "3", "4"]
    with pytest.raises(errors.TableGone):
        await floor.house.seat("1")
    new = await floor.house.act(service.add_table, await floor.section(), "1", 2)
    assert new != floor.id("1")
    assert await floor.state("1") == "available"


async def test_a_table_in_use_is_not_removed(floor: Floor) -> None:
    await floor.party("1")
    await floor.join("3", "2")
    await floor.book("Bianchi", minutes=60 * 24 * 40, table="4")
    for label, refusal, why in (
        ("1", errors.TableTaken, "Table 1 has guests"),
        ("2", errors.AlreadyJoined, "Table 2 is joined to 3"),
        ("3", errors.AlreadyJoined, "Table 3 is joined to 2"),
        ("4", errors.TableStillBooked, "Table 4 is booked for Bianchi"),
    ):
        with pytest.raises(refusal, match=why):
            await floor.house.act(service.remove_table, floor.id(label))
    await floor.part("2")
    await floor.hold("2")
    with pytest.raises(errors.TableStillBooked, match="for a regular"):
        await floor.house.act(service.remove_table, floor.id("2"))
    await floor.house.act(service.remove_table, floor.id("3"))


async def test_sections_come_go_and_change_places(floor: Floor) -> None:
    bar = await floor.house.act(service.add_section, "Bar")
    terrace = await floor.house.act(service.add_section, "Terrace")
    await floor.house.act(service.rename_section, bar, "Counter")
    assert await sections(floor) == ["Sala", "Counter", "Terrace"]
    await floor.house.act(service.order_sections, [terrace, await floor.section(), bar])
    assert await sections(floor) == ["Terrace", "Sala", "Counter"]
    with pytest.raises(errors.SectionsMissing):
        await floor.house.act(service.order_sections, [terrace, terrace, bar])
    with pytest.raises(errors.SectionNameTaken, match="already a section Sala"):
        await floor.house.act(service.rename_section, bar, "Sala")
    await floor.house.act(service.remove_section, terrace)
    assert await sections(floor) == ["Sala", "Counter"]


async def test_only_an_empty_section_goes_and_never_the_last(floor: Floor) -> None:
    sala = await floor.section()
    with pytest.raises(errors.LastSection, match="Sala is the only section"):
        await floor.house.act(service.remove_section, sala)
    bar = await floor.house.act(service.add_section, "Bar")
    table_id = await floor.house.act(service.add_table, bar, "B1", 1)
    with pytest.raises(errors.SectionInUse, match="Bar still has tables"):
        await floor.house.act(service.remove_section, bar)
    await floor.house.act(service.remove_table, table_id)
    await floor.house.act(service.remove_section, bar)
    with pytest.raises(errors.SectionGone):
        await floor.house.act(service.add_table, bar, "B2", 1)


async def test_words_and_figures_of_the_layout_are_bounded(floor: Floor) -> None:
    sala = await floor.section()
    wrong: list[tuple[Callable[..., Awaitable[Any]], tuple[Any, ...], type[Exception]]] = [
        (service.add_table, (sala, "", 2), errors.TextMissing),
        (service.add_table, (sala, "x" * 17, 2), errors.TextTooLong),
        (service.add_table, (sala, "9", 0), errors.SeatsOutOfRange),
        (service.add_table, (sala, "9", 100), errors.SeatsOutOfRange),
        (service.add_section, (" ",), errors.TextMissing),
        (service.add_section, ("x" * 41,), errors.TextTooLong),
    ]
    for gesture, words, refusal in wrong:
        with pytest.raises(refusal):
            await floor.house.act(gesture, *words)


async def test_a_table_of_the_time_before_the_plan_stands_beside_it(floor: Floor) -> None:
    nowhere = dict.fromkeys(("x", "y", "width", "height", "shape"))
    await floor.house.db.run(lambda tx: tx.change(update(DiningTable).values(nowhere)))
    tile = await floor.tile("1")
    assert {name: tile[name] for name in nowhere} == nowhere


async def test_every_change_of_the_layout_is_in_the_journal(floor: Floor) -> None:
    before = len(await journal.acts(floor.house.db))
    bar = await floor.house.act(service.add_section, "Bar")
    table_id = await floor.house.act(service.add_table, bar, "B1", 1)
    await floor.house.act(service.change_table, table_id, seats=2)
    await floor.house.act(service.place_tables, {table_id: CORNER})
    await floor.house.act(service.remove_table, table_id)
    await floor.house.act(service.rename_section, bar, "Counter")
    await floor.house.act(service.remove_section, bar)
    assert (await journal.acts(floor.house.db))[before:] == [
        "section_added",
        "table_added",
        "table_changed",
        "tables_placed",
        "table_removed",
        "section_renamed",
        "section_removed",
    ]


async def test_a_waiter_does_not_lay_out_the_floor(floor: Floor) -> None:
    waiter = replace(floor.house.by, role=Role.WAITER)
    for gesture, words in (
        (service.add_section, ("Bar",)),
        (service.place_tables, ({floor.id("1"): CORNER},)),
        (service.remove_table, (floor.id("1"),)),
        (service.change_table, (floor.id("1"),)),
    ):
        with pytest.raises(NeedsManager):
            await floor.house.act(gesture, *words, by=waiter)


def test_the_sample_has_a_plan_on_which_no_two_tables_stand_on_each_other() -> None:
    for section, tables in sample.SECTIONS.items():
        places = {label: sample._place(section, label) for label in tables}
        assert len(places) == len(sample.PLACES[section])
        for label, place in places.items():
            rules.allowed_place(place, label)
            assert not [one for one, other in places.items() if one != label and rules._overlap(place, other)]
