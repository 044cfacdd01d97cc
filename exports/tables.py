"""Which sheets a workbook has, what their columns are called, and where each cell of them will lie."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pandas as pd
from openpyxl.utils import get_column_letter

from exports.figures import COLUMNS, TURNOVER, Figures, Kind

LISTED: Final = 50_000
"""How many rows a sheet lists; more make a workbook slow to write and to open. The CSV lists them all."""

KINDS: Final = ("Sale", "Refund", "Correction")
"""What a receipt is."""

HEADER_ROW: Final = 1

TITLES: Final[dict[str, str]] = {
    "hours": "Hours",
    "days": "Days",
    "weeks": "Weeks",
    "months": "Months",
    "weekdays": "Weekdays",
    "best": "Best of months",
    "items": "Items",
    "categories": "Categories",
    "portions": "Portions",
    "modifiers": "Modifiers",
    "taxes": "Taxes",
    "payments": "Payments",
    "staff": "Staff",
    "staff_tenders": "Staff x tender",
    "deeds": "Voids and comps",
    "drawers": "Drawers",
    "receipts": "Receipts",
}

_HEADERS: Final = {
    "week": "Week from",
    "after_bill": "After the bill",
    "price": "Price each",
    "worth": "At menu price",
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
    "cost": "Cost of goods",
    "margin": "Margin, net",
    "margin_ppm": "Margin %",
    "foreign": "Other currencies",
}

_NOTHING: Final = {"drawers": "no drawers", "modifiers": "no modifiers", "deeds": "nothing taken off"}

_NOT_SUMMED: Final = {
    ("categories", "receipts"),
    ("portions", "receipts"),
    ("modifiers", "price"),
    ("staff", "per_guest"),
    ("best", "pieces"),
    ("best", "turnover"),
}
"""One receipt may name many categories and portions; prices, averages and what is best do not add up: no total."""


@dataclass(frozen=True)
class Table:
    """One sheet: a header, a row for each row of its frame (one saying so when there is none), a total.

    `beyond` are the sums by column, and the count by kind, of rows that were not even read.
    """

    part: str
    frame: pd.DataFrame
    beyond: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name on the sheet's tab."""
        return TITLES[self.part]

    @property
    def columns(self) -> dict[str, Kind]:
        """The sheet's columns and what they hold, from the left."""
        return {column: kind for column, kind in COLUMNS[self.part].items() if column in self.frame.columns}

    @cached_property
    def listed(self) -> pd.DataFrame:
        """The rows that the sheet lists one by one."""
        return self.frame.head(LISTED)

    @cached_property
    def unlisted(self) -> int:
        """How many rows there are beyond those, of which the sheet shows only the sum."""
        return len(self.frame) - len(self.listed) + sum(self.beyond.get(kind, 0) for kind in KINDS)

    def unlisted_of(self, kind: str) -> int:
        """How many of them are of a kind."""
        return int((self._rest["kind"] == kind).sum()) + self.beyond.get(kind, 0)

    def unlisted_sum(self, column: str) -> int:
        """What they add up to in a column."""
        return int(self._rest[column].sum()) + self.beyond.get(column, 0)

    @cached_property
    def _rest(self) -> pd.DataFrame:
        return self.frame.iloc[LISTED:]

    @property
    def first_row(self) -> int:
        """The first row under the header."""
        return HEADER_ROW + 1

    @property
    def last_row(self) -> int:
        """The last row that the totals count, the row of what is not listed included."""
        return HEADER_ROW + max(1, len(self.listed) + bool(self.unlisted))

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
        return self.columns[column] in ("money", "count", "hours") and (self.part, column) not in _NOT_SUMMED

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
        return f"{self.quoted}!${letter}${self.first_row}:${letter}${self.last_row}"

    def margin(self) -> str:
        """Return the formula of the whole margin as a part of the net sales of what it is known of."""
        cost, margin = (f"{self.letter(column)}{self.total_row}" for column in ("cost", "margin"))
        return f'IF({cost}+{margin}>0,{margin}/({cost}+{margin}),"")'

    def turnover_total(self) -> str:
        """Return where the sheet's own turnover total stands: `Hours!$D$15`."""
        return self.total(TURNOVER[self.part])

    def total(self, column: str) -> str:
        """Return where the total of a column stands."""
        return f"{self.quoted}!${self.letter(column)}${self.total_row}"

    @property
    def quoted(self) -> str:
        """The sheet's name as formulas and links write it."""
        return quoted(self.title)

    def sum(self, column: str) -> int:
        """Return what the column adds up to, in minor units or as a count."""
        return int(self.frame[column].sum()) + self.beyond.get(column, 0)


def quoted(title: str) -> str:
    """Return the name of a sheet as formulas and links write it."""
    return f"'{title}'" if " " in title else title


def tables_of(figures: Figures) -> Iterator[Table]:
    """Yield the sheets of these figures in their order; a single day has no sheet of days."""
    beyond = dict(figures.frame("beyond").itertuples(index=False, name=None))
    for part in TITLES:
        if figures.has(part):
            yield Table(part, figures.frame(part), beyond if part == "receipts" else {})
