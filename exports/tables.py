"""Which sheets a workbook has, what their columns are called, and where each cell of them will lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd
from openpyxl.utils import get_column_letter

from exports.figures import COLUMNS, TURNOVER, Figures, Kind

LISTED: Final = 50_000
"""How many rows a sheet lists; more make a workbook slow to write and to open. The CSV lists them all."""

HEADER_ROW: Final = 1

TITLES: Final[dict[str, str]] = {
    "hours": "Hours",
    "days": "Days",
    "items": "Items",
    "categories": "Categories",
    "portions": "Portions",
    "payments": "Payments",
    "staff": "Staff",
    "taxes": "Taxes",
    "drawers": "Drawers",
    "receipts": "Receipts",
}

_HEADERS: Final = {
    "rate_ppm": "Rate",
    "closed_at": "Closed at",
    "label": "Check",
    "tenders": "Paid by",
    "tender": "Paid by",
    "number": "Receipt",
    "opened_at": "Opened at",
    "brought": "Brought",
    "cash": "Cash sales",
    "returns": "Cash refunded",
    "pay_ins": "Paid in",
    "tips_out": "Tips paid out",
    "drops": "To the safe",
    "over_short": "Over or short",
    "foreign": "Other currencies",
}

_NOTHING: Final = {"drawers": "no drawers"}

_NOT_SUMMED: Final = {("categories", "receipts"), ("portions", "receipts")}
"""One receipt may name many categories and portions: these columns do not add up to the number of receipts."""


@dataclass(frozen=True)
class Table:
    """One sheet: a header, a row for each row of its frame (one saying so when there is none), a total."""

    part: str
    frame: pd.DataFrame

    @property
    def title(self) -> str:
        """The name on the sheet's tab."""
        return TITLES[self.part]

    @property
    def columns(self) -> dict[str, Kind]:
        """The sheet's columns and what they hold, from the left."""
        return COLUMNS[self.part]

    @property
    def listed(self) -> pd.DataFrame:
        """The rows that the sheet lists one by one."""
        return self.frame.head(LISTED)

    @property
    def unlisted(self) -> pd.DataFrame:
        """The rows beyond those, of which the sheet shows only the sum."""
        return self.frame.iloc[LISTED:]

    @property
    def first_row(self) -> int:
        """The first row under the header."""
        return HEADER_ROW + 1

    @property
    def last_row(self) -> int:
        """The last row that the totals count, the row of what is not listed included."""
        return HEADER_ROW + max(1, len(self.listed) + bool(len(self.unlisted)))

    @property
    def total_row(self) -> int:
        """The row of the totals."""
        return self.last_row + 1

    @property
    def nothing(self) -> str:
        """What the sheet says when it has no rows."""
        return _NOTHING.get(self.part, "no sales")

    @property
    def has_turnover(self) -> bool:
        """Whether the sheet's rows sum to the turnover; drawers hold more than what was sold, and less."""
        return self.part in TURNOVER

    def header(self, column: str) -> str:
        """Return a column's heading."""
        return _HEADERS.get(column, column.replace("_", " ").capitalize())

    def is_summed(self, column: str) -> bool:
        """Tell whether adding this column up says something true."""
        return self.columns[column] in ("money", "count") and (self.part, column) not in _NOT_SUMMED

    def letter(self, column: str) -> str:
        """Return the column's letter."""
        return get_column_letter(list(self.columns).index(column) + 1)

    def cells(self, column: str) -> str:
        """Return the range of a column's cells, without its sheet: `D2:D14`."""
        letter = self.letter(column)
        return f"{letter}{self.first_row}:{letter}{self.last_row}"

    def reference(self, column: str) -> str:
        """Return that range for another sheet's formula: `Hours!$D$2:$D$14`."""
        letter = self.letter(column)
        return f"{self.title}!${letter}${self.first_row}:${letter}${self.last_row}"

    def turnover_total(self) -> str:
        """Return where the sheet's own turnover total stands: `Hours!$D$15`."""
        return f"{self.title}!${self.letter(TURNOVER[self.part])}${self.total_row}"

    def sum(self, column: str) -> int:
        """Return what the column adds up to, in minor units or as a count."""
        return int(self.frame[column].sum())


def tables_of(figures: Figures) -> Iterator[Table]:
    """Yield the sheets of these figures in their order; a single day has no sheet of days."""
    for part in TITLES:
        if part != "days" or not figures.one_day:
            yield Table(part, figures.frame(part))
