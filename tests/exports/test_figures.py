from copy import deepcopy
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from exports.amounts import amount_text, part_ppm, rate_format
from exports.errors import ExportRefused, FiguresDoNotBalance, FiguresUnfit
from exports.figures import Figures, balance
from kiosk.reports.profit_rules import part
from tests.exports.samples import EVENING, NOTHING, figures_of


def test_the_evening_balances(evening: Figures) -> None:
    evening.check()
    balance(evening)


def test_a_day_without_sales_balances() -> None:
    figures_of(NOTHING).check()


@pytest.mark.parametrize(
    ("part", "column"),
    [
        ("hours", "turnover"),
        ("items", "turnover"),
        ("categories", "turnover"),
        ("portions", "turnover"),
        ("payments", "amount"),
        ("staff", "turnover"),
        ("taxes", "gross"),
        ("receipts", "total"),
    ],
)
def test_a_part_that_misses_a_cent_is_named_with_both_sums(part: str, column: str) -> None:
    figures = figures_of(EVENING)
    getattr(figures, part).loc[0, column] -= 1
    with pytest.raises(FiguresDoNotBalance, match=rf"{part} sum to 92\.49 EUR, .* turnover is 92\.50 EUR") as refused:
        balance(figures)
    assert isinstance(refused.value, ExportRefused)


def test_the_days_of_a_range_must_balance_too() -> None:
    rows = EVENING | {"days": [(date(2026, 3, 6), 4, 6, 9, 9250), (date(2026, 3, 7), 1, 1, 1, 100)]}
    with pytest.raises(FiguresDoNotBalance, match=r"days sum to 93\.50 EUR"):
        figures_of(rows, last_day=date(2026, 3, 7)).check()


def test_a_single_day_needs_no_rows_of_days() -> None:
    figures_of(EVENING | {"days": []}).check()


def test_money_that_is_not_whole_is_refused_by_name() -> None:
    with pytest.raises(FiguresUnfit, match=r"hours\.turnover is float64.*astype\('int64'\)"):
        figures_of(EVENING | {"hours": [(12, 4, 9, 92.50)]})


def test_a_missing_column_is_refused_by_name() -> None:
    with pytest.raises(FiguresUnfit, match="frame 'payments' lacks the column tips"):
        figures_of(EVENING, payments=pd.DataFrame({"tender": ["Cash"], "count": [1], "refunds": [0], "amount": [9250]}))


def test_a_summary_without_turnover_is_refused() -> None:
    with pytest.raises(FiguresUnfit, match="no row with the key 'turnover'"):
        figures_of(EVENING | {"summary": EVENING["summary"][1:]})


def test_a_summary_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(FiguresUnfit, match="not 'percent'"):
        figures_of(EVENING | {"summary": [("turnover", "Turnover", 9250, "percent")]})


def test_a_currency_with_four_decimals_is_refused() -> None:
    with pytest.raises(FiguresUnfit, match="EUR with 4 decimals"):
        figures_of(EVENING, decimals=4)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(FiguresUnfit, match="ends on 2026-03-05"):
        figures_of(EVENING, last_day=date(2026, 3, 5))


def test_instants_with_a_time_zone_are_refused() -> None:
    rows = deepcopy(EVENING)
    rows["receipts"] = [("1", "Sale", datetime(2026, 3, 6, tzinfo=UTC), "T", 1, "G", "Cash", 8409, 841, 9250, 0)]
    with pytest.raises(FiguresUnfit, match=r"receipts\.closed_at carries a time zone"):
        figures_of(rows)
    with pytest.raises(FiguresUnfit, match="made_at carries a time zone"):
        figures_of(EVENING, made_at=datetime(2026, 3, 6, tzinfo=UTC))


def test_the_period_is_told_in_words(evening: Figures) -> None:
    assert evening.period == "Friday 6 March 2026"
    assert figures_of(EVENING, last_day=date(2026, 3, 8)).period == "Friday 6 March 2026 – Sunday 8 March 2026"


@pytest.mark.parametrize(
    ("units", "decimals", "text"),
    [
        (0, 2, "0.00"),
        (5, 2, "0.05"),
        (-5, 2, "-0.05"),
        (-205, 2, "-2.05"),
        (123456, 0, "123456"),
        (1234567, 3, "1234.567"),
        (9_007_199_254_740_993, 2, "90071992547409.93"),
    ],
)
def test_amounts_are_written_digit_by_digit(units: int, decimals: int, text: str) -> None:
    assert amount_text(units, decimals) == text


@pytest.mark.parametrize(
    ("rates", "form"),
    [([190_000, 70_000], "0%"), ([62_500], "0.00%"), ([88_750, 0], "0.000%"), ([55_000], "0.0%"), ([], "0%")],
)
def test_a_rate_shows_the_decimals_it_has(rates: list[int], form: str) -> None:
    assert rate_format(pd.Series(rates, dtype="int64")) == form


def test_a_part_on_paper_is_that_of_the_screen_to_a_tenth_of_a_percent() -> None:
    for amount, whole in ((1297, 2000), (-1297, 2000), (1339, 2000), (1, 3), (-779, 1144), (0, 5), (5, 0), (5, -5)):
        assert part_ppm(amount, whole) == part(amount, whole)
    assert part_ppm(1297, 2000) == 649_000
