"""Checks of which a part is paid: shares sum to the bill, what is paid stays, and the party goes on ordering."""

import json

import pytest

from kiosk.checks import errors, queries, service
from kiosk.checks.service import Dining, Off
from kiosk.core.db import Database
from kiosk.floor.queries import show_floor
from tests.support import journal
from tests.support.evening import Evening, evening
from tests.support.payers import look, pay, told, undo


async def dined(db: Database, *items: str) -> tuple[Evening, list[int]]:
    """A party that has had these."""
    party = await evening(db)
    lines = await party.ring(*(items or ("Soup", "Steak", "Wine")))
    await party.send([0, 1, 2, 3])
    return party, lines


async def figures(party: Evening, check_id: int = 0) -> tuple[int, int, int]:
    """Total, paid and open as the pad shows them."""
    check = await party.check(check_id or party.check_id)
    return check["sums"]["total"], check["paid"], check["open"]


async def test_three_pay_a_third_each_and_the_check_is_closed_with_the_last(db: Database) -> None:
    party, (soup, *_) = await dined(db)
    first = await pay(party, even=3)
    assert (first.sums.total, first.open_total, first.rest.total, first.is_last) == (1134, 3400, 2266, False)
    assert told(first) == [("Soup", 0, "1/3", 267), ("Steak", 0, "1/3", 667), ("Wine", 0, "1/3", 200)]
    assert await figures(party) == (3400, 1134, 2266)
    assert (await party.line(soup))["paid"] == 267
    second = await pay(party, even=2)
    third = await pay(party)
    assert [one.sums.total for one in (first, second, third)] == [1134, 1133, 1133]
    assert [line[1:3] for line in told(third)] == [(1, "1/3"), (1, "1/3"), (1, "1/3")]
    check = await party.check()
    assert (check["state"], check["paid"], check["open"], check["sums"]["total"]) == ("closed", 3400, 0, 3400)
    taxes = [[row.tax for row in one.sums.by_rate] for one in (first, second, third)]
    assert [sum(tax) for tax in zip(*taxes, strict=True)] == [255, 108]


async def test_a_payer_takes_dishes_while_others_are_still_to_be_sent(db: Database) -> None:
    party, (soup, *_) = await dined(db)
    (cake,) = await party.ring("Cake")
    share = await pay(party, parts={soup: 1})
    assert told(share) == [("Soup", 1, "", 800)]
    for wanted in ({}, {"even": 2}, {"amount": 100}, {"parts": {cake: 1}}):
        with pytest.raises(errors.UnsentLines):
            await look(party, **wanted)
    assert await figures(party) == (4100, 800, 3300)


async def test_the_last_share_waits_for_lines_that_cost_nothing_and_are_not_sent(db: Database) -> None:
    party, _ = await dined(db, "Soup")
    await party.ring("Water")
    await party.act(service.discount, party.check_id, None, Off("All", None, 300))
    with pytest.raises(errors.UnsentLines):
        await look(party)


async def test_a_party_that_paid_a_part_goes_on_ordering(db: Database) -> None:
    party, (soup, steak, _wine) = await dined(db)
    await pay(party, parts={soup: 1, steak: 2})
    assert await figures(party) == (3400, 1800, 1600)
    await party.ring("Cake")
    await party.send([3])
    assert await figures(party) == (4100, 1800, 2300)
    last = await pay(party)
    assert told(last) == [("Steak", 1, "1/2", 1000), ("Wine", 1, "", 600), ("Cake", 1, "", 700)]
    assert (await party.check())["state"] == "closed"


async def test_what_is_paid_or_a_part_of_it_stays_as_it_was_paid(db: Database) -> None:
    party, (soup, steak, wine) = await dined(db)
    other = await party.other()
    given = await party.act(service.discount, party.check_id, soup, Off("Goodwill", "10"))
    await pay(party, parts={soup: 2, steak: 1})
    tries = [
        (service.void_line, (soup, "dropped")),
        (service.void_line, (steak, "dropped")),
        (service.comp_line, (soup, "cold")),
        (service.move_lines, ([soup], other)),
        (service.discount, (party.check_id, steak, Off("Staff", "20"))),
        (service.undiscount, (given,)),
    ]
    for gesture, args in tries:
        with pytest.raises(errors.LinePaid, match=r"is paid, or a part of it\. Undo that payment first"):
            await party.act(gesture, *args)
    with pytest.raises(errors.PartlyPaid, match="A part of check 1 is paid"):
        await party.act(service.merge, party.check_id, other)
    await party.act(service.move_lines, [wine], other)
    assert await figures(party) == (2720, 2360, 360)
    assert await figures(party, other) == (600, 0, 600)


async def test_a_check_may_be_merged_into_one_that_is_partly_paid_but_not_taken_out_once_paid(db: Database) -> None:
    party, (soup, *_) = await dined(db)
    other = await party.other()
    wine = await party.house.ring(other, "Wine")
    await party.house.send(other)
    await pay(party, parts={soup: 1})
    await party.act(service.merge, other, party.check_id)
    assert await figures(party) == (4000, 800, 3200)
    await pay(party, parts={wine: 2})
    with pytest.raises(errors.LinePaid):
        await party.act(service.unmerge, other)


async def test_voiding_all_that_is_left_closes_a_check_that_was_partly_paid(db: Database) -> None:
    party, (soup, steak) = await dined(db, "Soup", "Steak")
    (cake,) = await party.ring("Cake")
    await pay(party, parts={soup: 1})
    await party.act(service.void_line, steak, "left early")
    assert (await party.check())["state"] == "open"
    await party.act(service.remove_line, cake)
    check = await party.check()
    assert (check["state"], check["sums"]["total"], check["paid"]) == ("closed", 800, 800)
    assert (await journal.acts(db))[-1] == "check_closed"


async def test_moving_all_that_is_left_closes_a_check_that_was_partly_paid(db: Database) -> None:
    party, (soup, steak) = await dined(db, "Soup", "Steak")
    other = await party.other()
    await pay(party, parts={soup: 1})
    await party.act(service.move_lines, [steak], other)
    assert (await party.check())["state"] == "closed"
    assert await figures(party, other) == (2000, 0, 2000)


async def test_an_undone_payment_opens_its_share_as_it_was(db: Database) -> None:
    party, _ = await dined(db)
    await party.rule(service_ppm=100_000, service_per_cover=50, service_tax_code="drinks")
    await party.act(service.discount, party.check_id, None, Off("Voucher", None, 501))
    whole = await party.check()
    shares = [await pay(party, receipt_id=no, even=4 - no) for no in (1, 2)]
    before = await figures(party)
    third = await pay(party, receipt_id=3, amount=500)
    await undo(party, third, receipt_id=3)
    assert await figures(party) == before
    await undo(party, shares[0], receipt_id=1)
    assert await figures(party) == (whole["sums"]["total"], shares[1].sums.total, before[2] + shares[0].sums.total)
    await undo(party, shares[1])
    again = await party.check()
    assert {name: again[name] for name in ("sums", "discounts", "seats", "paid", "open")} == {
        name: whole[name] for name in ("sums", "discounts", "seats", "paid", "open")
    }
    with pytest.raises(errors.ShareUnknown, match="undone already"):
        await undo(party, shares[1])


async def test_a_payment_undone_after_more_was_ordered_is_open_with_it(db: Database) -> None:
    party, (soup, *_) = await dined(db)
    share = await pay(party, parts={soup: 1})
    await pay(party, amount=600)
    await party.ring("Cake")
    await undo(party, share)
    assert await figures(party) == (4100, 600, 3500)


async def test_the_quantity_of_a_line_is_on_one_receipt_whatever_was_undone_between(db: Database) -> None:
    party, (soup, *_) = await dined(db)
    half = await pay(party, receipt_id=1, parts={soup: 2})
    rest = await pay(party, receipt_id=2, parts={soup: 1})
    assert (told(half), told(rest)) == ([("Soup", 0, "1/2", 400)], [("Soup", 1, "1/2", 400)])
    await undo(party, half, receipt_id=1)
    again = await pay(party, parts={soup: 1})
    assert told(again) == [("Soup", 0, "1/2", 400)]


async def test_shares_of_an_unchanged_check_sum_to_its_tax_in_every_rate(db: Database) -> None:
    party, lines = await dined(db, "Soup", "Salad", "Steak", "Pasta", "Wine", "Water", "Cake")
    await party.rule(prices_include_tax=False, service_ppm=125_000, service_tax_code="drinks")
    await party.act(service.discount, party.check_id, None, Off("Regular guest", "7.77"))
    whole = (await party.check())["sums"]
    ways = (
        {"even": 7},
        {"parts": {lines[0]: 3, lines[4]: 1}},
        {"amount": 1111},
        {"even": 3},
        {"parts": {lines[2]: 2}},
        {},
    )
    shares = [await pay(party, **way) for way in ways]
    assert sum(one.sums.total for one in shares) == whole["total"]
    for rate in whole["taxes"]:
        mine = [row for one in shares for row in one.sums.by_rate if row.rate_ppm == rate["rate_ppm"]]
        assert (sum(row.net for row in mine), sum(row.tax for row in mine)) == (rate["net"], rate["tax"])
    assert sum(one.sums.less for one in shares) == whole["less"]
    assert sum(one.service.gross for one in shares if one.service) == whole["service"]


async def test_an_amount_off_is_only_given_once_when_the_check_changes_between_shares(db: Database) -> None:
    party, _ = await dined(db, "Steak")
    await party.act(service.discount, party.check_id, None, Off("Voucher", None, 600))
    await pay(party, even=2)
    assert await figures(party) == (1400, 700, 700)
    await party.ring("Cake")
    assert await figures(party) == (2100, 700, 1400)


async def test_the_charge_by_covers_is_only_paid_once_when_the_check_changes_between_shares(db: Database) -> None:
    party, _ = await dined(db, "Steak")
    await party.rule(service_per_cover=100)
    await pay(party, even=2)
    assert await figures(party) == (2200, 1100, 1100)
    await party.ring("Cake")
    assert await figures(party) == (2900, 1100, 1800)
    await party.act(service.set_covers, party.check_id, 3)
    assert await figures(party) == (3000, 1100, 1900)


async def test_a_share_of_what_is_paid_meanwhile_is_refused(db: Database) -> None:
    party, (soup, steak, _) = await dined(db)
    await pay(party, parts={soup: 1})
    with pytest.raises(errors.ShareGone):
        await look(party, parts={soup: 1, steak: 1})
    with pytest.raises(errors.ShareTooLarge):
        await look(party, amount=2601)


async def test_what_was_paid_keeps_its_tax_when_the_rest_is_taken_away(db: Database) -> None:
    party, (soup, _steak) = await dined(db, "Soup", "Steak")
    await pay(party, parts={soup: 1})

    async def take_away(tx: service.Tx) -> None:
        await service.set_dining(tx, party.check_id, Dining.TAKE_AWAY)

    await party.house.db.run(take_away)
    taxes = (await party.check())["sums"]["taxes"]
    assert taxes == [{"rate_ppm": 50_000, "net": 1905, "tax": 95}, {"rate_ppm": 100_000, "net": 727, "tax": 73}]


async def test_a_tile_shows_what_is_paid_and_what_is_open(db: Database) -> None:
    party, _ = await dined(db)
    await pay(party, amount=1000)
    summary = (await party.house.look(queries.show_summaries, [party.check_id]))[party.check_id]
    assert (summary.total, summary.paid, summary.open) == (3400, 1000, 2400)
    assert await party.house.look(show_floor)


async def test_nobody_pays_a_check_on_which_nothing_is(db: Database) -> None:
    party = await evening(db)
    with pytest.raises(errors.NothingToBill):
        await look(party)


async def test_the_journal_is_whole_after_all_that(db: Database) -> None:
    party, (soup, steak, _) = await dined(db)
    await party.act(service.discount, party.check_id, steak, Off("Staff", "20"))
    await pay(party, parts={soup: 1})
    await party.act(service.ask_bill, party.check_id)
    assert await journal.is_whole(db)
    asked = json.loads((await journal.bodies(db))[-1])
    assert (asked["act"], asked["details"]["total"]) == ("bill_asked", 2200)
