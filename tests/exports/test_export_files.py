import csv
import os
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from exports import files
from exports.amounts import grouped
from exports.balance import told
from exports.csv_sheets import write_csv_zip, write_receipts_csv
from exports.errors import ExportRefused
from exports.figures import Figures
from exports.paper import columns_of, rows_of, sums_of
from exports.pdf import Paper, Typefaces, write_pdf
from exports.tables import tables_of
from exports.workbook import write_workbook
from tests.exports.samples import COSTED, EVENING, NOTHING, SHORT, figures_of
from tests.exports.test_workbook_text import hostile_figures

FONTS = Path(__file__).parents[2] / "kiosk" / "payments" / "fonts"
FACES = Typefaces(FONTS / "IBMPlexSans-Regular.ttf", FONTS / "IBMPlexSans-SemiBold.ttf")


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


def test_the_zip_has_a_csv_for_every_sheet_and_says_whether_it_balances(evening: Figures, tmp_path: Path) -> None:
    write_csv_zip(evening, tmp_path / "day.zip")
    with ZipFile(tmp_path / "day.zip") as sheets:
        read = {
            name: list(csv.reader(sheets.read(name).decode("utf-8-sig").splitlines())) for name in sheets.namelist()
        }
    assert [name[3:-4] for name in read] == [
        *("summary", "hours", "items", "categories", "portions", "modifiers", "taxes", "payments", "staff"),
        *("staff-tenders", "deeds", "drawers", "receipts"),
    ]
    assert ["balance", "Balance", "BALANCED"] in read["01-summary.csv"]
    assert read["07-taxes.csv"] == [["rate_ppm", "net", "tax", "gross"], ["0.100000", "84.09", "8.41", "92.50"]]
    assert read["02-hours.csv"][1] == ["12:00", "1", "3", "30.00"]
    assert read["12-drawers.csv"][1][2] == "2026-03-06 11:02:00"


def test_the_same_figures_give_the_same_zip(evening: Figures) -> None:
    first, second = BytesIO(), BytesIO()
    write_csv_zip(evening, first)
    write_csv_zip(evening, second)
    assert first.getvalue() == second.getvalue()


def test_the_balance_is_told_without_a_spreadsheet() -> None:
    assert told(figures_of(EVENING)) == "BALANCED"
    assert told(figures_of(SHORT)) == "NOT BALANCED by 5.00 EUR"
    assert told(figures_of(EVENING | {"hours": [(12, 4, 9, 9249)]})) == "NOT BALANCED by -0.01 EUR"
    assert told(figures_of(EVENING, currency="BHD", decimals=3)) == "BALANCED"


@pytest.mark.parametrize(("decimals", "written"), [(0, "-1,234,567"), (2, "-12,345.67"), (3, "-1,234.567")])
def test_amounts_on_paper_have_their_thousands_grouped(decimals: int, written: str) -> None:
    assert grouped(-1_234_567, decimals) == written


def test_the_pages_carry_the_figures_and_no_letter_stops_them(evening: Figures) -> None:
    for figures in (evening, hostile_figures(), figures_of(NOTHING)):
        stream = BytesIO()
        write_pdf(figures, stream, FACES)
        assert stream.getvalue().startswith(b"%PDF")


def test_figures_after_a_name_in_other_letters_stay_figures(evening: Figures) -> None:
    pdf = Paper(evening, replace(FACES, others=[FONTS / "IBMPlexSansArabic-Regular.ttf"]))
    pdf.set_compression(False)
    pdf.add_page()
    for bold, texts in ((True, ["-"]), (False, ["شاورما", "219"])):
        pdf.ink(bold=bold)
        for text in texts:
            pdf.cell(40, 5, text)
    assert _faces_shown(bytes(pdf.output()))[:5] == ["bold", "bold", "regular", "arabic", "regular"]


def _faces_shown(made: bytes) -> list[str]:
    """In which face each string is drawn, as a reader of the page keeps it in mind; a choice begins with a space."""
    page = re.sub(rb"\((?:\\.|[^\\)])*\)", b"", made[: made.index(b"endstream")], flags=re.DOTALL)
    face, kept, shown = "", [], []
    for one in re.findall(rb"(?<=[\s])(?:q|Q|/F\d|Tj)(?=\s)", page):
        if one == b"q":
            kept.append(face)
        elif one == b"Q":
            face = kept.pop()
        elif one == b"Tj":
            shown.append(face)
        else:
            face = {b"/F1": "regular", b"/F2": "bold", b"/F3": "arabic"}[one]
    return shown


def test_a_long_list_is_cut_on_paper_and_says_by_how_much(evening: Figures) -> None:
    receipts = next(table for table in tables_of(evening) if table.part == "receipts")
    *rows, last = rows_of(receipts, evening, 3)
    assert (len(rows), last[0]) == (3, "and 1 more")
    assert rows[0][:3] == ["2026-000101", "Sale", "2026-03-06 12:10"]
    assert sums_of(receipts, evening)[-4:] == ["84.09", "8.41", "92.50", "2.00"]


def test_on_paper_a_figure_is_never_cut_for_room() -> None:
    drawers = next(table for table in tables_of(figures_of(EVENING)) if table.part == "drawers")
    columns = columns_of(drawers, figures_of(EVENING), lambda text: 2.0 * len(text), 260.0, 10)
    expected = next(column for column in columns if column.header == "Expected")
    assert expected.width >= 2.0 * len("129.50")
    assert sum(column.width for column in columns) < 300


def test_what_goods_cost_stands_in_the_csv_and_on_paper_and_blank_is_not_known() -> None:
    figures, target = figures_of(COSTED), BytesIO()
    write_csv_zip(figures, target)
    with ZipFile(target) as pack:
        name = next(name for name in pack.namelist() if "categories" in name)
        lines = pack.read(name).decode("utf-8-sig").splitlines()
    assert lines == [
        "category,receipts,pieces,turnover,cost,margin,margin_ppm",
        "Pizza,3,6,65.00,17.10,41.99,0.711000",
        "Wine,2,3,27.50,,,",
    ]
    categories = next(table for table in tables_of(figures) if table.part == "categories")
    assert next(iter(rows_of(categories, figures, 9)))[4:] == ["17.10", "41.99", "71.1 %"]
    assert sums_of(categories, figures) == ["Total", "", "9", "92.50", "17.10", "41.99", "71.1 %"]
