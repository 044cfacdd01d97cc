"""Drawers are opened after the commit, by the printer they hang on, once; whoever waits is told when one stays shut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import update

from kiosk.core import commands
from kiosk.core.db import Database, Tx
from kiosk.core.errors import KioskError
from kiosk.core.events import Fact
from kiosk.payments import drawers, service
from kiosk.payments.rules import Given
from kiosk.payments.till_events import DrawerStayedShut
from kiosk.payments.till_kicks import Kicks
from kiosk.printing import queries
from kiosk.printing import service as printing
from kiosk.printing.models import Ack, DrawerKick, Printer, PrinterKind
from kiosk.printing.worker import PrintWorker
from tests.printing.grill import SHORT
from tests.support.house import House, founded
from tests.support.paper.printer import VirtualPrinter
from tests.support.paying import eaten


@dataclass
class Desk:
    """A house whose drawers are watched: which printers were asked to open theirs, and what was told."""

    house: House
    why: str = ""
    trouble: Exception | None = None
    asked: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    async def kick(self, printer_id: int) -> str:
        self.asked.append(printer_id)
        if self.trouble:
            raise self.trouble
        return self.why

    def hear(self, fact: Fact) -> None:
        if isinstance(fact, DrawerStayedShut):
            self.told.append(fact.sentence)

    async def rest(self) -> int:
        """Let what was begun end; returns how often a drawer was opened so far."""
        while tasks := [task for task in asyncio.all_tasks() if task.get_name().startswith("drawer ")]:
            await asyncio.gather(*tasks)
        return len(self.asked)


@pytest.fixture
async def desk(db: Database) -> AsyncIterator[Desk]:
    """A house with a drawer on its one printer, begun with 100.00."""
    desk = Desk(await founded(db))
    kicks = Kicks(db, desk.kick)
    kicks.start()
    stop = db.bus.listen(desk.hear)
    await hang(desk.house, "counter", None)
    yield desk
    stop()
    await kicks.stop()


async def hang(house: House, code: str, till: int | None) -> None:
    """A drawer hangs on a printer: that of one till, or of every one."""

    async def set_up(tx: Tx, *, by: object) -> None:
        assert by
        told = {"drawer_kick": DrawerKick.PIN_2, "till": till}
        await tx.change(update(Printer).where(Printer.code == code).values(told))

    await house.act(set_up)


async def test_cash_opens_the_drawer_and_a_card_does_not(desk: Desk) -> None:
    house = desk.house
    mine = await house.act(drawers.open_drawer, 1, 10_000)
    assert await desk.rest() == 1
    await house.act(service.settle, await eaten(house), 1320, [Given("card", 1320)])
    assert await desk.rest() == 1
    settled = await house.act(service.settle, await eaten(house), 1320, [Given("card", 1000), Given("cash", 320)])
    assert await desk.rest() == 2
    await house.act(service.refund, settled.receipt_id, service.Asked(), "cold")
    await house.act(drawers.pay_in, mine, 100, "Change")
    await house.act(drawers.pay_out, mine, 100, "Taxi", "expense")
    await house.act(drawers.drop, mine, 100)
    await house.act(drawers.no_sale, mine, "Look")
    assert await desk.rest() == 7
    await house.act(drawers.hand_over_drawer, mine)
    await house.act(drawers.count_drawer, mine, {})
    assert await desk.rest() == 7
    assert desk.told == []


async def test_what_was_refused_opens_nothing_and_a_tap_sent_twice_opens_once(desk: Desk) -> None:
    house = desk.house
    with pytest.raises(KioskError):
        await house.act(drawers.no_sale, 1, "Look")
    check_id, key = await eaten(house), uuid4()

    async def settle(tx: Tx) -> str:
        return (await service.settle(tx, check_id, 1320, [Given("cash", 1320)], by=house.by)).number

    meaning = commands.meaning_of("settle", "the same")
    assert [await commands.once(house.db, key, meaning, settle) for _ in range(2)] == ["1", "1"]
    assert await desk.rest() == 1


async def test_a_drawer_that_stays_shut_is_told_and_not_tried_again(desk: Desk) -> None:
    desk.why = "the printer Counter does not answer"
    await desk.house.act(drawers.open_drawer, 3, 0)
    assert await desk.rest() == 1
    assert desk.told == [
        "The drawer of till 3 did not open: the printer Counter does not answer. Open it by its key.",
    ]


async def test_a_kick_that_breaks_is_told_too(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.trouble = OSError("gone")
    await desk.house.act(drawers.open_drawer, 1, 0)
    await desk.rest()
    assert desk.told == ["The drawer of till 1 did not open: nobody knows why. Open it by its key."]
    assert "the drawer of till 1 could not be opened" in caplog.text


async def test_each_till_has_its_own_printer_and_without_one_nothing_happens(desk: Desk) -> None:
    house = desk.house
    await house.act(printing.add_printer, code="bar", name="Bar", prints=["receipt"])
    await hang(house, "bar", 2)
    for till in (1, 2):
        await house.act(drawers.open_drawer, till, 0)
        await desk.rest()
    names = {one.id: one.code for one in await house.look(queries.printers)}
    assert [names[printer_id] for printer_id in desk.asked] == ["counter", "bar"]
    await hang(house, "counter", 2)
    await house.act(drawers.open_drawer, 4, 0)
    assert await desk.rest() == 2
    assert desk.told == []


async def test_a_real_printer_opens_its_drawer_without_paper_and_never_later(db: Database, tmp_path: Path) -> None:
    house = await founded(db)
    told = Desk(house)
    async with VirtualPrinter() as printer, at_work(db, tmp_path, told):
        told_of = {"kind": PrinterKind.TCP, "address": printer.address, "drawer_kick": DrawerKick.PIN_5, "till": 1}
        await house.act(printing.add_printer, code="till", name="Till", prints=["receipt"], ack=Ack.GS_R, **told_of)
        await paid(house)
        await told.rest()
        await printer.printed(1)
        assert [(one.pin, one.is_real_time) for one in printer.kicks] == [(5, True)]
        printer.out_of_paper()
        await paid(house)
        await told.rest()
        assert (len(printer.kicks), told.told) == (2, [])
        printer.power_off()
        await paid(house)
        await told.rest()
        assert [sentence.startswith("The drawer of till 1 did not open: ") for sentence in told.told] == [True]
        printer.load_paper()
        printer.power_on()
        await printer.printed(3)
        assert len(printer.kicks) == 2


@asynccontextmanager
async def at_work(db: Database, home: Path, desk: Desk) -> AsyncIterator[None]:
    """The kiosk's own printing, and the desk that hears which drawers stay shut."""
    worker = PrintWorker(db, home, SHORT)
    kicks, stop = Kicks(db, worker.kick), db.bus.listen(desk.hear)
    kicks.start()
    worker.start()
    try:
        yield
    finally:
        stop()
        await kicks.stop()
        await worker.stop()


async def paid(house: House) -> None:
    """A party that has paid 13.20 in cash."""
    await house.act(service.settle, await eaten(house), 1320, [Given("cash", 1320)])
