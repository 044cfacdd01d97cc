"""Every way a sales history can be wrong, with the sentence that helps."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.core.money import Currency
from kiosk.payments.rules import TenderKind
from kiosk.reports.errors import SalesRefused
from kiosk.reports.sales_cells import COLUMNS, Cells
from kiosk.reports.sales_file import Sale, SoldLine, read_sales
from tests.reports.making import HEADING

ROME = ZoneInfo("Europe/Rome")
FULL = ",".join(COLUMNS)
GOOD = "7,2015-11-27 19:30:00,Margherita,2,8.50"


def read(*rows: str, heading: str = HEADING, currency: str = "EUR") -> list[Sale]:
    data = "\n".join([heading, *rows]).encode()
    return read_sales(data, "sales.csv", Cells(Currency(currency), ROME), lambda *_: None)


def refusal(*rows: str, heading: str = HEADING, currency: str = "EUR") -> str:
    with pytest.raises(SalesRefused) as refused:
        read(*rows, heading=heading, currency=currency)
    assert refused.value.sentence.endswith("\nNothing was imported.")
    return refused.value.sentence.removesuffix("\nNothing was imported.")


def test_a_plain_row_is_a_sale_of_one_line() -> None:
    (sale,) = read(GOOD)
    assert sale.number == "7"
    assert sale.closed_at.isoformat() == "2015-11-27T18:30:00+00:00"
    assert sale.lines == [SoldLine("", "Margherita", "", 2, 850, 0)]
    assert sale.tender == (TenderKind.OTHER, "imported")
    assert (sale.tip, sale.staff, sale.table, sale.covers) == (0, "", "", 0)


def test_every_column_that_may_be_there_is_read() -> None:
    row = "A-1,2015-11-27T19:30:00+01:00,Chianti,1,24.00,Wine,Bottle,Card,2.5,Elena,12,4,8.1"
    (sale,) = read(row, heading=FULL)
    assert sale.lines == [SoldLine("Wine", "Chianti", "Bottle", 1, 2400, 81_000)]
    assert sale.tender == (TenderKind.CARD, "card")
    assert (sale.tip, sale.staff, sale.table, sale.covers) == (250, "Elena", "12", 4)


def test_the_columns_may_stand_in_any_order_and_the_delimiter_may_be_a_semicolon() -> None:
    (sale,) = read("2;Margherita;8.50;7;2015-11-27 19:30", heading="quantity;Item;unit_price; receipt;closed_at")
    assert (sale.number, sale.lines) == ("7", [SoldLine("", "Margherita", "", 2, 850, 0)])


def test_the_rows_of_one_receipt_may_lie_anywhere_in_the_file() -> None:
    other = "8,2015-11-27 19:40:00,Diavola,1,9.00"
    sales = read(GOOD, other, "7,2015-11-27 19:30:00,Tiramisù,1,6.00", "", ",,,,")
    assert [(sale.number, [line.item for line in sale.lines]) for sale in sales] == [
        ("7", ["Margherita", "Tiramisù"]),
        ("8", ["Diavola"]),
    ]


def test_the_tip_is_said_once_or_in_every_row_and_counts_once() -> None:
    heading = f"{HEADING},tip"
    for second in ("1.50", "", "1.5"):
        (sale,) = read(f"{GOOD},1.50", f"{GOOD},{second}", heading=heading)
        assert sale.tip == 150
    (sale,) = read(f"{GOOD},", f"{GOOD},1.50", heading=heading)
    assert sale.tip == 150


def test_rows_of_one_receipt_that_contradict_each_other_are_named_both() -> None:
    heading = f"{HEADING},tender,table"
    told = refusal(f"{GOOD},card,4", "7,2015-11-27 19:31:00,Diavola,1,9.00,cash,5", heading=heading)
    assert told.splitlines() == [
        "sales.csv, row 3, closed_at “2015-11-27 19:31:00”: Receipt 7 says “2015-11-27 19:30:00” in row 2. "
        "Make its rows agree.",
        "sales.csv, row 3, tender “cash”: Receipt 7 says “card” in row 2. Make its rows agree.",
        "sales.csv, row 3, table “5”: Receipt 7 says “4” in row 2. Make its rows agree.",
    ]


def test_the_same_moment_in_other_words_is_no_contradiction() -> None:
    (sale,) = read(GOOD, "7,2015-11-27T18:30:00Z,Diavola,1,9.00")
    assert len(sale.lines) == 2


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",2015-11-27 19:30,M,1,1", "receipt: Every row needs the number of its receipt."),
        ("7,2015-11-27 19:30,,1,1", "item: Every row needs the name of what was sold."),
        ("7,2015-11-27 19:30,M,0,1", "quantity “0”: Write a whole number from 1 to 100,000; returns are left out."),
        ("7,2015-11-27 19:30,M,-2,1", "quantity “-2”: Write a whole number from 1 to 100,000; returns are left out."),
        ("7,2015-11-27 19:30,M,1.5,1", "quantity “1.5”: Write a whole number from 1 to 100,000; returns are left out."),
        ("7,2015-11-27 19:30,M,,1", "quantity: Write a whole number from 1 to 100,000; returns are left out."),
        (
            "7,2015-11-27 19:30,M,1,",
            "unit_price: Write an amount of 12.50 EUR or 0, with a point and without signs.",
        ),
        (
            "7,2015-11-27 19:30,M,1,-1",
            "unit_price “-1”: Write an amount of 12.50 EUR or 0, with a point and without signs.",
        ),
        (
            "7,2015-11-27 19:30,M,1,€8",
            "unit_price “€8”: Write an amount of 12.50 EUR or 0, with a point and without signs.",
        ),
        (
            '7,2015-11-27 19:30,M,1,"8,50"',
            "unit_price “8,50”: Write an amount of 12.50 EUR or 0, with a point and without signs.",
        ),
        (
            "7,2015-11-27 19:30,M,1,1e3",
            "unit_price “1e3”: Write an amount of 12.50 EUR or 0, with a point and without signs.",
        ),
        (
            "7,2015-11-27 19:30,M,1,8.505",
            "unit_price “8.505”: “8.505” is not an amount with at most 2 decimals. Write it like 12.50.",
        ),
        (
            "7,2015-11-27 19:30,M,1,999999999999",
            "unit_price “999999999999”: No price is that high; look for a missing point.",
        ),
        (
            "7,27.11.2015 19:30,M,1,1",
            "closed_at “27.11.2015 19:30”: "
            "Write date and time like 2015-11-27 19:30:00, with an offset if it is not local time.",
        ),
        (
            "7,2015-11-27,M,1,1",
            "closed_at “2015-11-27”: "
            "Write date and time like 2015-11-27 19:30:00, with an offset if it is not local time.",
        ),
        (
            "7,,M,1,1",
            "closed_at: Write date and time like 2015-11-27 19:30:00, with an offset if it is not local time.",
        ),
        (
            "7,0215-11-27 19:30,M,1,1",
            "closed_at “0215-11-27 19:30”: The year 215 cannot be meant; write one from 1970 on.",
        ),
        ("7,2015-11-27 19:30,M,1", "The row has 4 cells and the heading 5. Mend its commas and quotes."),
        ("7,2015-11-27 19:30,M,1,8,50", "The row has 6 cells and the heading 5. Mend its commas and quotes."),
        (
            f"{'9' * 65},2015-11-27 19:30,M,1,1",
            f"receipt “{'9' * 65}”: This has 65 letters, at most 64 fit. Shorten it.",
        ),
    ],
)
def test_a_bad_row_is_told_with_its_place_its_value_and_the_way_out(row: str, sentence: str) -> None:
    comma = "" if sentence.startswith("The row") else ", "
    told = refusal(GOOD, row.replace("7,", "9,", 1))
    assert told == f"sales.csv, row 3{comma or ': '}{sentence}"


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("tip", "-1", "Write an amount of 12.50 EUR or 0, with a point and without signs."),
        ("covers", "two", "Write the number of guests, from 0 to 9,999, or leave it empty."),
        ("tax_rate", "19,5", "Write the tax rate in percent, such as 19 or 8.1, at most 100 and with four decimals."),
        ("tax_rate", "101", "Write the tax rate in percent, such as 19 or 8.1, at most 100 and with four decimals."),
        ("staff", "x" * 201, "This has 201 letters, at most 200 fit. Shorten it."),
        ("tender", "x" * 65, "This has 65 letters, at most 64 fit. Shorten it."),
    ],
)
def test_a_bad_cell_that_need_not_be_there_is_told_too(column: str, value: str, sentence: str) -> None:
    cell = f'"{value}"'
    assert refusal(f"{GOOD},{cell}", heading=f"{HEADING},{column}") == (
        f"sales.csv, row 2, {column} “{value[:80]}”: {sentence}"
    )


def test_tax_rates_are_read_in_percent_to_the_millionth() -> None:
    heading = f"{HEADING},tax_rate"
    rates = {"": 0, "0": 0, "19": 190_000, "8.1": 81_000, "6.25": 62_500, "19 %": 190_000, "100": 1_000_000}
    rates |= {"5.0000000": 50_000, "2.3456": 23_456}
    for told, rate in rates.items():
        (sale,) = read(f"{GOOD},{told}", heading=heading)
        assert sale.lines[0].rate_ppm == rate, told


def test_a_receipt_may_hold_lines_of_two_rates() -> None:
    (sale,) = read(f"{GOOD},10", "7,2015-11-27 19:30:00,Chianti,1,6.00,22", heading=f"{HEADING},tax_rate")
    assert [line.rate_ppm for line in sale.lines] == [100_000, 220_000]


@pytest.mark.parametrize(
    ("currency", "price", "amount", "refused"),
    [("JPY", "350", 350, "350.5"), ("EUR", "3.5", 350, "3.505"), ("BHD", "1.250", 1250, "1.2505")],
)
def test_prices_are_exact_in_currencies_of_any_decimals(currency: str, price: str, amount: int, refused: str) -> None:
    row = "7,2015-11-27 19:30:00,Margherita,2,"
    (sale,) = read(row + price, currency=currency)
    assert sale.lines[0].unit_price == amount
    assert "is not an amount with at most" in refusal(row + refused, currency=currency)


def test_a_heading_that_lacks_doubles_or_invents_columns_is_told_at_once() -> None:
    told = refusal(GOOD, heading="receipt,closed_at,item,portoin,item,price")
    places = [line.split(":")[0] for line in told.splitlines()]
    assert places == [
        "sales.csv, row 1, quantity",
        "sales.csv, row 1, unit_price",
        "sales.csv, row 1, column “portoin”",
        "sales.csv, row 1, column “item”",
        "sales.csv, row 1, column “price”",
    ]
    assert "The heading is receipt,closed_at,item,quantity,unit_price, and may go on with category, portion," in told


def test_an_empty_file_and_one_without_sales_are_refused() -> None:
    assert "row 1, receipt: This column is missing." in refusal(heading="")
    assert refusal() == "sales.csv: There is no sale in it, only a heading."


def test_all_problems_are_counted_and_fifty_are_shown() -> None:
    told = refusal(*(f"{n},2015-11-27 19:30:00,Margherita,0,8.50" for n in range(73)))
    assert len(told.splitlines()) == 51
    assert told.endswith("\nand 23 more")


def test_an_open_quote_is_told_with_its_row() -> None:
    told = refusal(GOOD, '8,2015-11-27 19:30:00,"Margherita,1,8.50')
    assert told == "sales.csv, row 3: This is not readable as CSV (unexpected end of data). Mend its quotes."


def test_letters_that_are_not_utf8_are_told_with_their_row() -> None:
    data = f"{HEADING}\n{GOOD}\n8,2015-11-27 19:30:00,Tiramis".encode() + b"\xf9,1,6.00\n"
    with pytest.raises(SalesRefused, match="row 3: Here are letters that are not UTF-8"):
        read_sales(data, "sales.csv", Cells(Currency("EUR"), ROME), lambda *_: None)


def test_the_mark_that_excel_puts_before_the_heading_is_no_part_of_it(tmp_path: Path) -> None:
    (sale,) = read_sales(
        f"\ufeff{HEADING}\r\n{GOOD}\r\n".encode(), "sales.csv", Cells(Currency("EUR"), ROME), lambda *_: None
    )
    assert sale.number == "7"


def test_control_characters_and_line_breaks_in_names_become_blanks() -> None:
    (sale,) = read('7,2015-11-27 19:30:00,"Mar\x1b[31mgherita\n  Doppia",1,8.50')
    assert sale.lines[0].item == "Mar [31mgherita Doppia"


def test_names_in_any_script_are_kept_as_they_are() -> None:
    names = ["マルゲリータ", "क्‍ष पिज़्ज़ा", "=SUM(A1)", "<b>Pizza</b>", "🍕", "پیتزا‌ها"]
    sales = read(*(f"{n},2015-11-27 19:30:00,{name},1,8.50" for n, name in enumerate(names)))
    assert [sale.lines[0].item for sale in sales] == names
