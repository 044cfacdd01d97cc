from rich.cells import cell_len

from kiosk.printing.sheets import Figure, Sheet, preview, sheet
from kiosk.printing.worker import laid_out

Z = Sheet(
    venue="Trattoria",
    currency_code="EUR",
    locale="de_DE",
    title="Z report 146",
    notes=("Friday 2026-03-06",),
    blocks=(
        (Figure("Gross sales", 691_480), Figure("Discounts, 7", -8430), Figure("Net sales", 683_050, bold=True)),
        (Figure("Drawer 1, Ana", bold=True), Figure("Guests", word="214"), Figure("Expected", word="after the count")),
    ),
    foot=("By Sofia",),
)


def test_a_sheet_reads_as_blocks_of_figures() -> None:
    assert preview(Z, 32) == [
        "           Trattoria",
        "          Z report 146",
        "       Friday 2026-03-06",
        "-" * 32,
        "Gross sales             6.914,80",
        "Discounts, 7              -84,30",
        "Net sales               6.830,50",
        "-" * 32,
        "Drawer 1, Ana",
        "Guests                       214",
        "Expected         after the count",
        "-" * 32,
        "By Sofia",
    ]


def test_a_sheet_is_the_same_after_it_was_kept() -> None:
    assert Sheet.from_json(Z.to_json()) == Z
    rows, text = laid_out(Z.to_json(), 42)
    assert (rows, text) == (sheet(Z, 42), preview(Z, 42))


def test_figures_are_never_cut_and_names_are_wrapped() -> None:
    long = Sheet("V" * 40, "EUR", "en", "Z", (), ((Figure("A name that goes on and on and on", 123_456_789_00),),))
    for columns in (20, 32, 42):
        shown = preview(long, columns)
        assert all(cell_len(row) <= columns for row in shown if "V" not in row)
        assert any("123,456,789.00" in row for row in shown)


def test_what_people_typed_moves_no_printer() -> None:
    typed = Sheet("V", "EUR", "en", "Z", (), ((Figure("Torn\x1b@ note\n\u202eback", 100),),))
    assert any("Torn@ note back" in row.text for row in sheet(typed, 42))
