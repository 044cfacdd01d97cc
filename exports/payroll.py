"""The payroll as CSV: a row for each person and period."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from exports.csv_file import write_csv
from exports.text import csv_text


def write_payroll(columns: Sequence[str], rows: Iterable[Sequence[str]], target: Path | BinaryIO) -> None:
    """Write rows that begin with a person's name, as `write_receipts_csv` writes receipts. Raises ExportRefused."""
    write_csv(columns, ([csv_text(name), *fields] for name, *fields in rows), target)
