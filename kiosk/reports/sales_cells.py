"""What the cells of a sales file may say: from text to whole numbers and instants, or the sentence that helps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from kiosk.core.errors import Refused
from kiosk.core.money import Currency, Money
from kiosk.payments.rules import TenderKind

REQUIRED: Final = ("receipt", "closed_at", "item", "quantity", "unit_price")
OPTIONAL: Final = ("category", "portion", "tender", "tip", "staff", "table", "covers", "tax_rate")
COLUMNS: Final = REQUIRED + OPTIONAL
OF_RECEIPT: Final = ("closed_at", "tender", "tip", "staff", "table", "covers")
"""What is said of the receipt as a whole: all of its rows must agree."""

IMPORTED: Final = "imported"
CODE_LENGTH, NAME_LENGTH = 64, 200
MOST_PIECES, MOST_COVERS = 100_000, 9_999
HIGHEST_PRICE: Final = 10**10
HIGHEST_RATE: Final = 1_000_000
FIRST_YEAR, LAST_YEAR = 1970, 2199

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_WHOLE = re.compile(r"[0-9]{1,9}")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,4})0*)?\s*%?")


class CellRefused(Refused):
    """One cell says something that cannot be taken; the sentence names the way out."""


@dataclass(frozen=True)
class Cells:
    """Reads cells by the venue's currency and clock. Each reader raises CellRefused."""

    currency: Currency
    zone: ZoneInfo

    def receipt(self, text: str) -> str:
        """A receipt's own number or name."""
        number = _one_line(text)
        if not number:
            raise CellRefused("Every row needs the number of its receipt.")
        return _short(number, CODE_LENGTH)

    def item(self, text: str) -> str:
        name = self.name(text)
        if not name:
            raise CellRefused("Every row needs the name of what was sold.")
        return name

    def name(self, text: str) -> str:
        return _short(_one_line(text), NAME_LENGTH)

    def quantity(self, text: str) -> int:
        if not _WHOLE.fullmatch(text) or not 0 < int(text) <= MOST_PIECES:
            raise CellRefused(f"Write a whole number from 1 to {MOST_PIECES:,}; returns are left out.")
        return int(text)

    def price(self, text: str) -> Money:
        """A price or tip of nothing or more, exact in the currency."""
        if not _PLAIN.fullmatch(text):
            raise CellRefused(f"Write an amount of {self._example} or 0, with a point and without signs.")
        amount = self.currency.parse(text)
        if amount > HIGHEST_PRICE:
            raise CellRefused("No price is that high; look for a missing point.")
        return amount

    @property
    def _example(self) -> str:
        return f"{self.currency.plain(1250)} {self.currency.code}"

    def covers(self, text: str) -> int:
        if not _WHOLE.fullmatch(text) or int(text) > MOST_COVERS:
            raise CellRefused(f"Write the number of guests, from 0 to {MOST_COVERS:,}, or leave it empty.")
        return int(text)

    def tax_rate(self, text: str) -> int:
        """A rate in percent as parts per million; none is nothing."""
        if not text:
            return 0
        said = _PERCENT.fullmatch(text)
        rate = int(said[1]) * 10_000 + int((said[2] or "").ljust(4, "0")) if said else HIGHEST_RATE + 1
        if rate > HIGHEST_RATE:
            raise CellRefused("Write the tax rate in percent, such as 19 or 8.1, at most 100 and with four decimals.")
        return rate

    def tender(self, text: str) -> tuple[TenderKind, str]:
        """A means of payment: cash, card, wallet and voucher are known, any other keeps its name."""
        name = _short(_one_line(text), CODE_LENGTH)
        known = name.casefold()
        if known in set(TenderKind) - {TenderKind.OTHER}:
            return TenderKind(known), known
        return TenderKind.OTHER, name

    def closed_at(self, text: str) -> datetime:
        """An instant: ISO with an offset, or without one on the venue's clock, whose repeated hour means its first."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or len(text) < len("20151127T12"):
            raise CellRefused("Write date and time like 2015-11-27 19:30:00, with an offset if it is not local time.")
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise CellRefused(f"The year {moment.year} cannot be meant; write one from {FIRST_YEAR} on.")
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)

    def of_receipt(self) -> tuple[Callable[[str], Any], ...]:
        """The readers of OF_RECEIPT, in its order."""
        return (self.closed_at, self.tender, self.price, self.name, self.name, self.covers)


def _one_line(text: str) -> str:
    """Text as data: on one line, without control characters."""
    return " ".join(_CONTROL.sub(" ", text).split()) if not text.isprintable() else text.strip()


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise CellRefused(f"This has {len(text)} letters, at most {most} fit. Shorten it.")
    return text
