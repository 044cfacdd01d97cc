import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from exports import grid, tables
from exports.figures import Figures
from exports.text import LONGEST, cell_text, csv_text, one_line, shown_width
from exports.workbook import workbook_bytes
from tests.exports.samples import EVENING, figures_of

HOSTILE = [
    '=HYPERLINK("http://evil.example","Click")',
    "+1",
    "-2",
    "@x",
    "'quoted",
    "#N/A",
    "{=1+1}",
    "Pizza 🍕 <b>&amp;</b>",
    "مشاوي مشكلة",
    "寿司 盛り合わせ",
    "M" * 200,
]


def hostile_figures() -> Figures:
    items = [(name, name, name, 1, 100) for name in HOSTILE]
    receipts = [(n, *EVENING["receipts"][0][1:3], n, 1, n, n, 100, 0, 100, 0) for n in HOSTILE]
    return figures_of(EVENING | {"items": items, "receipts": receipts}, venue="=1+1", currency="EUR")


def test_what_people_typed_stays_text_in_every_column(opened: Callable[[Figures], Workbook]) -> None:
    book = opened(hostile_figures())
    for row, name in enumerate(HOSTILE, 2):
        cells = [book["Items"].cell(row, column) for column in (1, 2, 3)]
        cells += [book["Receipts"].cell(row, column) for column in (1, 4, 6, 7)]
        assert {(cell.value, cell.data_type) for cell in cells} == {(name, "s")}
    assert (book["Summary"]["A1"].value, book["Summary"]["A1"].data_type) == ("=1+1", "s")


def test_no_formula_in_the_file_is_anybody_elses() -> None:
    with ZipFile(BytesIO(workbook_bytes(hostile_figures()))) as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name).decode()
    formulas = re.findall(r"<f>(.*?)</f>", sheets)
    ours = re.compile(
        r"SUM\(|COUNT\(|ROUND\(|IF\(|SUMIF\(|[BC]\d+(-B\d+)?$|('[A-Z][a-z x]+'|[A-Z][a-z]+)!\$[A-Z]\$\d+(\+|$)"
    )
    assert len(formulas) > 20
    assert [formula for formula in formulas if not ours.match(formula)] == []


@pytest.mark.parametrize("name", ["=1+1", "+1", "-2", "@x"])
def test_text_that_looks_like_a_formula_is_quoted_so_that_editing_keeps_it_text(
    name: str, opened: Callable[[Figures], Workbook]
) -> None:
    items = [(name, "Margherita", "Large", 9, 9250)]
    sheet = opened(figures_of(EVENING | {"items": items}))["Items"]
    assert sheet["A2"].quotePrefix
    assert not sheet["B2"].quotePrefix


def test_a_long_name_is_wrapped_in_a_column_that_is_not_endless(opened: Callable[[Figures], Workbook]) -> None:
    sheet = opened(hostile_figures())["Items"]
    assert sheet["B2"].alignment.wrap_text
    assert sheet.column_dimensions["B"].width == 46
    assert [sheet.row_dimensions[row].height for row in (11, 12)] == [None, 90]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Pizza\x00\x07\x1b[31m", "Pizza[31m"),
        ("two\r\nlines\tand a tab", "two lines and a tab"),
        ("\t=1+1", "=1+1"),
        ("half a pair \ud83c", "half a pair"),
        ("\ufffe\uffff", ""),
        ("🍕" * 20_000, "🍕" * LONGEST),
    ],
)
def test_what_a_file_cannot_carry_is_taken_out(typed: str, written: str) -> None:
    assert one_line(typed) == written


def test_control_characters_do_not_stop_the_workbook(opened: Callable[[Figures], Workbook]) -> None:
    items = [("\x00", "Mar\x0bgherita\ud83c", "Large", 9, 9250)]
    sheet = opened(figures_of(EVENING | {"items": items}, venue="Trattoria\x01"))["Items"]
    assert [sheet[cell].value for cell in ("A2", "B2", "C2")] == [None, "Margherita", "Large"]


def test_what_looks_like_an_escape_of_excels_is_escaped_itself() -> None:
    assert cell_text("_x0041_ of _x000") == "_x005F_x0041_ of _x000"


@pytest.mark.parametrize(
    ("typed", "written"), [("=1+1", "'=1+1"), ("\t@x", "'@x"), ("＝1", "'＝1"), ("Pizza", "Pizza"), ("", "")]
)
def test_a_csv_field_is_no_formula_either(typed: str, written: str) -> None:
    assert csv_text(typed) == written


def test_wide_characters_count_twice() -> None:
    assert [shown_width(text) for text in ("Pizza", "寿司", "🍕", "é")] == [5, 4, 2, 1]


@pytest.mark.parametrize("capped", [False, True])
def test_a_long_list_is_woven_in_cell_by_cell_as_a_short_one_is_written(
    capped: bool, opened: Callable[[Figures], Workbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LISTED", 7 if capped else 50_000)
    figures = hostile_figures()
    figures.receipts["covers"] = figures.receipts["covers"].astype("Int64").mask(figures.receipts.index == 2)
    plain = opened(figures)
    monkeypatch.setattr(grid, "MANY", 1)
    woven = opened(figures)
    assert woven.sheetnames == plain.sheetnames
    for sheet in woven.worksheets[1:]:
        assert [told(cell) for row in sheet.iter_rows() for cell in row] == [
            told(cell) for row in plain[sheet.title].iter_rows() for cell in row
        ]
        assert {row: one.height for row, one in sheet.row_dimensions.items()} == {
            row: one.height for row, one in plain[sheet.title].row_dimensions.items()
        }


def told(cell: Any) -> tuple[object, ...]:
    """All that a cell is, but for the way of an hour to its receipt, which only short lists have."""
    way = cell.hyperlink.location if cell.hyperlink and cell.value == "Total" else None
    look = cell.style.replace("hour link", "hour")
    return cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.quotePrefix, way, look
