"""What can be printed: frozen documents, as they are kept in a job's row. They know paper, not checks.

Times are text, as the venue's clock showed them; money is in minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.core.money import Currency
from kiosk.printing.documents_kept import Document, Kept, told
from kiosk.printing.documents_sheet import Figure, Sheet


@dataclass(frozen=True)
class DishLine:
    """A line of a receipt; `details` are modifiers and notes under it, `part` is "1/3" of a line that several share.

    `rate_ppm` is its tax, where it is known: the line then carries the letter of that tax.
    """

    quantity: int
    name: str
    portion: str
    amount: int
    details: tuple[str, ...] = ()
    part: str = ""
    rate_ppm: int | None = None

    @classmethod
    def from_json(cls, row: Kept) -> DishLine:
        return cls(**{**row, "details": tuple(row["details"])})


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
class Receipt(Document):
    """The numbered document of a settled share.

    `heading` is printed big: REFUND, CORRECTION; `of_number` is the receipt it belongs to. A share of several has its
    number, else 0. `link` is what its QR code opens; `tip_line` leaves room for a tip and a signature.
    """

    KIND = "receipt"

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
    link: str = ""
    tip_line: bool = False
    address: tuple[str, ...] = ()
    tax_number: str = ""

    @property
    def currency(self) -> Currency:
        return Currency(self.currency_code)

    @classmethod
    def from_json(cls, row: Kept) -> Receipt:
        """The document as it was kept."""
        return cls(**told(row, lines=DishLine.from_json, taxes=_tax, tenders=_tender, legal_lines=str, address=str))


@dataclass(frozen=True, kw_only=True)
class Bill(Document):
    """What a table is asked to pay: no receipt, so it has no number of its own. `number` is the check's."""

    KIND = "bill"

    venue: str
    currency_code: str
    locale: str
    number: str
    label: str
    covers: int
    waiter: str
    time: str
    lines: tuple[DishLine, ...]
    taxes: tuple[TaxLine, ...]
    total: int
    discount: int = 0
    service: int = 0
    paid: int = 0
    tax_included: bool = True
    tip_line: bool = False
    copy_no: int = 1
    legal_lines: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    tax_number: str = ""

    @property
    def currency(self) -> Currency:
        return Currency(self.currency_code)

    @classmethod
    def from_json(cls, row: Kept) -> Bill:
        """The document as it was kept."""
        return cls(**told(row, lines=DishLine.from_json, taxes=_tax, legal_lines=str, address=str))


@dataclass(frozen=True, kw_only=True)
class KitchenDish:
    """A dish for the kitchen: `name` is the kitchen's, `details` its modifiers as said ("+ Burrata", "- Chilli").

    With `is_allergy` the note is what must not be in it; `was` is what the note said before, `was_allergy` that it
    was one that is none any more.
    """

    quantity: int
    name: str
    menu_name: str = ""
    portion: str = ""
    details: tuple[str, ...] = ()
    note: str = ""
    is_allergy: bool = False
    seat: int | None = None
    was: str = ""
    was_allergy: bool = False

    @classmethod
    def from_json(cls, row: Kept) -> KitchenDish:
        return cls(**{**row, "details": tuple(row["details"])})


@dataclass(frozen=True, kw_only=True)
class CourseGroup:
    """The dishes of a course; without a name they have no bar."""

    name: str
    dishes: tuple[KitchenDish, ...]

    @classmethod
    def from_json(cls, row: Kept) -> CourseGroup:
        return cls(name=row["name"], dishes=tuple(KitchenDish.from_json(one) for one in row["dishes"]))


@dataclass(frozen=True, kw_only=True)
class KitchenSlip(Document):
    """A station's ticket. `act`: new, changed, void, moved or refire; all but new hold only what changed.

    `number` is "#1042-2": the check's number and which of its fires it is. `others` are the other stations of the same
    fire; `is_allergy` warns of the whole table; `was_table` is where a moved table sat.
    """

    KIND = "kitchen"

    act: str
    station: str
    number: str
    table: str
    covers: int
    waiter: str
    time: str
    groups: tuple[CourseGroup, ...] = ()
    was_table: str = ""
    is_take_away: bool = False
    pickup: str = ""
    others: tuple[str, ...] = ()
    reason: str = ""
    is_allergy: bool = False
    by: str = ""

    @classmethod
    def from_json(cls, row: Kept) -> KitchenSlip:
        """The document as it was kept."""
        return cls(**told(row, groups=CourseGroup.from_json, others=str))


@dataclass(frozen=True, kw_only=True)
class TestPage(Document):
    """What shows whether a printer is set up right; its words are the printer's own settings."""

    KIND = "test"
    __test__ = False

    printer: str
    time: str
    columns: int = 42
    dots: int = 512
    code_page: str = "CP858"
    code_page_no: int = 19
    cut: str = "partial"
    ack: str = "none"
    drawer: str = "none"
    buzzer: str = "none"
    link: str = ""

    @classmethod
    def from_json(cls, row: Kept) -> TestPage:
        """The document as it was kept."""
        return cls(**told(row))


__all__ = [
    "AnyDocument",
    "Bill",
    "CourseGroup",
    "DishLine",
    "Figure",
    "KitchenDish",
    "KitchenSlip",
    "Receipt",
    "Sheet",
    "TaxLine",
    "TenderLine",
    "TestPage",
    "of_json",
]

AnyDocument: TypeAlias = Receipt | Bill | KitchenSlip | TestPage | Sheet


def of_json(row: Kept) -> AnyDocument:
    """Whichever document was kept. Raises ValueError for a kind nobody knows."""
    if row["kind"] not in _KINDS:
        raise ValueError(f"No document is called {row['kind']!r}")
    return _KINDS[row["kind"]].from_json(row)


_KINDS: dict[str, type[AnyDocument]] = {
    "receipt": Receipt,
    "bill": Bill,
    "kitchen": KitchenSlip,
    "test": TestPage,
    "sheet": Sheet,
}


def _tax(row: Kept) -> TaxLine:
    return TaxLine(**row)


def _tender(row: Kept) -> TenderLine:
    return TenderLine(**row)
