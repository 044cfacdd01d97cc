"""What paper costs a send: nothing on the way to the database that is not on its way anyway."""

from typing import Any

import pytest
from sqlalchemy import event

from kiosk.core import packets
from kiosk.core.db import Database
from tests.support.evening import Evening, evening
from tests.support.slips import papers, with_printers


async def ways_of_a_send(db: Database, party: Evening, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything a send of four dishes asks of the database, one text for each way there."""
    await party.ring("Water", "Soup", "Steak", "Cake")
    ways: list[str] = []
    send = packets.send

    async def noted(wire: Any, written: Any) -> Any:
        ways.append("; ".join(text for text, _ in written))
        return await send(wire, written)

    def alone(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        ways.append(statement)

    engine = db._writer.sync_engine
    with monkeypatch.context() as patch:
        patch.setattr(packets, "send", noted)
        event.listen(engine, "before_cursor_execute", alone)
        await party.send()
        event.remove(engine, "before_cursor_execute", alone)
    return ways


async def test_a_send_asks_for_printers_with_the_stations_and_never_alone(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    party = await evening(db)
    asking = [way for way in await ways_of_a_send(db, party, monkeypatch) if "FROM printers" in way]
    assert len(asking) == 1
    assert "FROM stations" in asking[0]
    assert not any("print_jobs" in way for way in asking)


async def test_a_send_that_prints_goes_to_the_database_as_often_as_one_that_does_not(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    party = await evening(db)
    without = await ways_of_a_send(db, party, monkeypatch)
    await with_printers(party.house, "grill", "bar")
    party.check_id = await party.other()
    printing = await ways_of_a_send(db, party, monkeypatch)
    assert len(await papers(db)) == 2
    assert [way.count("INSERT INTO print_jobs") for way in printing if "print_jobs" in way] == [2]
    assert len(printing) == len(without)
