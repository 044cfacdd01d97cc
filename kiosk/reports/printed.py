"""Figures on a terminal and as JSON: the same numbers, written with the currency's decimals."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.core.money import Currency
from kiosk.reports.peaks import peaks
from kiosk.reports.rules import (
    DEEDS_OF,
    MONEY,
    NOT_ADDED,
    PARTS,
    RATES,
    WHOLE,
    Dimension,
    Row,
    Takings,
    hours_text,
    is_added,
    known_of,
)

PIPE_WIDTH: Final = 160
SHARED: Final = {"categories": {"receipts"}, "portions": {"receipts"}}
"""Columns that do not add up, because one receipt names many of them."""
RARE: Final = {Dimension.DEED, Dimension.MODIFIER, *DEEDS_OF}
"""What happens on some days only."""
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_TITLES: Final = {
    "rate_ppm": "Rate",
    "tender": "Paid by",
    "per_guest": "Per guest",
    "after_bill": "After the bill",
    "margin_ppm": "Margin %",
}


@dataclass(frozen=True)
class Told:
    """A range told by one dimension."""

    venue: str
    currency: Currency
    first_day: date
    last_day: date
    by: Dimension
    columns: tuple[str, ...]
    rows: list[Row]
    today: date


def takings_json(found: Takings) -> str:
    """The figures as JSON: key figures by name, amounts as decimal strings, a list for every part."""
    currency = Currency(found.currency)
    content: dict[str, Any] = _heading(found.venue, currency, found.first_day, found.last_day)
    for key, _, value, kind in found.parts["summary"]:
        content[key] = currency.plain(value) if kind == "money" else value
    for part in _parts(found):
        content[part] = _records(*known_of(PARTS[part], found.parts[part]), currency)
    return json.dumps(content, ensure_ascii=False, indent=2)


def dimension_json(told: Told) -> str:
    """One dimension as JSON."""
    content = _heading(told.venue, told.currency, told.first_day, told.last_day)
    found = _records(told.columns, told.rows, told.currency)
    standing_out = {what: found[place] for what, place in peaks(told.by, told.columns, told.rows, told.today).items()}
    content |= {"by": told.by.value, "rows": found} | ({"peaks": standing_out} if standing_out else {})
    return json.dumps(content, ensure_ascii=False, indent=2)


def _heading(venue: str, currency: Currency, first: date, last: date) -> dict[str, Any]:
    return {"venue": venue, "currency": currency.code, "first_day": str(first), "last_day": str(last)}


def _records(columns: Sequence[str], rows: Iterable[Row], currency: Currency) -> list[dict[str, Any]]:
    return [
        {column: _as_json(column, value, currency) for column, value in zip(columns, row, strict=True)} for row in rows
    ]


def _as_json(column: str, value: Any, currency: Currency) -> Any:
    if column in MONEY and value is not None:
        return currency.plain(value)
    if column == "hours" and value is not None:
        return hours_text(value)
    return value.isoformat() if isinstance(value, date) else value


def print_takings(found: Takings) -> None:
    """Print the key figures, and a table for every part that has rows."""
    say = _console()
    currency = Currency(found.currency)
    say.print(_title(found.venue, currency, found.first_day, found.last_day))
    say.print(_key_figures(found, currency))
    if not found.parts["hours"]:
        say.print("Nothing was sold.")
    for part in _parts(found):
        if found.parts[part]:
            columns, rows = known_of(PARTS[part], found.parts[part])
            say.print(_table(part.capitalize(), columns, rows, currency, SHARED.get(part, set())))


def print_dimension(told: Told) -> None:
    """Print one dimension with its totals."""
    say = _console()
    say.print(_title(told.venue, told.currency, told.first_day, told.last_day))
    if not told.rows:
        say.print("Nothing of the kind in these days." if told.by in RARE else "Nothing was sold.")
        return
    shared = {column for column in told.columns if not is_added(told.by, column)}
    say.print(_table(f"By {told.by}", told.columns, told.rows, told.currency, shared))
    for what, place in peaks(told.by, told.columns, told.rows, told.today).items():
        say.print(_peak(what, told, told.rows[place]))


def _peak(what: str, told: Told, row: Row) -> str:
    """What stands out: the busiest by receipts, the best by turnover."""
    said = dict(zip(told.columns, row, strict=True))
    name = _cell(told.columns[0], row[0], told.currency)
    receipts = f"{said['receipts']:,} {'receipt' if said['receipts'] == 1 else 'receipts'}"
    return f"{what.capitalize()}: {name}, {receipts}, {amount(told.currency, said['turnover'])}"


def _parts(found: Takings) -> list[str]:
    """The parts that are printed: a single day needs no list of days, receipts are for the workbook."""
    unneeded = {"summary", "receipts"} | ({"days"} if found.first_day == found.last_day else set())
    return [part for part in PARTS if part not in unneeded]


def _console() -> Console:
    """The terminal; into a pipe or a file lines are wide enough for any figure."""
    console = Console(highlight=False, markup=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, emoji=False, width=PIPE_WIDTH)


def _title(venue: str, currency: Currency, first: date, last: date) -> Text:
    days = f"{first:%A} {first}" if first == last else f"{first} to {last}"
    return Text(f"\n{_shown(venue)}, {days}, amounts in {currency.code}", style="bold")


def _key_figures(found: Takings, currency: Currency) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    for _, label, value, kind in found.parts["summary"]:
        table.add_row(label, amount(currency, value) if kind == "money" else f"{value:,}")
    return table


def _table(title: str, columns: Sequence[str], rows: Sequence[Row], currency: Currency, shared: set[str]) -> Table:
    """A table with its totals; figures to the right, names folded rather than cut."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, show_footer=True)
    for place, column in enumerate(columns):
        is_figure = column in WHOLE
        adds_up = is_figure and column not in NOT_ADDED | shared
        total = _cell(column, sum(row[place] or 0 for row in rows), currency) if adds_up else ""
        table.add_column(
            _TITLES.get(column, column.capitalize()),
            footer="Together" if not place else total,
            justify="right" if is_figure else "left",
            no_wrap=is_figure,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(_cell(column, value, currency) for column, value in zip(columns, row, strict=True)))
    return table


def _cell(column: str, value: Any, currency: Currency) -> str:
    if value is None:
        return ""
    if column in MONEY:
        return amount(currency, value)
    if column == "hours":
        return hours_text(value)
    if column == "hour":
        return f"{value:02d}:00"
    if column in RATES:
        return f"{Decimal(value) / 10_000:{'.1f' if column == 'margin_ppm' else 'f'}} %"
    return f"{value:,}" if column in WHOLE else _shown(str(value))


def amount(currency: Currency, value: int) -> str:
    """An amount with its thousands grouped and the currency's decimals."""
    return f"{currency.decimal(value):,}"


def _shown(text: str) -> str:
    """Text from people without what would move a terminal's cursor."""
    return _UNSHOWN.sub(" ", text)
