from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.money import (
    AmountUnreadable,
    Currency,
    PercentUnreadable,
    Rounding,
    divide_rounded,
    percent_ppm,
    round_to,
    share_out,
    tax_inside,
    tax_on,
)


def test_50_75_exclusive_at_6_25_percent_is_3_17() -> None:
    assert tax_on(5075, 62_500) == 317


@pytest.mark.parametrize(
    ("thousandths", "half_even", "half_up"), [(112, 11, 11), (115, 12, 12), (125, 12, 13), (135, 14, 14)]
)
def test_halves_go_to_the_even_neighbour_or_up(thousandths: int, half_even: int, half_up: int) -> None:
    assert divide_rounded(thousandths, 10, Rounding.HALF_EVEN) == half_even
    assert divide_rounded(thousandths, 10, Rounding.HALF_UP) == half_up


def test_2_99_inclusive_at_4_percent_holds_12_cents_of_tax() -> None:
    assert tax_inside(299, 40_000) == 12


def test_a_refund_is_rounded_like_its_sale() -> None:
    assert tax_inside(-299, 40_000) == -12
    assert divide_rounded(-125, 10, Rounding.HALF_EVEN) == -12


def test_a_hundred_in_three_is_33_34_and_twice_33_33() -> None:
    assert share_out(10_000, [1, 1, 1]) == [3334, 3333, 3333]


def test_1027_59_by_20_70_5_5_percent_sums_to_the_whole() -> None:
    assert sum(share_out(102_759, [20, 70, 5, 5])) == 102_759


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=50).filter(any))
def test_parts_always_sum_to_the_whole_and_are_at_most_a_unit_off(whole: int, weights: list[int]) -> None:
    parts = share_out(whole, weights)
    assert sum(parts) == whole
    total = sum(weights)
    assert all(abs(part * total - whole * weight) < total for part, weight in zip(parts, weights, strict=True))


@pytest.mark.parametrize(
    ("amount", "step", "rounded"), [(492, 5, 490), (493, 5, 495), (492, 10, 490), (4550, 100, 4600), (492, 0, 492)]
)
def test_cash_is_rounded_to_what_coins_can_pay(amount: int, step: int, rounded: int) -> None:
    assert round_to(amount, step) == rounded


@pytest.mark.parametrize(
    ("code", "text", "amount"),
    [("EUR", "12.50", 1250), ("EUR", "12.5", 1250), ("JPY", "350", 350), ("BHD", "1.250", 1250), ("EUR", "-0.01", -1)],
)
def test_amounts_are_read_exactly_in_their_currency(code: str, text: str, amount: int) -> None:
    assert Currency(code).parse(text) == amount


@pytest.mark.parametrize(
    ("code", "text"),
    [
        *(("EUR", text) for text in ("1.255", "12,50", "NaN", "sNaN", "1e2", "1_0", "1e99", "-1e999999", "")),
        *(("JPY", text) for text in ("1.5", "1e999999")),
    ],
)
def test_what_is_not_exact_in_the_currency_is_refused_with_a_sentence(code: str, text: str) -> None:
    with pytest.raises(AmountUnreadable, match="is not an amount with at most"):
        Currency(code).parse(text)


@pytest.mark.parametrize(
    "text", ["1e1", "1_0", "1e999999", "-1e50", "1e-50", "NaN", "sNaN", "Infinity", "100.01", "0.005", ""]
)
def test_what_is_no_percentage_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(PercentUnreadable, match="is not a percentage from 0 to 100"):
        percent_ppm(text)


def test_amounts_are_shown_as_the_locale_writes_them() -> None:
    assert Currency("EUR").show(-123_456, "de_DE") == "\u22121.234,56"
    assert Currency("JPY").show(123_456, "ja_JP") == "123,456"
    assert Currency("BHD").show(1250, "en_US") == "1.250"
    assert Currency("BHD").decimal(1250) == Decimal("1.250")
