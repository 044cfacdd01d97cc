"""What a spreadsheet makes of the workbooks: LibreOffice opens, reckons and prints them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from exports import tables
from exports.figures import OF_RANGES, TURNOVER, Figures
from exports.workbook import write_workbook
from tests.exports.samples import COSTED, EVENING, NOTHING, SHORT, at, figures_of
from tests.exports.test_workbook_text import HOSTILE, hostile_figures

pytestmark = pytest.mark.slow

Convert = Callable[[list[Path], str], Path]


def many_receipts(count: int) -> Figures:
    """Return a range of `count` receipts of 0.10, 0.20 or 0.30: amounts that no float holds exactly."""
    start = at("2026-01-01 11:00")
    receipts = [
        (f"{n:06d}", "Sale", start + timedelta(minutes=n), "T", 1, "G", "Cash", u, 0, u, 0)
        for n, u in ((n, 10 * (n % 3 + 1)) for n in range(count))
    ]
    total = sum(10 * (n % 3 + 1) for n in range(count))
    summary = [("turnover", "Turnover", total, "money"), ("checks", "Checks", count, "count")]
    whole = {"hours": [(11, count, count, total)], "days": [(date(2026, 1, 1), count, count, count, total)]}
    whole |= {"items": [("P", "P", "L", count, total)], "categories": [("P", count, count, total)]}
    whole |= {"portions": [("L", count, count, total)], "payments": [("Card", count, 0, total, 0, "Card")]}
    whole |= {"staff": [("G", count, count, total, 20, 0, 0, 0, 0)], "taxes": [(0, total, 0, total)]}
    whole |= {"staff_tenders": [("G", "Card", count, 0, total, 0)], "months": [("2026-01", count, count, count, total)]}
    whole |= {"weeks": [(date(2025, 12, 28), count, count, count, total)]}
    whole |= {"weekdays": [("Thursday", 1, count, count, count, total)]}
    return figures_of({"summary": summary, "receipts": receipts} | whole, last_day=date(2026, 12, 31))


BOOKS: dict[str, Figures] = {
    "evening": figures_of(EVENING),
    "yen": figures_of(EVENING, currency="JPY", decimals=0),
    "dinar": figures_of(EVENING, currency="BHD", decimals=3),
    "nothing": figures_of(NOTHING),
    "short": figures_of(SHORT),
    "costed": figures_of(COSTED),
    "wrong": figures_of(EVENING | {"hours": [(12, 4, 9, 9249)]}),
    "hostile": hostile_figures(),
    "many": many_receipts(3001),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The books as the kiosk writes them; `capped` lists two receipts and sums the others."""
    folder = tmp_path_factory.mktemp("books")
    for name, figures in BOOKS.items():
        write_workbook(figures, folder / f"{name}.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "LISTED", 2)
        write_workbook(BOOKS["evening"], folder / "capped.xlsx")
    return sorted(folder.glob("*.xlsx"))


@pytest.fixture(scope="module")
def reckoned(written: list[Path], libreoffice: Convert) -> dict[str, Workbook]:
    """The same books after LibreOffice opened and saved them: with the results of their formulas."""
    folder = libreoffice(written, "xlsx")
    return {path.stem: load_workbook(path, data_only=True) for path in folder.glob("*.xlsx")}


def amount(cell: object, decimals: int) -> int:
    return int((Decimal(str(cell)) * 10**decimals).quantize(Decimal(1)))


def test_margins_are_reckoned_from_what_is_known(reckoned: dict[str, Workbook]) -> None:
    items, categories = (list(reckoned["costed"][name].values) for name in ("Items", "Categories"))
    assert [row[5:] for row in items] == [
        ("Cost of goods", "Margin, net", "Margin %"),
        (12, 31.64, 0.725),
        (5.1, 10.35, 0.67),
        (None, None, None),
        (17.1, 41.99, pytest.approx(4199 / 5909)),
    ]
    assert [row[4:] for row in categories][1:] == [
        (17.1, 41.99, 0.711),
        (None, None, None),
        (17.1, 41.99, pytest.approx(4199 / 5909)),
    ]


def test_the_profit_follows_from_the_sheets_it_is_made_of(written: list[Path], reckoned: dict[str, Workbook]) -> None:
    book = load_workbook(next(path for path in written if path.stem == "costed"))
    asked = {row[0]: (row[1], row[2]) for row in book["Summary"].values}
    assert asked["Cost of goods"] == ("=SUM(Items!$F$2:$F$4)", "Items")
    assert asked["Profit"] == ("=$B$7-$B$20-$B$21-$B$22", "net less goods, wages, expenses")
    told = {row[0]: row[1] for row in reckoned["costed"]["Summary"].values}
    names = ("Net sales of known cost", "Cost of goods", "Wages", "Paid out of the drawers", "Profit")
    assert [told[name] for name in names] == [59.09, 17.1, 20, 5, pytest.approx(41.99)]


def verdict(book: Workbook) -> object:
    return next(row[2].value for row in book["Summary"].iter_rows() if row[0].value == "All sheets")


@pytest.mark.parametrize("name", ["evening", "yen", "dinar", "nothing", "many"])
def test_every_total_equals_its_figures(name: str, reckoned: dict[str, Workbook]) -> None:
    figures = BOOKS[name]
    for table in tables.tables_of(figures):
        sheet = reckoned[name][table.title]
        for column in filter(table.is_summed, table.columns):
            decimals = figures.decimals if table.columns[column] == "money" else 0
            found = sheet[f"{table.letter(column)}{table.total_row}"].value
            told = round(found * 60) if table.columns[column] == "hours" else amount(found, decimals)
            assert told == table.sum(column), (name, table.part, column)


@pytest.mark.parametrize("name", ["evening", "yen", "dinar", "nothing", "many", "capped"])
def test_every_key_figure_equals_the_summary(name: str, reckoned: dict[str, Workbook]) -> None:
    figures = BOOKS.get(name, BOOKS["evening"])
    for row, (_, label, value, kind) in enumerate(figures.summary.itertuples(index=False), 6):
        found = reckoned[name]["Summary"].cell(row, 2).value
        assert amount(found, figures.decimals if kind == "money" else 0) == value, label


def test_the_evening_reads_as_it_was_sold(reckoned: dict[str, Workbook]) -> None:
    summary = reckoned["evening"]["Summary"]
    assert [summary.cell(row, 2).value for row in range(6, 19)] == [
        *(92.5, 84.09, 8.41, 1.5, 2, -6, 3, 1, 0, 4, 23.13, 6, 9),
    ]
    assert [cell.value for cell in reckoned["evening"]["Taxes"][2]] == [0.1, 84.09, 8.41, 92.5]


@pytest.mark.parametrize("name", ["evening", "yen", "dinar", "nothing", "many", "capped"])
def test_sheets_that_agree_say_so(name: str, reckoned: dict[str, Workbook]) -> None:
    assert verdict(reckoned[name]) == reckoned[name]["Summary"]["A4"].value == "BALANCED"


def test_receipts_are_tenders_and_their_cash_is_in_the_drawers(reckoned: dict[str, Workbook]) -> None:
    told = {row[0].value: row[1].value for row in reckoned["evening"]["Summary"].iter_rows(min_row=20, max_row=28)}
    assert told == {
        "Balance": "Amount",
        "Receipts": 92.5,
        "Tenders": 92.5,
        "of it cash, with tips and rounding": 34.5,
        "Cash sales less refunds in the drawers": 34.5,
        "Expected in the drawers": 129.5,
        "Counted": 129,
        "Over or short": -0.5,
        "Counted less over or short": 129.5,
    }


def test_cash_that_never_reached_a_drawer_is_told_to_the_cent(reckoned: dict[str, Workbook]) -> None:
    assert verdict(reckoned["short"]) == "NOT BALANCED by 5.00"


def test_a_sheet_that_disagrees_is_found_with_its_difference(reckoned: dict[str, Workbook]) -> None:
    assert verdict(reckoned["wrong"]) == "NOT BALANCED by -0.01"
    differences = {row[0].value: row[2].value for row in reckoned["wrong"]["Summary"].iter_rows(min_row=31, max_row=39)}
    assert differences["Hours"] == -0.01
    assert set(differences) == {tables.TITLES[part] for part in TURNOVER if part not in OF_RANGES}
    assert [sheet for sheet, difference in differences.items() if difference] == ["Hours"]


def test_receipts_beyond_the_list_are_in_the_total(reckoned: dict[str, Workbook]) -> None:
    assert [cell.value for cell in reckoned["capped"]["Receipts"][5]][7:] == [84.09, 8.41, 92.5, 2]


def test_what_people_typed_is_text_in_libreoffice(reckoned: dict[str, Workbook]) -> None:
    sheet = reckoned["hostile"]["Items"]
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 2).data_type) for row in range(2, 2 + len(HOSTILE))] == [
        (name, "s") for name in HOSTILE
    ]


def test_no_cell_of_any_book_is_an_error(reckoned: dict[str, Workbook]) -> None:
    errors = [
        f"{name} {sheet.title} {cell.coordinate}"
        for name, book in reckoned.items()
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    assert errors == []


def test_every_book_prints(written: list[Path], tmp_path: Path, libreoffice: Convert) -> None:
    """The longest in fewer pages: of three thousand receipts every page is laid out like those of three hundred."""
    pages = tmp_path / "many.xlsx"
    write_workbook(many_receipts(301), pages)
    printed = libreoffice([pages if path.stem == "many" else path for path in written], "pdf")
    assert {path.stem for path in printed.glob("*.pdf")} == {path.stem for path in written}
    assert all(path.read_bytes().startswith(b"%PDF") for path in printed.glob("*.pdf"))
