import pytest

from kiosk.checks import errors, service
from kiosk.core.db import Database
from kiosk.floor import service as floor
from tests.support import journal
from tests.support.evening import Evening, evening


async def labels(party: Evening) -> dict[str, str]:
    """Where each dish on the board goes: its own label, if it has one, or its ticket's."""
    tickets = (await party.house.board())["tickets"]
    return {line["name"]: line["label"] or ticket["label"] for ticket in tickets for line in ticket["lines"]}


async def test_moved_lines_stay_what_they_are_and_are_never_sent_again(db: Database) -> None:
    party = await evening(db)
    other = await party.other()
    soup, salad, steak = await party.ring("Soup", "Salad", "Steak")
    await party.send()
    (cake,) = await party.ring("Cake")
    assert await party.act(service.move_lines, [soup, steak, cake], other) == 3
    assert await party.states() == {"Salad": "cooking"}
    assert await party.states(other) == {"Soup": "cooking", "Steak": "held", "Cake": "draft"}
    assert await labels(party) == {"Soup": "2", "Salad": "1"}
    dish = (await party.house.board())["tickets"][0]["lines"][0]
    assert (dish["mark"], dish["was"]) == ("changed", "1")
    assert ((await party.check())["sums"]["total"], (await party.check(other))["sums"]["total"]) == (900, 3500)
    await party.act(service.fire_course, other, 2)
    await party.act(service.send, other)
    assert await party.cooked() == {"Soup": 1, "Salad": 1, "Steak": 1, "Cake": 1}
    await party.bump_all()
    assert await party.act(service.serve, other) == 3
    assert salad in [line["id"] for line in (await party.check())["lines"]]
    assert "lines_moved" in await journal.acts(db)


async def test_a_move_takes_all_of_a_set_menu_and_ends_the_wish_for_the_bill(db: Database) -> None:
    party = await evening(db)
    other = await party.other()
    await party.act(service.ring, other, service.Wish(await party.house.portion("Soup")))
    await party.house.send(other)
    await party.act(service.ask_bill, other)
    lunch = await party.lunch("Soup", "Steak", "Water")
    assert await party.act(service.move_lines, lunch[:1], other) == 3
    check = await party.check(other)
    assert (check["sums"]["total"], check["bill_asked_at"]) == (3200, None)
    assert (await party.check())["lines"] == []


async def test_what_is_gone_or_void_or_on_a_closed_check_does_not_move(db: Database) -> None:
    party = await evening(db)
    other = await party.other()
    (soup,) = await party.ring("Soup")
    await party.send()
    with pytest.raises(errors.LineGone):
        await party.act(service.move_lines, [soup], party.check_id)
    with pytest.raises(errors.LineGone):
        await party.act(service.move_lines, [1], other)
    await party.act(service.void_line, soup, "left")
    with pytest.raises(errors.LineAlreadyVoid):
        await party.act(service.move_lines, [soup], other)
    (salad,) = await party.ring("Salad")
    await party.act(service.cancel_check, other)
    with pytest.raises(errors.CheckClosed):
        await party.act(service.move_lines, [salad], other)


async def test_merged_checks_are_one_bill_and_can_be_two_again(db: Database) -> None:
    party = await evening(db)
    other = await party.other()
    await party.ring("Soup", "Steak")
    await party.send()
    await party.act(service.merge, party.check_id, other)
    source, into = await party.check(), await party.check(other)
    assert (source["state"], source["merged_into_id"], source["lines"]) == ("cancelled", other, [])
    assert (into["covers"], into["sums"]["total"]) == (4, 2800)
    assert await labels(party) == {"Soup": "2"}
    with pytest.raises(errors.CheckClosed):
        await party.ring("Cake")
    await party.act(service.fire_course, other, 2)
    await party.act(service.ring, other, service.Wish(await party.house.portion("Cake")))
    await party.act(service.unmerge, party.check_id)
    assert await party.states() == {"Soup": "cooking", "Steak": "cooking"}
    assert await party.states(other) == {"Cake": "draft"}
    assert (await party.check(other))["covers"] == 2
    assert await labels(party) == {"Soup": "1", "Steak": "1"}
    assert await party.cooked() == {"Soup": 1, "Steak": 1}
    with pytest.raises(errors.NotMerged):
        await party.act(service.unmerge, party.check_id)
    with pytest.raises(errors.SameCheck):
        await party.act(service.merge, other, other)


async def test_three_checks_merged_one_after_the_other_come_apart_in_turn(db: Database) -> None:
    party = await evening(db)
    second, third = await party.other(), await party.act(service.open_check, "Rossi", 1)
    await party.ring("Soup")
    await party.act(service.ring, second, service.Wish(await party.house.portion("Steak")))
    await party.act(service.merge, party.check_id, second)
    await party.act(service.merge, second, third)
    with pytest.raises(errors.CheckClosed):
        await party.act(service.unmerge, party.check_id)
    await party.act(service.unmerge, second)
    assert await party.states(second) == {"Soup": "draft", "Steak": "draft"}
    await party.act(service.unmerge, party.check_id)
    assert (await party.states(), await party.states(second)) == ({"Soup": "draft"}, {"Steak": "draft"})


async def test_a_dish_that_came_back_with_an_unmerged_check_goes_where_its_party_goes(db: Database) -> None:
    party = await evening(db)
    other = await party.other()
    (soup,) = await party.ring("Soup")
    await party.send()
    await party.act(service.move_lines, [soup], other)
    await party.act(service.merge, other, party.check_id)
    await party.act(service.unmerge, other)
    assert await labels(party) == {"Soup": "2"}
    await party.act(service.set_label, other, "9")
    assert await labels(party) == {"Soup": "9"}


async def test_a_paid_check_is_not_taken_apart(db: Database) -> None:
    party = await evening(db)
    other = await party.other()
    await party.ring("Soup")
    await party.send()
    await party.act(service.merge, party.check_id, other)
    (line,) = (await party.check(other))["lines"]
    await party.act(service.void_line, line["id"], "left")
    await party.act(service.cancel_check, other)
    with pytest.raises(errors.CheckClosed):
        await party.act(service.unmerge, party.check_id)


async def test_a_party_that_is_called_otherwise_is_so_in_the_kitchen_too(db: Database) -> None:
    party = await evening(db)
    counter = await party.act(service.open_check, "  Rossi ", 1, dining=service.Dining.TAKE_AWAY)
    assert (await party.check(counter))["label"] == "Rossi"
    (soup,) = await party.ring("Soup")
    await party.send()
    await party.act(service.move_lines, [soup], counter)
    await party.act(service.ring, counter, service.Wish(await party.house.portion("Salad")))
    await party.house.send(counter)
    await party.act(service.rename_check, counter, "Bianchi")
    assert await labels(party) == {"Soup": "Bianchi", "Salad": "Bianchi"}
    assert (await party.house.board())["tickets"][1]["is_take_away"] is True
    for label in ("  ", "x" * 41):
        with pytest.raises(errors.LabelUnfit):
            await party.act(service.rename_check, counter, label)
    assert "check_renamed" in await journal.acts(db)


async def test_what_was_to_be_taken_away_is_taxed_as_eaten_here_once_it_is(db: Database) -> None:
    party = await evening(db)
    counter = await party.act(service.open_check, "Rossi", 1, dining=service.Dining.TAKE_AWAY)
    soup = await party.act(service.ring, counter, service.Wish(await party.house.portion("Soup")))
    await party.act(service.ring, counter, service.Wish(await party.house.portion("Wine")))

    async def taxes(check_id: int) -> list[tuple[int, int]]:
        return [(row["rate_ppm"], row["tax"]) for row in (await party.check(check_id))["sums"]["taxes"]]

    assert await taxes(counter) == [(50_000, 38), (220_000, 108)]
    await party.act(service.move_lines, [soup], party.check_id)
    assert await taxes(party.check_id) == [(100_000, 73)]
    await party.act(service.move_lines, [soup], counter)
    assert await taxes(counter) == [(50_000, 38), (220_000, 108)]
    await party.act(service.merge, counter, party.check_id)
    assert await taxes(party.check_id) == [(100_000, 73), (220_000, 108)]
    assert (await party.check())["covers"] == 2
    await party.act(service.unmerge, counter)
    assert await taxes(counter) == [(50_000, 38), (220_000, 108)]
    await party.act(floor.transfer, counter, party.house.tables["2"])
    assert (await taxes(counter), (await party.check(counter))["dining"]) == ([(100_000, 73), (220_000, 108)], "eat_in")


async def test_a_table_that_merged_away_can_be_seated_anew(db: Database) -> None:
    party = await evening(db)
    await party.ring("Soup")
    await party.act(service.merge, party.check_id, await party.other())
    assert await party.act(floor.seat, party.house.tables["1"], 2) != party.check_id
