"""Parties and their lines on the move: to another table, the counter, another check, and back."""

from typing import Any

import pytest

from kiosk.checks import service as checks
from kiosk.checks.errors import CheckClosed, LineGone
from kiosk.checks.service import Dining
from kiosk.floor import errors, service
from kiosk.floor.service import Goal
from tests.support import journal
from tests.support.floor import Floor

pytestmark = pytest.mark.slow


async def labels(floor: Floor) -> list[str]:
    return [ticket["label"] for ticket in (await floor.house.board())["tickets"]]


async def test_a_party_moves_with_everything_it_has(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    await floor.transfer(check_id, "3")
    assert [await floor.state(label) for label in "13"] == ["available", "ordered"]
    assert (await floor.tile("3"))["check_id"] == check_id
    assert (await floor.house.check(check_id))["label"] == "3"
    assert await labels(floor) == ["3"]
    assert (await journal.acts(floor.house.db))[-1] == "check_transferred"


async def test_a_transfer_is_undone_by_a_transfer(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    seated_at = (await floor.tile("1"))["seated_at"]
    await floor.transfer(check_id, "3")
    await floor.transfer(check_id, "1")
    assert (await floor.tile("1"))["seated_at"] == seated_at
    assert [await floor.state(label) for label in "13"] == ["ordered", "available"]


async def test_a_table_with_guests_takes_no_other_party(floor: Floor) -> None:
    check_id, _ = await floor.party("1"), await floor.party("3")
    with pytest.raises(errors.TableTaken, match="Table 3 has guests"):
        await floor.transfer(check_id, "3")
    with pytest.raises(errors.AlreadyThere):
        await floor.transfer(check_id, "1")
    assert (await floor.tile("1"))["check_id"] == check_id


async def test_a_party_moves_where_another_has_paid(floor: Floor) -> None:
    check_id, gone = await floor.party("1", "Tiramisù"), await floor.party("3", "Tiramisù")
    await floor.pay(gone)
    await floor.transfer(check_id, "3")
    assert (await floor.tile("3"))["check_id"] == check_id


async def test_a_paid_party_does_not_move(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    await floor.pay(check_id)
    with pytest.raises(CheckClosed):
        await floor.transfer(check_id, "3")
    assert await floor.state("3") == "available"


async def test_a_party_goes_to_the_counter_and_back_to_a_table(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    await floor.house.act(service.to_counter, check_id, "  Rossi,  at the bar ")
    assert await floor.state("1") == "available"
    card = (await floor.view())["counter"][0]
    assert (card["check_id"], card["label"], card["state"], card["total"]) == (
        check_id,
        "Rossi, at the bar",
        "ordered",
        700,
    )
    assert await labels(floor) == ["Rossi, at the bar"]
    with pytest.raises(errors.NotAtTable):
        await floor.house.act(service.to_counter, check_id, "Rossi")
    await floor.transfer(check_id, "2")
    assert (await floor.view())["counter"] == []
    assert (await floor.tile("2"))["check_id"] == check_id


async def test_a_check_at_the_counter_moves_to_a_table(floor: Floor) -> None:
    check_id = await floor.house.act(checks.open_check, "Bianchi", 2)
    await floor.transfer(check_id, "2")
    assert (await floor.tile("2"))["check_id"] == check_id


async def test_the_counter_shows_open_checks_without_a_table(floor: Floor) -> None:
    await floor.party("1", "Tiramisù")
    away = await floor.house.act(checks.open_check, "Neri", 1, dining=Dining.TAKE_AWAY)
    await floor.house.ring(away)
    card: dict[str, Any]
    (card,) = (await floor.view())["counter"]
    assert (card["check_id"], card["label"], card["dining"], card["pickup_at"]) == (away, "Neri", "take_away", None)
    assert (card["draft"], card["held"], card["warned"], card["initials"]) == (1, 0, 0, "CL")
    await floor.house.send(away)
    await floor.pay(away)
    assert (await floor.view())["counter"] == []


async def test_merging_frees_the_table_and_unmerging_brings_the_party_back(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Diavola")
    await floor.house.act(service.merge, two, one)
    assert [await floor.state(label) for label in "12"] == ["ordered", "available"]
    assert (await floor.tile("1"))["total"] == 1850
    await floor.house.act(service.unmerge, two)
    assert [(await floor.tile(label))["total"] for label in "12"] == [700, 1150]
    assert (await floor.tile("2"))["check_id"] == two


async def test_a_merged_party_comes_not_back_to_a_table_with_other_guests(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Diavola")
    await floor.house.act(service.merge, two, one)
    other = await floor.party("2")
    with pytest.raises(errors.TableTaken, match="Table 2 has guests"):
        await floor.house.act(service.unmerge, two)
    await floor.transfer(other, "3")
    await floor.house.act(service.unmerge, two)
    assert (await floor.tile("2"))["check_id"] == two


async def test_a_merged_party_whose_table_was_removed_comes_back_at_the_counter(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Diavola")
    await floor.house.act(service.merge, two, one)
    await floor.house.act(service.remove_table, floor.id("2"))
    await floor.house.act(service.unmerge, two)
    assert [card["check_id"] for card in (await floor.view())["counter"]] == [two]


async def test_a_counter_check_merges_into_a_tables_and_comes_back(floor: Floor) -> None:
    one = await floor.party("1", "Tiramisù")
    bar = await floor.house.act(checks.open_check, "Bar", 1)
    await floor.house.ring(bar)
    await floor.house.act(service.merge, bar, one)
    assert (await floor.view())["counter"] == []
    await floor.house.act(service.unmerge, bar)
    assert [card["label"] for card in (await floor.view())["counter"]] == ["Bar"]


async def test_who_went_to_the_counter_and_was_merged_there_comes_back_at_the_counter(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Diavola")
    await floor.house.act(service.to_counter, one, "Bar")
    await floor.house.act(service.merge, one, two)
    others = await floor.party("1")
    await floor.house.act(service.unmerge, one)
    assert [(card["check_id"], card["label"]) for card in (await floor.view())["counter"]] == [(one, "Bar")]
    assert (await floor.tile("1"))["check_id"] == others


async def test_lines_move_to_another_check_and_back(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù", "Diavola"), await floor.party("2")
    line_id = (await floor.lines(one))[0]
    assert await floor.house.act(service.move_lines, [line_id], Goal(check_id=two)) == two
    assert [(await floor.tile(label))["total"] for label in "12"] == [1150, 700]
    assert await floor.house.act(service.move_lines, [line_id], Goal(table_id=floor.id("1"))) == one
    assert [(await floor.tile(label))["total"] for label in "12"] == [1850, 0]


async def test_lines_that_move_to_a_free_table_seat_it(floor: Floor) -> None:
    one = await floor.party("1", "Tiramisù", "Diavola")
    new = await floor.house.act(service.move_lines, (await floor.lines(one))[:1], Goal(table_id=floor.id("4")))
    tile = await floor.tile("4")
    assert (tile["check_id"], tile["covers"], tile["total"], tile["state"]) == (new, 1, 700, "ordered")


async def test_lines_that_move_to_a_name_open_a_check_that_is_taxed_alike(floor: Floor) -> None:
    away = await floor.house.act(checks.open_check, "Neri", 1, dining=Dining.TAKE_AWAY)
    line_id = await floor.house.ring(away)
    new = await floor.house.act(service.move_lines, [line_id], Goal(label="Verdi"))
    check = await floor.house.check(new)
    assert (check["label"], check["dining"], check["sums"]["total"]) == ("Verdi", "take_away", 700)
    assert {card["label"] for card in (await floor.view())["counter"]} == {"Neri", "Verdi"}


async def test_lines_that_are_gone_open_no_check(floor: Floor) -> None:
    with pytest.raises(LineGone):
        await floor.house.act(service.move_lines, [1], Goal(table_id=floor.id("4")))
    assert await floor.state("4") == "available"


async def test_a_name_for_the_counter_is_short_and_there(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    with pytest.raises(errors.TextMissing):
        await floor.house.act(service.to_counter, check_id, " ")
    with pytest.raises(errors.TextTooLong, match="at most 40"):
        await floor.house.act(service.to_counter, check_id, "x" * 41)
