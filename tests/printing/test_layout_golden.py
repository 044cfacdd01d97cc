"""Every document at every width, as it was looked at; `python -m tests.printing.cast` writes the files anew."""

import json
from dataclasses import replace

import pytest
from rich.cells import cell_len

from kiosk.printing import encode, layouts
from kiosk.printing.documents import DishLine, KitchenDish, TaxLine, of_json
from kiosk.printing.rows import Copy, Paper, QrCode, Raster, Row
from tests.printing import cast
from tests.support.paper import qr
from tests.support.paper.device import Device, Model
from tests.support.paper.slips import Parted, Slip

DOCUMENTS = pytest.mark.parametrize("name", cast.CAST)
PAPERS = pytest.mark.parametrize("columns", cast.WIDTHS)


def printed(name: str, columns: int) -> tuple[Device, Slip]:
    """A document of the cast as a printer of this width puts it on paper."""
    dots = cast.WIDTHS[columns]
    device = Device(Model(columns=columns, dots=dots))
    device.feed(encode.encode(cast.slip_of(name, columns), encode.Speech(dots=dots)))
    return device, device.slips[0]


@DOCUMENTS
def test_a_document_stands_on_paper_as_it_did_when_it_was_looked_at(name: str) -> None:
    assert cast.golden(name) == (cast.GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@DOCUMENTS
def test_a_document_comes_back_from_its_row_as_it_was(name: str) -> None:
    document = cast.CAST[name][0]
    assert of_json(json.loads(json.dumps(document.to_json()))) == document


@PAPERS
@DOCUMENTS
def test_no_row_is_wider_than_its_paper(name: str, columns: int) -> None:
    rows = [part for part in cast.slip_of(name, columns).rows if isinstance(part, Row)]
    assert all(cell_len(row.line(columns)) * row.style.width <= columns for row in rows)


@PAPERS
@DOCUMENTS
def test_a_printer_prints_it_whole_on_one_slip_and_makes_rubbish_of_nothing(name: str, columns: int) -> None:
    device, slip = printed(name, columns)
    assert (device.warnings, device.kicks, len(device.slips)) == ([], [], 1)
    assert slip.cut is Parted.PARTIAL
    assert cast.slip_of(name, columns).end in " ".join(slip.text)


@PAPERS
@pytest.mark.parametrize("name", [name for name in cast.CAST if name not in {"kitchen-scripts", "test-page"}])
def test_what_a_printer_prints_is_what_was_laid_out_line_for_line(name: str, columns: int) -> None:
    laid = [part for part in cast.slip_of(name, columns).rows if not isinstance(part, Raster | QrCode)]
    told = [part.line(columns).strip() if isinstance(part, Row) else "-" * columns for part in laid]
    shown = [line.strip() for line in printed(name, columns)[1].text]
    assert [line for line in shown if line] == [line for line in told if line]


@PAPERS
def test_the_table_is_huge_and_an_allergy_white_on_black_twice_as_high(columns: int) -> None:
    slip = printed("kitchen-new", columns)[1]
    assert slip.marks_of("TABLE 12") == {"3x3", "bold", "center"}
    allergy = [line for line in slip.lines if {"inverse", "1x2"} <= line.marks]
    assert "!! ALLERGY: Peanuts" in allergy[0].text
    assert "EpiPen" in " ".join(line.text for line in allergy)
    assert all(len(line.text) == columns for line in allergy)
    below = slip.lines[[line.text for line in slip.lines].index(allergy[0].text) - 1]
    assert below.text.startswith("1x Pad thai")


@PAPERS
def test_the_code_of_a_receipt_is_read_from_its_picture(columns: int) -> None:
    slip = printed("receipt", columns)[1]
    assert slip.qrs == [cast.RECEIPT.link]
    assert qr.read(slip) == [cast.RECEIPT.link]


def test_the_tax_table_adds_up_to_the_total() -> None:
    assert sum(tax.gross for tax in cast.RECEIPT.taxes) == cast.RECEIPT.total
    rows = layouts.preview(cast.slip_of("receipt", 48), 48)
    assert "A 10 %                127.18     12.72    139.90" in rows


def test_a_dish_can_be_called_as_the_menu_does_or_both_ways() -> None:
    dish = cast.only(KitchenDish(quantity=1, name="Polpo", menu_name="Grilled octopus"))
    shown = {names: layouts.preview(layouts.laid_out(dish, Paper(names=names)), 42) for names in ("menu", "both")}
    assert "1x Grilled octopus" in shown["menu"]
    assert shown["both"][4:6] == ["1x Polpo", "   Grilled octopus"]


def test_a_name_that_cannot_be_printed_is_its_other_name_behind_a_mark() -> None:
    dish = cast.only(KitchenDish(quantity=2, name="ᏣᎳᎩ", menu_name="Corn bread"))
    rows = layouts.preview(layouts.laid_out(dish, Paper(can_print=str.isascii)), 42)
    assert "2x ? Corn bread" in rows


def test_a_second_copy_says_so_and_whose_wish_it_was() -> None:
    ticket, receipt = cast.TICKET, replace(cast.RECEIPT, copy_no=1)
    again = " ".join(layouts.preview(layouts.laid_out(ticket, Paper(), Copy(2)), 42))
    assert "REPRINT 1" in again
    wished = layouts.preview(layouts.laid_out(receipt, Paper(), Copy(2, asked_by="Ana", at="21:02")), 42)
    assert [row.strip() for row in wished[4:6]] == ["COPY 2", "Ana 21:02"]
    doubted = " ".join(layouts.preview(layouts.laid_out(receipt, Paper(), Copy(3)), 42))
    assert "REPRINT 2" in doubted
    assert "COPY" not in doubted


def test_an_unknown_language_is_english() -> None:
    rows = layouts.preview(layouts.laid_out(cast.TICKET, Paper(language="tlh")), 42)
    assert any("TABLE 12" in row for row in rows)


def test_a_kind_nobody_knows_is_told() -> None:
    with pytest.raises(ValueError, match="No document is called 'ransom'"):
        layouts.lay_out({"kind": "ransom"}, Paper())


def test_a_test_page_says_which_letters_there_are_none_of() -> None:
    paper = Paper(can_print=lambda word: "क" not in word and "र" not in word and "ค" not in word)
    rows = layouts.preview(layouts.laid_out(cast.TEST_PAGE, paper), 42)
    assert "No letters here for Hindi, Thai: they come" in rows


def test_the_usual_courses_are_called_as_the_printers_language_does_and_a_houses_own_as_it_calls_them() -> None:
    named = [replace(cast.TICKET.groups[0], name=name) for name in ("Drinks", "Course 4", "From the pass")]
    rows = layouts.preview(layouts.laid_out(replace(cast.TICKET, groups=tuple(named)), Paper(language="it")), 42)
    assert [row.strip() for row in rows if row.strip() in {"BEVANDE", "PORTATA 4", "FROM THE PASS"}] == [
        "BEVANDE",
        "PORTATA 4",
        "FROM THE PASS",
    ]


def test_no_row_of_a_receipt_on_a_screen_is_wider_than_its_paper() -> None:
    taxes = (TaxLine(100_000, 3_152, 315, 3_467), TaxLine(220_000, 347, 76, 423))
    rows = layouts.lines_of(replace(cast.RECEIPT, taxes=taxes), 42)
    assert [row for row in rows if cell_len(row) > 42] == []
    first = rows.index("Tax included       Net       Tax     Gross")
    assert rows[first + 1 : first + 3] == [
        "A 10 %           31.52      3.15     34.67",
        "B 22 %            3.47      0.76      4.23",
    ]


def test_taxes_too_wide_for_a_table_have_a_row_for_each_figure() -> None:
    tax = TaxLine(100_000, 9_090_909_091, 909_090_909, 10_000_000_000)
    rows = layouts.lines_of(replace(cast.RECEIPT, taxes=(tax,), total=10_000_000_000), 32)
    first = rows.index("Net at 10 %        90,909,090.91")
    assert rows[first : first + 3] == [
        "Net at 10 %        90,909,090.91",
        "Tax 10 % included   9,090,909.09",
        "Gross             100,000,000.00",
    ]
    assert "TOTAL         100,000,000.00 EUR" in rows


def test_what_is_on_the_house_is_said_in_the_printers_language() -> None:
    line = DishLine(1, "Espresso", "", 0, ("On the house", "Tip"))
    rows = layouts.preview(layouts.laid_out(replace(cast.RECEIPT, lines=(line,)), Paper(language="de")), 42)
    assert {"     Aufs Haus", "     Tip"} <= set(rows)
