"""A sheet of figures, such as X, Z and what is printed about a drawer: words on the left, a figure on the right."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.money import Currency
from kiosk.printing.documents_kept import Document, Kept, told
from kiosk.printing.text import plain


@dataclass(frozen=True)
class Figure:
    """One row: an amount in minor units, or a word, or neither where the label says it all."""

    label: str
    amount: int | None = None
    word: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Sheet(Document):
    """Blocks of figures under a heading; times are as the venue's clock showed them."""

    KIND = "sheet"

    venue: str
    currency_code: str
    locale: str
    title: str
    notes: tuple[str, ...]
    blocks: tuple[tuple[Figure, ...], ...]
    foot: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, row: Kept) -> Sheet:
        """The document as it was kept."""
        return cls(**told(row, notes=str, foot=str, blocks=lambda block: tuple(Figure(**one) for one in block)))

    def shown(self, one: Figure) -> str:
        """The right side of a row."""
        if one.amount is None:
            return plain(one.word)
        return plain(Currency(self.currency_code).show(one.amount, self.locale))
