import dataclasses
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from sqlalchemy import select, update

from kiosk.core.db import Database, Tx
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from kiosk.printing import encode, layouts
from kiosk.printing.documents import DishLine, Receipt, TaxLine, TenderLine
from kiosk.printing.models import JobState, Printer, PrintJob
from kiosk.printing.worker import PrintWorker
from tests.support.house import House, founded

PAPER = Receipt(
    venue="Trattoria Aurora",
    currency_code="EUR",
    locale="en_IE",
    number="17",
    issued="2026-11-21 20:14",
    label="12",
    covers=2,
    waiter="Marco",
    cashier="Ana",
    lines=(
        DishLine(1, "Diavola", "Large", 1850, ("Burrata",)),
        DishLine(2, "Bistecca alla fiorentina con patate al rosmarino", "1 kg", 123_400),
    ),
    taxes=(TaxLine(100_000, 113_864, 11_386, 125_250),),
    total=125_250,
    tenders=(TenderLine("card", 120_000), TenderLine("cash", 6000, 750)),
    legal_lines=("VAT IT00000000000",),
)
AT_32 = """\
        Trattoria Aurora

Receipt 17      2026-11-21 20:14
Table 12                2 guests
Waiter Marco         Cashier Ana
--------------------------------
 1 Diavola Large           18.50
     Burrata
 2 Bistecca alla        1,234.00
   fiorentina con
   patate al rosmarino
   1 kg
--------------------------------
TOTAL               1,252.50 EUR
Card                    1,200.00
Cash                       60.00
CHANGE                      7.50

Net at 10 %             1,138.64
Tax 10 % included         113.86

       VAT IT00000000000"""


def test_a_receipt_on_narrow_paper() -> None:
    assert "\n".join(layouts.preview(PAPER, 32)) == AT_32


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_no_row_is_wider_than_its_paper_in_any_script(columns: int) -> None:
    lines = (
        DishLine(1, "小エビのサラダ" * 6, "", 35_000),
        DishLine(99, "Pneumonoultramicroscopicsilicovolcanoconiosis", "Large", 10**13, ("x" * 90,)),
    )
    paper = dataclasses.replace(PAPER, lines=lines, venue="کافه بهشت " * 4)
    rows = layouts.receipt(paper, columns)
    assert all(cell_len(row.text) <= (columns // 2 if row.big else columns) for row in rows)
    assert any("100,000,000,000.00" in row.text for row in rows)


def test_a_copy_says_that_it_is_one() -> None:
    assert "COPY 2" in " ".join(layouts.preview(dataclasses.replace(PAPER, copy_no=2), 42))


def test_money_has_the_decimals_of_its_currency_on_paper() -> None:
    bahrain = dataclasses.replace(PAPER, currency_code="BHD", total=12_750)
    assert any("12.750 BHD" in row for row in layouts.preview(bahrain, 42))
    japan = dataclasses.replace(PAPER, currency_code="JPY", total=2350)
    assert any("2,350 JPY" in row for row in layouts.preview(japan, 42))


def test_the_euro_and_accents_are_in_the_printers_code_page() -> None:
    sent = encode.encode([layouts.Row("crème 5 €")])
    assert b"\x1bt\x13" in sent
    assert b"cr\x8ame 5 \xd5\n" in sent


def test_letters_the_code_page_lacks_become_their_base_letter_or_a_mark() -> None:
    assert encode.letters("ž 辣 “x” 5\u221210") == b'z ? "x" 5?10'.replace(b"5?", b"5-")


def test_a_guests_note_cannot_command_the_printer() -> None:
    nasty = "no\x1bp\x00\x19\xfa onion\x10\x14\x01\x00\x05\u202etxt"
    paper = dataclasses.replace(PAPER, lines=(DishLine(1, nasty, nasty, 100, (nasty,)),), label=nasty, waiter=nasty)
    sent = encode.encode(layouts.receipt(paper, 42))
    assert b"\x1bp" not in sent
    assert b"\x10\x14" not in sent


def test_nothing_a_printer_obeys_leaves_the_encoder_even_when_a_layout_forgets() -> None:
    nasty = "".join(chr(code) for code in range(0x20)) + "\x7f\x9b\u202e\ud800ok"
    assert encode.letters(nasty) == b"ok"
    drawer = dataclasses.replace(PAPER, number="17\x1bp\x00", issued="\x10\x14\x01")
    sent = encode.encode(layouts.receipt(drawer, 42))
    assert b"\x1bp" not in sent
    assert b"\x10\x14" not in sent


def test_a_document_comes_back_from_its_row_as_it_was() -> None:
    assert Receipt.from_json(PAPER.to_json()) == PAPER


async def _settled(db: Database) -> House:
    house = await founded(db)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    await house.act(payments.settle, check_id, 700, [Given(TenderKind.CARD, 700)])
    return house


async def _jobs(db: Database) -> list[Any]:
    async with db.read() as read:
        return list((await read.session.scalars(select(PrintJob).order_by(PrintJob.id))).all())


async def test_a_receipt_reaches_the_file_printer_as_bytes_and_as_text(db: Database, tmp_path: Path) -> None:
    await _settled(db)
    assert await PrintWorker(db, tmp_path).empty() == 1
    assert [job.state for job in await _jobs(db)] == [JobState.PRINTED]
    (text,) = (tmp_path / "printed").glob("*.txt")
    (sent,) = (tmp_path / "printed").glob("*.bin")
    assert "Receipt 1" in text.read_text()
    assert sent.read_bytes().startswith(b"\x1b@")
    assert await PrintWorker(db, tmp_path).empty() == 0


async def test_a_printer_in_trouble_keeps_its_work_and_says_why(db: Database, tmp_path: Path) -> None:
    await _settled(db)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")

    async def point_at(tx: Tx, address: str) -> None:
        await tx.change(update(Printer).values(address=address))

    await db.run(lambda tx: point_at(tx, str(blocked)))
    assert await PrintWorker(db, tmp_path).empty() == 0
    job = (await _jobs(db))[0]
    assert job.state is JobState.FAILED
    assert "Counter" in job.trouble
    await db.run(lambda tx: point_at(tx, str(tmp_path / "paper")))
    assert await PrintWorker(db, tmp_path).empty() == 1
    assert (await _jobs(db))[0].trouble is None
