"""What to prepare for a day as CSV: a row for each item."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from exports.files import write_out
from exports.text import csv_text


def write_prep(columns: Sequence[str], rows: Iterable[Sequence[str]], target: Path | BinaryIO) -> None:
    """Write rows of text, as `write_receipts_csv` writes receipts. Raises ExportRefused."""

    def fill(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows([csv_text(field) for field in row] for row in rows)
        text.detach()

    write_out(target, fill)
