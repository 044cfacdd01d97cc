"""The coins and notes a drawer is counted by. Pure; sums are whole minor units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import count, takewhile
from typing import Final

from kiosk.core.money import Currency, Money

LARGEST_COUNT: Final = 100_000
LARGEST_FOREIGN: Final = 10**9
"""The most of another currency that a drawer is counted to hold, in its minor units."""
LARGEST_NOTE: Final = 100_000
"""The largest note, in minor units, of a currency that is not listed."""

_HUNDREDTHS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
PIECES: Final[dict[str, tuple[int, ...]]] = {
    "EUR": (*_HUNDREDTHS, 50_000),
    "GBP": _HUNDREDTHS[:-2],
    "USD": (1, 5, 10, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000),
    "CAD": (5, 10, 25, 100, 200, 500, 1000, 2000, 5000, 10_000),
    "AUD": (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000),
    "NZD": (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000),
    "CHF": (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 100_000),
    "SEK": (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000),
    "NOK": (100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000),
    "DKK": (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000),
    "PLN": (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000),
    "CZK": (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000),
    "JPY": (1, 5, 10, 50, 100, 500, 1000, 2000, 5000, 10_000),
    "BHD": (5, 10, 25, 50, 100, 500, 1000, 5000, 10_000, 20_000),
    "KWD": (5, 10, 20, 50, 100, 250, 500, 1000, 5000, 10_000, 20_000),
}
"""Coins and notes in minor units, the smallest first."""


def denominations(currency: Currency) -> list[Money]:
    """The coins and notes of a currency in minor units, the largest first; of one not listed, 1-2-5 up to 100,000."""
    return sorted(PIECES.get(currency.code) or _usual(currency), reverse=True)


def _usual(currency: Currency) -> Iterable[Money]:
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    return takewhile(lambda piece: piece <= LARGEST_NOTE, steps)


def strange(pieces: Mapping[str, int], currency: Currency, others: Collection[str] = ()) -> list[str]:
    """What a count names that is no coin or note of the currency, or that nobody can have so many of.

    Of the other currencies in the drawer a count names the amount: {"5000": 7, "USD": 2000}.
    """
    most = {str(piece): LARGEST_COUNT for piece in denominations(currency)} | dict.fromkeys(others, LARGEST_FOREIGN)
    return [name for name, many in pieces.items() if not 0 <= many <= most.get(name, -1)]


def sum_of(pieces: Mapping[str, int]) -> Money:
    """What counted pieces of our own currency come to."""
    return sum(int(name) * many for name, many in pieces.items() if name.isdecimal())
