"""Printers that are set up otherwise, or die in turn, while papers wait at them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.printing import service
from kiosk.printing.models import JobState
from tests.printing.grill import SHORT, Kitchen, opened
from tests.support import patience
from tests.support.paper import evidence

pytestmark = pytest.mark.slow

LONG = replace(SHORT, held_s=30)


@pytest.fixture
async def kitchen(db: Database, tmp_path: Path) -> AsyncIterator[Kitchen]:
    async with opened(db, tmp_path, LONG) as kitchen:
        yield kitchen


async def test_what_follows_a_half_printed_ticket_does_not_reach_the_backup_before_it(kitchen: Kitchen) -> None:
    bar = await kitchen.add("bar")
    grill = await kitchen.add("grill", backup_id=kitchen.ids["bar"], backup_after_s=5)
    grill.out_of_paper(after_lines=3)
    kitchen.start()
    await kitchen.write(1)
    await kitchen.are(JobState.HELD)
    await kitchen.write(2)
    await kitchen.write(3, check_id=88)
    feeder = kitchen.worker._feeders[kitchen.ids["grill"]]
    feeder.down_since = clock.now() - timedelta(seconds=6)
    await kitchen.are(JobState.HELD, JobState.QUEUED, JobState.REROUTED)
    feeder.down_since = clock.now() - timedelta(seconds=60)
    await bar.printed(3)
    assert evidence.in_order(bar) == ["#3-1", "#1-1", "#2-1"]


async def test_a_printer_replaced_while_it_holds_a_ticket_is_not_waited_for(kitchen: Kitchen) -> None:
    old = await kitchen.add("grill")
    new = await kitchen.add("spare")
    old.out_of_paper(after_lines=3)
    kitchen.start()
    await kitchen.write(1, 2)
    await kitchen.are(JobState.HELD, JobState.QUEUED)
    await kitchen.house.act(service.change_printer, kitchen.ids["grill"], address=new.address)
    await kitchen.are(JobState.PRINTED, JobState.PRINTED)
    assert new.tickets[0].holds("REPRINT 1")
    assert evidence.in_order(new) == ["#1-1", "#2-1"]
    await patience.until(lambda: old.cleared, "the old one forgets what it holds")


@pytest.mark.slow
async def test_a_clock_set_back_keeps_no_backup_from_standing_in(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = await kitchen.add("bar")
    grill = await kitchen.add("grill", backup_id=kitchen.ids["bar"], backup_after_s=5)
    grill.power_off()
    kitchen.start()
    await kitchen.write(1)
    await patience.until(lambda: kitchen.state().is_online is False, "it is off")
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() - timedelta(hours=1))
    await bar.printed(1)
    assert bar.tickets[0].holds("BACKUP FROM GRILL")


async def test_a_drawer_of_which_somebody_was_told_that_it_stays_shut_does_not_open_after_that(
    db: Database, tmp_path: Path
) -> None:
    async with opened(db, tmp_path, replace(SHORT, status_s=3, kick_s=0.2)) as kitchen:
        printer = await kitchen.add("grill", drawer_kick="pin_2")
        kitchen.start()
        await patience.until(lambda: kitchen.state().is_online, "it is well")
        printer.hang(0.6)
        assert "does not answer" in await kitchen.worker.kick(kitchen.ids["grill"])
        await kitchen.write(1)
        await kitchen.are(JobState.PRINTED)
        assert printer.kicks == []
