"""Whole minor units as the digits a cell or a CSV field carries. No float touches money here."""

import pandas as pd


def amount_text(units: int, decimals: int) -> str:
    """Return minor units as plain digits with a point: `amount_text(-205, 2)` is `-2.05`."""
    if not decimals:
        return str(units)
    whole, rest = divmod(abs(units), 10**decimals)
    return f"{'-' if units < 0 else ''}{whole}.{rest:0{decimals}d}"


def hours_text(minutes: int, decimals: int = 2) -> str:
    """Return minutes as hours, halves up: `hours_text(470)` is `7.83`."""
    return amount_text((minutes * 10**decimals * 2 + 60) // 120, decimals)


def part_ppm(amount: int, whole: int) -> int | None:
    """Return an amount as a part of a whole in ppm, to a tenth of a percent, halves away from zero; of nothing none."""
    if whole <= 0:
        return None
    tenths = (abs(amount) * 2_000 + whole) // (2 * whole)
    return (tenths if amount >= 0 else -tenths) * 1_000


def grouped(units: int, decimals: int) -> str:
    """Return an amount as people read it, its thousands grouped: `grouped(-1234567, 2)` is `-12,345.67`."""
    whole, point, rest = amount_text(units, decimals).partition(".")
    sign = "-" if units < 0 else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{point}{rest}"


def money_format(decimals: int) -> str:
    """Return the number format of an amount: thousands grouped, losses red."""
    plain = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{plain};[Red]-{plain}"


def rate_format(rates_ppm: "pd.Series[int]") -> str:
    """Return a percent format with just the decimals that the finest of the tax rates needs."""
    finest = max((_percent_decimals(int(ppm)) for ppm in rates_ppm), default=0)
    return "0" + ("." + "0" * finest if finest else "") + "%"


def _percent_decimals(ppm: int) -> int:
    return len(f"{ppm % 10_000:04d}".rstrip("0"))
