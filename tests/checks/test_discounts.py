"""Less to pay, and the service charge: given, moved, taken off again, and what the journal keeps of it."""

import json

import pytest

from kiosk.checks import errors, service
from kiosk.checks.service import Dining, Off
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database
from kiosk.core.errors import NeedsManager
from kiosk.core.money import PercentUnreadable
from tests.support import journal
from tests.support.evening import Evening, evening

pytestmark = pytest.mark.slow


async def dined(db: Database, *items: str) -> tuple[Evening, list[int]]:
    """A party that has had these."""
    party = await evening(db)
    lines = await party.ring(*(items or ("Soup", "Steak", "Wine")))
    await party.send()
    return party, lines


async def test_ten_percent_off_the_check_is_of_every_line_and_of_what_comes_later(db: Database) -> None:
    party, _ = await dined(db)
    given = await party.act(service.discount, party.check_id, None, Off("Regular guest", "10", reason="birthday"))
    check = await party.check()
    assert (check["sums"]["lines"], check["sums"]["less"], check["sums"]["total"]) == (3400, 340, 3060)
    assert check["sums"]["taxes"] == [
        {"rate_ppm": 100_000, "net": 2291, "tax": 229},
        {"rate_ppm": 220_000, "net": 443, "tax": 97},
    ]
    assert [line["less"] for line in check["lines"]] == [80, 200, 60]
    assert check["discounts"] == [
        {
            "id": given,
            "line_id": None,
            "name": "Regular guest",
            "percent": "10",
            "amount": None,
            "less": 340,
            "reason": "birthday",
            "by": "command line",
        }
    ]
    await party.ring("Cake")
    assert (await party.check())["sums"]["total"] == 3690
    await party.act(service.undiscount, given)
    check = await party.check()
    assert (check["discounts"], check["sums"]["total"]) == ([], 4100)
    with pytest.raises(errors.DiscountGone):
        await party.act(service.undiscount, given)


async def test_a_discount_and_its_end_are_in_the_journal_with_the_totals_before_and_after(db: Database) -> None:
    party, (soup, *_) = await dined(db)
    given = await party.act(service.discount, party.check_id, soup, Off("Goodwill", None, 300, "cold"))
    await party.act(service.undiscount, given)
    kept = [json.loads(body) for body in await journal.bodies(db)]
    told = {one["act"]: one["details"] for one in kept if "discounted" in one["act"]}
    figures = {"discount": given, "name": "Goodwill", "line": soup, "percent": None, "amount": 300, "reason": "cold"}
    assert told["discounted"] == {**figures, "before": 3400, "after": 3100}
    assert told["undiscounted"] == {**figures, "before": 3100, "after": 3400}
    assert await journal.is_whole(db)


@pytest.mark.parametrize(
    ("off", "refusal", "sentence"),
    [
        (Off("Off", "10", 100), errors.DiscountUnclear, "either a percentage or an amount"),
        (Off("Off"), errors.DiscountUnclear, "either a percentage or an amount"),
        (Off("Off", "0"), errors.DiscountUnclear, "above zero"),
        (Off("Off", None, -5), errors.DiscountUnclear, "above zero"),
        (Off("Off", "10.005"), PercentUnreadable, "at most 2 decimals"),
        (Off("Off", "100.01"), PercentUnreadable, "from 0 to 100"),
        (Off("Off", "NaN"), PercentUnreadable, "from 0 to 100"),
        (Off("Off", None, 801), errors.DiscountTooLarge, r"8\.01 is more than the 8\.00 that is left to pay"),
        (Off(" ", "10"), errors.NameUnfit, "1 to 40 characters"),
    ],
)
async def test_a_discount_that_cannot_be_is_refused_in_words(
    db: Database, off: Off, refusal: type[Exception], sentence: str
) -> None:
    party, (soup,) = await dined(db, "Soup")
    with pytest.raises(refusal, match=sentence):
        await party.act(service.discount, party.check_id, soup, off)
    assert (await party.check())["sums"]["total"] == 800


async def test_what_costs_nothing_or_is_gone_has_no_discount(db: Database) -> None:
    party, (soup, steak, wine) = await dined(db)
    await party.act(service.comp_line, soup, "hair in it")
    await party.act(service.void_line, wine, "dropped")
    for line, refusal in ((soup, errors.NothingToDiscount), (wine, errors.LineAlreadyVoid), (1, errors.LineGone)):
        with pytest.raises(refusal):
            await party.act(service.discount, party.check_id, line, Off("Staff", "20"))
    await party.act(service.discount, party.check_id, steak, Off("Staff", "12.55"))
    assert (await party.check())["sums"]["total"] == 1749


async def test_an_amount_given_before_a_line_went_takes_what_there_is(db: Database) -> None:
    party, (soup, steak) = await dined(db, "Soup", "Wine")
    await party.act(service.discount, party.check_id, None, Off("Voucher", None, 1000))
    await party.act(service.void_line, steak, "left early")
    check = await party.check()
    assert (check["sums"]["total"], check["discounts"][0]["less"]) == (0, 800)
    await party.act(service.void_line, soup, "left early")
    assert (await party.check())["sums"]["total"] == 0


async def test_a_set_menu_is_discounted_as_a_whole_and_charged_again_as_a_whole(db: Database) -> None:
    party = await evening(db)
    lunch = await party.lunch("Soup", "Steak", "Water")
    given = await party.act(service.discount, party.check_id, lunch[1], Off("Goodwill", None, 1000))
    check = await party.check()
    assert (check["sums"]["less"], check["sums"]["total"]) == (1000, 1400)
    assert sorted(one["less"] for one in check["discounts"]) == [81, 215, 704]
    other = await party.other()
    await party.act(service.move_lines, [lunch[2]], other)
    assert (await party.check(other))["sums"]["total"] == 1400
    assert (await party.check())["discounts"] == []
    await party.act(service.undiscount, given)
    assert (await party.check(other))["sums"]["total"] == 2400


async def test_a_lines_discount_goes_with_the_line_and_a_checks_stays(db: Database) -> None:
    party, (soup, _steak, _wine) = await dined(db)
    other = await party.other()
    await party.act(service.discount, party.check_id, soup, Off("Goodwill", "50"))
    await party.act(service.discount, party.check_id, None, Off("Staff", "20"))
    assert (await party.check())["sums"]["total"] == 2400
    await party.act(service.move_lines, [soup], other)
    assert [(await party.check(one))["sums"]["total"] for one in (party.check_id, other)] == [2080, 400]
    await party.act(service.merge, other, party.check_id)
    assert (await party.check())["sums"]["total"] == 2400
    await party.act(service.unmerge, other)
    assert [(await party.check(one))["sums"]["total"] for one in (party.check_id, other)] == [2080, 400]


async def test_a_removed_line_takes_its_discount_along(db: Database) -> None:
    party = await evening(db)
    (soup,) = await party.ring("Soup")
    await party.act(service.discount, party.check_id, soup, Off("Goodwill", "50"))
    await party.act(service.remove_line, soup)
    assert (await party.check())["discounts"] == []


async def test_a_discount_needs_someone_who_may_and_tells_who_gave_it(db: Database) -> None:
    party, (soup, *_) = await dined(db)
    waiter = Actor(party.house.by.venue_id, None, "Marco", Role.WAITER)
    for gesture, args in (
        (service.discount, (party.check_id, soup, Off("Staff", "20"))),
        (service.undiscount, (1,)),
        (service.set_service, (party.check_id, "0")),
    ):
        with pytest.raises(NeedsManager):
            await party.act(gesture, *args, by=waiter)


async def test_a_service_charge_is_shown_apart_and_taxed_as_its_class(db: Database) -> None:
    party, _ = await dined(db, "Steak")
    await party.rule(service_ppm=100_000, service_per_cover=150, service_tax_code="drinks")
    check = await party.check()
    assert (check["sums"]["service"], check["sums"]["total"], check["service_ppm"]) == (500, 2500, None)
    assert check["sums"]["taxes"] == [
        {"rate_ppm": 100_000, "net": 1818, "tax": 182},
        {"rate_ppm": 220_000, "net": 410, "tax": 90},
    ]
    assert check["seats"] == [{"no": None, "total": 2000}]
    await party.rule(service_from_covers=3)
    assert (await party.check())["sums"]["total"] == 2000
    await party.act(service.set_covers, party.check_id, 4)
    assert (await party.check())["sums"]["total"] == 2800


async def test_a_service_charge_is_waived_or_set_for_one_party_and_the_journal_knows(db: Database) -> None:
    party, _ = await dined(db, "Steak")
    await party.rule(service_ppm=100_000, service_per_cover=150)
    await party.act(service.set_service, party.check_id, "0")
    assert (await party.check())["sums"]["total"] == 2000
    await party.act(service.set_service, party.check_id, "12.5")
    check = await party.check()
    assert (check["sums"]["service"], check["service_ppm"]) == (250, 125_000)
    await party.act(service.set_service, party.check_id, None)
    assert (await party.check())["sums"]["total"] == 2500
    told = [json.loads(body) for body in await journal.bodies(db) if '"service_set"' in body]
    assert [one["details"] for one in told] == [
        {"was": None, "now": "0", "before": 2500, "after": 2000},
        {"was": "0", "now": "12.5", "before": 2000, "after": 2250},
        {"was": "12.5", "now": None, "before": 2250, "after": 2500},
    ]


async def test_who_takes_away_is_charged_no_service_unless_it_is_set(db: Database) -> None:
    party = await evening(db)
    await party.rule(service_ppm=100_000, service_tax_code="food")
    away = await party.act(service.open_check, "Rossi", 1, dining=Dining.TAKE_AWAY)
    await party.house.ring(away, "Steak")
    assert (await party.check(away))["sums"]["total"] == 2000
    await party.act(service.set_service, away, "10")
    check = await party.check(away)
    assert (check["sums"]["total"], check["sums"]["taxes"]) == (2200, [{"rate_ppm": 50_000, "net": 2095, "tax": 105}])
