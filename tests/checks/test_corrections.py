import pytest

from kiosk.checks import errors, service
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.core.errors import NeedsManager
from kiosk.kitchen import service as kitchen
from kiosk.menu import queries as menu_queries
from kiosk.menu import service as menu
from tests.support import journal
from tests.support.evening import Evening, evening


async def left(party: Evening, item: str) -> int | None:
    stock = await party.house.look(menu_queries.show_stock, [await party.house.item(item)])
    return stock[0]["left"]


async def count(party: Evening, item: str, portions: int) -> None:
    await party.act(menu.eighty_six, await party.house.item(item), is_out=False, portions_left=portions)


async def test_a_comped_line_stays_cooked_and_costs_nothing_until_it_is_charged_again(db: Database) -> None:
    party = await evening(db)
    soup, _ = await party.ring("Soup", "Salad")
    with pytest.raises(errors.LineNotSent):
        await party.act(service.comp_line, soup, "hair in it")
    await party.send()
    with pytest.raises(errors.ReasonMissing):
        await party.act(service.comp_line, soup, " ")
    await party.act(service.comp_line, soup, "hair in it")
    check, line = await party.check(), await party.line(soup)
    assert (line["state"], line["comped"], line["comp_reason"], line["amount"]) == ("cooking", True, "hair in it", 800)
    assert (check["sums"]["lines"], check["sums"]["less"], check["sums"]["total"]) == (1700, 800, 900)
    assert check["sums"]["taxes"] == [{"rate_ppm": 100_000, "net": 818, "tax": 82}]
    with pytest.raises(errors.LineComped):
        await party.act(service.comp_line, soup, "again")
    await party.act(service.uncomp_line, soup)
    assert (await party.check())["sums"]["total"] == 1700
    with pytest.raises(errors.LineNotComped):
        await party.act(service.uncomp_line, soup)
    assert [act for act in await journal.acts(db) if "comp" in act] == ["line_comped", "line_uncomped"]


async def test_a_void_gives_back_the_portion_of_what_is_not_ready_and_no_other(db: Database) -> None:
    party = await evening(db)
    await count(party, "Soup", 5)
    first, second, third = await party.ring("Soup", "Soup", "Soup")
    await party.send()
    assert await left(party, "Soup") == 2
    lines = (await party.house.board())["tickets"][0]["lines"]
    done = next(line["id"] for line in lines if line["line_id"] == second)
    await party.act(kitchen.mark_dish, done, done=True)
    await party.act(service.serve, party.check_id, [third])
    for line_id in (first, second, third):
        await party.act(service.void_line, line_id, "wrong table")
    assert await left(party, "Soup") == 3
    assert (await party.check())["sums"]["total"] == 0


async def test_a_voided_dish_is_not_given_back_twice_when_its_send_is_taken_back(db: Database) -> None:
    party = await evening(db)
    await count(party, "Soup", 5)
    soup, _ = await party.ring("Soup", "Soup")
    sent = await party.send()
    await party.act(service.void_line, soup, "changed her mind")
    assert await party.take_back(sent.fire_no) == 1
    assert await left(party, "Soup") == 5
    assert sorted(line["state"] for line in (await party.check())["lines"]) == ["draft", "voided"]


async def test_a_refired_dish_cooks_again_on_a_ticket_of_its_own_and_takes_a_portion(db: Database) -> None:
    party = await evening(db)
    await count(party, "Soup", 5)
    (soup,) = await party.ring("Soup")
    await party.send()
    await party.bump_all()
    await party.act(service.serve, party.check_id)
    with pytest.raises(errors.ReasonMissing):
        await party.act(service.refire, soup, "")
    assert await party.act(service.refire, soup, "cold") == 2
    line, ticket = await party.line(soup), (await party.house.board())["tickets"][0]
    assert (line["state"], line["kitchen"], line["served_at"]) == ("cooking", {"refired": True}, None)
    assert (ticket["is_refire"], ticket["lines"][0]["mark"], ticket["lines"][0]["was"]) == (True, "refire", "cold")
    assert await left(party, "Soup") == 3
    assert (await party.check())["sums"]["total"] == 800
    assert (await party.check())["undo"] is None
    await party.bump_all()
    assert (await party.line(soup))["state"] == "ready"
    assert "refired" in await journal.acts(db)


async def test_a_refire_is_shown_at_once_and_cannot_be_taken_back(db: Database) -> None:
    party = await evening(db)
    (soup,) = await party.ring("Soup")
    await party.send()
    again = await party.act(service.refire, soup, "dropped")
    with pytest.raises(Exception, match="The kitchen has it already"):
        await party.take_back(again)
    assert (await party.line(soup))["state"] == "cooking"


async def test_the_kitchen_learns_what_a_guest_forgot_to_say_until_the_dish_is_ready(db: Database) -> None:
    party = await evening(db)
    (soup,) = await party.ring("Soup", note="no cream")
    with pytest.raises(errors.LineNotSent):
        await party.act(service.amend, soup, "nuts", is_allergy=True)
    await party.send()
    for said in ("nut allergy", " nut  allergy"):
        await party.act(service.amend, soup, said, is_allergy=True)
    dish, line = (await party.house.board())["tickets"][0]["lines"][0], await party.line(soup)
    assert (dish["note"], dish["is_allergy"], dish["mark"], dish["was"]) == ("nut allergy", True, "changed", "no cream")
    assert (line["note"], line["is_allergy"]) == ("nut allergy", True)
    await party.bump_all()
    with pytest.raises(errors.DishReady, match="Soup is ready already"):
        await party.act(service.amend, soup, "too late", is_allergy=False)
    await party.act(service.serve, party.check_id)
    with pytest.raises(errors.LineServed):
        await party.act(service.amend, soup, "too late", is_allergy=False)
    assert (await journal.acts(db)).count("line_amended") == 1


async def test_a_dish_served_by_mistake_goes_back_to_ready(db: Database) -> None:
    party = await evening(db)
    (soup,) = await party.ring("Soup")
    await party.send()
    await party.bump_all()
    await party.act(service.serve, party.check_id)
    assert await party.act(service.unserve, party.check_id, [soup]) == 1
    line = await party.line(soup)
    assert (line["state"], line["served_at"]) == ("ready", None)
    with pytest.raises(errors.NothingToUnserve):
        await party.act(service.unserve, party.check_id, [soup])
    assert [act for act in await journal.acts(db) if "served" in act] == ["served", "unserved"]


async def test_who_may_comp_and_refire(db: Database) -> None:
    party = await evening(db)
    waiter, cook = (Actor(party.house.by.venue_id, None, role, role) for role in (Role.WAITER, Role.KITCHEN))
    (soup,) = await party.ring("Soup")
    await party.send()
    for gesture, words in ((service.comp_line, ("x",)), (service.uncomp_line, ()), (service.refire, ("x",))):
        with pytest.raises(NeedsManager):
            await party.act(gesture, soup, *words, by=waiter)
    assert await party.act(service.refire, soup, "burnt", by=cook) == 2


async def test_what_is_on_the_house_cannot_be_made_more(db: Database) -> None:
    party = await evening(db)
    lunch = await party.lunch("Soup", "Steak", "Water")
    await party.send()
    await party.act(service.comp_line, lunch[0], "birthday")
    (wine,) = await party.ring("Wine")
    sent = await party.send()
    await party.act(service.comp_line, wine, "birthday")
    await party.take_back(sent.fire_no)
    assert (await party.line(wine))["comped"] is False
    assert (await party.check())["sums"]["total"] == 600
    assert all(line["comped"] for line in (await party.check())["lines"] if line["combo_id"])
