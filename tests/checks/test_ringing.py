import pytest

from kiosk.checks import errors, service
from kiosk.checks.service import Wish
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.core.errors import NeedsManager
from kiosk.menu import service as menu
from kiosk.menu.errors import ChoiceMissing, ComboUnopened
from kiosk.menu.queries import Prefix, Prefixed
from tests.support import journal
from tests.support.evening import evening


async def test_an_item_without_a_price_needs_one_typed_by_somebody_who_may(db: Database) -> None:
    party = await evening(db)
    waiter = Actor(party.house.by.venue_id, None, "Waiter", Role.WAITER)
    special, soup = await party.house.portion("Special"), await party.house.portion("Soup")
    for price in (None, 0, -500, 10**9 + 1):
        with pytest.raises(errors.PriceMissing, match="Special has no price of its own"):
            await party.act(service.ring, party.check_id, Wish(special, price=price))
    with pytest.raises(NeedsManager):
        await party.act(service.ring, party.check_id, Wish(special, price=1500), by=waiter)
    with pytest.raises(errors.PriceFixed, match="Soup has its price on the menu"):
        await party.act(service.ring, party.check_id, Wish(soup, price=1))
    line_id = await party.act(service.ring, party.check_id, Wish(special, quantity=2, price=1550))
    line = await party.line(line_id)
    assert (line["unit_price"], line["amount"]) == (1550, 3100)


async def test_no_extra_and_on_the_side_are_priced_and_read_by_the_kitchen(db: Database) -> None:
    party = await evening(db)
    burrata, chilli = await party.house.modifier("Burrata"), await party.house.modifier("Chilli")
    (line_id,) = await party.ring(
        "Pasta", prefixed=[Prefixed(burrata, Prefix.SIDE), Prefixed(chilli, Prefix.NO)], quantity=2
    )
    line = await party.line(line_id)
    assert line["amount"] == 2 * (1200 + 350)
    assert [(one["name"], one["price"], one["prefix"]) for one in line["modifiers"]] == [
        ("Burrata", 350, "side"),
        ("Chilli", 0, "no"),
    ]
    await party.send()
    dish = (await party.house.board())["tickets"][0]["lines"][0]
    assert dish["modifiers"] == ["Burrata on the side", "No chilli"]


async def test_a_set_menu_is_one_price_over_lines_with_their_own_tax_course_and_station(db: Database) -> None:
    party = await evening(db)
    ids = await party.lunch("Soup", "Steak", "Wine", quantity=2, seat_no=1, note="window")
    lines = [await party.line(line_id) for line_id in ids]
    assert [(line["name"], line["unit_price"], line["amount"], line["course"]) for line in lines] == [
        ("Soup", 471, 942, 1),
        ("Steak", 1576, 3152, 2),
        ("Wine", 353, 706, 0),
    ]
    assert sum(line["unit_price"] for line in lines) == 2000 + 400
    assert {(line["combo_name"], line["seat_no"], line["note"]) for line in lines} == {("Lunch", 1, "window")}
    assert len({line["combo_id"] for line in lines}) == 1
    check = await party.check()
    assert [row["rate_ppm"] for row in check["sums"]["taxes"]] == [100_000, 220_000]
    assert check["sums"]["total"] == 4800
    sent = await party.send()
    assert (sent.fired, sent.held) == (2, 1)
    with pytest.raises(ChoiceMissing):
        await party.act(service.ring_combo, party.check_id, Wish(await party.house.portion("Lunch")), [])
    with pytest.raises(ComboUnopened):
        await party.ring("Lunch")


async def test_a_set_menu_is_removed_changed_voided_and_comped_as_one(db: Database) -> None:
    party = await evening(db)
    soup, steak, _ = await party.lunch("Soup", "Steak", "Water")
    await party.act(service.change_line, steak, quantity=3, seat_no=2, note="rare")
    lines = (await party.check())["lines"]
    assert [(line["quantity"], line["seat_no"], line["note"]) for line in lines] == [
        (3, 2, ""),
        (3, 2, "rare"),
        (3, 2, ""),
    ]
    assert (await party.check())["sums"]["total"] == 7200
    await party.act(service.remove_line, soup)
    assert (await party.check())["lines"] == []
    assert (await journal.acts(db)).count("line_removed") == 3
    soup, steak, _ = await party.lunch("Soup", "Steak", "Water")
    await party.send()
    for gesture in (service.remove_line, service.change_line):
        with pytest.raises(errors.LineAlreadySent, match="Steak"):
            await party.act(gesture, steak)
    await party.act(service.comp_line, steak, "birthday")
    assert (await party.check())["sums"]["total"] == 0
    await party.act(service.uncomp_line, soup)
    await party.act(service.void_line, steak, "left")
    assert set((await party.states()).values()) == {"voided"}


async def test_what_is_taken_off_a_line_is_in_the_journal_whether_the_house_holds_it_or_not(db: Database) -> None:
    party = await evening(db)
    soup, steak = await party.ring("Soup", "Steak", quantity=5)
    await party.act(service.change_line, soup, quantity=6)
    assert "line_reduced" not in await journal.acts(db)
    await party.act(service.change_line, soup, quantity=4)
    await party.send()
    await party.act(service.change_line, steak, quantity=1)
    assert (await journal.acts(db)).count("line_reduced") == 2
    assert (await party.check())["sums"]["total"] == 4 * 800 + 2000


async def test_the_last_round_is_the_drinks_of_the_latest_send_that_had_any(db: Database) -> None:
    party = await evening(db)
    with pytest.raises(errors.NoRound):
        await party.act(service.repeat_round, party.check_id)
    await party.ring("Wine", quantity=2, seat_no=1)
    await party.send()
    await party.ring("Water", quantity=3)
    await party.ring("Wine", "Soup")
    await party.send()
    await party.ring("Steak")
    await party.send()
    again = await party.act(service.repeat_round, party.check_id)
    lines = [await party.line(line_id) for line_id in again.line_ids]
    assert [(line["name"], line["quantity"], line["state"]) for line in lines] == [
        ("Water", 3, "draft"),
        ("Wine", 1, "draft"),
    ]
    assert again.skipped == []


async def test_a_round_without_drinks_is_all_of_the_latest_send_as_it_was_said(db: Database) -> None:
    party = await evening(db)
    burrata, chilli = await party.house.modifier("Burrata"), await party.house.modifier("Chilli")
    await party.ring("Soup")
    await party.ring("Salad", modifier_ids=[burrata], prefixed=[Prefixed(chilli, Prefix.NO)], note="well done")
    await party.ring("Special", price=1100)
    await party.lunch("Soup", "Steak", "Water")
    (cake,) = await party.ring("Cake")
    await party.send([1, 2])
    await party.act(service.remove_line, cake)
    await party.act(menu.eighty_six, await party.house.item("Soup"), is_out=True, portions_left=None)
    water = next(line["id"] for line in (await party.check())["lines"] if line["name"] == "Water")
    await party.act(service.void_line, water, "left")
    again = await party.act(service.repeat_round, party.check_id)
    lines = [await party.line(line_id) for line_id in again.line_ids]
    assert [(line["name"], line["amount"], line["note"]) for line in lines] == [
        ("Salad", 1250, "well done"),
        ("Special", 1100, ""),
    ]
    assert [one.get("prefix") for one in lines[0]["modifiers"]] == [None, "no"]
    assert again.skipped == ["Soup"]
