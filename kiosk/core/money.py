"""Money is whole minor units. Dividing, taxing and rounding it, to the rules of the trade; no float anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from babel.numbers import format_currency, format_decimal, get_currency_precision

from kiosk.core.errors import Refused

Money: TypeAlias = int
"""An amount in minor units of the venue's currency: 12.50 EUR is 1250, 350 JPY is 350, 1.250 BHD is 1250."""

PPM = 1_000_000
_WRITTEN = re.compile(r"[-+]?\d{1,15}(\.\d{0,15})?|[-+]?\.\d{1,15}")


class Rounding(StrEnum):
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


class PercentUnreadable(Refused):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is not a percentage from 0 to 100 with at most 2 decimals. Write it like 12.5.")


class AmountUnreadable(Refused):
    def __init__(self, text: str, decimals: int) -> None:
        example = "350" if decimals == 0 else f"{Decimal(1250).scaleb(-decimals):f}"
        super().__init__(f"“{text}” is not an amount with at most {decimals} decimals. Write it like {example}.")


def percent_ppm(text: str) -> int:
    """A percentage as people type it, in parts per million: 12.5 is 125000."""
    written = text.strip().removesuffix("%").strip()
    ppm = Decimal(written) * 10_000 if _WRITTEN.fullmatch(written) else None
    if ppm is None or not 0 <= ppm <= PPM or ppm % 100:
        raise PercentUnreadable(text[:20])
    return int(ppm)


def percent_text(ppm: int) -> str:
    """Parts per million as a percentage: 125000 is 12.5."""
    whole, part = divmod(ppm, 10_000)
    return f"{whole}.{part:04}".rstrip("0").rstrip(".")


def divide_rounded(numerator: int, denominator: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """A quotient rounded to a whole number, halves away from zero or to the even neighbour."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    whole, rest = divmod(abs(numerator), abs(denominator))
    twice = 2 * rest
    if twice > abs(denominator) or (twice == abs(denominator) and (rounding is Rounding.HALF_UP or whole % 2)):
        whole += 1
    return sign * whole


def tax_on(net: Money, rate_ppm: int, rounding: Rounding = Rounding.HALF_UP) -> Money:
    """The tax to add to a net amount."""
    return divide_rounded(net * rate_ppm, PPM, rounding)


def tax_inside(gross: Money, rate_ppm: int, rounding: Rounding = Rounding.HALF_UP) -> Money:
    """The tax contained in a gross amount. The tax is rounded and net = gross - tax, so the two always sum."""
    return divide_rounded(gross * rate_ppm, PPM + rate_ppm, rounding)


def share_out(whole: Money, weights: Sequence[int]) -> list[Money]:
    """Divide money by weights with the largest remainder, so that the parts always sum to the whole.

    100.00 by (1, 1, 1) is 33.34, 33.33, 33.33. Equal remainders go to the earlier part.
    """
    total = sum(weights)
    if not weights or total <= 0 or min(weights) < 0:
        raise ValueError("money is shared out by weights of zero or more that do not sum to zero")
    sign = -1 if whole < 0 else 1
    parts = [divmod(abs(whole) * weight, total) for weight in weights]
    missing = abs(whole) - sum(quotient for quotient, _ in parts)
    by_remainder = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    favoured = set(by_remainder[:missing])
    return [sign * (quotient + (place in favoured)) for place, (quotient, _) in enumerate(parts)]


def round_to(amount: Money, step: Money) -> Money:
    """The nearest amount that coins can pay, halves away from zero; a step of 0 or 1 changes nothing."""
    return amount if step <= 1 else divide_rounded(amount, step) * step


@dataclass(frozen=True)
class Currency:
    """A currency by its ISO 4217 code, with 0, 2 or 3 decimals; `locale` is how sentences write its amounts."""

    code: str
    locale: str = field(default="en", compare=False, repr=False)

    @property
    def decimals(self) -> int:
        return get_currency_precision(self.code)

    def parse(self, text: str) -> Money:
        """Read an amount written with a decimal point; refuse what is not exact in this currency."""
        written = text.strip()
        amount = Decimal(written).scaleb(self.decimals) if _WRITTEN.fullmatch(written) else None
        if amount is None or amount != amount.to_integral_value() or abs(amount) >= Decimal(10) ** 15:
            raise AmountUnreadable(text, self.decimals)
        return int(amount)

    def decimal(self, amount: Money) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(amount).scaleb(-self.decimals)

    def plain(self, amount: Money) -> str:
        """The amount with a decimal point and nothing else, for files and figures: 1234.50."""
        return f"{self.decimal(amount):f}"

    def say(self, amount: Money) -> str:
        """The amount as a sentence tells it, as it stands on the screens: 1,234.50."""
        return self.show(amount, self.locale)

    def show(self, amount: Money, locale: str) -> str:
        """The amount as people of the locale write it, without the currency's sign."""
        pattern = "#,##0" + ("." + "0" * self.decimals if self.decimals else "")
        return str(format_decimal(self.decimal(amount), format=pattern, locale=locale)).replace("-", "\u2212")

    def show_signed(self, amount: Money, locale: str) -> str:
        """The amount with the currency's sign, for where two currencies meet and on receipts."""
        return str(format_currency(self.decimal(amount), self.code, locale=locale))
