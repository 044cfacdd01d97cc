"""Prices and tax rates as a menu file writes them, and as whole numbers."""

import re
from decimal import Decimal
from functools import cache

from babel.numbers import get_currency_precision, list_currencies

HIGHEST_PRICE = 10**12
"""No price is above this many minor units."""

PPM_PER_PERCENT = 10_000
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?")


@cache
def decimals_of(currency: str) -> int:
    """Decimals of a currency's amounts: 0 for JPY, 2 for EUR, 3 for BHD."""
    return get_currency_precision(currency)


@cache
def known_currencies() -> frozenset[str]:
    """The ISO 4217 codes there are."""
    return frozenset(list_currencies())


def currency_code(text: str) -> str:
    """An ISO 4217 code in capitals. Raises ValueError otherwise."""
    code = text.strip().upper()
    if code not in known_currencies():
        raise ValueError(f'"{text}" is no currency; write its ISO 4217 code, as EUR, USD or JPY.')
    return code


def minor_units(text: str, currency: str) -> int:
    """A price written with a decimal point, in minor units: "12.50" EUR is 1250. Raises ValueError with the way out."""
    decimals = decimals_of(currency)
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"It is not a price; write digits and a point only, as {shown_price(1250, currency)}.")
    units = Decimal(text).scaleb(decimals)
    if units != units.to_integral_value():
        raise ValueError(f"{currency} has {decimals or 'no'} decimals and this price has more; write fewer.")
    if abs(units) > HIGHEST_PRICE:
        raise ValueError(f"It is above the highest price there is, {shown_price(HIGHEST_PRICE, currency)}.")
    return int(units)


def shown_price(units: int, currency: str) -> str:
    """Minor units as a menu file writes them: 1250 EUR is "12.50"."""
    return f"{price_as_decimal(units, currency):f}"


def price_as_decimal(units: int, currency: str) -> Decimal:
    """Minor units as an exact decimal number of the currency."""
    return Decimal(units).scaleb(-decimals_of(currency))


def parts_per_million(text: str) -> int:
    """A percentage in parts per million: "6.25" is 62,500. Raises ValueError with the way out."""
    if not _NUMBER.fullmatch(text):
        raise ValueError("It is not a percentage; write digits and a point only, as 10 or 6.25.")
    ppm = Decimal(text) * PPM_PER_PERCENT
    if ppm != ppm.to_integral_value():
        raise ValueError("It has more than 4 decimals; a tax rate has at most 4.")
    if not 0 <= ppm <= 100 * PPM_PER_PERCENT:
        raise ValueError("It is not between 0 and 100; write the tax rate in percent.")
    return int(ppm)


def shown_percent(ppm: int) -> str:
    """Parts per million as a menu file writes them: 62,500 is "6.25"."""
    return f"{percent_as_decimal(ppm):f}"


def percent_as_decimal(ppm: int) -> Decimal:
    """Parts per million as an exact decimal number of percent, without needless zeros."""
    whole, rest = divmod(ppm, PPM_PER_PERCENT)
    return Decimal(f"{whole}.{rest:04d}".rstrip("0").rstrip("."))
