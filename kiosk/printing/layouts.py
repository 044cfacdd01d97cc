"""From a document to the rows of a paper of any width. Pure; figures are never cut, names are wrapped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len

from kiosk.core.money import Currency, Money
from kiosk.printing.documents import DishLine, Receipt, TenderLine


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True)
class Row:
    """One line of paper, already wrapped; `big` is twice as wide and high."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    big: bool = False


def plain(text: str) -> str:
    """Text from people without anything a printer would obey: control characters and direction marks are dropped."""
    kept = (" " if one in "\n\t" else one for one in unicodedata.normalize("NFC", text))
    return "".join(one for one in kept if unicodedata.category(one) not in {"Cc", "Cf", "Cs"})


def receipt(document: Receipt, columns: int) -> list[Row]:
    """A receipt: head, lines, total, tenders, tax table, legal lines."""
    return [
        *_head(document, columns),
        *_lines(document, columns),
        *_sums(document, columns),
        *_taxes(document, columns),
        *[row for line in document.legal_lines for row in _centered(line, columns)],
    ]


def preview(document: Receipt, columns: int) -> list[str]:
    """The paper as plain lines for a screen, each at most `columns` cells wide."""
    shown = []
    for row in receipt(document, columns):
        width = columns // 2 if row.big else columns
        text = row.text if row.align is Align.LEFT else " " * max(0, (width - cell_len(row.text)) // 2) + row.text
        shown.append(text if not row.big else " " * max(0, (columns - cell_len(row.text)) // 2) + row.text)
    return shown


def _head(document: Receipt, columns: int) -> Iterator[Row]:
    for part in wrap(plain(document.venue), columns // 2):
        yield Row(part, Align.CENTER, bold=True, big=True)
    if document.copy_no > 1:
        yield Row(f"COPY {document.copy_no}", Align.CENTER, bold=True)
    if document.heading:
        yield Row(document.heading, Align.CENTER, bold=True, big=True)
    yield Row("")
    yield from sides(f"Receipt {document.number}", document.issued, columns, bold=True)
    yield from _about(document, columns)
    yield from sides(f"Table {plain(document.label)}", f"{document.covers} guests", columns)
    yield from sides(f"Waiter {plain(document.waiter)}", f"Cashier {plain(document.cashier)}", columns)
    yield Row("-" * columns)


def _about(document: Receipt, columns: int) -> Iterator[Row]:
    """Which share this is, or what it puts right and why."""
    told = [
        f"Share {document.share_no}" if document.share_no else "",
        f"Of receipt {document.of_number}" if document.of_number else "",
        f"Reason: {plain(document.reason)}" if document.reason else "",
    ]
    for text in filter(None, told):
        yield from (Row(part) for part in wrap(text, columns))


def _lines(document: Receipt, columns: int) -> Iterator[Row]:
    for line in document.lines:
        name = " ".join(part for part in (plain(line.name), plain(line.portion)) if part)
        yield from sides(f"{_how_much(line):>2} {name}", _money(document, line.amount), columns, indent=3)
        yield from _details(line, columns)
    yield Row("-" * columns)


def _how_much(line: DishLine) -> str:
    """The quantity; of a shared line "1/3" or "1/3 of 2", because "2 1/3" would be read as two and a third."""
    if "/" not in line.part:
        return f"{line.quantity} {line.part}".rstrip()
    sign, many = "-" if line.quantity < 0 else "", abs(line.quantity)
    return f"{sign}{line.part}" + (f" of {many}" if many != 1 else "")


def _details(line: DishLine, columns: int) -> Iterator[Row]:
    for detail in line.details:
        for part in wrap(plain(detail), columns - 5):
            yield Row(f"     {part}")


def _sums(document: Receipt, columns: int) -> Iterator[Row]:
    if document.discount:
        yield from sides("Discount", _money(document, -document.discount), columns)
    if document.service:
        yield from sides("Service charge", _money(document, document.service), columns)
    total = f"{_money(document, document.total)} {document.currency_code}"
    yield from sides("TOTAL", total, columns, bold=True)
    if document.cash_rounding:
        yield from sides("Cash rounding", _money(document, document.cash_rounding), columns)
    if document.tip:
        yield from sides("Tip", _money(document, document.tip), columns)
    for tender in document.tenders:
        yield from _tender(document, tender, columns)
    yield Row("")


def _tender(document: Receipt, tender: TenderLine, columns: int) -> Iterator[Row]:
    name = plain(tender.name)
    yield from sides(name[:1].upper() + name[1:], _money(document, tender.given), columns)
    if tender.currency_code:
        foreign = Currency(tender.currency_code).show(tender.currency_given, document.locale)
        yield from (Row(part) for part in wrap(f"   {tender.currency_code} {foreign} at {tender.rate}", columns))
    if tender.note:
        yield from (Row(part) for part in wrap(f"   {plain(tender.note)}", columns, indent=3))
    if tender.change_due:
        yield from sides("CHANGE", _money(document, tender.change_due), columns, bold=True)


def _taxes(document: Receipt, columns: int) -> Iterator[Row]:
    word = "included" if document.tax_included else "added"
    for tax in document.taxes:
        rate = f"{tax.rate_ppm / 10_000:g} %" if tax.rate_ppm % 10_000 else f"{tax.rate_ppm // 10_000} %"
        yield from sides(f"Net at {rate}", _money(document, tax.net), columns)
        yield from sides(f"Tax {rate} {word}", _money(document, tax.tax), columns)
    yield Row("")


def _money(document: Receipt, amount: Money) -> str:
    return document.currency.show(amount, document.locale).replace("\u2212", "-")


def _centered(text: str, columns: int) -> list[Row]:
    return [Row(part, Align.CENTER) for part in wrap(plain(text), columns)]


def sides(left: str, right: str, columns: int, *, bold: bool = False, indent: int = 0) -> list[Row]:
    """Words on the left, wrapped, a figure on the right of the first row; one that does not fit has its own row."""
    room = columns - cell_len(right) - 1
    first, *rest = wrap(left, room if room >= columns // 3 else columns, indent=indent)
    if cell_len(first) + 1 + cell_len(right) > columns:
        return [Row(first, bold=bold), *_more(rest, bold), Row(right.rjust(columns), bold=bold)]
    gap = columns - cell_len(first) - cell_len(right)
    return [Row(first + " " * gap + right, bold=bold), *_more(rest, bold)]


def _more(rest: list[str], bold: bool) -> list[Row]:
    return [Row(part, bold=bold) for part in rest]


def wrap(text: str, columns: int, *, indent: int = 0) -> list[str]:
    """Text in rows of at most so many cells, broken between words where it can be; wide letters take two cells."""
    rows = [""]
    for word in re.split(r"(?<=\s)", text):
        if rows[-1].strip() and cell_len(rows[-1] + word.rstrip()) > columns:
            rows.append(" " * indent)
        for letter in word:
            if cell_len(rows[-1] + letter) > columns and letter != " ":
                rows.append(" " * indent)
            rows[-1] += letter
    return [row.rstrip() for row in rows]
