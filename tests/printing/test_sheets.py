"""Sheets of figures as screens show them."""

from rich.cells import cell_len

from kiosk.printing import layouts, words, words_sheet
from kiosk.printing.rows import Paper
from kiosk.printing.sheets import Figure, Sheet, preview
from kiosk.printing.words_sheet import said_figure, said_note
from tests.printing.cast import Z


def test_a_sheet_reads_as_blocks_of_figures() -> None:
    shown = preview(Z, 32)
    assert shown[1:4] == ["          Z report 146", "       Friday 2026-03-06", "   2026-03-06 10:02 to 23:41"]
    assert shown[5:8] == [
        "Gross sales             6.914,80",
        "Discounts, 7              -84,30",
        "Net sales               6.830,50",
    ]
    assert shown[-1].strip() == "END Z report 146"


def test_figures_are_never_cut_and_names_are_wrapped() -> None:
    long = Sheet("V" * 40, "EUR", "en", "Z", (), ((Figure("A name that goes on and on and on", 123_456_789_00),),))
    for columns in (20, 32, 42):
        shown = preview(long, columns)
        assert all(cell_len(row) <= columns for row in shown)
        assert any("123,456,789.00" in row for row in shown)


def test_what_people_typed_moves_no_printer() -> None:
    typed = Sheet("V", "EUR", "en", "Z", (), ((Figure("Torn\x1b@ note\n\u202eback", 100),),))
    assert any("Torn@ note back" in row for row in preview(typed, 42))


def test_a_label_is_said_in_the_printers_language_with_its_count_or_its_name() -> None:
    assert said_figure("Net sales", "de") == "Nettoumsatz"
    assert said_figure("Refunds, 2", "it") == "Rimborsi, 2"
    assert said_figure("Counted by Ana", "es_ES") == "Contado por Ana"
    assert said_figure("Net at 10 %", "fr") == "Net à 10 %"
    assert said_figure("Voucher, 3", "fr") == "Voucher, 3"
    assert said_figure("Net sales", "en") == "Net sales"


def test_a_label_is_said_around_its_figures_and_names() -> None:
    assert said_figure("Card, 3, 1 refund", "de") == "Karte, 3, 1 Erstattung"
    assert said_figure("Voucher, 3, 2 refunds", "it") == "Voucher, 3, 2 rimborsi"
    assert said_figure("2 not named", "es") == "2 sin nombre"
    assert said_figure("101 to 146", "fr") == "101 à 146"
    assert said_figure("of it USD 20.00", "de") == "davon USD 20.00"
    assert said_figure("  tips, apart", "de") == "  Trinkgeld, extra"
    assert said_figure("By hour", "it") == "Per ora"


def test_notes_are_said_with_their_weekdays_and_hours() -> None:
    assert said_note("Friday 2026-03-06", "de") == "Freitag 2026-03-06"
    assert said_note("2026-03-06 10:02 to 03-07 01:41", "it") == "2026-03-06 10:02 a 03-07 01:41"
    assert said_note("Drawer 1, Ana", "fr") == "Tiroir 1, Ana"
    assert said_note("2026-03-06 10:02", "es") == "2026-03-06 10:02"
    assert said_note("Friday 2026-03-06", "el") == "Friday 2026-03-06"


def test_every_word_is_there_in_every_language() -> None:
    assert {len(said) for said in (*words._WORDS.values(), *words_sheet._WORDS.values())} == {4}
    assert all(word.strip() for said in (*words._WORDS.values(), *words_sheet._WORDS.values()) for word in said)


def test_a_persons_words_are_left_as_they_are() -> None:
    assert said_figure("By mistake", "de", is_ours=False) == "By mistake"
    typed = Sheet("V", "EUR", "en", "Z", (), ((Figure("By mistake"), Figure("Counted by Ana", 100)),))
    shown = preview_in("de", typed)
    assert "By mistake" in shown
    assert any(row.startswith("Gezählt von Ana") for row in shown)


def preview_in(language: str, document: Sheet) -> list[str]:
    return layouts.preview(layouts.laid_out(document, Paper(42, language=language)), 42)
