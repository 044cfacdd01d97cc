"""A sheet of figures for paper and screen, such as X and Z: words on the left, an amount or a word on the right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.cells import cell_len

from kiosk.core.money import Currency
from kiosk.printing.layouts import Align, Row, plain, sides, wrap

KIND = "sheet"


@dataclass(frozen=True)
class Figure:
    """One row: an amount in minor units, or a word, or neither where the label says it all."""

    label: str
    amount: int | None = None
    word: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Sheet:
    """Blocks of figures under a heading; times are as the venue's clock showed them."""

    venue: str
    currency_code: str
    locale: str
    title: str
    notes: tuple[str, ...]
    blocks: tuple[tuple[Figure, ...], ...]
    foot: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The document as it is kept."""
        return {"kind": KIND, **asdict(self)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Sheet:
        """The document as it was kept."""
        words = {key: value for key, value in kept.items() if key != "kind"}
        words["blocks"] = tuple(tuple(Figure(**one) for one in block) for block in kept["blocks"])
        words["notes"], words["foot"] = tuple(kept["notes"]), tuple(kept["foot"])
        return cls(**words)

    def shown(self, figure: Figure) -> str:
        """The right side of a row."""
        if figure.amount is None:
            return plain(figure.word)
        return Currency(self.currency_code).show(figure.amount, self.locale).replace("\u2212", "-")


def sheet(document: Sheet, columns: int) -> list[Row]:
    """A sheet on paper: head, blocks with a rule between them, foot."""
    rows = [Row(part, Align.CENTER, bold=True, big=True) for part in wrap(plain(document.venue), columns // 2)]
    rows += [Row(part, Align.CENTER, bold=True) for part in wrap(plain(document.title), columns)]
    rows += [Row(part, Align.CENTER) for note in document.notes for part in wrap(plain(note), columns)]
    for block in document.blocks:
        rows.append(Row("-" * columns))
        rows += _block(document, block, columns)
    rows.append(Row("-" * columns))
    return rows + [Row(part) for line in document.foot for part in wrap(plain(line), columns)]


def _block(document: Sheet, block: tuple[Figure, ...], columns: int) -> Iterator[Row]:
    for figure in block:
        right = document.shown(figure)
        if right:
            yield from sides(plain(figure.label), right, columns, bold=figure.bold, indent=2)
        else:
            yield from (Row(part, bold=figure.bold) for part in wrap(plain(figure.label), columns))


def preview(document: Sheet, columns: int) -> list[str]:
    """The paper as plain lines for a screen, each at most `columns` cells wide."""
    return [_centered(row, columns) if row.align is Align.CENTER else row.text for row in sheet(document, columns)]


def _centered(row: Row, columns: int) -> str:
    return " " * max(0, (columns - cell_len(row.text)) // 2) + row.text
