import zipfile
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from menus.document import Daypart, Modifier, ModifierGroup, Window
from menus.errors import MenuRefused
from menus.files import read_menu, write_menu
from menus.xlsx_file import exact_text
from tests.menus.made import category, item, menu, portion, refused_workbook, workbook

HEADINGS = ["Category", "Item", "Portion", "Price"]
ABOUT = [["menu", "Aurora"], ["currency", "EUR"]]


def sheets(*told: list[Any], headings: list[str] = HEADINGS, **more: list[list[Any]]) -> dict[str, list[list[Any]]]:
    return {"Menu": [headings, *told], "About": ABOUT, **{title.replace("_", " "): one for title, one in more.items()}}


def test_a_sheet_with_four_columns_is_a_menu(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        sheets(
            ["Pizza", "Margherita", "Small", 7],
            ["Pizza", "Margherita", "Large", 12.5],
            [None, None, None, None],
            ["Drinks", 7, None, "3.50"],
        ),
    )
    read = read_menu(path).document
    assert (read.name, read.currency) == ("Aurora", "EUR")
    assert [
        (one.code, dish.name, [(size.name, size.price) for size in dish.portions]) for one, dish in read.all_items()
    ] == [
        ("pizza", "Margherita", [("Small", 700), ("Large", 1250)]),
        ("drinks", "7", [("", 350)]),
    ]


@pytest.mark.parametrize(
    ("number", "told"),
    [(8.1999999999999993, "8.2"), (0.1 + 0.2, "0.30000000000000004"), (3.0, "3"), (100, "100"), (1e-7, "0.0000001")],
)
def test_a_number_cell_is_the_digits_a_person_sees_in_it(number: float, told: str) -> None:
    assert exact_text(number) == told


def test_the_only_sheet_of_a_workbook_is_the_menu_whatever_its_title(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Tabelle1": [HEADINGS, ["Pizza", "Margherita", None, 7]]})
    read = read_menu(path, currency="EUR")
    assert (read.document.name, read.document.categories[0].items[0].portions[0].price) == ("menu", 700)


def test_details_are_taken_from_the_row_that_gives_them(tmp_path: Path) -> None:
    headings = [*HEADINGS, "Subcategory", "Stations", "name:de", "portion:de", "Allergens", "Default", "icon"]
    path = workbook(
        tmp_path,
        sheets(
            ["Wine", "Barolo", "Glass", 9, "Red", "bar, pass", "Barolo (de)", "Glas", None, None, "wine_bar"],
            ["Wine", "Barolo", "Bottle", 60, "Red", None, None, "Flasche", 'Milk; "a, b"', True, None],
            headings=headings,
        ),
    )
    (outer,) = read_menu(path).document.categories
    (inner,) = outer.categories
    (barolo,) = inner.items
    assert (outer.icon, inner.icon) == (None, "wine_bar")
    assert (barolo.stations, barolo.names, barolo.allergens) == (
        ["bar", "pass"],
        {"de": "Barolo (de)"},
        ["Milk", "a, b"],
    )
    assert [(one.names["de"], one.default) for one in barolo.portions] == [("Glas", False), ("Flasche", True)]


def test_the_further_sheets_give_tax_classes_modifiers_dayparts_and_categories(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        sheets(
            ["Coffee", "Latte", None, 3.4, "Drinks", "Milk", "Breakfast"],
            headings=[*HEADINGS, "tax_class", "modifier groups", "dayparts"],
            Tax_classes=[["Tax class", "Eat in %", "Take away %"], ["Food", 10, None], ["Drinks", 22, 6.25]],
            Modifiers=[
                ["Group", "Min", "Max", "Modifier", "Price", "Default", "group:it"],
                ["Milk", 1, 1, "Oat", 0.5, None, "Latte"],
                ["Milk", None, None, "Whole", None, "x", None],
            ],
            Dayparts=[
                ["Daypart", "From", "To", "Weekdays"],
                ["Breakfast", time(7, 0), "11:00", "Mon-Fri"],
                ["Breakfast", "8:00", "12:00", "6, 7"],
            ],
            Categories=[
                ["Category", "Icon", "Course", "Stations"],
                ["Cakes", None, 3, None],
                ["Coffee", "local_cafe", 0, "bar"],
            ],
        ),
    )
    read = read_menu(path).document
    assert [(one.code, one.eat_in_ppm, one.take_away_ppm) for one in read.tax_classes] == [
        ("food", 100_000, 100_000),
        ("drinks", 220_000, 62_500),
    ]
    (milk,) = read.modifier_groups
    assert (milk.min, milk.max, milk.names) == (1, 1, {"it": "Latte"})
    assert [(one.name, one.price, one.default) for one in milk.modifiers] == [("Oat", 50, False), ("Whole", 0, True)]
    assert [(one.start, one.end, one.weekdays) for one in read.dayparts[0].windows] == [
        ("07:00", "11:00", [1, 2, 3, 4, 5]),
        ("08:00", "12:00", [6, 7]),
    ]
    assert [(one.code, one.icon, one.course, one.stations) for one in read.categories] == [
        ("cakes", None, 3, []),
        ("coffee", "local_cafe", 0, ["bar"]),
    ]
    (latte,) = read.categories[1].items
    assert (latte.tax_class, latte.modifier_groups, latte.dayparts) == ("drinks", ["milk"], ["breakfast"])


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            ["Pizza", "Marinara", None, 12.505],
            'sheet Menu, row 2, Price "12.505": EUR has 2 decimals and this price has more; write fewer.',
        ),
        (
            ["Pizza", "Marinara", None, "=2+2"],
            'sheet Menu, row 2, D2 "=2+2": A formula stands here; put its result in its place '
            "(copy, then paste values only).",
        ),
        (
            ["Pizza", '=HYPERLINK("http://x")', None, 7],
            'sheet Menu, row 2, B2 "=HYPERLINK("http://x")": A formula stands here; put its result in its place '
            "(copy, then paste values only).",
        ),
        (
            ["Pizza", "Marinara", None, date(2026, 1, 5)],
            'sheet Menu, row 2, D2 "2026-01-05 00:00:00": The spreadsheet has made a date of it; '
            "format the cell as text and write it again.",
        ),
        (
            ["Pizza", "Marinara", None, "#N/A"],
            'sheet Menu, row 2, D2 "#N/A": An error of the spreadsheet stands here; write the value.',
        ),
        (
            ["Pizza", "Marinara", None, None],
            'sheet Menu, row 2, price: "Marinara" has no price; give it one, take it out, '
            "or import with --skip-unpriced.",
        ),
        (
            [None, "Marinara", None, 7],
            "sheet Menu, row 2, category: The row has no category; every row names its category.",
        ),
        (["Pizza", None, None, 7], "sheet Menu, row 2, item: The row has no item; every row names its item."),
        (
            ["Pizza", "Marinara", None, 7, "stray"],
            'sheet Menu, row 2, E2 "stray": The column 5 has no heading; give it one or empty it.',
        ),
    ],
)
def test_a_fault_in_a_row_is_refused_with_its_place_and_the_way_out(
    row: list[Any], problem: str, tmp_path: Path
) -> None:
    good = ["Pizza", "Margherita", None, 7]
    assert refused_workbook(tmp_path, sheets(row, good)) == [f"menu.xlsx, {problem}"]


@pytest.mark.parametrize(
    ("headings", "problem"),
    [
        (
            [*HEADINGS, "Alergens"],
            'sheet Menu, row 1, Alergens: No column has this heading: did you mean "allergens"?',
        ),
        ([*HEADINGS, "Price"], 'sheet Menu, row 1, Price: The column "Price" stands twice; keep one of them.'),
        (HEADINGS[:3], 'sheet Menu, row 1, price: There is no column "price"; add it.'),
        (
            [*HEADINGS, "name:english"],
            "sheet Menu, row 1, name:english: No column has this heading: "
            '"english" is not a language; write its short form, as name:en.',
        ),
    ],
)
def test_an_unfit_heading_is_refused_before_the_rows(headings: list[str], problem: str, tmp_path: Path) -> None:
    assert refused_workbook(tmp_path, sheets(["Pizza", "Marinara"], headings=headings)) == [f"menu.xlsx, {problem}"]


def test_rows_of_one_item_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    told = sheets(
        ["Pizza", "Marinara", "Small", 7, "oven"],
        ["Pizza", "Marinara", "Large", 9, "grill"],
        headings=[*HEADINGS, "Stations"],
    )
    assert refused_workbook(tmp_path, told) == [
        'menu.xlsx, sheet Menu, row 3, Stations "grill": sheet Menu, row 2 says "oven"; '
        "write the same in both or leave this one blank."
    ]


def test_one_portion_in_two_rows_is_refused(tmp_path: Path) -> None:
    row = ["Pizza", "Marinara", "Small", 7]
    assert refused_workbook(tmp_path, sheets(row, row)) == [
        'menu.xlsx, sheet Menu, row 3, Portion "Small": "Marinara" has the portion "Small" twice; '
        "rename one or take it out."
    ]


def test_all_problems_of_all_sheets_are_told_at_once(tmp_path: Path) -> None:
    told = sheets(
        ["Pizza", "Marinara", None, "much", "=1"],
        ["Pizza", "Napoli", None, None, "wine"],
        headings=[*HEADINGS, "tax class"],
        Dayparts=[["daypart", "from", "to"], ["Lunch", "11:00", "noon"]],
    )
    assert [" ".join(problem.split(", ")[1:3]) for problem in refused_workbook(tmp_path, told)] == [
        "sheet Dayparts row 2",
        "sheet Menu row 2",
        "sheet Menu row 2",
        "sheet Menu row 3",
        "sheet Menu row 3",
    ]


def test_a_workbook_without_a_menu_sheet_is_refused(tmp_path: Path) -> None:
    assert refused_workbook(tmp_path, {"A": [["x"]], "B": [["y"]]}) == [
        'menu.xlsx: The workbook has no sheet "Menu"; name the sheet with the items so.'
    ]


def test_sheets_that_are_no_part_of_the_menu_are_left_alone_and_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, sheets(["Pizza", "Marinara", None, 7], Holidays=[["x", "=1"]]))
    assert 'The sheet "Holidays" is no part of a menu and was left alone.' in read_menu(path).notes


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"<html>"])
def test_what_is_no_workbook_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "menu.xlsx").write_bytes(data)
    with pytest.raises(MenuRefused) as caught:
        read_menu(tmp_path / "menu.xlsx")
    assert str(caught.value) == (
        "menu.xlsx: It cannot be read as an Excel workbook; open it in a spreadsheet and save it again as .xlsx."
    )


def test_a_workbook_that_swells_beyond_measure_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "menu.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * 200_000_001)
    with pytest.raises(MenuRefused, match="Unpacked it is over 200 MB, too much for a menu"):
        read_menu(tmp_path / "menu.xlsx")


DANGEROUS = ["=1+1", "+49 30", "-5 °C", "@home", "#N/A", "_x0041_ wing", "TRUE", "007", "1e5"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_comes_back_as_the_text_it_was(text: str, tmp_path: Path) -> None:
    group = ModifierGroup(code="g", name=text, modifiers=[Modifier(code="m", name=text, names={"de": text})])
    dish = item(
        name=text, description=text, kitchen_name=text, names={"it": text}, allergens=[text], modifier_groups=["g"]
    )
    whole = menu(category(text, dish, name=text, description=text), name=text, modifier_groups=[group])
    write_menu(whole, tmp_path / "menu.xlsx")
    assert read_menu(tmp_path / "menu.xlsx").document == whole
    book = load_workbook(tmp_path / "menu.xlsx")
    assert not [
        cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type in "fe"
    ]


def test_prices_are_written_as_exact_numbers_in_the_format_of_the_currency(tmp_path: Path) -> None:
    for currency, price, shown, number_format in (
        ("EUR", 1010, "10.10", "0.00"),
        ("JPY", 350, "350", "0"),
        ("BHD", 1255, "1.255", "0.000"),
    ):
        whole = menu(category("a", item(portions=[portion(price=price)])), currency=currency)
        write_menu(whole, tmp_path / "menu.xlsx")
        cell = load_workbook(tmp_path / "menu.xlsx")["Menu"]["I2"]
        assert (Decimal(repr(cell.value)), cell.number_format) == (Decimal(shown), number_format)


def test_the_sheets_have_bold_frozen_headings(tmp_path: Path) -> None:
    write_menu(menu(), tmp_path / "menu.xlsx")
    book = load_workbook(tmp_path / "menu.xlsx")
    assert book.sheetnames == ["Menu", "Categories", "Modifiers", "Set menus", "Tax classes", "Dayparts", "About"]
    assert {sheet.freeze_panes for sheet in book.worksheets} == {"A2"}
    assert all(cell.font.bold for cell in book["Menu"][1])


def test_a_daypart_of_two_windows_comes_back_equal(tmp_path: Path) -> None:
    late = Window(start="22:00", end="02:00", weekdays=[5, 6])
    whole = menu(dayparts=[Daypart(code="night", name="Night", start="18:00", end="00:00", more=[late])])
    write_menu(whole, tmp_path / "menu.xlsx")
    assert read_menu(tmp_path / "menu.xlsx").document == whole
