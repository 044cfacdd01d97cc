"""The bytes of a slip: one code page, all of a style at once, a cut, and nothing a person could have typed."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.printing import codepages, encode, layouts
from kiosk.printing.documents import AnyDocument, DishLine, KitchenDish, Sheet, TenderLine
from kiosk.printing.encode import Speech
from kiosk.printing.rows import CENTERED, TALL, Copy, Paper, Part, QrCode, Row, Slip
from kiosk.printing.text import cells, plain
from tests.printing import cast
from tests.support.paper.device import Device, Model
from tests.support.paper.slips import Parted

NASTY = [
    "\x1bp\x00\x19\xfa",
    "\x10\x14\x01\x00\x05",
    "\x1dV\x00",
    "\x1b@",
    "\x10\x04\x01",
    "\u202e",
    "\n\x0c",
    "\ud800",
]
LETTERS = st.characters(max_codepoint=0x24F) | st.sampled_from("é€Ж漢キ한אبिก\u0301\u200d🍕")
TYPED = st.lists(st.sampled_from(NASTY) | st.text(LETTERS, max_size=12), max_size=4).map("".join)


def sent(*rows: Part, speech: Speech = Speech()) -> bytes:  # noqa: B008
    return encode.encode(Slip(rows, 42, "END"), speech)


def on_paper(data: bytes, columns: int = 42) -> Device:
    device = Device(Model(columns=columns, dots=cast.WIDTHS[columns]))
    device.feed(data)
    return device


def test_a_job_resets_the_printer_and_chooses_its_code_page_by_the_printers_own_number() -> None:
    assert sent(Row("5 €")).startswith(b"\x1b@\x1bt\x13")
    clone = Speech(code_page="WPC1252", code_page_no=71)
    assert sent(Row("5 €"), speech=clone).startswith(b"\x1b@\x1bt\x47")
    assert b"5 \x80\n" in sent(Row("5 €"), speech=clone)


def test_a_style_lasts_for_its_row_and_no_longer() -> None:
    device = on_paper(sent(Row("Pizza", TALL), Row("plain"), Row("middle", CENTERED), Row("left")))
    lines = device.slips[0].lines
    assert [line.marks for line in lines[:4]] == [{"1x2", "bold"}, set(), {"center"}, set()]


@pytest.mark.parametrize(("cut", "parted"), [("partial", Parted.PARTIAL), ("full", Parted.FULL)])
def test_the_paper_is_fed_past_the_knife_and_cut_as_the_printer_can(cut: str, parted: Parted) -> None:
    device = on_paper(sent(Row("Pizza"), speech=Speech(cut=cut)))
    assert device.slips[0].cut is parted
    assert device.warnings == []


def test_a_printer_without_a_knife_only_feeds() -> None:
    device = on_paper(sent(Row("Pizza"), speech=Speech(cut="none")))
    assert device.slips == []
    assert len(device.strip.lines) > 4


@pytest.mark.parametrize("buzzer", ["esc_b", "esc_a"])
def test_a_printer_that_can_ring_rings_once_a_job(buzzer: str) -> None:
    device = on_paper(sent(Row("Pizza"), speech=Speech(buzzer=buzzer)))
    assert (device.rang, device.warnings) == (1, [])
    assert on_paper(sent(Row("Pizza"))).rang == 0


def test_a_printer_without_dots_prints_base_letters_and_marks() -> None:
    device = on_paper(sent(Row("žurek 辣 x"), speech=Speech(dots=0)))
    assert device.slips[0].text[0] == "zurek ?? x"
    assert device.slips[0].pictures == []


def test_a_code_holds_its_text_and_stands_in_the_middle() -> None:
    (code,) = [row for row in on_paper(sent(QrCode("https://a.example/r/1"))).slips[0].rows if hasattr(row, "level")]
    assert (code.text, code.level, code.module, code.align) == ("https://a.example/r/1", "M", 5, "center")


def test_the_library_leaves_the_root_logger_the_screen_and_the_disk_alone(tmp_path: Path) -> None:
    told = "import logging; from kiosk.printing import encode as e, rows as r; "
    made = "e.encode(r.Slip((r.Row('x'),), 42, ''), e.Speech()); print(logging.getLogger().handlers)"
    alone = os.environ | {"TMPDIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", told + made], capture_output=True, text=True, check=True, env=alone)
    assert (run.stdout, list(tmp_path.iterdir())) == ("[]\n", [])


def test_composing_a_ticket_is_a_matter_of_a_moment() -> None:
    encode.encode(layouts.laid_out(cast.TICKET, Paper()), Speech())
    began = time.perf_counter()
    for _ in range(50):
        encode.encode(layouts.laid_out(cast.TICKET, Paper()), Speech())
    assert (time.perf_counter() - began) / 50 < 0.020


def obeyed(document: AnyDocument, columns: int, copy: Copy, code_page: str = "CP858", *, has_dots: bool = True) -> None:
    """Nothing but what the layout and the encoder wrote moves the printer; no row is wider than the paper."""
    slip = layouts.laid_out(document, Paper(columns, cast.WIDTHS[columns]), copy)
    rows = [part for part in slip.rows if isinstance(part, Row)]
    assert all(cells(row.line(columns)) * row.style.width <= columns for row in rows)
    dots = cast.WIDTHS[columns] if has_dots else 0
    data = encode.encode(slip, Speech(code_page, codepages.NUMBERS[code_page], dots=dots))
    device = on_paper(data, columns)
    assert (device.warnings, device.kicks, len(device.slips), device.rang) == ([], [], 1, 0)
    assert not any(command in data for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))


@settings(max_examples=30, deadline=None)
@given(typed=st.lists(TYPED, min_size=9, max_size=9), quantity=st.integers(1, 9999), data=st.data())
def test_whatever_people_type_a_ticket_keeps_its_quantities_and_moves_no_printer(
    typed: list[str], quantity: int, data: st.DataObject
) -> None:
    columns = data.draw(st.sampled_from(list(cast.WIDTHS)))
    act = data.draw(st.sampled_from(["new", "changed", "void", "moved", "refire"]))
    name, menu_name, portion, detail, note, was, waiter, table, reason = typed
    dish = KitchenDish(
        quantity=quantity,
        name=name,
        menu_name=menu_name,
        portion=portion,
        details=(detail, f"+ {detail}"),
        note=note,
        was=was,
        is_allergy=data.draw(st.booleans()),
        seat=data.draw(st.none() | st.integers(1, 99)),
    )
    slip = cast.only(dish, act=act, waiter=waiter, table=table, was_table=table, reason=reason, station=name, by=was)
    laid = layouts.laid_out(slip, Paper(columns))
    assert any(f"{quantity}x " in part.lead for part in laid.rows if isinstance(part, Row))
    code_page = data.draw(st.sampled_from(list(codepages.NUMBERS)))
    copy = Copy(2, f"BACKUP FROM {table}", waiter, "20:14")
    obeyed(slip, columns, copy, code_page, has_dots=data.draw(st.booleans()))


@settings(max_examples=20, deadline=None)
@given(typed=st.lists(TYPED, min_size=8, max_size=8), amount=st.integers(-(10**9), 10**9), data=st.data())
def test_whatever_people_type_a_receipt_keeps_its_figures_and_moves_no_printer(
    typed: list[str], amount: int, data: st.DataObject
) -> None:
    columns = data.draw(st.sampled_from(list(cast.WIDTHS)))
    name, portion, detail, label, waiter, cashier, venue, note = typed
    lines = (DishLine(3, name, portion, amount, (detail,), rate_ppm=100_000), DishLine(1, note, "", 7, part="1/3"))
    receipt = replace(
        cast.RECEIPT,
        lines=lines,
        label=label,
        waiter=waiter,
        cashier=cashier,
        venue=venue,
        total=amount,
        tenders=(TenderLine(name, amount, 7, note),),
        address=(label,),
        legal_lines=(detail,),
        reason=note,
    )
    figures = plain(receipt.currency.show(amount, "en_IE"))
    rows = [part for part in layouts.laid_out(receipt, Paper(columns)).rows if isinstance(part, Row)]
    assert sum(figures in row.right for row in rows) >= 3
    assert any(row.lead.lstrip().startswith("3") for row in rows)
    obeyed(receipt, columns, Copy(2, note, cashier, "20:14"))


@settings(max_examples=20, deadline=None)
@given(typed=st.lists(TYPED, min_size=4, max_size=4), columns=st.sampled_from(list(cast.WIDTHS)))
def test_whatever_people_type_a_sheet_moves_no_printer(typed: list[str], columns: int) -> None:
    title, label, word, foot = typed
    block = (replace(cast.Z.blocks[0][0], label=label), replace(cast.Z.blocks[3][0], label=label, word=word))
    obeyed(Sheet(title, "EUR", "de_DE", title, (label,), (block,), (foot,)), columns, Copy())
