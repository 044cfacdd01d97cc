"""The rules of money that a house may choose for itself: how each is typed, kept and shown. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.core.accounts import AccountsUnreadable, read_accounts, show_accounts
from kiosk.core.errors import Refused
from kiosk.core.models import Venue
from kiosk.core.money import Currency, Money, Rounding, percent_ppm, percent_text

USUAL = "usual"
NONE = "none"
MOST = 8
LINE_LENGTH = 80
LARGEST = 10**12
MOST_TYPED = 500
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")

Preset = dict[str, Any]
"""A discount the counter offers: its name, and a percentage as text or an amount in minor units."""
DISCOUNTS: tuple[Preset, ...] = (
    {"name": "Regular guest", "percent": "10"},
    {"name": "Staff", "percent": "20"},
    {"name": "Goodwill", "percent": "50"},
)
"""The discounts offered while a house has not chosen its own."""


def discounts_of(venue: Venue) -> list[Preset]:
    """The discounts the counter offers."""
    return list(DISCOUNTS) if venue.discounts is None else venue.discounts


class MoneyRuleUnreadable(Refused):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)


@dataclass(frozen=True)
class MoneyRule:
    """What it means, in which column it is kept, how it is read from what is typed and shown again."""

    meaning: str
    column: str
    read: Callable[[str, Currency], Any]
    show: Callable[[Any, Currency], str]


def _amount(text: str, currency: Currency) -> Money:
    amount = currency.parse(text)
    if not 0 <= amount <= LARGEST:
        raise MoneyRuleUnreadable("an amount is not below zero")
    return amount


def _plain(amount: Money, currency: Currency) -> str:
    return currency.plain(amount)


def _percent(text: str, _currency: Currency) -> int:
    return percent_ppm(text)


def _covers(text: str, _currency: Currency) -> int:
    if not text.isdecimal() or not 1 <= int(text[:3]) <= 99:
        raise MoneyRuleUnreadable("it is a number of guests from 1 to 99")
    return int(text)


def _switch(text: str, _currency: Currency) -> bool:
    words = {"on": True, "yes": True, "true": True, "1": True, "off": False, "no": False, "false": False, "0": False}
    if text.lower() not in words:
        raise MoneyRuleUnreadable("it is on or off")
    return words[text.lower()]


def _show_switch(value: bool, _currency: Currency) -> str:
    return "on" if value else "off"


def _rounding(text: str, _currency: Currency) -> Rounding:
    if text not in list(Rounding):
        raise MoneyRuleUnreadable("it is half_up or half_even")
    return Rounding(text)


def _code(text: str, _currency: Currency) -> str:
    return "" if text == NONE else text[:64]


def _several(text: str, separator: str) -> list[str]:
    parts = [] if text == NONE else [" ".join(part.split()) for part in text.split(separator)]
    if len(parts) > MOST or not all(0 < len(part) <= LINE_LENGTH for part in parts):
        raise MoneyRuleUnreadable(f"it is at most {MOST}, each of 1 to {LINE_LENGTH} characters; or {NONE}")
    return parts


def _legal_lines(text: str, _currency: Currency) -> list[str]:
    return _several(text, "|")


def _addresses(text: str, _currency: Currency) -> str:
    """E-mail addresses as they are typed; what a mail server would not take is refused when the letter is written."""
    several = _several(text, ",")
    if not all(ADDRESS.fullmatch(one) for one in several) or len(joined := ", ".join(several)) > MOST_TYPED:
        raise MoneyRuleUnreadable(f"it is e-mail addresses like owner@example.com, accounts@example.com; or {NONE}")
    return joined


def _tips(text: str, _currency: Currency) -> list[int] | None:
    return None if text == USUAL else [percent_ppm(part) for part in _several(text, ",")]


def _show_tips(tips: list[int] | None, _currency: Currency) -> str:
    return USUAL if tips is None else ", ".join(percent_text(tip) for tip in tips) or NONE


def _discounts(text: str, currency: Currency) -> list[Preset] | None:
    return None if text == USUAL else [_preset(part, currency) for part in _several(text, ",")]


def _preset(text: str, currency: Currency) -> Preset:
    name, _, figure = text.rpartition(" ")
    if not 0 < len(name) <= 40:
        raise MoneyRuleUnreadable("each is a name of at most 40 characters and a figure: Staff 20%, Welcome drink 5.00")
    if figure.endswith("%"):
        preset: Preset = {"name": name, "percent": percent_text(percent_ppm(figure))}
    else:
        preset = {"name": name, "amount": currency.parse(figure)}
    if preset.get("percent") == "0" or preset.get("amount", 1) <= 0:
        raise MoneyRuleUnreadable("a discount is above zero")
    return preset


def _show_discounts(presets: list[Preset] | None, currency: Currency) -> str:
    if presets is None:
        return USUAL
    figures = (f"{one['percent']}%" if "percent" in one else currency.plain(one["amount"]) for one in presets)
    return ", ".join(f"{one['name']} {figure}" for one, figure in zip(presets, figures, strict=True)) or NONE


def _accounts(text: str, _currency: Currency) -> dict[str, str] | None:
    try:
        return None if text == USUAL else read_accounts(text)
    except AccountsUnreadable as reason:
        raise MoneyRuleUnreadable(str(reason)) from reason


def _show_accounts(chosen: dict[str, str] | None, _currency: Currency) -> str:
    return USUAL if chosen is None else show_accounts(chosen)


RULES: dict[str, MoneyRule] = {
    "service_percent": MoneyRule(
        "service charge on what a party that eats in has; 0 for none",
        "service_ppm",
        _percent,
        lambda ppm, _: percent_text(ppm),
    ),
    "service_per_cover": MoneyRule(
        "service charge for each guest, on top of that", "service_per_cover", _amount, _plain
    ),
    "service_from_covers": MoneyRule(
        "parties of so many guests and more pay a service charge", "service_from_covers", _covers, lambda n, _: str(n)
    ),
    "service_tax_code": MoneyRule(
        "the tax class of the service charge, as the menu calls it; none: no tax",
        "service_tax_code",
        _code,
        lambda code, _: code or NONE,
    ),
    "discounts": MoneyRule(
        "what the counter offers: Staff 20%, Welcome drink 5.00", "discounts", _discounts, _show_discounts
    ),
    "tip_percents": MoneyRule("tips the counter offers: 5, 10", "tip_ppm", _tips, _show_tips),
    "over_short_allowed": MoneyRule(
        "a drawer may be off by so much without a reason", "over_short_allowed", _amount, _plain
    ),
    "legal_lines": MoneyRule(
        "lines at the foot of a receipt: VAT IT01234567890 | Thank you",
        "legal_lines",
        _legal_lines,
        lambda lines, _: " | ".join(lines) or NONE,
    ),
    "tip_line": MoneyRule(
        "bills and card receipts leave room for a tip and a signature", "tip_line", _switch, _show_switch
    ),
    "digital_receipts": MoneyRule(
        "every receipt has a page that its guest opens by its code", "digital_receipts", _switch, _show_switch
    ),
    "mail_day_to": MoneyRule(
        "the workbook of a closed day is sent to: owner@example.com, accounts@example.com; none: to nobody",
        "mail_day_to",
        _addresses,
        lambda addresses, _: addresses or NONE,
    ),
    "accounts": MoneyRule(
        "accounts of the accountant's journal: sales:10=4010 Food, tender:card=1360; usual: the usual ones",
        "accounts",
        _accounts,
        _show_accounts,
    ),
    "cash_step": MoneyRule("the smallest coin: cash is rounded to it; 0 for none", "cash_step", _amount, _plain),
    "tax_per_line": MoneyRule(
        "tax is rounded on every line, else once for each rate",
        "tax_per_line",
        _switch,
        _show_switch,
    ),
    "rounding": MoneyRule(
        "halves of taxes and discounts: half_up or half_even", "rounding", _rounding, lambda word, _: str(word)
    ),
}
