"""Shares of a bill: with what is left they are the bill again, in every figure, in whatever way it is split."""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.checks.errors import ShareGone, SharesOutOfRange, ShareTooLarge
from kiosk.checks.parting import part_of
from kiosk.checks.rules import Discount, Priced, Service, Sums, TaxRules, Wanted, share, sums
from kiosk.checks.summing import LineSum, added_up
from tests.support.bills import must_be_share, must_split, random_bill

EXCLUSIVE = TaxRules(prices_include_tax=False)
MILLION = int(os.environ.get("MILLION", "1000000"))


def evenly(bill: Sums, payers: int) -> list[Sums]:
    """What each of so many payers pays, one after the other."""
    shares = []
    for left in range(payers, 0, -1):
        taken, bill = share(bill, Wanted(even=left))
        shares.append(taken)
    assert not bill.by_line
    return shares


def test_100_00_by_three_is_33_34_and_twice_33_33() -> None:
    bill = sums([Priced(10_000, 100_000, key=1)], TaxRules())
    assert [one.total for one in evenly(bill, 3)] == [3334, 3333, 3333]


def test_90_00_by_three_is_30_00_each_with_the_tax_of_each_rate() -> None:
    bill = sums([Priced(6000, 100_000, key=1), Priced(3000, 220_000, key=2)], TaxRules())
    shares = evenly(bill, 3)
    assert [one.total for one in shares] == [3000, 3000, 3000]
    assert [[row.tax for row in one.by_rate] for one in shares] == [[182, 180], [182, 181], [181, 180]]
    assert [sum(one.by_rate[place].tax for one in shares) for place in (0, 1)] == [545, 541]


def test_twenty_dishes_by_three_cost_the_first_payer_one_unit_more_not_twenty() -> None:
    bill = sums([Priced(100, 0, key=key) for key in range(1, 21)], TaxRules())
    everything = dict.fromkeys(range(1, 21), 3)
    taken, _ = share(bill, Wanted(parts=everything))
    assert taken.total == 667


def test_a_third_of_a_line_three_times_is_the_line() -> None:
    bill = sums([Priced(1000, 220_000, key=1), Priced(500, 100_000, key=2)], TaxRules())
    first, left = share(bill, Wanted(parts={1: 3}))
    second, left = share(left, Wanted(parts={1: 2}))
    third, left = share(left, Wanted(parts={1: 1}))
    assert [(one.total, one.tax) for one in (first, second, third)] == [(334, 60), (333, 60), (333, 60)]
    assert [row.key for row in left.by_line] == [2]


def test_a_payer_takes_whole_lines_with_their_tax_to_the_unit() -> None:
    bill = sums([Priced(333, 100_000, key=1), Priced(333, 100_000, key=2), Priced(333, 100_000, key=3)], TaxRules())
    taken, left = share(bill, Wanted(parts={2: 1}))
    assert taken.by_line == (bill.by_line[1],)
    assert left.by_line == (bill.by_line[0], bill.by_line[2])


def test_an_amount_is_taken_pro_rata_with_tax_by_rate() -> None:
    bill = sums([Priced(6000, 100_000, key=1), Priced(4000, 220_000, key=2)], TaxRules())
    taken, left = share(bill, Wanted(amount=2500))
    assert [(row.rate_ppm, row.gross, row.tax) for row in taken.by_rate] == [(100_000, 1500, 136), (220_000, 1000, 180)]
    assert left.total == 7500


def test_the_service_charge_goes_with_what_a_share_costs() -> None:
    bill = sums([Priced(8000, 0, key=1), Priced(2000, 0, key=2)], TaxRules(), service=Service(100_000, 400, 220_000))
    assert bill.service is not None
    assert (bill.service.gross, bill.service.fixed) == (1400, 400)
    taken, left = share(bill, Wanted(parts={2: 1}))
    assert taken.service is not None
    assert (taken.service.gross, taken.service.fixed, taken.total) == (280, 80, 2280)
    assert left.total == 9120


def test_a_discount_is_less_on_every_share() -> None:
    bill = sums([Priced(3000, 0, key=1)], TaxRules(), discounts=[Discount(rate_ppm=100_000), Discount(amount=600)])
    first, left = share(bill, Wanted(parts={1: 3}))
    assert (first.lines, first.less, first.total, first.by_line[0].off) == (1000, 300, 700, (100, 200))
    assert (left.lines, left.less, left.total, left.by_line[0].off) == (2000, 600, 1400, (200, 400))


def test_prices_without_tax_are_shared_with_the_tax_on_them() -> None:
    bill = sums([Priced(5075, 62_500, key=1)], EXCLUSIVE)
    shares = evenly(bill, 2)
    assert [(one.net, one.tax, one.total) for one in shares] == [(2537, 159, 2696), (2538, 158, 2696)]


def test_the_share_that_pays_the_last_takes_what_costs_nothing() -> None:
    lines = [Priced(1000, 0, key=1), Priced(0, 0, key=2), Priced(500, 0, 500, key=3)]
    taken, left = share(sums(lines, TaxRules()), Wanted(parts={1: 1}))
    assert [row.key for row in taken.by_line] == [1, 2, 3]
    assert left == Sums()


def test_a_line_without_a_price_waits_for_the_last_share() -> None:
    lines = [Priced(1000, 0, key=1), Priced(0, 0, key=2), Priced(500, 0, key=3)]
    taken, left = share(sums(lines, TaxRules()), Wanted(parts={1: 1, 2: 1}))
    assert [row.key for row in taken.by_line] == [1]
    assert [row.key for row in left.by_line] == [2, 3]


def test_what_is_on_the_house_can_be_taken_by_the_guest_who_had_it() -> None:
    lines = [Priced(1000, 0, 1000, key=1), Priced(500, 0, key=2)]
    taken, left = share(sums(lines, TaxRules()), Wanted(parts={1: 1}))
    assert (taken.lines, taken.less, taken.total) == (1000, 1000, 0)
    assert left.total == 500


def test_a_bill_of_nothing_is_one_share() -> None:
    bill = sums([Priced(1000, 0, 1000, key=1)], TaxRules())
    assert share(bill, Wanted(even=3)) == (bill, Sums())


def test_two_units_by_three_leave_nothing_for_the_third() -> None:
    bill = sums([Priced(2, 0, key=1)], TaxRules())
    first, left = share(bill, Wanted(even=3))
    second, left = share(left, Wanted(even=2))
    assert (first.total, second.total, left.total) == (1, 1, 0)


def test_a_cut_of_tiny_parts_takes_from_no_line_more_than_there_is() -> None:
    rows = [(1, 2, 2), (1, 1, 1), (1, 1, 0), (3, 1, 0), (6, 1, 0)]
    bill = added_up(LineSum(rate, net, tax, net + tax, 0, key) for key, (rate, net, tax) in enumerate(rows))
    wanted = Wanted(parts={0: 20, 1: 20, 2: 2, 3: 50, 4: 5})
    taken, left = share(bill, wanted)
    must_be_share(bill, wanted, taken, left, TaxRules())


@pytest.mark.parametrize("parts", [{}, {9: 1}, {1: 1, 9: 1}])
def test_what_is_not_open_any_more_is_no_share(parts: dict[int, int]) -> None:
    with pytest.raises(ShareGone, match="Nothing of this share is open any more"):
        share(sums([Priced(1000, 0, key=1)], TaxRules()), Wanted(parts=parts))


@pytest.mark.parametrize("amount", [0, -1, 1001])
def test_an_amount_that_is_not_open_is_refused(amount: int) -> None:
    with pytest.raises(ShareTooLarge, match="at most what is open"):
        share(sums([Priced(1000, 0, key=1)], TaxRules()), Wanted(amount=amount))


@pytest.mark.parametrize("of", [0, -2, 100])
def test_parts_nobody_can_mean_are_refused(of: int) -> None:
    bill = sums([Priced(1000, 0, key=1)], TaxRules())
    with pytest.raises(SharesOutOfRange, match="between 1 and 99"):
        share(bill, Wanted(even=of))
    with pytest.raises(SharesOutOfRange, match="between 1 and 99"):
        share(bill, Wanted(parts={1: of}))


@pytest.mark.parametrize(
    ("amount", "whole", "of", "told"),
    [
        (334, 1000, 3, "1/3"),
        (333, 1000, 0, "1/3"),
        (667, 1000, 0, "2/3"),
        (237, 1000, 0, "part"),
        (500, 1000, 0, "1/2"),
    ],
)
def test_a_part_of_a_line_is_told_in_words(amount: int, whole: int, of: int, told: str) -> None:
    assert part_of(amount, whole, of) == told


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_shares_are_the_bill_in_every_figure(seed: int) -> None:
    chance = random.Random(seed)
    must_split(random_bill(chance), chance)


@pytest.mark.slow
def test_thousands_of_random_splits_are_the_bill_in_every_figure() -> None:
    chance = random.Random(3)
    assert sum(must_split(random_bill(chance), chance) for _ in range(2500)) > 8000


@pytest.mark.million
def test_a_million_random_splits_are_the_bill_in_every_figure() -> None:
    chance = random.Random(20_261_122)
    for _ in range(MILLION):
        must_split(random_bill(chance), chance)
