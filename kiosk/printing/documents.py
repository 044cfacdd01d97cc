"""What can be printed: frozen documents, as they are kept in a job's row. They know paper, not checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kiosk.core.money import Currency


@dataclass(frozen=True)
class DishLine:
    """A line of a receipt; `details` are modifiers and notes under it, `part` is "1/3" of a line that several share."""

    quantity: int
    name: str
    portion: str
    amount: int
    details: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class TaxLine:
    rate_ppm: int
    net: int
    tax: int
    gross: int


@dataclass(frozen=True)
class TenderLine:
    """A means of payment; what was handed over in another currency stands under it, with its rate."""

    name: str
    given: int
    change_due: int = 0
    note: str = ""
    currency_code: str = ""
    currency_given: int = 0
    rate: str = ""


@dataclass(frozen=True)
class Receipt:
    """The numbered document of a settled share; money in minor units, times as the venue's clock shows them.

    `heading` is printed big: REFUND, CORRECTION; `of_number` is the receipt it belongs to. A share of several has its
    number, else 0.
    """

    venue: str
    currency_code: str
    locale: str
    number: str
    issued: str
    label: str
    covers: int
    waiter: str
    cashier: str
    lines: tuple[DishLine, ...]
    taxes: tuple[TaxLine, ...]
    total: int
    tenders: tuple[TenderLine, ...]
    tax_included: bool = True
    tip: int = 0
    cash_rounding: int = 0
    legal_lines: tuple[str, ...] = ()
    copy_no: int = 1
    heading: str = ""
    of_number: str = ""
    reason: str = ""
    share_no: int = 0
    discount: int = 0
    service: int = 0

    @property
    def currency(self) -> Currency:
        return Currency(self.currency_code)

    def to_json(self) -> dict[str, Any]:
        """The document as it is kept."""
        parts = {"lines": self.lines, "taxes": self.taxes, "tenders": self.tenders}
        plain = {name: [dict(vars(one)) for one in some] for name, some in parts.items()}
        return {"kind": "receipt", **vars(self), **plain}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Receipt:
        """The document as it was kept."""
        words = {key: value for key, value in kept.items() if key != "kind"}
        words["lines"] = tuple(DishLine(**{**one, "details": tuple(one["details"])}) for one in kept["lines"])
        words["taxes"] = tuple(TaxLine(**one) for one in kept["taxes"])
        words["tenders"] = tuple(TenderLine(**one) for one in kept["tenders"])
        words["legal_lines"] = tuple(kept["legal_lines"])
        return cls(**words)
