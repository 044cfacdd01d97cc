import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checks.errors import CoversOutOfRange, NoteTooLong, QuantityOutOfRange
from kiosk.checks.rules import Priced, Step, TaxRules, allowed_covers, allowed_note, allowed_quantity, step, sums
from kiosk.core.money import Rounding


def test_five_lines_of_100_gross_at_19_percent_hold_79_83_rounded_once_a_rate() -> None:
    assert sums([Priced(10_000, 190_000)] * 5, TaxRules()).tax == 7983


def test_five_lines_of_100_gross_at_19_percent_hold_79_85_rounded_on_every_line() -> None:
    assert sums([Priced(10_000, 190_000)] * 5, TaxRules(per_line=True)).tax == 7985


def test_tax_is_added_when_prices_exclude_it() -> None:
    whole = sums([Priced(5075, 62_500)], TaxRules(prices_include_tax=False))
    assert (whole.lines, whole.net, whole.tax, whole.total) == (5075, 5075, 317, 5392)


def test_a_check_with_two_rates_has_a_row_for_each() -> None:
    whole = sums([Priced(1100, 100_000), Priced(1220, 220_000), Priced(550, 100_000)], TaxRules())
    assert [(row.rate_ppm, row.net, row.tax) for row in whole.by_rate] == [(100_000, 1500, 150), (220_000, 1000, 220)]
    assert whole.total == 2870


def test_an_empty_check_comes_to_nothing() -> None:
    assert sums([], TaxRules()).total == 0


lines = st.lists(
    st.builds(Priced, st.integers(0, 10**7), st.sampled_from([0, 40_000, 62_500, 100_000, 220_000])), max_size=40
)
venues = st.builds(TaxRules, st.booleans(), st.booleans(), st.sampled_from(Rounding))


@given(lines, venues)
def test_lines_and_rates_always_sum_to_the_same_total(given_lines: list[Priced], venue: TaxRules) -> None:
    whole = sums(given_lines, venue)
    assert sum(line.gross for line in whole.by_line) == whole.total == sum(row.gross for row in whole.by_rate)
    assert sum(line.tax for line in whole.by_line) == whole.tax
    if venue.prices_include_tax:
        assert whole.total == whole.lines


@pytest.mark.parametrize(
    ("is_open", "bill_asked", "live", "served", "shown"),
    [
        (True, False, 0, 0, Step.SEATED),
        (True, False, 3, 1, Step.ORDERED),
        (True, False, 3, 3, Step.SERVED),
        (True, True, 3, 1, Step.BILLING),
        (False, True, 3, 3, Step.PAID),
    ],
)
def test_a_tables_step_follows_from_its_check(
    is_open: bool, bill_asked: bool, live: int, served: int, shown: Step
) -> None:
    assert step(is_open=is_open, bill_asked=bill_asked, live_lines=live, served_lines=served) is shown


@pytest.mark.parametrize("quantity", [0, -1, 100])
def test_a_quantity_nobody_can_mean_is_refused(quantity: int) -> None:
    with pytest.raises(QuantityOutOfRange, match="between 1 and 99"):
        allowed_quantity(quantity)


def test_no_guests_is_not_a_party() -> None:
    with pytest.raises(CoversOutOfRange, match="between 1 and 99"):
        allowed_covers(0)


def test_a_note_is_one_line_and_not_a_letter() -> None:
    assert allowed_note("  no\n onions ") == "no onions"
    with pytest.raises(NoteTooLong, match="200 characters"):
        allowed_note("x" * 201)
