import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from io import BytesIO
from multiprocessing import get_context
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from exports import tables
from exports.errors import FiguresDoNotBalance
from exports.figures import Figures
from exports.workbook import workbook_bytes
from tests.exports.samples import EVENING, NOTHING, at, figures_of

pytestmark = pytest.mark.slow

Opened = Callable[[Figures], Workbook]

DAY_SHEETS = [
    "Summary",
    "Hours",
    "Items",
    "Categories",
    "Portions",
    "Modifiers",
    "Taxes",
    "Payments",
    "Staff",
    "Staff x tender",
    "Voids and comps",
    "Drawers",
    "Receipts",
]


def rows_of(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]


def test_a_day_has_every_sheet_but_the_days(evening: Figures, opened: Opened) -> None:
    assert opened(evening).sheetnames == DAY_SHEETS


def test_a_range_has_the_days_as_well(opened: Opened) -> None:
    figures = figures_of(EVENING, last_day=date(2026, 3, 8))
    assert opened(figures).sheetnames == [
        *DAY_SHEETS[:2],
        "Days",
        "Weeks",
        "Months",
        "Weekdays",
        "Best of months",
        *DAY_SHEETS[2:],
    ]


def test_every_header_is_frozen_filtered_and_printed_on_every_page(evening: Figures, opened: Opened) -> None:
    book = opened(evening)
    assert book["Summary"].freeze_panes == "A6"
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.fitToHeight == 0
        assert sheet["A1"].fill.fgColor.rgb == "FF101D31"
        assert sheet["A1"].font.bold
    assert book["Hours"].auto_filter.ref == "A1:D4"
    assert book["Receipts"].auto_filter.ref == "A1:K5"


def test_a_sheet_lists_its_frame_and_sums_it(evening: Figures, opened: Opened) -> None:
    assert rows_of(opened(evening), "Hours") == [
        ("Hour", "Receipts", "Pieces", "Turnover"),
        (12, 1, 3, 30),
        (13, 1, 5, 50),
        (20, 2, 1, 12.5),
        ("Total", "=SUM(B2:B4)", "=SUM(C2:C4)", "=SUM(D2:D4)"),
    ]


def test_receipts_of_categories_are_not_added_up_because_one_receipt_has_many(evening: Figures, opened: Opened) -> None:
    assert rows_of(opened(evening), "Categories")[-1] == ("Total", None, "=SUM(C2:C3)", "=SUM(D2:D3)")


def test_a_total_is_bold_under_a_rule(evening: Figures, opened: Opened) -> None:
    total = opened(evening)["Hours"]["D5"]
    assert total.font.bold
    assert total.border.top.style == "thin"
    assert total.number_format == "#,##0.00;[Red]-#,##0.00"


def test_receipts_carry_local_times_to_the_second(evening: Figures, opened: Opened) -> None:
    closed = opened(evening)["Receipts"]["C2"]
    assert closed.value == at("2026-03-06 12:10:03")
    assert closed.number_format == "yyyy-mm-dd hh:mm"


def test_the_summary_opens_with_venue_day_and_currency(evening: Figures, opened: Opened) -> None:
    sheet = opened(evening)["Summary"]
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == [
        "Trattoria & Figli",
        "Friday 6 March 2026",
        "Amounts in EUR, as of 2026-03-07 01:05",
    ]
    assert sheet.oddHeader.left.text == "Trattoria && Figli"


def test_key_figures_follow_the_sheets_they_sum(evening: Figures, opened: Opened) -> None:
    keys = {row[0]: row[1] for row in rows_of(opened(evening), "Summary")[5:18]}
    assert keys == {
        "Turnover": "=SUM(Receipts!$J$2:$J$5)",
        "Net": "=SUM(Receipts!$H$2:$H$5)",
        "Tax": "=SUM(Receipts!$I$2:$I$5)",
        "Discounts": 1.5,
        "Tips": "=SUM(Receipts!$K$2:$K$5)",
        "Refunds": -6,
        "Receipts": '=COUNTIF(Receipts!$B$2:$B$5,"Sale")',
        "Receipts of refunds": '=COUNTIF(Receipts!$B$2:$B$5,"Refund")',
        "Tenders corrected": 0,
        "Checks": "=COUNT(Receipts!$C$2:$C$5)",
        "Average check": "=IF($B$15=0,0,ROUND($B$6/$B$15,2))",
        "Covers": "=SUM(Receipts!$E$2:$E$5)",
        "Pieces": "=SUM(Items!$D$2:$D$4)",
    }


def test_a_key_figure_that_is_no_such_sum_is_written_as_it_is(opened: Opened) -> None:
    summary = [("turnover", "Turnover", 9250, "money"), ("checks", "Checks", 3, "count")]
    keys = rows_of(opened(figures_of(EVENING | {"summary": summary})), "Summary")[5:7]
    assert keys[0][1] == "=SUM(Receipts!$J$2:$J$5)"
    assert keys[1][1] == 3


@pytest.mark.parametrize(
    ("currency", "decimals", "form", "digits"),
    [
        ("EUR", 2, "#,##0.00;[Red]-#,##0.00", b"<v>-6.00</v>"),
        ("JPY", 0, "#,##0;[Red]-#,##0", b"<v>-600</v>"),
        ("BHD", 3, "#,##0.000;[Red]-#,##0.000", b"<v>-0.600</v>"),
    ],
)
def test_amounts_have_the_decimals_of_their_currency(currency: str, decimals: int, form: str, digits: bytes) -> None:
    written = workbook_bytes(figures_of(EVENING, currency=currency, decimals=decimals))
    refund = load_workbook(BytesIO(written))["Receipts"]["I5"]
    assert refund.number_format == form
    with ZipFile(BytesIO(written)) as parts:
        assert digits in parts.read("xl/worksheets/sheet13.xml")


def test_the_turnover_by_hour_is_drawn(evening: Figures, opened: Opened) -> None:
    chart, categories, payments = opened(evening)["Summary"]._charts
    assert categories.series[0].val.numRef.f == "'Categories'!$D$2:$D$3"
    assert payments.series[0].val.numRef.f == "'Payments'!$D$2:$D$3"
    assert chart.series[0].val.numRef.f == "'Hours'!$D$2:$D$4"
    assert chart.series[0].cat.numRef.f == "'Hours'!$A$2:$A$4"


def test_the_days_of_a_range_are_drawn_as_a_line(opened: Opened) -> None:
    (line, *_) = opened(figures_of(EVENING, last_day=date(2026, 3, 8)))["Summary"]._charts
    assert line.series[0].val.numRef.f == "'Days'!$E$2"


def test_the_summary_leads_to_every_sheet_and_each_of_them_back(evening: Figures, opened: Opened) -> None:
    book = opened(evening)
    summary = book["Summary"]
    ways = {row[0].value: row[0].hyperlink.location for row in summary.iter_rows(min_row=21) if row[0].hyperlink}
    assert ways["Cash sales less refunds in the drawers"] == "'Drawers'!A1"
    assert ways["Staff x tender"] == "'Staff x tender'!A1"
    assert summary["C6"].hyperlink.location == "'Receipts'!A1"
    assert {sheet.cell(sheet.max_row, 1).hyperlink.location for sheet in book.worksheets[1:]} == {"'Summary'!A1"}


def test_an_hour_leads_to_its_first_receipt(evening: Figures, opened: Opened) -> None:
    hours = opened(evening)["Hours"]
    assert [hours.cell(row, 1).hyperlink.location for row in (2, 3, 4)] == [
        *("'Receipts'!A2", "'Receipts'!A3", "'Receipts'!A4"),
    ]
    assert hours["B2"].hyperlink is None


def test_receipts_that_were_not_read_are_in_the_sums_all_the_same(opened: Opened) -> None:
    beyond = [("Sale", 1), ("Refund", 1), ("covers", 1), ("net", 1137), ("tax", 113), ("total", 1250), ("tip", 0)]
    figures = figures_of(EVENING | {"receipts": EVENING["receipts"][:2], "beyond": beyond})
    figures.check()
    book = opened(figures)
    note = rows_of(book, "Receipts")[3]
    assert note == ("and 2 more: the full list is in the CSV", None, None, None, 1, None, None, 11.37, 1.13, 12.5, 0)
    assert book["Summary"]["B12"].value == '=COUNTIF(Receipts!$B$2:$B$4,"Sale")+1'


def test_a_day_without_sales_has_its_sheets_and_no_chart(opened: Opened) -> None:
    book = opened(figures_of(NOTHING))
    assert book.sheetnames == DAY_SHEETS
    assert book["Summary"]._charts == []
    assert rows_of(book, "Hours")[1:] == [
        ("no sales", None, None, None),
        ("Total", "=SUM(B2:B2)", "=SUM(C2:C2)", "=SUM(D2:D2)"),
    ]


def test_receipts_beyond_the_list_are_summed_and_pointed_to(
    evening: Figures, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LISTED", 2)
    book = opened(evening)
    _, _, second, beyond, total = rows_of(book, "Receipts")
    assert second[0] == "2026-000102"
    assert beyond == ("and 2 more: the full list is in the CSV", None, None, None, 1, None, None, 11.37, 1.13, 12.5, 0)
    assert total[9] == "=SUM(J2:J4)"
    assert book["Summary"]["B12"].value == '=COUNTIF(Receipts!$B$2:$B$4,"Sale")+1'
    assert book["Summary"]["B15"].value == "=COUNT(Receipts!$C$2:$C$4)+2"


def test_figures_that_do_not_balance_still_make_a_workbook(opened: Opened) -> None:
    figures = figures_of(EVENING | {"hours": [(12, 4, 9, 9249)]})
    assert opened(figures).sheetnames == DAY_SHEETS


def test_covers_that_nobody_counted_are_left_empty(opened: Opened) -> None:
    figures = figures_of(EVENING)
    figures.receipts["covers"] = figures.receipts["covers"].astype("Int64").mask(figures.receipts["covers"] == 0)
    assert opened(figures)["Receipts"]["E5"].value is None


def test_the_same_figures_give_the_same_sheets() -> None:
    first, second = (ZipFile(BytesIO(workbook_bytes(figures_of(EVENING)))) for _ in range(2))
    sheets = [name for name in first.namelist() if name.startswith("xl/")]
    assert len(sheets) > len(DAY_SHEETS)
    assert [first.read(name) for name in sheets] == [second.read(name) for name in sheets]


def test_another_process_makes_the_same_workbook(evening: Figures) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        written = pool.submit(workbook_bytes, evening).result(60)
    assert load_workbook(BytesIO(written)).sheetnames == DAY_SHEETS


def test_the_refusal_comes_home_from_another_process() -> None:
    home = pickle.loads(pickle.dumps(FiguresDoNotBalance("hours", "1.00 EUR", "2.00 EUR")))
    assert str(home).startswith("The figures do not balance: hours sum to 1.00 EUR")


def test_drawers_have_a_sheet_that_is_no_turnover(evening: Figures, opened: Opened) -> None:
    book = opened(evening)
    header, first, second, total = rows_of(book, "Drawers")
    assert header[5:7] == ("Cash sales", "Cash refunded")
    assert first[3:14] == (0, 100, 40.5, -6, 0, -5, 0, -50, 79.5, 79, -0.5)
    assert (second[1], total[11]) == ("Marco", "=SUM(L2:L3)")
    assert "Drawers" not in [row[0] for row in rows_of(book, "Summary")]
    empty = rows_of(opened(figures_of(NOTHING)), "Drawers")[1]
    assert empty[0] == "no drawers"
