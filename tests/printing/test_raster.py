"""Letters a code page lacks, as dots: the right font, shaped, in the order in which they are read; and pictures."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from kiosk.printing import encode, fonts, raster
from kiosk.printing.codepages import page
from kiosk.printing.rows import BAR, CENTERED, TALL, Raster, Row, Slip
from tests.printing import cast
from tests.support.paper.device import Device, Model

ARABIC = fonts.SHIPPED[1] / "IBMPlexSansArabic-SemiBold.ttf"
"""It has Arabic and Latin letters, so that Pillow can draw a mixed line by itself: our runs must look the same."""


def test_this_machine_can_shape_letters_and_has_a_font_for_every_script_we_promise() -> None:
    assert fonts.shapes(), "Type .ci/tools fonts: Pillow finds no FriBidi here"
    assert fonts.missing_scripts() == [], "Type .ci/tools fonts"


@pytest.mark.parametrize(
    "text",
    ["مشويات لحم", "مشويات 500 لحم", "pizza مشويات 500 x", "كباب (حار) 12", "كباب pizza حار", "سعر 12,50 فقط!"],
)
def test_runs_of_two_directions_look_as_one_font_draws_the_whole_line(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "file_for", lambda _: ARABIC)
    ours = raster._line(text, 40, 512).ink
    font = ImageFont.truetype(ARABIC, 40, layout_engine=ImageFont.Layout.RAQM)
    whole = Image.new("1", (ours.width + 40, 90), 0)
    ImageDraw.Draw(whole).text((20, 60), text, fill=255, font=font, anchor="ls")
    theirs = whole.crop(whole.getbbox())
    assert ours.size == pytest.approx(theirs.size, abs=2)
    assert likeness(ours, theirs) > 0.8
    assert likeness(ours, theirs.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) < 0.7


def likeness(one: Image.Image, other: Image.Image) -> float:
    """How much of the ink of two pictures lies in the same places, from 0 to 1, one moved by two dots at most."""
    inks = [ink(ImageChops.logical_and(one, ImageChops.offset(wide(other, one), shift, 0))) for shift in range(-2, 3)]
    return 2 * max(inks) / (ink(one) + ink(other))


def wide(picture: Image.Image, like: Image.Image) -> Image.Image:
    same = Image.new("1", like.size, 0)
    same.paste(picture, (0, 0))
    return same


def ink(picture: Image.Image) -> int:
    return picture.histogram()[255]


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("שלום", None),
        ("पनीर", "Devanagari"),
        ("ผัดไทย", "Thai"),
        ("宫保鸡丁", None),
        ("サラダ", None),
    ],
)
def test_every_script_is_drawn_with_a_font_that_has_it(text: str, font: str | None) -> None:
    assert raster.can_draw(text)
    (run,) = raster._runs(text)
    assert font is None or font in run.font.name
    assert raster._line(text, 40, 512).ink.getbbox()


def test_hindi_letters_are_joined_and_not_side_by_side() -> None:
    (run,) = raster._runs("क्षि")
    apart = sum(fonts.opened(run.font, 40).getlength(one) for one in "क्षि")
    assert raster._line("क्षि", 40, 512).ink.width < 0.8 * apart


def test_latin_digits_beside_chinese_have_a_latin_font() -> None:
    runs = raster._runs("2 x 宫保鸡丁")
    assert [run.text for run in runs] == ["2 x ", "宫保鸡丁"]
    assert runs[0].font != runs[1].font


def test_a_letter_no_font_has_is_a_mark() -> None:
    assert not raster.can_draw("x \U0001fae8")
    assert raster.drawable("x \U0001fae8") == "x ?"


def test_without_shaping_a_script_that_needs_it_counts_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "shapes", lambda: False)
    fonts.file_for.cache_clear()
    assert not raster.can_draw("مشويات")
    assert raster.can_draw("厨房")
    fonts.file_for.cache_clear()


def test_a_machine_without_fonts_still_has_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", lambda: {path.name.lower(): path for path in ours()})
    fonts.file_for.cache_clear()
    assert raster.can_draw("Ž ß Ω Ж 12 مشويات")
    assert fonts.missing_scripts() == ["Hebrew", "Devanagari (Hindi)", "Thai", "Chinese", "Japanese", "Korean"]
    assert not raster.can_draw("宫")
    fonts.file_for.cache_clear()


def ours() -> list[Path]:
    return [path for folder in fonts.SHIPPED for path in folder.iterdir()]


@pytest.mark.parametrize("columns", cast.WIDTHS)
@pytest.mark.parametrize("text", ["宫保鸡丁", "مشويات لحم " * 2, "ผัดไทยกุ้งสด", "पनीर टिक्का"])
def test_a_row_of_dots_is_as_wide_as_the_paper_and_cuts_nothing_off(text: str, columns: int) -> None:
    dots = cast.WIDTHS[columns]
    row = Row(text.strip(), TALL, "12x ", "S14")
    drawn = raster.row(row, columns, dots)
    assert drawn.width == dots
    box = drawn.getbbox()
    assert box is not None
    assert 0 < box[1] < box[3] < drawn.height
    cell = dots // columns
    assert ImageChops.invert(drawn).crop((4 * cell - cell // 2, 0, 4 * cell, drawn.height)).getextrema() == (255, 255)
    assert drawn.crop(((columns - 3) * cell, 0, columns * cell, drawn.height)).getbbox()


def test_a_bar_is_black_from_edge_to_edge_with_white_letters_and_centred_text_is_in_the_middle() -> None:
    bar, letters = raster.row(Row("宫保", BAR), 42, 512), raster.row(Row("宫保"), 42, 512)
    assert bar.tobytes() == ImageChops.invert(letters).tobytes()
    assert 100 < ink(letters) < 2000
    assert [bar.getpixel(place) for place in ((0, 0), (511, 0), (0, bar.height - 1))] == [255, 255, 255]
    box = raster.row(Row("宫保", CENTERED), 42, 512).getbbox()
    assert box is not None
    assert abs((box[0] + box[2]) // 2 - 252) < 8


def test_a_row_its_page_lacks_is_a_picture_in_low_blocks_and_the_others_stay_text() -> None:
    slip = Slip((Row("Pizza"), Row("宫保鸡丁", TALL, "2x "), Row("Salad")), 42, "")
    data = encode.encode(slip, encode.Speech())
    device = Device(Model(columns=42, dots=512))
    device.feed(data)
    printed = device.slips[0]
    assert [line for line in printed.text if line] == ["Pizza", "Salad"]
    assert len(printed.pictures) == 1
    assert device.warnings == []
    assert all(int.from_bytes(block[2:4], "little") <= 24 for block in data.split(b"\x1dv0\x00")[1:])


def test_a_row_whose_letters_no_font_has_stays_text_with_marks() -> None:
    assert not raster.has_more("x \U0001fae8", page("CP858"))
    data = encode.encode(Slip((Row("x \U0001fae8 y"),), 42, ""), encode.Speech())
    assert b"x ?? y\n" in data


def test_a_picture_that_holds_the_drawers_command_does_not_open_it() -> None:
    command = b"\x10\x14\x01\x00\x05\x10\x04\x01\x10\x05\x02\x00"
    logo = Image.frombytes("1", (8 * len(command), 30), command * 30)
    told = raster.blocks(logo)
    assert b"".join(told).count(b"\x30\x14\x01\x00\x05\x30\x04\x01\x30\x05\x02") == 30
    device = Device(Model(columns=42, dots=512, obeys_in_data=True))
    device.feed(b"".join(told))
    assert (device.kicks, bytes(device.answered), device.warnings) == ([], b"", [])
    assert device.strip.pictures[0].down == 30


@pytest.mark.parametrize("columns", cast.WIDTHS)
def test_the_houses_logo_is_drawn_in_the_middle_whatever_picture_it_is(columns: int) -> None:
    dots = cast.WIDTHS[columns]
    for size, mode in (((2000, 100), "RGBA"), ((40, 900), "L"), ((100, 60), "P")):
        kept = io.BytesIO()
        Image.new(mode, size, 0 if mode != "RGBA" else (0, 0, 0, 255)).save(kept, "PNG")
        drawn = raster.logo(kept.getvalue(), dots)
        assert drawn is not None
        box = drawn.getbbox()
        assert box is not None
        assert (drawn.width, abs(box[0] + box[2] - dots) <= 1, drawn.height <= raster.LOGO_ROWS) == (dots, True, True)


def test_a_receipt_is_printed_without_its_picture_where_that_cannot_be_read() -> None:
    slip = Slip((Raster("logo"), Row("Pizza")), 42, "")
    data = encode.encode(slip, encode.Speech(logo=b"\x89PNG torn"))
    assert b"Pizza\n" in data
    assert b"\x1dv0" not in data
