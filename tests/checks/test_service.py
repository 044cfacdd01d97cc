import pytest

from kiosk.checks import errors, service
from kiosk.checks.service import Wish
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.core.errors import NeedsManager
from kiosk.kitchen import service as kitchen
from kiosk.menu import service as menu
from kiosk.menu.errors import ChoiceMissing, SoldOut
from tests.support import journal
from tests.support.house import founded, small_menu


async def test_a_rung_line_is_on_the_check_with_its_price_and_tax(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(
        check_id, "Diavola", "Large", quantity=2, modifier_ids=[await house.modifier("Burrata")], note=" no oil "
    )
    check = await house.check(check_id)
    line = check["lines"][0]
    assert (line["name"], line["portion"], line["quantity"], line["amount"]) == ("Diavola", "Large", 2, 3700)
    assert (line["note"], line["state"], line["stations"]) == ("no oil", "draft", ["grill"])
    assert check["sums"]["total"] == 3700
    assert check["sums"]["taxes"] == [{"rate_ppm": 100_000, "net": 3364, "tax": 336}]


async def test_what_is_taken_away_is_taxed_as_taken_away(db: Database) -> None:
    house = await founded(db)
    check_id = await house.act(service.open_check, "Rossi", 1, dining=service.Dining.TAKE_AWAY)
    await house.ring(check_id)
    assert (await house.check(check_id))["sums"]["taxes"][0]["rate_ppm"] == 50_000


async def test_a_required_choice_must_be_made(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    with pytest.raises(ChoiceMissing, match="Doneness"):
        await house.ring(check_id, "Tagliata", "200 g")
    assert (await house.check(check_id))["lines"] == []


async def test_a_later_menu_changes_no_open_check(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    dearer = small_menu()
    dearer.categories[0].items[2].portions[0].__dict__["price"] = 900
    await house.act(menu.load_menu, dearer)
    await house.ring(check_id)
    assert [line["amount"] for line in (await house.check(check_id))["lines"]] == [700, 900]


async def test_an_unsent_line_can_be_changed_and_removed_and_the_journal_remembers(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    line_id = await house.ring(check_id)
    await house.act(service.change_line, line_id, quantity=3, note="birthday", seat_no=2)
    line = (await house.check(check_id))["lines"][0]
    assert (line["quantity"], line["amount"], line["note"], line["seat_no"]) == (3, 2100, "birthday", 2)
    await house.act(service.remove_line, line_id)
    assert (await house.check(check_id))["lines"] == []
    assert "line_removed" in await journal.acts(db)


async def test_sending_tells_each_station_once(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.ring(check_id, "Chianti", "Glass")
    assert await house.send(check_id) == 2
    board = await house.board()
    stations = {one["id"]: one["code"] for one in board["stations"]}
    told = {stations[ticket["station_id"]]: [line["name"] for line in ticket["lines"]] for ticket in board["tickets"]}
    assert told == {"grill": ["Tiramisù"], "bar": ["Chianti"]}
    with pytest.raises(errors.NothingToSend):
        await house.send(check_id)
    assert len((await house.board())["tickets"]) == 2


async def test_a_line_goes_from_draft_to_cooking_to_ready_to_served(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)

    async def state() -> str:
        return str((await house.check(check_id))["lines"][0]["state"])

    assert await state() == "draft"
    await house.send(check_id)
    assert await state() == "cooking"
    await house.act(kitchen.bump, (await house.board())["tickets"][0]["id"])
    assert await state() == "ready"
    assert await house.act(service.serve, check_id) == 1
    assert await state() == "served"


async def test_nothing_is_served_that_is_not_ready_unless_it_is_named(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    line_id = await house.ring(check_id)
    await house.send(check_id)
    with pytest.raises(errors.NothingToServe):
        await house.act(service.serve, check_id)
    assert await house.act(service.serve, check_id, [line_id]) == 1


async def test_a_sent_line_only_goes_by_a_void_with_a_reason(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    line_id = await house.ring(check_id)
    await house.send(check_id)
    with pytest.raises(errors.LineAlreadySent, match="Void it with a reason"):
        await house.act(service.remove_line, line_id)
    with pytest.raises(errors.LineAlreadySent):
        await house.act(service.change_line, line_id, quantity=2)
    with pytest.raises(errors.ReasonMissing):
        await house.act(service.void_line, line_id, "  ")
    await house.act(service.void_line, line_id, "fell down")
    check = await house.check(check_id)
    assert (check["lines"][0]["state"], check["sums"]["total"]) == ("voided", 0)
    assert (await house.board())["tickets"][0]["lines"][0]["voided_at"] is not None
    with pytest.raises(errors.LineAlreadyVoid):
        await house.act(service.void_line, line_id, "again")


async def test_a_line_not_sent_yet_is_removed_not_voided(db: Database) -> None:
    house = await founded(db)
    line_id = await house.ring(await house.seat())
    with pytest.raises(errors.LineNotSent, match="Remove it instead"):
        await house.act(service.void_line, line_id, "wrong")


async def test_a_bill_needs_lines_that_the_kitchen_knows(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    with pytest.raises(errors.NothingToBill):
        await house.act(service.ask_bill, check_id)
    await house.ring(check_id)
    with pytest.raises(errors.UnsentLines, match="1 line was not sent"):
        await house.act(service.ask_bill, check_id)
    await house.send(check_id)
    await house.act(service.ask_bill, check_id)
    assert (await house.check(check_id))["bill_asked_at"] is not None
    await house.ring(check_id)
    assert (await house.check(check_id))["bill_asked_at"] is None


async def test_a_party_that_leaves_without_ordering_frees_its_table(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    line_id = await house.ring(check_id)
    with pytest.raises(errors.CheckNotEmpty):
        await house.act(service.cancel_check, check_id)
    await house.act(service.remove_line, line_id)
    await house.act(service.cancel_check, check_id)
    with pytest.raises(errors.CheckClosed):
        await house.ring(check_id)
    assert await house.seat() != check_id


@pytest.mark.parametrize("quantity", [0, -3, 1000])
async def test_a_quantity_nobody_means_changes_nothing(db: Database, quantity: int) -> None:
    house = await founded(db)
    check_id = await house.seat()
    with pytest.raises(errors.QuantityOutOfRange):
        await house.act(service.ring, check_id, Wish(await house.portion("Tiramisù"), quantity=quantity))
    assert (await house.check(check_id))["lines"] == []


async def test_what_is_out_cannot_be_rung_and_the_last_one_sent_is_out(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.act(menu.eighty_six, await house.item("Tiramisù"), is_out=False, portions_left=1)
    await house.ring(check_id)
    await house.send(check_id)
    with pytest.raises(SoldOut, match="Tiramisù"):
        await house.ring(check_id)


async def test_what_sold_out_since_it_was_rung_stays_draft_and_the_rest_is_sent(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.ring(check_id, "Chianti", "Glass")
    await house.act(menu.eighty_six, await house.item("Tiramisù"), is_out=True, portions_left=None)
    await house.send(check_id)
    states = {line["name"]: line["state"] for line in (await house.check(check_id))["lines"]}
    assert states == {"Tiramisù": "draft", "Chianti": "cooking"}
    with pytest.raises(SoldOut, match="Tiramisù"):
        await house.send(check_id)


async def test_what_the_seats_come_to_is_together_the_total(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id, seat_no=1)
    await house.ring(check_id, seat_no=2)
    await house.ring(check_id)
    check = await house.check(check_id)
    assert [seat["no"] for seat in check["seats"]] == [1, 2, None]
    assert sum(seat["total"] for seat in check["seats"]) == check["sums"]["total"]


async def test_a_cook_takes_no_orders_and_a_waiter_voids_only_with_a_manager(db: Database) -> None:
    house = await founded(db)
    cook = Actor(house.by.venue_id, None, "Cook", Role.KITCHEN)
    waiter = Actor(house.by.venue_id, None, "Waiter", Role.WAITER)
    with pytest.raises(NeedsManager):
        await house.act(service.open_check, "9", 2, by=cook)
    check_id = await house.seat()
    line_id = await house.ring(check_id)
    await house.send(check_id)
    with pytest.raises(NeedsManager):
        await house.act(service.void_line, line_id, "wrong", by=waiter)
    assert (await house.check(check_id))["lines"][0]["state"] == "cooking"
