"""What a printer can prove is found out by asking it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk.printing.errors import PrinterMute
from kiosk.printing.limits import Limits
from kiosk.printing.models import Ack, Printer, PrinterKind
from kiosk.printing.proving import best_proof
from tests.support.paper.printer import VirtualPrinter

SOON = Limits(connect_s=0.5, status_s=0.2)


def at(address: str, kind: PrinterKind = PrinterKind.TCP) -> Printer:
    return Printer(id=1, code="grill", name="Grill", kind=kind, address=address)


@pytest.mark.parametrize(
    ("can", "ack"),
    [
        ({}, Ack.PROCESS_ID),
        ({"has_process_id": False}, Ack.GS_R),
        ({"has_process_id": False, "answers_in_order": False}, Ack.STATUS),
        ({"has_process_id": False, "answers_in_order": False, "answers_status": False}, Ack.NONE),
    ],
)
async def test_the_best_that_it_answers_is_taken(
    can: dict[str, Any], ack: Ack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.printing.proving.ANSWERS_S", 0.3)
    async with VirtualPrinter(**can) as printer:
        assert await best_proof(at(printer.address), SOON) is ack


async def test_one_that_waits_for_paper_or_is_off_says_so_and_files_are_not_asked() -> None:
    async with VirtualPrinter() as printer:
        printer.out_of_paper()
        with pytest.raises(PrinterMute, match=r"It is out of paper\. Put"):
            await best_proof(at(printer.address), SOON)
        printer.power_off()
        with pytest.raises(PrinterMute, match="Grill cannot be asked"):
            await best_proof(at(printer.address), replace(SOON, connect_s=0.2))
    assert await best_proof(at("", PrinterKind.FILE)) is Ack.NONE
