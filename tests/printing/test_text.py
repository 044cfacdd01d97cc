"""What people type, made fit for paper; and which way it runs."""

import pytest

from kiosk.printing import bidi
from kiosk.printing.codepages import NUMBERS, page
from kiosk.printing.text import plain, wrap


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("no\x1bp\x00\x19 onion\x10\x14\x01\x00\x05", "nop onion"),
        ("one\ntwo\tthree\u2028four", "one two three four"),
        ("a\u202eb\u2066c\u200fd\ufeff", "abcd"),
        ("“well” – ‘done’ … 5\u22122 • 1\u00a0kg", "\"well\" - 'done' ... 5-2 * 1 kg"),
        ("cafe\u0301", "café"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\ud800x\x7f\x9b", "x"),
    ],
)
def test_nothing_that_a_printer_obeys_is_left_of_what_people_typed(typed: str, printed: str) -> None:
    assert plain(typed) == printed
    assert plain(printed) == printed


def test_rows_break_between_words_and_long_words_where_they_must() -> None:
    assert wrap("a grilled Bistecca alla fiorentina", 11) == ["a grilled", "Bistecca", "alla", "fiorentina"]
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrap("小エビのサラダ", 6) == ["小エビ", "のサラ", "ダ"]
    assert wrap("steak 1\u00a0kg", 8) == ["steak", "1 kg"]


@pytest.mark.parametrize(
    ("name", "text", "sent"),
    [
        ("CP858", "crème 5 €", b"cr\x8ame 5 \xd5"),
        ("WPC1252", "crème 5 €", b"cr\xe8me 5 \x80"),
        ("CP437", "crème brûlée", b"cr\x8ame br\x96l\x82e"),
        ("CP850", "Ñoquis", b"\xa5oquis"),
        ("CP852", "žurek", b"\xa7urek"),
        ("CP866", "Борщ", b"\x81\xae\xe0\xe9"),
        ("WPC1253", "Κουζίνα", b"\xca\xef\xf5\xe6\xdf\xed\xe1"),
        ("ISO8859_15", "5 €", b"5 \xa4"),
    ],
)
def test_letters_go_out_in_the_printers_own_code_page(name: str, text: str, sent: bytes) -> None:
    assert page(name).letters(text) == sent


def test_a_page_says_what_it_lacks_and_never_stands_hebrew_the_wrong_way_round() -> None:
    assert page("CP437").letters("5 €") is None
    assert page("CP858").letters("žurek") is None
    assert page("CP862").letters("שלום") is None
    assert page("CP864").letters("سلام") is None


def test_where_there_are_no_dots_a_letter_becomes_its_base_letter_or_a_mark_column_for_column() -> None:
    assert page("CP858").at_best("ž 辣 x Ж रि") == b"z ?? x ? ?"


@pytest.mark.parametrize("name", NUMBERS)
def test_no_page_lets_a_byte_through_that_is_a_command(name: str) -> None:
    everything = "".join(map(chr, range(0x2600)))
    assert all(byte >= 0x20 and byte != 0x7F for byte in page(name).at_best(everything))


def test_a_code_page_nobody_knows_is_told_with_those_there_are() -> None:
    with pytest.raises(LookupError, match="There is no code page CP1; there are CP437"):
        page("CP1")


def shown(text: str) -> str:
    """Capitals stand for Hebrew letters: what is read from left to right on paper."""
    hebrew = "".join(chr(0x5D0 + ord(one) - 65) if one.isupper() else one for one in text)
    base = bidi.base_level(hebrew)
    runs = bidi.visual(bidi.levels(hebrew, base))
    line = "".join(hebrew[first:end][:: -1 if level % 2 else 1] for first, end, level in runs)
    return "".join(chr(ord(one) - 0x5D0 + 65) if "א" <= one <= "ת" else one for one in line)


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("plain 12", "plain 12"),
        ("ABC", "CBA"),
        ("ABC 500", "500 CBA"),
        ("ABC 12 DEF", "FED 12 CBA"),
        ("ABC 12,5 DEF", "FED 12,5 CBA"),
        ("ABC 5% D", "D 5% CBA"),
        ("2 x abc DEF", "2 x abc FED"),
        ("abc DEF, GHI jkl", "abc IHG ,FED jkl"),
        ("ABC pizza DEF", "FED pizza CBA"),
        ("ABC pizza 4 DEF", "FED pizza 4 CBA"),
        ("ABC!", "!CBA"),
        ("", ""),
    ],
)
def test_letters_of_both_directions_stand_in_the_order_in_which_they_are_read(typed: str, paper: str) -> None:
    assert shown(typed) == paper


def test_a_mark_goes_with_its_letter() -> None:
    assert bidi.levels("a\u0301\u05d0\u05b7b", 0) == [0, 0, 1, 1, 0]
