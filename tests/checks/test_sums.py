"""The sums of a check: worked examples to the unit, and thousands of random bills gone over with exact fractions."""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.checks.rules import Discount, Priced, Service, TaxRules, sums
from kiosk.core.money import Rounding
from tests.support.bills import Bill, must_be_exact, random_bill

EXCLUSIVE = TaxRules(prices_include_tax=False)
PER_LINE = TaxRules(per_line=True)
HALF_EVEN = TaxRules(prices_include_tax=False, rounding=Rounding.HALF_EVEN)
MILLION = int(os.environ.get("MILLION", "1000000"))


def test_50_75_without_tax_at_6_25_percent_bears_3_17() -> None:
    assert sums([Priced(5075, 62_500)], EXCLUSIVE).tax == 317


@pytest.mark.parametrize(("net", "half_even", "half_up"), [(112, 11, 11), (115, 12, 12), (125, 12, 13), (135, 14, 14)])
def test_halves_go_up_or_to_the_even_neighbour(net: int, half_even: int, half_up: int) -> None:
    assert sums([Priced(net, 100_000)], HALF_EVEN).tax == half_even
    assert sums([Priced(net, 100_000)], EXCLUSIVE).tax == half_up


def test_2_99_with_4_percent_in_it_is_0_12_tax_and_2_87_net() -> None:
    whole = sums([Priced(299, 40_000)], TaxRules())
    assert (whole.net, whole.tax, whole.total) == (287, 12, 299)


def test_a_discount_of_ten_percent_is_less_tax_too() -> None:
    whole = sums([Priced(1100, 100_000)], TaxRules(), discounts=[Discount(rate_ppm=100_000)])
    assert (whole.lines, whole.less, whole.net, whole.tax, whole.total) == (1100, 110, 900, 90, 990)


def test_a_discount_of_the_whole_check_is_shared_out_over_lines_of_two_rates() -> None:
    lines = [Priced(3000, 100_000, key=1), Priced(1000, 220_000, key=2)]
    whole = sums(lines, TaxRules(), discounts=[Discount(amount=1000)])
    assert [(row.less, row.gross) for row in whole.by_line] == [(750, 2250), (250, 750)]
    assert [(row.rate_ppm, row.net, row.tax) for row in whole.by_rate] == [(100_000, 2045, 205), (220_000, 615, 135)]
    assert whole.total == 3000


def test_a_lines_own_discount_comes_before_that_of_the_whole_check_however_they_were_given() -> None:
    lines = [Priced(2000, 0, key=1), Priced(1000, 0, key=2)]
    given = [Discount(rate_ppm=100_000), Discount(amount=1000, line=1)]
    whole = sums(lines, TaxRules(), discounts=given)
    assert [row.off for row in whole.by_line] == [(100, 1000), (100, 0)]
    assert (whole.off(0), whole.off(1), whole.total) == (200, 1000, 1800)


def test_discounts_of_a_kind_apply_one_after_the_other_as_they_were_given() -> None:
    line = [Priced(1000, 0, key=1)]
    first_rate = sums(line, TaxRules(), discounts=[Discount(rate_ppm=100_000), Discount(amount=100)])
    first_amount = sums(line, TaxRules(), discounts=[Discount(amount=100), Discount(rate_ppm=100_000)])
    assert (first_rate.total, first_amount.total) == (800, 810)


def test_an_amount_takes_off_no_more_than_is_left() -> None:
    whole = sums([Priced(300, 100_000, key=1)], TaxRules(), discounts=[Discount(amount=500, line=1)])
    assert (whole.less, whole.total, whole.off(0)) == (300, 0, 300)


def test_what_is_on_the_house_is_off_before_any_discount() -> None:
    lines = [Priced(2000, 0, 2000, key=1), Priced(1000, 0, key=2)]
    whole = sums(lines, TaxRules(), discounts=[Discount(rate_ppm=100_000)])
    assert [(row.less, row.gross) for row in whole.by_line] == [(2000, 0), (100, 900)]


def test_a_discount_with_two_decimals_is_rounded_once_for_the_check() -> None:
    whole = sums([Priced(999, 0, key=1), Priced(999, 0, key=2)], TaxRules(), discounts=[Discount(rate_ppm=33_300)])
    assert whole.off(0) == 67
    assert [row.less for row in whole.by_line] == [34, 33]


def test_a_service_charge_is_of_what_is_left_after_discounts_and_has_its_own_tax() -> None:
    whole = sums(
        [Priced(10_000, 100_000)], TaxRules(), discounts=[Discount(amount=2000)], service=Service(125_000, 0, 220_000)
    )
    assert whole.service is not None
    assert (whole.service.gross, whole.service.net, whole.service.tax) == (1000, 820, 180)
    assert [(row.rate_ppm, row.gross) for row in whole.by_rate] == [(100_000, 8000), (220_000, 1000)]
    assert whole.total == 9000


def test_a_service_charge_by_covers_comes_on_top_of_the_rate() -> None:
    whole = sums([Priced(5000, 0)], TaxRules(), service=Service(100_000, 600))
    assert whole.service is not None
    assert (whole.service.gross, whole.service.fixed, whole.total) == (1100, 600, 6100)


def test_a_service_charge_taxed_like_the_food_is_rounded_with_it_once() -> None:
    whole = sums([Priced(105, 100_000)], EXCLUSIVE, service=Service(100_000, 0, 100_000))
    assert (whole.net, whole.tax, whole.total) == (116, 12, 128)
    assert len(whole.by_rate) == 1


@pytest.mark.parametrize("lines", [[], [Priced(0, 100_000)], [Priced(900, 100_000, 900)]])
def test_where_nothing_is_charged_no_service_is(lines: list[Priced]) -> None:
    assert sums(lines, TaxRules(), service=Service(125_000, 400, 0)).total == 0


@pytest.mark.parametrize(("line", "tax", "total"), [(Priced(350, 80_000), 26, 350), (Priced(1250, 100_000), 114, 1250)])
def test_yen_and_fils_are_whole_minor_units_like_any_other(line: Priced, tax: int, total: int) -> None:
    whole = sums([line], TaxRules())
    assert (whole.tax, whole.total) == (tax, total)


def test_tax_rounded_on_every_line_includes_the_service_as_a_line() -> None:
    whole = sums([Priced(333, 190_000)] * 3, PER_LINE, service=Service(100_000, 0, 190_000))
    assert [row.tax for row in whole.by_line] == [53, 53, 53]
    assert whole.service is not None
    assert whole.service.tax == 16
    assert whole.tax == 175


amounts = st.integers(0, 10**7)
keyed = st.lists(st.tuples(amounts, st.sampled_from([0, 40_000, 62_500, 190_000]), st.booleans()), max_size=20)
rates = st.integers(1, 10_000).map(lambda hundredths: hundredths * 100)
offs = st.tuples(
    st.one_of(st.none(), st.integers(0, 19)),
    st.one_of(rates.map(lambda r: (r, None)), amounts.map(lambda a: (None, a + 1))),
)
venues = st.builds(TaxRules, st.booleans(), st.booleans(), st.sampled_from(Rounding))
services = st.one_of(st.none(), st.builds(Service, st.integers(0, 250_000), st.integers(0, 5000), st.just(220_000)))


@settings(max_examples=300, deadline=None)
@given(keyed, st.lists(offs, max_size=4), venues, services)
def test_a_bill_is_what_it_is_by_exact_fractions(lines, given_off, venue: TaxRules, service: Service | None) -> None:  # type: ignore[no-untyped-def]
    priced = [Priced(amount, rate, amount if comped else 0, key) for key, (amount, rate, comped) in enumerate(lines)]
    discounts = [Discount(rate, amount, line) for line, (rate, amount) in given_off]
    must_be_exact(Bill(priced, venue, discounts, service))


def test_thousands_of_random_bills_are_what_they_are_by_exact_fractions() -> None:
    chance = random.Random(2)
    for _ in range(4000):
        must_be_exact(random_bill(chance))


@pytest.mark.million
def test_a_million_random_bills_are_what_they_are_by_exact_fractions() -> None:
    chance = random.Random(20_261_121)
    for _ in range(MILLION):
        must_be_exact(random_bill(chance))
