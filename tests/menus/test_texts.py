import pytest

from menus import texts


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Crème brûlée", "creme-brulee"),
        ("Weißbier 0,5 l", "weissbier-0-5-l"),
        ("Trà sữa đá", "tra-sua-da"),
        ("Smørrebrød", "smorrebrod"),
        ("İskender", "iskender"),
        ("  Fish & Chips!  ", "fish-chips"),
        ("小エビのサラダ", "小エビのサラダ"),
        ("ジェラート＆シナモン", "ジェラート-シナモン"),
        ("鱼 香", "鱼-香"),
        ("पनीर टिक्का", "पनीर-टिक्का"),
        ("حمص بيروتي", "حمص-بيروتي"),
        ("Борщ", "борщ"),
        ("🍕", "u1f355"),
        ("", "none"),
    ],
)
def test_a_name_gives_the_same_code_every_time(name: str, code: str) -> None:
    assert texts.slug(name) == code


def test_a_code_made_from_a_long_name_has_64_characters_at_most() -> None:
    assert texts.slug("very " * 40) == "-".join(["very"] * 13)[:64]


def test_a_taken_code_gets_the_next_free_number() -> None:
    assert texts.free_code("soup", set()) == "soup"
    assert texts.free_code("soup", {"soup", "soup-2"}) == "soup-3"
    assert texts.free_code("x" * 64, {"x" * 64}) == "x" * 62 + "-2"


def test_a_description_has_one_kind_of_line_break() -> None:
    assert texts.paragraphs(" one\r\ntwo\rthree\n") == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("check", "text", "sentence"),
    [
        (texts.name, " ", "It is empty; fill it in."),
        (texts.name, "a\nb", "It holds a line break or an invisible character (U+000A at character 2); take it out."),
        (texts.name, "a" * 121, "It has 121 characters and 120 is the most; shorten it."),
        (texts.paragraphs, "a\x07b", "It holds an invisible character (U+0007 at character 2); take it out."),
        (texts.code, "c" * 65, "It has 65 characters and 64 is the most; shorten it."),
        (texts.language, "english", '"english" is not a language; write its short form, as en, de or pt-BR.'),
        (
            texts.clock,
            "24:00",
            '"24:00" is not a time of day; write hours and minutes from 00:00 to 23:59, as 11:30.',
        ),
    ],
)
def test_an_unfit_text_is_refused_with_the_way_out(check: object, text: str, sentence: str) -> None:
    assert callable(check)
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 the sentence is compared whole
        check(text)
    assert str(refusal.value) == sentence
