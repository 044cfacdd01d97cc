"""What to prepare for a day as CSV: a row for each item."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from exports.csv_file import write_csv
from exports.text import csv_text


def write_prep(columns: Sequence[str], rows: Iterable[Sequence[str]], target: Path | BinaryIO) -> None:
    """Write rows of text, as `write_receipts_csv` writes receipts. Raises ExportRefused."""
    write_csv(columns, ([csv_text(field) for field in row] for row in rows), target)
