"""The sheets of the workbook as CSV: one file a sheet, in one zip, so that there is one thing to take away.

One file for all sheets would be no table that another program can read; a folder of files cannot be mailed.
"""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

import pandas as pd

from exports.amounts import amount_text, hours_text
from exports.balance import told
from exports.csv_file import fill_csv
from exports.figures import COLUMNS, Figures, Kind
from exports.files import write_out
from exports.tables import TITLES
from exports.text import csv_text

_STAMPED: Final = 1980
"""The first year that a zip can write down."""


def write_receipts_csv(figures: Figures, target: Path | BinaryIO) -> None:
    """Write every receipt as CSV: UTF-8 with the mark that Excel wants, amounts with a point, instants as ISO 8601.

    Text that a spreadsheet would take for a formula is led by an apostrophe. Raises ExportRefused as `write_workbook`.
    """
    write_out(target, lambda file: _fill(figures, "receipts", file))


def write_csv_zip(figures: Figures, target: Path | BinaryIO) -> None:
    """Write a zip with a CSV of every sheet, written as the receipts are. Raises ExportRefused."""
    write_out(target, lambda file: _pack(figures, file))


def _pack(figures: Figures, file: BinaryIO) -> None:
    made = figures.made_at
    stamp = (max(made.year, _STAMPED), made.month, made.day, made.hour, made.minute, made.second)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for place, part in enumerate(("summary", *filter(figures.has, TITLES)), 1):
            name = zipfile.ZipInfo(f"{place:02d}-{part.replace('_', '-')}.csv", stamp)
            name.compress_type = zipfile.ZIP_DEFLATED
            with pack.open(name, "w") as sheet:
                _fill(figures, part, sheet)


def _fill(figures: Figures, part: str, file: IO[bytes]) -> None:
    if part == "summary":
        fill_csv(("key", "label", "value"), _summary(figures), file)
    else:
        fill_csv(list(figures.frame(part).columns), _rows(figures, part), file)


def _summary(figures: Figures) -> Iterator[Sequence[str]]:
    decimals = figures.decimals
    yield ("venue", "Venue", csv_text(figures.venue))
    yield ("first_day", "First business day", figures.first_day.isoformat())
    yield ("last_day", "Last business day", figures.last_day.isoformat())
    yield ("currency", "Currency", figures.currency)
    yield ("balance", "Balance", told(figures))
    for key, label, value, kind in figures.frame("summary").itertuples(index=False):
        yield (key, csv_text(label), amount_text(int(value), decimals) if kind == "money" else str(value))


def _rows(figures: Figures, part: str) -> Iterator[Sequence[str]]:
    frame = figures.frame(part)
    fields = [_fields(frame[column], COLUMNS[part][column], figures.decimals) for column in frame.columns]
    yield from zip(*fields, strict=True)
    if part == "receipts" and len(figures.beyond):
        yield _unlisted(figures)


def _unlisted(figures: Figures) -> Sequence[str]:
    """The last row of a list that is not whole: what the receipts come to that are not in it."""
    count = sum(figures.unlisted(kind) for kind in ("Sale", "Refund", "Correction"))
    sums = [
        amount_text(figures.unlisted(column), figures.decimals) if kind == "money" else ""
        for column, kind in COLUMNS["receipts"].items()
    ]
    return [f"and {count} more", *sums[1:]]


def _fields(series: "pd.Series[Any]", kind: Kind, decimals: int) -> list[str]:
    as_field = _writers(decimals)[kind]
    present = series.astype(object).where(series.notna(), None).tolist()
    return ["" if value is None else as_field(value) for value in present]


def _writers(decimals: int) -> dict[Kind, Callable[[Any], str]]:
    return {
        "text": lambda text: csv_text(str(text)),
        "instant": lambda instant: pd.Timestamp(instant).isoformat(sep=" ", timespec="seconds"),
        "day": lambda day: pd.Timestamp(day).date().isoformat(),
        "hour": lambda hour: f"{int(hour):02d}:00",
        "rate": lambda ppm: amount_text(int(ppm), 6),
        "part": lambda ppm: amount_text(int(ppm), 6),
        "hours": lambda minutes: hours_text(int(minutes)),
        "count": str,
        "money": lambda units: amount_text(int(units), decimals),
    }
