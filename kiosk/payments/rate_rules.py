"""What cash in another currency is worth, rounded down to what the till can pay. Pure, exact, no float."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from kiosk.core.money import Currency, Money

DIGITS = 6
"""How many figures a cross rate is rounded to; what is printed is what was counted with."""


def cross(of: str, of_venue: str) -> str:
    """What one of the venue's is worth in another currency, from what one euro is worth in each.

    For a venue in euros it is the rate as its source wrote it.
    """
    if Decimal(of_venue) == 1:
        return of
    quotient = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN).divide(Decimal(of), Decimal(of_venue))
    return f"{quotient.normalize():f}"


def worth(given: Money, foreign: Currency, venue: Currency, rate: str, cash_step: Money = 0) -> Money:
    """What so much foreign cash pays here: exact, then down to the venue's payable step. 20.00 USD at 1.08 is 18.51."""
    exact = Fraction(foreign.decimal(given)) / Fraction(rate) * 10**venue.decimals
    step = max(cash_step, 1)
    return int(exact // step * step)
