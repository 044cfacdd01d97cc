"""Tables pushed together and apart, with and without guests."""

import pytest

from kiosk.checks.errors import CheckClosed
from kiosk.floor import errors, service
from tests.support import journal
from tests.support.floor import Floor

pytestmark = pytest.mark.slow


async def test_a_joined_table_shows_its_heads_party(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    await floor.join("2", "1")
    head, joined = await floor.tile("1"), await floor.tile("2")
    assert (head["joined_to"], head["joined"]) == (None, ["2"])
    assert (joined["joined_to"], joined["joined"]) == ("1", [])
    for told in ("state", "check_id", "total", "since", "covers"):
        assert joined[told] == head[told]
    assert joined["check_id"] == check_id


async def test_seating_a_joined_table_seats_its_head(floor: Floor) -> None:
    await floor.join("2", "1")
    assert (await floor.state("1"), await floor.state("2")) == ("available", "available")
    check_id = await floor.house.seat("2", 6)
    assert (await floor.house.check(check_id))["label"] == "1"
    assert (await floor.tile("1"))["covers"] == 6
    assert await floor.house.seat("1") == check_id


async def test_the_table_with_guests_is_the_head_whichever_way_the_join_was_said(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    assert await floor.join("1", "2") == floor.id("1")
    assert (await floor.tile("2"))["joined_to"] == "1"
    assert (await floor.house.check(check_id))["label"] == "1"


async def test_joining_two_seated_tables_makes_one_check_and_parting_makes_two_again(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Diavola", covers=3)
    await floor.join("2", "1")
    assert (await floor.tile("2"))["check_id"] == one
    assert (await floor.house.check(one))["sums"]["total"] == 700 + 1150
    assert (await floor.house.check(two))["merged_into_id"] == one
    await floor.part("2")
    assert (await floor.tile("1"))["total"] == 700
    assert ((await floor.tile("2"))["check_id"], (await floor.tile("2"))["total"]) == (two, 1150)
    assert (await floor.house.check(two))["label"] == "2"


async def test_parting_the_head_parts_all_of_its_tables(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Tiramisù")
    await floor.join("2", "1")
    await floor.join("3", "2")
    assert (await floor.tile("1"))["joined"] == ["2", "3"]
    await floor.part("1")
    assert [(await floor.tile(label)).get("check_id") for label in "123"] == [one, two, None]
    assert [(await floor.tile(label))["joined_to"] for label in "123"] == [None, None, None]


async def test_three_parties_joined_one_after_the_other_part_all_at_once(floor: Floor) -> None:
    parties = [await floor.party(label, "Tiramisù", covers=int(label)) for label in "123"]
    await floor.join("1", "2")
    await floor.join("2", "3")
    assert ((await floor.tile("3"))["total"], (await floor.tile("3"))["covers"]) == (2100, 6)
    await floor.part("3")
    tiles = [await floor.tile(label) for label in "123"]
    assert [tile["check_id"] for tile in tiles] == parties
    assert [(tile["total"], tile["covers"], tile["joined_to"]) for tile in tiles] == [
        (700, 1, None),
        (700, 2, None),
        (700, 3, None),
    ]


async def test_groups_are_joined_whole_and_never_in_a_ring(floor: Floor) -> None:
    await floor.join("2", "1")
    await floor.join("4", "3")
    await floor.join("3", "2")
    assert (await floor.tile("1"))["joined"] == ["2", "3", "4"]
    for label, to in (("1", "4"), ("4", "1"), ("2", "3")):
        assert await floor.join(label, to) == floor.id("1")
    assert (await floor.tile("1"))["joined"] == ["2", "3", "4"]


async def test_a_table_that_is_joined_elsewhere_is_parted_first(floor: Floor) -> None:
    await floor.join("2", "1")
    with pytest.raises(errors.AlreadyJoined, match=r"Table 2 is joined to 1\. Part it first"):
        await floor.join("2", "3")
    with pytest.raises(errors.JoinedToItself):
        await floor.join("3", "3")
    with pytest.raises(errors.NotJoined, match="Table 3 is not joined"):
        await floor.part("3")


async def test_a_join_ends_by_itself_when_the_party_has_paid(floor: Floor) -> None:
    one, _two = await floor.party("1", "Tiramisù"), await floor.party("2", "Tiramisù")
    await floor.join("2", "1")
    await floor.join("3", "1")
    await floor.pay(one)
    assert [await floor.state(label) for label in "123"] == ["available"] * 3
    assert [(await floor.tile(label))["joined_to"] for label in "123"] == [None] * 3
    assert (await floor.tile("1"))["joined"] == []
    check_id = await floor.house.seat("3")
    assert (await floor.house.check(check_id))["label"] == "3"
    assert [await floor.state(label) for label in "123"] == ["available", "available", "seated"]
    assert await floor.house.seat("1") != check_id


async def test_where_tables_are_cleared_the_join_ends_with_clearing(floor: Floor) -> None:
    await floor.rule(clear_tables=True)
    check_id = await floor.party("1", "Tiramisù")
    await floor.join("2", "1")
    await floor.pay(check_id)
    assert [await floor.state(label) for label in "12"] == ["paid", "paid"]
    with pytest.raises(errors.TableToClear, match="Table 1 is still to be cleared"):
        await floor.join("1", "3")
    await floor.house.act(service.clear_table, floor.id("2"))
    assert [await floor.state(label) for label in "12"] == ["available", "available"]
    assert (await floor.tile("1"))["joined"] == []


async def test_what_was_merged_by_joining_is_parted_only_while_it_is_unpaid(floor: Floor) -> None:
    await floor.rule(clear_tables=True)
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Tiramisù")
    await floor.join("2", "1")
    await floor.pay(one)
    await floor.part("2")
    assert [await floor.state(label) for label in "12"] == ["paid", "available"]
    with pytest.raises(CheckClosed):
        await floor.house.act(service.unmerge, two)


async def test_a_party_that_moves_away_leaves_its_joined_tables(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    await floor.join("2", "1")
    await floor.transfer(check_id, "4")
    assert [await floor.state(label) for label in "124"] == ["available", "available", "ordered"]
    assert (await floor.tile("2"))["joined_to"] is None


async def test_a_party_cannot_move_to_a_table_joined_to_its_own(floor: Floor) -> None:
    check_id = await floor.party("1", "Tiramisù")
    await floor.join("2", "1")
    with pytest.raises(errors.AlreadyThere, match="at table 1 already"):
        await floor.transfer(check_id, "2")


async def test_a_party_that_moves_to_a_joined_table_sits_at_its_head(floor: Floor) -> None:
    await floor.join("3", "2")
    check_id = await floor.party("1", "Tiramisù")
    await floor.transfer(check_id, "3")
    assert (await floor.tile("2"))["check_id"] == (await floor.tile("3"))["check_id"] == check_id
    assert (await floor.house.check(check_id))["label"] == "2"


async def test_unmerging_a_joined_check_parts_its_table(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Tiramisù")
    await floor.join("2", "1")
    await floor.house.act(service.unmerge, two)
    assert [(await floor.tile(label))["check_id"] for label in "12"] == [one, two]
    assert (await floor.tile("2"))["joined_to"] is None


async def test_a_free_table_that_joins_after_a_merge_parts_without_undoing_the_merge(floor: Floor) -> None:
    one, two = await floor.party("1", "Tiramisù"), await floor.party("2", "Tiramisù")
    await floor.house.act(service.merge, two, one)
    assert await floor.state("2") == "available"
    await floor.join("2", "1")
    await floor.part("2")
    assert (await floor.tile("1"))["total"] == 1400
    assert await floor.state("2") == "available"


async def test_joins_and_partings_are_in_the_journal(floor: Floor) -> None:
    await floor.join("2", "1")
    await floor.part("2")
    assert (await journal.acts(floor.house.db))[-2:] == ["tables_joined", "tables_parted"]
    assert await journal.is_whole(floor.house.db)
