"""The accounts that an accountant's books know what the kiosk sells and moves by. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

USUAL: Final[dict[str, str]] = {
    "cash": "1000 Cash in drawers",
    "safe": "1010 Safe",
    "pay_in": "1090 Cash paid in",
    "tender": "1290 Other means of payment",
    "tender:card": "1200 Cards",
    "tender:wallet": "1210 Wallets",
    "tender:voucher": "1220 Vouchers",
    "tender:account": "1230 House accounts",
    "tax": "2200 Tax on sales",
    "tips": "2300 Tips owed to staff",
    "sales": "4000 Sales",
    "service": "4100 Service charge",
    "discount": "4800 Discounts given",
    "comp": "4810 On the house",
    "rounding": "4900 Cash rounding",
    "over_short": "4910 Drawers over and short",
    "expense": "6000 Expenses paid in cash",
}
"""The chart of accounts of a house that has not chosen its own."""
RATE: Final = re.compile(r"\d{1,3}(\.\d{0,3}[1-9])?")
ROLES: Final = tuple(name for name in USUAL if ":" not in name)
DETAILED: Final = {
    "cash": re.compile(r"[1-9]\d?"),
    "tender": re.compile(r"[^\s:]{1,64}"),
    "tax": RATE,
    "sales": RATE,
    "service": RATE,
    "discount": RATE,
    "comp": RATE,
}
"""What may be told apart: the till, the code of the way to pay, the tax rate in percent."""
LONGEST: Final = 80
MOST: Final = 60


class AccountsUnreadable(ValueError):
    """What was typed names no accounts; the words say what would do."""


@dataclass(frozen=True)
class Account:
    """An account: its number, and what it is called where that is known."""

    number: str
    name: str


@dataclass(frozen=True)
class Chart:
    """Which account each thing is booked on: the house's own where it has chosen, else the usual."""

    chosen: Mapping[str, str]

    def account(self, role: str, *details: str) -> Account:
        """The account of a role, told apart by the first of these details that has one of its own."""
        names = [*(f"{role}:{detail}" for detail in details), role]
        told = next(chart[name] for chart in (self.chosen, USUAL) for name in names if name in chart)
        number, _, name = told.partition(" ")
        return Account(number, name)


def read_accounts(text: str) -> dict[str, str]:
    """What is typed as `sales:10=4010 Food, tender:card=1360`. Raises AccountsUnreadable."""
    found: dict[str, str] = {}
    for part in text.split(","):
        name, is_given, account = (" ".join(word.split()) for word in part.partition("="))
        if not is_given or not account or len(account) > LONGEST:
            raise AccountsUnreadable("it is written sales=4000, sales:10=4010 Food, tender:card=1360; or usual")
        _must_be_known(name)
        if name in found:
            raise AccountsUnreadable(f"{name} is named twice")
        found[name] = account
    if len(found) > MOST:
        raise AccountsUnreadable(f"it is at most {MOST} accounts")
    return found


def _must_be_known(name: str) -> None:
    role, is_detailed, detail = name.partition(":")
    if role not in ROLES:
        raise AccountsUnreadable(f"there is nothing called {name[:40]}; choose of {', '.join(ROLES)}")
    if is_detailed and not (role in DETAILED and DETAILED[role].fullmatch(detail)):
        raise AccountsUnreadable(
            f"{name[:40]} names nothing; told apart are cash:1 (a till), tender:card (a way to pay), "
            "sales:10, service:10, discount:10, comp:10 and tax:10 (a tax rate)"
        )


def show_accounts(chosen: Mapping[str, str]) -> str:
    """The accounts as they would be typed."""
    return ", ".join(f"{name}={account}" for name, account in chosen.items())
