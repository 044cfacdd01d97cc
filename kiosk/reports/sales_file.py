"""Reading a sales history: rows of a CSV become sales, or every problem is told at once with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any, Final, NamedTuple

from kiosk.core.errors import Refused
from kiosk.core.money import Money
from kiosk.payments.rules import TenderKind
from kiosk.reports.errors import MOST_SHOWN, SalesProblem, SalesRefused
from kiosk.reports.sales_cells import COLUMNS, IMPORTED, OF_RECEIPT, REQUIRED, Cells

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how far it is and how far it goes."""

TOLD_EVERY: Final = 2_000


class SoldLine(NamedTuple):
    """One line as the file tells it."""

    category: str
    item: str
    portion: str
    quantity: int
    unit_price: Money
    rate_ppm: int


@dataclass(slots=True)
class Sale:
    """One receipt of the file: where it starts, what is said of it as a whole, and its lines."""

    number: str
    row: int
    cells: tuple[str, ...]
    said: list[Any]
    lines: list[SoldLine] = field(default_factory=list)

    @property
    def closed_at(self) -> datetime:
        at: datetime = self.said[0]
        return at

    @property
    def tender(self) -> tuple[TenderKind, str]:
        return self.said[1] or (TenderKind.OTHER, IMPORTED)

    @property
    def tip(self) -> Money:
        return self.said[2] or 0

    @property
    def staff(self) -> str:
        return self.said[3] or ""

    @property
    def table(self) -> str:
        return self.said[4] or ""

    @property
    def covers(self) -> int:
        return self.said[5] or 0


def read_sales(data: bytes, file: str, cells: Cells, progress: Progress) -> list[Sale]:
    """The sales of a CSV file in the order of their first rows; the rows of one may lie anywhere in it.

    Raises SalesRefused with every problem.
    """
    reading = _Reading(file, cells)
    text = _decoded(data, file)
    total = text.count("\n")
    for number, row in _rows(text, reading):
        reading.take(number, row)
        if number % TOLD_EVERY == 0:
            progress("Reading", number, total)
    if reading.count:
        raise SalesRefused(file, reading.problems, reading.count)
    if not reading.sales:
        raise SalesRefused(file, [SalesProblem(0, "", "", "There is no sale in it, only a heading.")])
    return list(reading.sales.values())


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as strange:
        row = data.count(b"\n", 0, strange.start) + 1
        problem = SalesProblem(row, "", "", "Here are letters that are not UTF-8. Save the file as CSV in UTF-8.")
        raise SalesRefused(file, [problem]) from strange


def _rows(text: str, reading: _Reading) -> Iterator[tuple[int, list[str]]]:
    """The rows under the heading with their numbers; the heading is row 1."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if number == 1:
                reading.take_heading(row)
            elif any(row):
                yield number, row
    except csv.Error as unreadable:
        reading.report(number + 1, "", "", f"This is not readable as CSV ({unreadable}). Mend its quotes.")
    if not number:
        reading.take_heading([])


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: what stands most in the heading."""
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)


class _Reading:
    """The state of one pass over a file. What was said before in the same words is not read twice."""

    def __init__(self, file: str, cells: Cells) -> None:
        self.sales: dict[str, Sale] = {}
        self.problems: list[SalesProblem] = []
        self.count = 0
        self._file = file
        self._cells = cells
        self._head_readers = cells.of_receipt()
        self._lines: dict[tuple[str, ...], SoldLine] = {}
        self._width = 0
        self._number = self._head = self._line = itemgetter(0, 0)

    def report(self, row: int, column: str, value: str, sentence: str) -> None:
        """Keep a problem; beyond those that are shown only their number is kept."""
        self.count += 1
        if len(self.problems) < MOST_SHOWN:
            self.problems.append(SalesProblem(row, column, value[:80], sentence))

    def take_heading(self, row: Sequence[str]) -> None:
        """Learn where each column stands. Raises SalesRefused when that cannot be known."""
        names = [name.strip().lower() for name in row]
        if problems := list(_heading_problems(names)):
            raise SalesRefused(self._file, problems)
        self._width = len(names)
        # A column that is missing is read from the empty cell that take() appends to each row.
        place = {name: names.index(name) if name in names else self._width for name in COLUMNS}
        self._number = itemgetter(place["receipt"], place["receipt"])
        self._head = itemgetter(*(place[name] for name in OF_RECEIPT))
        self._line = itemgetter(*(place[name] for name in _OF_LINE))

    def take(self, number: int, row: list[str]) -> None:
        """Add a row to its sale, or report what is wrong with it."""
        if len(row) != self._width:
            told = f"The row has {len(row)} cells and the heading {self._width}. Mend its commas and quotes."
            self.report(number, "", "", told)
            return
        row.append("")
        receipt = self._read(number, "receipt", self._number(row)[0], self._cells.receipt)
        line = self._lines.get(said := self._line(row)) or self._read_line(number, said)
        if receipt is None:
            return
        sale = self._sale(number, receipt, self._head(row))
        if line is not None:
            sale.lines.append(line)

    def _sale(self, number: int, receipt: str, cells: tuple[str, ...]) -> Sale:
        sale = self.sales.get(receipt)
        if sale is None:
            said = [self._said(number, place, cell) for place, cell in enumerate(cells)]
            sale = self.sales[receipt] = Sale(receipt, number, cells, said)
        elif sale.cells != cells:
            self._agree(number, sale, cells)
        return sale

    def _agree(self, number: int, sale: Sale, cells: tuple[str, ...]) -> None:
        """A later row may repeat what is said of the receipt, leave it empty or add to it, not contradict it."""
        for place, cell in enumerate(cells):
            if cell == sale.cells[place] or (said := self._said(number, place, cell)) is None:
                continue
            if sale.said[place] is None:
                sale.said[place] = said
            elif sale.said[place] != said:
                told = f"Receipt {sale.number} says “{sale.cells[place]}” in row {sale.row}. Make its rows agree."
                self.report(number, OF_RECEIPT[place], cell, told)

    def _said(self, number: int, place: int, cell: str) -> Any:
        """What a cell says of its receipt; None when it says nothing, or nothing readable."""
        if not (text := cell.strip()) and place:
            return None
        return self._read(number, OF_RECEIPT[place], text, self._head_readers[place])

    def _read_line(self, number: int, said: tuple[str, ...]) -> SoldLine | None:
        cells = self._cells
        readers = (cells.name, cells.item, cells.name, cells.quantity, cells.price, cells.tax_rate)
        told = zip(_OF_LINE, said, readers, strict=True)
        read = [self._read(number, column, cell.strip(), reader) for column, cell, reader in told]
        if None in read:
            return None
        line = self._lines[said] = SoldLine(*read)
        return line

    def _read(self, number: int, column: str, cell: str, reader: Callable[[str], Any]) -> Any:
        try:
            return reader(cell)
        except Refused as refusal:
            self.report(number, column, cell, refusal.sentence)
            return None


_OF_LINE: Final = ("category", "item", "portion", "quantity", "unit_price", "tax_rate")


def _heading_problems(names: Sequence[str]) -> Iterator[SalesProblem]:
    written = f"The heading is {','.join(REQUIRED)}, and may go on with {', '.join(COLUMNS[len(REQUIRED) :])}."
    for name in REQUIRED:
        if name not in names:
            yield SalesProblem(1, name, "", f"This column is missing. {written}")
    for place, name in enumerate(names):
        if name not in COLUMNS:
            yield SalesProblem(1, "column", name or f"no. {place + 1}", f"This column is unknown. {written}")
        elif name in names[:place]:
            yield SalesProblem(1, "column", name, "This column is there twice. Take one away.")
