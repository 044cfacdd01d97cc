"""Who worked how long and sold how much, from sign-ins and receipts."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import insert

from exports.payroll import write_payroll
from kiosk.core.actor import Role
from kiosk.core.db import Database, Tx
from kiosk.reports.errors import RangeBackwards
from kiosk.reports.payroll import COLUMNS, Work, payroll
from kiosk.staff.models import Device, Person, StaffSession
from tests.reports.making import HEADING, VENUE_ID, brought_in, open_venue

HEAD = f"{HEADING},category,portion,tender,tip,staff,covers,tax_rate"
STAYS = (
    (17, 0, 20, 0, 6),
    (19, 0, 21, 0, 6),
    (22, 0, 23, 30, 6),
    (0, 10, 2, 10, 7),
    (18, 0, 18, 20, 7),
)
"""Hour and minute in UTC, from and until, on a day of March: the fourth is after midnight, of the day before."""


async def at_work(db: Database) -> None:
    async def write(tx: Tx) -> None:
        person = {
            "id": 1,
            "venue_id": VENUE_ID,
            "name": "Marco",
            "role": Role.WAITER,
            "pin_hash": "x",
            "added_at": tx.at,
        }
        await tx.change(insert(Person).values(**person))
        await tx.change(
            insert(Device).values(id=1, venue_id=VENUE_ID, name="One", token_digest=bytes(32), added_at=tx.at)
        )
        for n, (hour, minute, until_hour, until_minute, day) in enumerate(STAYS):
            stay = {
                "started_at": datetime(2026, 3, day, hour, minute, tzinfo=UTC),
                "active_at": datetime(2026, 3, day, until_hour, until_minute, tzinfo=UTC),
            }
            row = {"id": n + 1, "person_id": 1, "device_id": 1, "token_digest": bytes([n] * 32)}
            await tx.change(insert(StaffSession).values(**row, **stay))

    await db.run(write)


async def test_a_person_is_told_with_time_sales_and_tips(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await at_work(db)
    rows = (
        "1,2026-03-06 19:10,Tagliata,2,22.00,Mains,,card,5.00,Marco,2,10",
        "2,2026-03-07 20:15,Diavola,1,11.50,Pizza,,cash,,Elena,1,10",
    )
    await brought_in(db, tmp_path, *rows, heading=HEAD)
    async with db.read() as read:
        told = await payroll(read, date(2026, 3, 6), date(2026, 3, 7))
        assert told == [Work("Elena", 0, 0, 0, 1, 1, 1150, 0), Work("Marco", 2, 570, 470, 1, 2, 4400, 500)]
        assert [one.days for one in await payroll(read, date(2026, 3, 6), date(2026, 3, 6))] == [1]
        with pytest.raises(RangeBackwards):
            await payroll(read, date(2026, 3, 7), date(2026, 3, 6))


def test_a_name_is_never_a_formula() -> None:
    file = BytesIO()
    write_payroll(COLUMNS, [["=cmd()", "2026-03-06"]], file)
    assert file.getvalue().decode("utf-8-sig").splitlines()[1] == "'=cmd(),2026-03-06"
