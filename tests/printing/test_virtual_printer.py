"""The virtual printer does what a printer does; every other test of paper leans on that."""

import asyncio
import logging
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
import segno
from PIL import Image

from tests.support import patience
from tests.support.paper import qr
from tests.support.paper.device import Device, Model
from tests.support.paper.faults import DROPS, Fault, Kind, flaky
from tests.support.paper.printer import VirtualPrinter
from tests.support.paper.slips import Parted

INIT, CP858, CUT = b"\x1b@", b"\x1bt\x13", b"\x1bd\x06\x1dV\x01"
ASK = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
FENCE, PROOF = b"\x1d(H\x06\x0000abcd", b"7\x22abcd\0"
KICK = b"\x10\x14\x01\x00\x01"
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
SILENCE_S = 0.2


def ticket(number: str, *lines: bytes) -> bytes:
    return INIT + CP858 + b"".join(line + b"\n" for line in lines) + f"END {number}\n".encode() + CUT


SOUP = ticket("#1042-2", b"GRILL", b"2 x Soup")


def dummy(**words: Any) -> Any:
    before = logging.getLogger().handlers[:]
    from escpos.printer import Dummy

    logging.getLogger().handlers[:] = before
    return Dummy(**words)


def fed(data: bytes, **model: Any) -> Device:
    device = Device(Model(**model))
    device.feed(data)
    return device


async def silence(printer: VirtualPrinter, data: bytes) -> bool:
    """Whether nothing comes back to these bytes, for a moment."""
    return await ask(printer, data, 1, for_s=SILENCE_S) == b""


async def ask(printer: VirtualPrinter, data: bytes, length: int = 0, *, for_s: float = patience.COMES) -> bytes:
    """What comes back to these bytes on a connection of its own, or what came until it broke."""
    try:
        reader, writer = await asyncio.open_connection(printer.host, printer.port)
    except OSError:
        return b"refused"
    came = b""
    try:
        writer.write(data)
        async with asyncio.timeout(for_s):
            while len(came) < length and (more := await reader.read(length - len(came))):
                came += more
    except (OSError, TimeoutError):
        return came
    finally:
        writer.close()
    return came


@pytest.fixture
async def printer() -> AsyncIterator[VirtualPrinter]:
    async with VirtualPrinter() as printer:
        yield printer


def test_a_ticket_is_one_slip_with_its_lines_and_its_end() -> None:
    printer = fed(SOUP)
    [slip] = printer.slips
    assert slip.text == ["GRILL", "2 x Soup", "END #1042-2", "", "", "", "", "", ""]
    assert (slip.cut, slip.ends, round(slip.mm)) == (Parted.PARTIAL, ["#1042-2"], 38)
    assert printer.warnings == []


def test_the_library_s_sizes_marks_and_alignment_are_seen() -> None:
    made = dummy()
    made.hw("INIT")
    made.set(align="center", bold=True, custom_size=True, width=3, height=2)
    made._raw(b"TABLE 5\n")
    made.set(align="right", bold=False, custom_size=True, width=1, height=1, invert=True, underline=1)
    made._raw(b"ALLERGY\n")
    made.set(align="left", invert=False, underline=0, font="b")
    made._raw(b"small\n")
    made.cut(mode="FULL")
    [slip] = fed(made.output).slips
    assert slip.marks_of("TABLE") == {"center", "bold", "3x2"}
    assert slip.marks_of("ALLERGY") == {"right", "inverse", "underlined"}
    assert slip.marks_of("small") == {"small"}
    assert slip.cut is Parted.FULL


@pytest.mark.parametrize(
    ("number", "byte", "letter"),
    [(0, 0x82, "é"), (16, 0x80, "€"), (19, 0xD5, "€"), (17, 0x80, "А"), (13, 0x98, "İ"), (2, 0xD5, "ı")],
)
def test_a_code_page_is_chosen_by_its_number(number: int, byte: int, letter: str) -> None:
    printer = fed(INIT + bytes((0x1B, 0x74, number, byte, 0x0A)))
    assert (printer.strip.text, printer.warnings) == ([letter], [])


def test_a_page_of_1987_has_no_euro_and_an_unknown_page_is_told() -> None:
    assert fed(b"\x1bt\x0f\xa4\n").warnings == ["iso8859_7 has no letter 0xa4"]
    assert fed(b"\x1bt\x63e\n").warnings == ["no code page 99"]
    clone = fed(b"\x1bt\x06\x80\n", code_pages={6: "cp1252"})
    assert (clone.strip.text, clone.warnings) == (["€"], [])


def test_init_sets_the_code_page_back() -> None:
    assert fed(CP858 + b"\xd5" + INIT + b"\xd5\n").strip.text == ["╒"]


def test_text_beyond_the_width_is_wrapped_where_the_paper_ends_and_told() -> None:
    printer = fed(b"x" * 43 + b"\n")
    assert printer.strip.text == ["x" * 42, "x"]
    assert printer.warnings == [f"text beyond the width: {'x' * 42!r}"]
    assert fed(b"\x1d!\x10" + b"x" * 21 + b"\n").warnings == []


def test_what_a_printer_does_not_obey_is_told() -> None:
    assert fed(b"Soup\x1dV\x01").warnings == ["a cut inside a line is ignored: 'Soup'"]
    assert fed(b"Soup\x1ba\x01\n").warnings == ["ESC a inside a line is ignored"]
    assert fed(b"Soup\n\x1dV\x01").warnings == ["the knife goes through the last lines: feed before the cut"]
    assert fed(b"\x1bz").warnings == ["unknown command 1b 7a"]
    assert fed(b"Soup\x07\n").warnings == ["unknown command 07"]


def test_a_picture_comes_out_dot_for_dot_and_in_one_piece_when_it_came_in_blocks() -> None:
    block = b"\x1dv0\x00\x02\x00\x02\x00"
    printer = fed(block + b"\xff\x00\x81\x01" + block + b"\x00\xff\x00\x00")
    [picture] = printer.strip.pictures
    assert (picture.across, picture.down, picture.bits) == (16, 4, b"\xff\x00\x81\x01\x00\xff\x00\x00")


def test_a_picture_wider_than_the_paper_is_told() -> None:
    assert fed(b"\x1dv0\x00\x41\x00\x01\x00" + bytes(65)).warnings == ["a picture of 520 dots on paper of 512"]


@pytest.mark.parametrize("way", ["bitImageRaster", "graphics", "bitImageColumn"])
def test_a_code_in_a_picture_is_read_whichever_way_it_came(way: str) -> None:
    drawn = BytesIO()
    segno.make("https://kiosk.example/r/Zürich").save(drawn, kind="png", scale=5)
    made = dummy(profile="TM-T88V")
    made.image(Image.open(drawn), impl=way, fragment_height=24 if way == "bitImageRaster" else 960)
    made.cut()
    printer = fed(made.output)
    assert qr.read(printer.slips[0]) == ["https://kiosk.example/r/Zürich"]
    assert printer.warnings == []


def test_a_code_the_printer_draws_itself_is_known_and_can_be_read_from_its_png() -> None:
    made = dummy()
    made.set(align="center")
    made.qr("https://kiosk.example/r/abc", size=5, native=True)
    made.cut()
    [slip] = fed(made.output).slips
    assert slip.qrs == qr.read(slip) == ["https://kiosk.example/r/abc"]


def test_a_png_shows_the_slip_dot_for_dot() -> None:
    [slip] = fed(ticket("#1-1", b"\x1dB\x01" + b" " * 42 + b"\x1dB\x00")).slips
    image = Image.open(BytesIO(slip.png()))
    assert image.size == (512 + 32, 8 * 30 + 32)
    assert (image.getpixel((16 + 10, 16 + 10)), image.getpixel((16 + 10, 16 + 26))) == (0, 255)


def test_status_answers_at_once_bit_for_bit() -> None:
    printer = fed(ASK)
    assert printer.answered.hex(" ") == "12 12 12 12"
    printer.near_end()
    printer.feed(ASK)
    assert printer.answered[4:].hex(" ") == "12 12 12 1e"
    printer.out_of_paper()
    printer.feed(ASK)
    assert printer.answered[8:].hex(" ") == "1a 32 12 7e"
    printer.load_paper()
    printer.open_cover()
    printer.feed(ASK)
    assert printer.answered[12:].hex(" ") == "1a 16 12 12"


def test_a_proof_is_given_in_its_turn_and_not_while_it_cannot_print() -> None:
    printer = Device(Model())
    printer.out_of_paper()
    printer.feed(SOUP + FENCE + b"\x1dr\x01")
    assert printer.answered == b""
    printer.load_paper()
    assert printer.answered == PROOF + b"\0"
    assert printer.slips[-1].ends == ["#1042-2"]


def test_paper_that_ends_inside_a_ticket_parts_it_and_its_rest_follows_on_the_new_roll() -> None:
    printer = Device(Model())
    printer.out_of_paper(after_lines=1)
    printer.feed(SOUP + FENCE)
    assert [(slip.text, slip.cut) for slip in printer.slips] == [(["GRILL"], Parted.END_OF_ROLL)]
    printer.load_paper()
    assert printer.slips[1].text[:2] == ["2 x Soup", "END #1042-2"]
    assert [one.is_whole for one in printer.tickets] == [True]


def test_a_cleared_buffer_is_never_printed() -> None:
    printer = Device(Model())
    printer.out_of_paper(after_lines=1)
    printer.feed(SOUP + FENCE + CLEAR)
    printer.load_paper()
    assert printer.answered == b"7\x25\x00"
    assert (printer.lines, [one.is_whole for one in printer.tickets]) == (["GRILL"], [False])


def test_the_drawer_opens_in_its_turn_by_esc_p_and_at_once_by_dle_dc4() -> None:
    printer = Device(Model())
    printer.out_of_paper()
    printer.feed(b"\x1bp\x00\x32\x32")
    assert printer.kicks == []
    printer.feed(b"\x10\x14\x01\x01\x02")
    assert [(one.pin, one.ms, one.is_real_time) for one in printer.kicks] == [(5, 200, True)]
    printer.load_paper()
    assert [(one.pin, one.ms, one.is_real_time) for one in printer.kicks[1:]] == [(2, 100, False)]
    assert printer.status(1) == 0x16


def test_epson_s_obey_a_drawer_command_inside_a_picture_and_clones_do_not() -> None:
    picture = b"\x1dv0\x00\x05\x00\x01\x00" + KICK
    assert len(fed(picture).kicks) == 1
    assert fed(picture, obeys_in_data=False).kicks == []
    forbidden, allowed = b"\x1d(D\x03\x00\x14\x01\x00", b"\x1d(D\x03\x00\x14\x01\x01"
    assert fed(forbidden + picture).kicks == []
    assert len(fed(forbidden + picture + allowed + KICK).kicks) == 1


def test_a_torn_picture_eats_the_next_ticket_and_nuls_heal_it() -> None:
    torn = INIT + b"\x1dv0\x00\x40\x00\x18\x00" + bytes(100)
    assert fed(torn + SOUP).lines == []
    healed = fed(torn + bytes(64 * 24) + SOUP)
    assert healed.slips[0].ends == ["#1042-2"]
    assert [one.is_whole for one in healed.tickets] == [False, True]
    deaf = fed(torn + ASK + bytes(64 * 24) + ASK, obeys_in_data=False)
    assert deaf.answered.hex(" ") == "12 12 12 12"


def test_a_printer_without_process_id_prints_it_as_text() -> None:
    clone = fed(FENCE + b"\n", has_process_id=False)
    assert (clone.answered, clone.strip.text) == (b"", ["(H00abcd"])
    assert clone.warnings == [f"unknown command {FENCE.hex(' ')}"]


async def test_it_prints_for_one_client_after_the_other(printer: VirtualPrinter) -> None:
    assert await ask(printer, SOUP + FENCE, 7) == PROOF
    assert await ask(printer, ASK, 4) == b"\x12\x12\x12\x12"
    assert [slip.ends for slip in printer.slips] == [["#1042-2"]]
    assert bytes(printer.sessions[0].received) == SOUP + FENCE


async def test_a_second_client_waits_until_the_first_has_gone(printer: VirtualPrinter) -> None:
    async with printer.busy():
        assert await silence(printer, ASK)
    assert await ask(printer, ASK, 4) == b"\x12\x12\x12\x12"
    printer.refuses_others = True
    async with printer.busy():
        assert await ask(printer, ASK, 4) == b""


@pytest.mark.parametrize("kind", [Kind.RESET, Kind.CLOSE, Kind.SILENCE, Kind.POWER])
async def test_a_connection_that_breaks_leaves_a_torn_ticket(printer: VirtualPrinter, kind: Kind) -> None:
    printer.next(Fault(kind, after=16, for_s=0.01))
    assert await silence(printer, SOUP + FENCE)
    await patience.until(lambda: printer.lines == ["GRILL"] and printer.is_on, "the first line")
    assert printer.slips == []
    assert await ask(printer, SOUP + FENCE, 7) == PROOF
    assert [one.is_whole for one in printer.tickets] == [False, True]


async def test_a_connection_that_breaks_after_the_cut_leaves_a_whole_ticket_and_no_proof(
    printer: VirtualPrinter,
) -> None:
    printer.next(Fault(Kind.NO_ANSWER))
    assert await ask(printer, SOUP + FENCE, 7) == b""
    assert [slip.ends for slip in printer.slips] == [["#1042-2"]]


async def test_without_power_it_refuses_and_has_forgotten_what_it_had_taken(printer: VirtualPrinter) -> None:
    printer.open_cover()
    assert await silence(printer, SOUP + FENCE)
    await patience.until(lambda: printer.held, "the bytes it takes")
    printer.power_off()
    assert await ask(printer, SOUP, 7) == b"refused"
    printer.power_on()
    printer.close_cover()
    assert await ask(printer, ASK, 4) == b"\x12\x12\x12\x12"
    assert printer.lines == []


async def test_a_printer_that_hangs_takes_bytes_and_prints_them_when_it_wakes(printer: VirtualPrinter) -> None:
    printer.hang()
    assert await silence(printer, SOUP + FENCE)
    printer.wake()
    await printer.printed(1)
    assert printer.lines[0] == "GRILL"


async def test_an_ordered_fault_waits_for_a_connection_long_enough(printer: VirtualPrinter) -> None:
    printer.next(Fault(Kind.RESET, after=20))
    assert await ask(printer, ASK, 4) == b"\x12\x12\x12\x12"
    assert await ask(printer, SOUP + FENCE, 7) == b""
    assert await ask(printer, ASK, 4) == b"\x12\x12\x12\x12"


async def test_frames_nobody_asked_for_come_in_between(printer: VirtualPrinter) -> None:
    printer.chatters = True
    assert (await ask(printer, b"\x10\x04\x04", 5)).hex(" ") == "10 00 00 0f 12"


async def test_a_slow_line_and_a_slow_head_take_their_time() -> None:
    async with VirtualPrinter(mm_a_s=400, bytes_a_s=1000) as printer:
        reader, writer = await asyncio.open_connection(printer.host, printer.port)
        writer.write(SOUP + FENCE)
        assert await reader.readexactly(7) == PROOF
        writer.close()
        [slip] = printer.slips
        assert slip.ended - slip.began > 0.08


def test_a_flaky_printer_is_as_flaky_every_time() -> None:
    def some() -> list[Fault | None]:
        chance = flaky(0.14, seed=7)
        return [chance() for _ in range(1000)]

    assert some() == some()
    struck = [one for one in some() if one]
    assert 100 < len(struck) < 180
    assert {one.kind for one in struck} == set(DROPS)
