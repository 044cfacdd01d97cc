"""Who worked how long and sold how much, from sign-ins and receipts."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from exports.payroll import write_payroll
from kiosk.core import clock
from kiosk.core.actor import Role
from kiosk.core.db import Database, Read, Tx
from kiosk.reports.book import book_of
from kiosk.reports.errors import RangeBackwards
from kiosk.reports.models import Rollup
from kiosk.reports.pay import wages_of
from kiosk.reports.payroll import COLUMNS, Earner, payroll
from kiosk.reports.rolling import roll, roll_missing
from kiosk.reports.rules import Dimension
from kiosk.reports.takings import told_by
from kiosk.reports.work import Worked, kept_days, minutes_of, worked
from kiosk.reports.work_rolling import differs
from kiosk.staff.models import Device, Person, StaffSession
from kiosk.staff.pay import Rate, set_pay
from tests.reports.making import BY, HEADING, VENUE_ID, brought_in, open_venue

HEAD = f"{HEADING},category,portion,tender,tip,staff,covers,tax_rate"
STAYS = (
    (17, 0, 20, 0, 6),
    (19, 0, 21, 0, 6),
    (22, 0, 23, 30, 6),
    (0, 10, 2, 10, 7),
    (11, 0, 12, 0, 7),
    (18, 0, 18, 20, 7),
)
"""Hour and minute in UTC, from and until, on a day of March: the fourth is after midnight, of the day before,
and the last two have an afternoon between them."""


async def at_work(db: Database, *night: tuple[int, ...]) -> None:
    """Marco's sign-ins; or these alone, each from a day, hour and minute until another."""
    stays = night or [(day, hour, minute, day, *until) for hour, minute, *until, day in STAYS]

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
        for n, times in enumerate(stays):
            stay = {
                "started_at": datetime(2026, 3, *times[:3], tzinfo=UTC),
                "active_at": datetime(2026, 3, *times[3:], tzinfo=UTC),
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
        assert told == [
            Earner("Elena", 0, 0, 0, 0, 1, 1, 1150, 0, 1045),
            Earner("Marco", 2, 990, 530, 630, 1, 2, 4400, 500, 4000),
        ]
        assert [one.days for one in await payroll(read, date(2026, 3, 6), date(2026, 3, 6))] == [1]
        with pytest.raises(RangeBackwards):
            await payroll(read, date(2026, 3, 7), date(2026, 3, 6))


async def commissions_of(read: Read, first: date, last: date) -> dict[str, int]:
    return {one.person: one.commission for one in await payroll(read, first, last) if one.commission is not None}


async def agreed(db: Database, *rates: Rate) -> None:
    for rate in rates:
        await db.run(lambda tx, rate=rate: set_pay(tx, 1, rate, by=BY))


async def test_every_day_is_paid_at_its_own_rate_and_days_come_to_the_range(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await at_work(db)
    rows = (
        "1,2026-03-06 19:10,Tagliata,2,22.00,Mains,,card,5.00,Marco,2,10",
        "2,2026-03-07 20:15,Diavola,1,11.50,Pizza,,cash,,Marco,1,10",
    )
    await brought_in(db, tmp_path, *rows, heading=HEAD)
    first, last = date(2026, 3, 6), date(2026, 3, 7)
    async with db.read() as read:
        assert (await wages_of(read, first, last), await commissions_of(read, first, last)) == (None, {})
    await agreed(db, Rate(first, 1250, None), Rate(last, 1333, 25_000))
    async with db.read() as read:
        days = [(await wages_of(read, day, day), await commissions_of(read, day, day)) for day in (first, last)]
        assert days == [(114_58, {}), (17_77, {"Marco": 26})]
        assert (await wages_of(read, first, last), await commissions_of(read, first, last)) == (132_35, {"Marco": 26})
    await db.run(lambda tx: roll(tx, first, last))
    async with db.read() as read:
        told = (await payroll(read, first, last))[0]
        assert (told.wage_an_hour, told.wage, told.commission_ppm, told.commission) == (None, 132_35, None, 26)
        told = (await payroll(read, last, last))[0]
        assert (told.wage_an_hour, told.wage, told.commission_ppm, told.commission) == (13_33, 17_77, 25_000, 26)


async def test_the_staff_report_tells_hours_and_commission_where_there_are_any(db: Database, tmp_path: Path) -> None:
    await open_venue(db)
    await brought_in(db, tmp_path, "1,2026-03-06 19:10,Tagliata,2,22.00,Mains,,card,5.00,Elena,2,10", heading=HEAD)
    first, last = date(2026, 3, 6), date(2026, 3, 7)
    elena = ("Elena", 1, 2, 44_00, 22_00, 0, 0, 0, 5_00)
    async with db.read() as read:
        columns, rows = await told_by(read, first, last, Dimension.STAFF)
    assert (columns[-1], rows) == ("tips", [elena])
    await at_work(db)
    async with db.read() as read:
        assert (await told_by(read, first, last, Dimension.STAFF))[1] == [elena]
    await agreed(db, Rate(first, None, 10_000))
    for _ in ("read from the ledger", "rolled up"):
        async with db.read() as read:
            columns, rows = await told_by(read, first, last, Dimension.STAFF)
            book = await book_of(read, first, last)
        assert (columns[-3:], rows) == (
            ("tips", "hours", "commission"),
            [(*elena, None, None), ("Marco", *[0] * 8, 630, 0)],
        )
        assert book.parts["staff"] == rows
        await db.run(lambda tx: roll(tx, first, last))


async def test_hours_end_with_the_day_and_follow_the_clock_change(db: Database) -> None:
    await open_venue(db)
    await at_work(db, (28, 22, 0, 29, 4, 0))
    async with db.read() as read:
        told = await worked(read, date(2026, 3, 28), date(2026, 3, 29))
    assert told == {("Marco", date(2026, 3, 28)): Worked(240, 240, 240)}


async def test_hours_until_a_moment_leave_out_what_was_worked_after_it(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 10, 12, tzinfo=UTC))
    await open_venue(db)
    await at_work(db)
    await agreed(db, Rate(date(2026, 3, 1), None, 10_000))
    await db.run(lambda tx: tx.change(update(StaffSession).values(ended_at=StaffSession.active_at)))
    first, last = date(2026, 3, 6), date(2026, 3, 7)
    for _ in ("read from the sign-ins", "kept"):
        async with db.read() as read:
            for hour, minutes in ((10, 550), (11, 550), (12, 610), (18, 610), (23, 630)):
                until = datetime(2026, 3, 7, hour, tzinfo=UTC)
                assert await minutes_of(read, first, last, until) == {"Marco": minutes}
            assert await minutes_of(read, first, first, datetime(2026, 3, 6, 19, 30, tzinfo=UTC)) == {"Marco": 150}
            assert await minutes_of(read, last, last, datetime(2026, 3, 7, 10, tzinfo=UTC)) == {}
            told = await told_by(read, last, last, Dimension.STAFF, datetime(2026, 3, 7, 11, 30, tzinfo=UTC))
            assert told[1] == [("Marco", *[0] * 8, 30, 0)]
        await roll_missing(db)


async def test_work_is_kept_when_nobody_of_the_day_is_signed_in_any_more(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 10, 12, tzinfo=UTC))
    await open_venue(db)
    await at_work(db)
    first, last = date(2026, 3, 6), date(2026, 3, 7)
    ended = update(StaffSession).values(ended_at=StaffSession.active_at)
    async with db.read() as read:
        told = await worked(read, first, last)
    await db.run(lambda tx: tx.change(ended.where(StaffSession.id < 5)))
    await roll_missing(db)
    async with db.read() as read:
        assert await kept_days(read, first, last) == [first]
        assert (await worked(read, first, last), await minutes_of(read, first, last)) == (told, {"Marco": 630})
    await db.run(lambda tx: tx.change(ended))
    await roll_missing(db)
    async with db.read() as read:
        assert await kept_days(read, first, last) == [first, last]
        assert (await worked(read, first, last), await minutes_of(read, first, last)) == (told, {"Marco": 630})
        assert not await differs(read, first)
    bent = update(Rollup).where(Rollup.dimension == "work").values(times=1)
    await db.run(lambda tx: tx.change(bent))
    async with db.read() as read:
        assert await differs(read, first)


async def test_work_of_a_day_kept_while_the_clock_was_ahead_is_kept_anew(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 8, 12, tzinfo=UTC))
    await open_venue(db)
    await at_work(db)
    ended = update(StaffSession).values(ended_at=StaffSession.active_at)
    await db.run(lambda tx: tx.change(ended))
    await roll_missing(db)
    at = datetime(2026, 3, 7, 18, 30, tzinfo=UTC)
    stay = {"started_at": at, "active_at": at.replace(hour=20, minute=0), "ended_at": at.replace(hour=20, minute=0)}
    row = {"id": 9, "person_id": 1, "device_id": 1, "token_digest": bytes([9] * 32), "ended_by": "lock"}
    await db.run(lambda tx: tx.change(insert(StaffSession).values(**row, **stay)))
    day = date(2026, 3, 7)
    for _ in range(2):
        await roll_missing(db)
        async with db.read() as read:
            assert await kept_days(read, day, day) == [day]
            assert (await worked(read, day, day))["Marco", day] == Worked(180, 540, 170)
            assert not await differs(read, day)


def test_a_name_is_never_a_formula() -> None:
    file = BytesIO()
    write_payroll(COLUMNS, [["=cmd()", "2026-03-06"]], file)
    assert file.getvalue().decode("utf-8-sig").splitlines()[1] == "'=cmd(),2026-03-06"
