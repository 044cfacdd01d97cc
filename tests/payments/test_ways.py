"""The ways to pay: the usual ones, a house's own, vouchers and accounts with their notes."""

import pytest

from kiosk.core.db import Database
from kiosk.payments import errors, service
from kiosk.payments.models import Tender
from kiosk.payments.rules import Given, TenderKind, Way
from tests.support import journal
from tests.support.house import founded
from tests.support.paying import eaten, rows


async def test_a_house_takes_the_usual_ways_until_it_chooses(db: Database) -> None:
    house = await founded(db)
    ways = await house.look(service.show_ways)
    assert [(way.code, way.name, way.kind.value, way.needs_note) for way in ways.values()] == [
        ("cash", "Cash", "cash", False),
        ("card", "Card", "card", False),
        ("wallet", "QR", "wallet", False),
        ("voucher", "Voucher", "voucher", True),
        ("account", "House account", "other", True),
    ]


async def test_a_way_of_ones_own_is_taken_and_another_no_more(db: Database) -> None:
    house = await founded(db)
    await house.act(service.add_way, Way("meal_card", "Meal card", TenderKind.CARD))
    await house.act(service.drop_way, "wallet")
    ways = await house.look(service.show_ways)
    assert list(ways) == ["cash", "card", "voucher", "account", "meal_card"]
    settled = await house.act(service.settle, await eaten(house), 1320, [Given("meal_card", 1320)])
    assert settled.number == "1"
    assert [(one.kind, one.name) for one in await rows(db, Tender)] == [(TenderKind.CARD, "meal_card")]
    with pytest.raises(errors.TenderUnknown, match="“wallet” is no way to pay here"):
        await house.act(service.settle, await eaten(house, "2"), 1320, [Given("wallet", 1320)])
    await house.act(service.add_way, Way("wallet", "Bank app", TenderKind.WALLET))
    assert (await house.look(service.show_ways))["wallet"].name == "Bank app"
    with pytest.raises(errors.KindIsKept, match="“Cash” is cash in the books and stays so"):
        await house.act(service.add_way, Way("cash", "Cash", TenderKind.CARD))
    acts = await journal.acts(db)
    assert (acts.count("tender_type_added"), acts.count("tender_type_dropped")) == (2, 1)


async def test_the_last_way_to_pay_stays(db: Database) -> None:
    house = await founded(db)
    for code in ("card", "wallet", "voucher", "account"):
        await house.act(service.drop_way, code)
    with pytest.raises(errors.LastWay, match="Cash is the last way"):
        await house.act(service.drop_way, "cash")


@pytest.mark.parametrize("code", ["Amex", "a b", "", "é", "x" * 33])
async def test_a_code_nobody_can_type_is_refused(db: Database, code: str) -> None:
    house = await founded(db)
    with pytest.raises(errors.TenderCodeUnfit):
        await house.act(service.add_way, Way(code, "Amex", TenderKind.CARD))


async def test_a_voucher_has_its_number_and_gives_no_change(db: Database) -> None:
    house = await founded(db)
    check_id = await eaten(house)
    with pytest.raises(errors.NoteMissing, match="Voucher: write down its number first"):
        await house.act(service.settle, check_id, 1320, [Given("voucher", 1320, note="  ")])
    with pytest.raises(errors.Overpaid, match=r"Voucher takes at most 13\.20"):
        await house.act(service.settle, check_id, 1320, [Given("voucher", 2000, note="V-17")])
    tenders = [Given("voucher", 1000, note=" V-17 \n"), Given("cash", 500)]
    settled = await house.act(service.settle, check_id, 1320, tenders)
    assert settled.change_due == 180
    assert [(one.name, one.note, one.amount) for one in await rows(db, Tender)] == [
        ("voucher", "V-17", 1000),
        ("cash", "", 320),
    ]


async def test_beside_a_card_nothing_is_written_down(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(errors.NoteUnasked, match="above all a card's number"):
        await house.act(service.settle, await eaten(house), 1320, [Given("card", 1320, note="4111111111111111")])
    assert await rows(db, Tender) == []


async def test_only_cards_and_wallets_are_asked_of_somebody_outside(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(errors.ProviderUnfit, match="“paypal” cannot be asked for Online"):
        await house.act(service.add_way, Way("online", "Online", TenderKind.CARD, "paypal"))
    with pytest.raises(errors.ProviderUnfit, match="Take manual"):
        await house.act(service.add_way, Way("gift", "Gift", TenderKind.VOUCHER, "stripe"))
    await house.act(service.add_way, Way("online", "Online", TenderKind.WALLET, "stripe"))
    await house.act(service.add_way, Way("petty", "Petty cash", TenderKind.CASH, "stripe"))
    ways = await house.look(service.show_ways)
    assert (ways["online"].provider, ways["petty"].provider) == ("stripe", "cash")


async def test_no_two_ways_to_pay_are_called_alike(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(errors.NameIsTaken, match=r"“CASH” is the name of another way to pay, cash. Choose another"):
        await house.act(service.add_way, Way("bon", "CASH", TenderKind.OTHER))
    await house.act(service.add_way, Way("cash", "CASH", TenderKind.CASH))
