"""The full list of receipts, for ranges too long for a sheet and for other programs."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from exports.amounts import amount_text
from exports.figures import COLUMNS, Figures, Kind
from exports.files import write_out
from exports.text import csv_text


def write_receipts_csv(figures: Figures, target: Path | BinaryIO) -> None:
    """Write every receipt as CSV: UTF-8 with the mark that Excel wants, amounts with a point, instants as ISO 8601.

    Text that a spreadsheet would take for a formula is led by an apostrophe. Raises ExportRefused as `write_workbook`.
    """
    write_out(target, lambda file: _fill(figures, file))


def _fill(figures: Figures, file: BinaryIO) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS["receipts"])
    writer.writerows(_rows(figures))
    text.detach()


def _rows(figures: Figures) -> Iterator[tuple[str, ...]]:
    frame = figures.frame("receipts")
    fields = [_fields(frame[column], kind, figures.decimals) for column, kind in COLUMNS["receipts"].items()]
    return zip(*fields, strict=True)


def _fields(series: "pd.Series[Any]", kind: Kind, decimals: int) -> list[str]:
    as_field = _writers(decimals)[kind]
    present = series.astype(object).where(series.notna(), None).tolist()
    return ["" if value is None else as_field(value) for value in present]


def _writers(decimals: int) -> dict[Kind, Callable[[Any], str]]:
    return {
        "text": lambda text: csv_text(str(text)),
        "instant": lambda instant: pd.Timestamp(instant).isoformat(sep=" ", timespec="seconds"),
        "count": str,
        "money": lambda units: amount_text(int(units), decimals),
    }
