import csv
import os
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from openpyxl import load_workbook

from exports import files
from exports.errors import ExportRefused
from exports.figures import Figures
from exports.receipts_csv import write_receipts_csv
from exports.workbook import write_workbook
from tests.exports.samples import EVENING, figures_of


def test_a_workbook_takes_the_place_of_an_older_one(evening: Figures, tmp_path: Path) -> None:
    target = tmp_path / "day.xlsx"
    target.write_bytes(b"older")
    write_workbook(evening, target)
    assert load_workbook(target)["Summary"]["A1"].value == "Trattoria & Figli"
    assert [path.name for path in tmp_path.iterdir()] == ["day.xlsx"]


def test_a_workbook_goes_into_a_stream(evening: Figures) -> None:
    stream = BytesIO()
    write_workbook(evening, stream)
    assert stream.getvalue()[:2] == b"PK"


def test_a_missing_folder_is_named(evening: Figures, tmp_path: Path) -> None:
    target = tmp_path / "gone" / "day.xlsx"
    with pytest.raises(ExportRefused, match=r"day\.xlsx was not written: the folder .*gone does not exist\. Make it"):
        write_workbook(evening, target)


def test_a_folder_in_the_place_of_the_file_is_named(evening: Figures, tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match=r"it is a folder\. Add a file name"):
        write_workbook(evening, tmp_path)


def test_a_file_in_the_place_of_the_folder_is_named(evening: Figures, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    with pytest.raises(ExportRefused, match="notes is not a folder"):
        write_workbook(evening, tmp_path / "notes" / "day.xlsx")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(evening: Figures, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ExportRefused, match="you may not write in"):
        write_workbook(evening, tmp_path / "day.xlsx")


@pytest.mark.parametrize(
    ("number", "sentence"), [(13, "you may not write in"), (28, "is full. Make room"), (5, "Input/output error")]
)
def test_trouble_half_way_leaves_the_older_file_and_nothing_else(
    number: int, sentence: str, evening: Figures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    target = tmp_path / "day.xlsx"
    target.write_bytes(b"older")
    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(ExportRefused, match=sentence):
        write_workbook(evening, target)
    assert target.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["day.xlsx"]


def test_an_error_of_the_writer_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(file: BinaryIO) -> None:
        file.write(b"half")
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        files.write_out(tmp_path / "day.xlsx", fail)
    assert list(tmp_path.iterdir()) == []


def test_the_csv_lists_every_receipt(evening: Figures, tmp_path: Path) -> None:
    target = tmp_path / "receipts.csv"
    write_receipts_csv(evening, target)
    assert target.read_bytes()[:3] == b"\xef\xbb\xbf"
    with target.open(encoding="utf-8-sig", newline="") as file:
        header, first, *_, last = csv.reader(file)
    listed = ["number", "kind", "closed_at", "label", "covers", "staff", "tenders", "net", "tax", "total", "tip"]
    assert (header, first[1]) == (listed, "Sale")
    assert first[2:10] == ["2026-03-06 12:10:03", "Table 4", "2", "Giulia", "Cash", "27.27", "2.73", "30.00"]
    assert last[7:] == ["-5.45", "-0.55", "-6.00", "0.00"]


def test_the_csv_carries_no_formula_and_goes_into_a_stream() -> None:
    first = ("1", "Sale", EVENING["receipts"][0][2], "=1+1", 1, "@Giulia", "Cash", 8409, 841, 9250, 0)
    stream = BytesIO()
    write_receipts_csv(figures_of(EVENING | {"receipts": [first]}, last_day=date(2026, 3, 7)), stream)
    assert "'=1+1,1,'@Giulia,Cash,84.09" in stream.getvalue().decode("utf-8-sig")
