"""The sheets as the text of a page: figures written as people read them, and how wide each column may be."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pandas as pd
from babel.dates import format_date

from exports.amounts import grouped, hours_text, part_ppm
from exports.figures import Figures, Kind
from exports.tables import Table
from exports.text import one_line

_ROOM: Final = 3.5
_NARROWEST: Final = 12.0
_LOOKED_AT: Final = 200
_PERCENT: Final = 10_000


@dataclass(frozen=True)
class Column:
    """A column on paper: its heading, what it holds, its width in millimetres."""

    header: str
    kind: Kind
    width: float


def title_of(table: Table) -> str:
    """Return the heading of a sheet."""
    return table.title.replace(" x ", " × ")


def key_figures(figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield every key figure with its name."""
    for _, label, value, kind in figures.frame("summary").itertuples(index=False):
        yield one_line(str(label)), written(int(value), kind, figures.decimals)


def rows_of(table: Table, figures: Figures, most: int) -> Iterator[list[str]]:
    """Yield the rows, at most so many, and one that says how many more there are or that there are none."""
    frame = table.frame.head(most)
    columns = [
        [_cell(value, kind, figures.decimals) for value in _present(frame[column])]
        for column, kind in table.columns.items()
    ]
    yield from map(list, zip(*columns, strict=True))
    more = len(table.frame) - len(frame) + (table.unlisted if len(table.frame) <= len(table.listed) else 0)
    if more or table.frame.empty:
        said = f"and {more:,} more" if more else table.nothing
        yield [said, *[""] * (len(table.columns) - 1)]


def sums_of(table: Table, figures: Figures) -> list[str]:
    """Return the row of the totals."""
    sums = [_sum(table, column, kind, figures.decimals) for column, kind in table.columns.items()]
    return ["Total", *sums[1:]]


def _sum(table: Table, column: str, kind: Kind, decimals: int) -> str:
    if kind == "part":
        return _cell(part_ppm(table.sum("margin"), table.sum("cost") + table.sum("margin")), kind, decimals)
    return _cell(table.sum(column), kind, decimals) if table.is_summed(column) else ""


def columns_of(
    table: Table, figures: Figures, width: Callable[[str], float], paper: float, most: int
) -> Sequence[Column]:
    """Return the columns, as wide as what they hold; where the page is narrower the widest give way."""
    shown = [*islice(rows_of(table, figures, most), _LOOKED_AT), sums_of(table, figures)]
    headers = [table.header(column) for column in table.columns]
    needed = [max(width(row[place]) + _ROOM for row in shown) for place in range(len(headers))]
    wanted = [max(_NARROWEST, width(header) * 1.1 + _ROOM, one) for header, one in zip(headers, needed, strict=True)]
    kinds = list(table.columns.values())
    least = [_NARROWEST if kind == "text" else one for kind, one in zip(kinds, needed, strict=True)]
    return [Column(*one) for one in zip(headers, kinds, _fitted(wanted, least, paper), strict=True)]


def _fitted(wanted: Sequence[float], least: Sequence[float], paper: float) -> list[float]:
    """Cut the widest columns down to one width until all fit the page; a figure is never cut, its heading is."""
    limit = max(wanted)
    while sum(widths := [min(one, max(limit, few)) for one, few in zip(wanted, least, strict=True)]) > paper:
        limit -= 0.5
        if limit < _NARROWEST:
            break
    return widths


def written(value: int, kind: str, decimals: int) -> str:
    """Return an amount or a count as people read it."""
    return grouped(value, decimals) if kind == "money" else f"{value:,}"


def _cell(value: Any, kind: Kind, decimals: int) -> str:
    if value is None:
        return ""
    writers: dict[str, Callable[[Any], str]] = {
        "text": lambda text: one_line(str(text)),
        "instant": lambda at: pd.Timestamp(at).strftime("%Y-%m-%d %H:%M"),
        "day": lambda day: format_date(pd.Timestamp(day).date(), "EEE d MMM yyyy", locale="en"),
        "hour": lambda hour: f"{int(hour):02d}:00",
        "rate": lambda ppm: f"{int(ppm) / _PERCENT:g} %",
        "part": lambda ppm: f"{int(ppm) / _PERCENT:.1f} %",
        "hours": lambda minutes: hours_text(int(minutes)),
    }
    return writers[kind](value) if kind in writers else written(int(value), kind, decimals)


def _present(series: "pd.Series[Any]") -> list[Any]:
    return list(series.astype(object).where(series.notna(), None).tolist())
