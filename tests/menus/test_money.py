import pytest

from menus import money


@pytest.mark.parametrize(
    ("text", "currency", "units", "shown"),
    [
        ("12.50", "EUR", 1250, "12.50"),
        ("12", "EUR", 1200, "12.00"),
        ("12.5", "EUR", 1250, "12.50"),
        ("12.500", "EUR", 1250, "12.50"),
        ("-0.20", "EUR", -20, "-0.20"),
        ("350", "JPY", 350, "350"),
        ("1.250", "BHD", 1250, "1.250"),
        ("0.01", "CNY", 1, "0.01"),
        ("0", "USD", 0, "0.00"),
    ],
)
def test_a_price_becomes_minor_units_of_its_currency_and_back(text: str, currency: str, units: int, shown: str) -> None:
    assert money.minor_units(text, currency) == units
    assert money.shown_price(units, currency) == shown


@pytest.mark.parametrize(
    ("text", "currency", "sentence"),
    [
        ("12.505", "EUR", "EUR has 2 decimals and this price has more; write fewer."),
        ("350.5", "JPY", "JPY has no decimals and this price has more; write fewer."),
        ("1.2505", "BHD", "BHD has 3 decimals and this price has more; write fewer."),
        ("12,50", "EUR", "It is not a price; write digits and a point only, as 12.50."),
        ("€ 12", "EUR", "It is not a price; write digits and a point only, as 12.50."),
        ("1_000", "JPY", "It is not a price; write digits and a point only, as 1250."),
        ("NaN", "EUR", "It is not a price; write digits and a point only, as 12.50."),
        ("1e3", "EUR", "It is not a price; write digits and a point only, as 12.50."),
        ("١٢", "EUR", "It is not a price; write digits and a point only, as 12.50."),
        ("10000000000.01", "EUR", "It is above the highest price there is, 10000000000.00."),
    ],
)
def test_an_unfit_price_is_refused_with_the_way_out(text: str, currency: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 the sentence is compared whole
        money.minor_units(text, currency)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("text", "ppm"), [("10", 100_000), ("6.25", 62_500), ("0", 0), ("5.5", 55_000), ("0.0001", 1), ("100", 1_000_000)]
)
def test_a_tax_rate_is_whole_parts_per_million_and_back(text: str, ppm: int) -> None:
    assert money.parts_per_million(text) == ppm
    assert money.shown_percent(ppm) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("6.25001", "It has more than 4 decimals; a tax rate has at most 4."),
        ("101", "It is not between 0 and 100; write the tax rate in percent."),
        ("-1", "It is not between 0 and 100; write the tax rate in percent."),
        ("ten", "It is not a percentage; write digits and a point only, as 10 or 6.25."),
    ],
)
def test_an_unfit_tax_rate_is_refused_with_the_way_out(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 the sentence is compared whole
        money.parts_per_million(text)
    assert str(refusal.value) == sentence


def test_a_currency_is_known_by_its_iso_code_alone() -> None:
    assert money.currency_code(" eur ") == "EUR"
    with pytest.raises(ValueError, match=r'"EURO" is no currency; write its ISO 4217 code, as EUR, USD or JPY\.'):
        money.currency_code("EURO")
