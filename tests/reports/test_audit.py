"""The audit as it is typed, on books that were bent from outside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest
import typer
from sqlalchemy import Connection, create_engine
from typer.testing import CliRunner, Result

from kiosk.checks import service as checks
from kiosk.core import clock, migrate
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.core.journal_audit import End, journal_head
from kiosk.payments import day, till_queries
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from kiosk.reports.audit_cli import audit
from kiosk.reports.rolling import roll_missing
from kiosk.reports.takings import business_today
from tests.reports.making import a_day_later
from tests.support.house import House, founded

pytestmark = pytest.mark.slow

T = TypeVar("T")
APP = typer.Typer()
APP.add_typer(audit, name="audit")


@dataclass
class Books:
    """Two checks with a Z between them: where the journal ended before the first, at the Z, and after the second."""

    url: str
    begun: End
    z: End
    end: End

    def bend(self, *statements: str) -> None:
        """What an administrator can do who takes the triggers away for a moment."""
        engine = create_engine(migrate.sync_url(self.url), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            triggers = {f"journal_entries_no_{deed}": "" for deed in ("update", "delete")}
            for name in triggers:
                triggers[name] = _wording(connection, name)
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            for statement in [*statements, *triggers.values()]:
                connection.exec_driver_sql(statement)
        engine.dispose()

    def cut_back_to(self, end: End) -> None:
        """Drop the tail of the journal, and set its head back to hide it."""
        head = f"SELECT digest FROM journal_entries WHERE seq = {end.seq}"
        self.bend(
            f"DELETE FROM journal_entries WHERE seq > {end.seq}",
            f"UPDATE journal_heads SET seq = {end.seq}, digest = ({head})",
        )


def _wording(connection: Connection, trigger: str) -> str:
    """The statement that makes a trigger."""
    if connection.dialect.name == "sqlite":
        return str(connection.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE name = '{trigger}'").scalar_one())
    return str(connection.exec_driver_sql(f"SHOW CREATE TRIGGER {trigger}").mappings().one()["SQL Original Statement"])


@pytest.fixture
async def books(database_url: str, db: Database, monkeypatch: pytest.MonkeyPatch) -> Books:
    monkeypatch.setenv("KIOSK_DATABASE_URL", database_url)
    house = await founded(db)
    begun = await house.look(journal_head)
    await _dinner(house)
    z = await house.look(journal_head)
    await house.act(day.close_day, await house.look(business_today), 1)
    await _dinner(house)
    return Books(database_url, begun, z, await house.look(journal_head))


async def _dinner(house: House) -> None:
    check_id = await house.act(checks.open_check, "Bar", 1)
    await house.ring(check_id, quantity=2, note="no\ncream")
    await house.send(check_id)
    await house.act(payments.settle, check_id, 1400, [Given(TenderKind.CARD, 1400)])


async def _with(books: Books, work: Callable[[Database], Awaitable[T]]) -> T:
    db = Database(books.url)
    try:
        return await work(db)
    finally:
        await db.close()


async def _today(db: Database) -> date:
    async with db.read() as read:
        return await business_today(read)


def run(*words: str) -> Result:
    return CliRunner().invoke(APP, ["audit", *words])


def whole(*words: str) -> str:
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def faulty(*words: str) -> str:
    done = run(*words)
    assert done.exit_code == 1, done.output
    return done.stdout.strip()


def refused(*words: str) -> str:
    done = run(*words)
    assert isinstance(done.exception, KioskError), done.output
    return done.exception.sentence


def test_whole_books_are_said_to_be_so_with_the_anchor_to_keep(books: Books) -> None:
    assert whole("verify") == (
        f"Entries 1 to {books.end.seq} are as written. The last of them is {books.end.spoken}\n"
        "Kept elsewhere, this proves later that nothing up to it was written anew:\n"
        f"  kiosk audit verify --anchor {books.end.anchor}\n"
    )
    assert whole("verify", "--anchor", books.end.anchor, "--anchor", books.z.spoken.upper())


def test_a_changed_entry_is_named_and_the_command_fails(books: Books) -> None:
    books.bend(f"UPDATE journal_entries SET person_id = 7 WHERE seq = {books.z.seq}")
    assert faulty("verify") == (
        f"NOT WHOLE. Entry {books.z.seq} was changed: beside its text the person is “7”, in it nothing."
    )
    assert whole("verify", "--to", str(books.z.seq - 1))
    assert whole("verify", "--from", str(books.z.seq + 1))


def test_what_is_kept_of_days_is_proved_against_the_receipts_and_made_anew(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert whole("rollups") == "No day is added up yet: every report reads the receipts.\n"
    closed = asyncio.run(_with(books, _today)) - timedelta(days=1)
    a_day_later(monkeypatch)
    assert asyncio.run(_with(books, roll_missing)) == 1
    assert whole("rollups") == "What is kept of 1 day is what their receipts come to.\n"
    books.bend("UPDATE rollups SET amount = amount + 1 WHERE dimension IN ('item', 'staff')")
    bent = f"NOT EQUAL. {closed}: staff, item\n"
    assert faulty("rollups") == f"{bent}Make them anew: kiosk audit rollups --anew"
    assert whole("rollups", "--anew") == f"{bent}They were made anew.\n"
    assert whole("rollups") == "What is kept of 1 day is what their receipts come to.\n"


def test_a_z_report_finds_what_the_journal_itself_cannot(books: Books) -> None:
    books.cut_back_to(books.begun)
    assert faulty("verify") == (
        f"NOT WHOLE. Entries {books.begun.seq + 1} to {books.z.seq} are missing at the end: Z report 1 names entry "
        f"{books.z.seq}. The head was set back to hide it."
    )


async def test_the_paper_of_a_z_names_the_entry_up_to_which_the_journal_is_proven(books: Books, db: Database) -> None:
    async with db.read() as read:
        report = await till_queries.z_report(read, 1)
    assert report.figures["journal"] == books.z.anchor
    assert report.paper["foot"][-2:] == [f"Journal up to entry {books.z.seq}", books.z.spoken.partition(": ")[2]]


def test_a_tail_cut_off_after_the_last_z_is_found_by_the_newest_receipt(books: Books) -> None:
    books.cut_back_to(books.z)
    assert faulty("verify") == (
        "NOT WHOLE. Receipt 2 is in no entry: the journal's tail was cut off, and the head set back to hide it."
    )


def test_only_an_anchor_finds_a_tail_cut_off_after_the_last_receipt(books: Books) -> None:
    books.cut_back_to(End(books.end.seq, books.end.digest))
    anchor = f"{books.end.seq + 1}:{'7' * 64}"
    assert whole("verify")
    assert f"Entry {books.end.seq + 1} is missing at the end: the anchor names entry" in faulty(
        "verify", "--anchor", anchor
    )
    wrong = f"{books.end.seq}:{'7' * 16}"
    assert f"Entry {books.end.seq} is not the one that the anchor names" in faulty("verify", "--anchor", wrong)


def test_a_database_without_its_triggers_is_found_out_and_nothing_is_changed_by_trying(books: Books) -> None:
    engine = create_engine(migrate.sync_url(books.url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        kept = {name: _wording(connection, name) for name in ("tenders_no_update", "movements_no_delete")}
        for name in kept:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        told = faulty("verify")
        for wording in kept.values():
            connection.exec_driver_sql(wording)
    engine.dispose()
    assert told.splitlines()[-1] == (
        "NOT GUARDED. This database would let somebody change tenders, drop movements: its triggers are gone. "
        "Go back to a backup that has them."
    )
    assert whole("verify")


def test_a_range_is_chosen_by_number_or_by_business_day(books: Books) -> None:
    today = clock.business_day(datetime.now(UTC), timezone="Europe/Rome", cutover_minutes=240)
    assert whole("verify", "--from", today.isoformat()) == whole("verify")
    assert whole("verify", "--from", today.isoformat(), "--to", today.isoformat()) == whole("verify")
    assert whole("verify", "--from", "3", "--to", "3").startswith("Entry 3 is as written. The last of them is 3: ")
    day_before = (today - timedelta(days=1)).isoformat()
    sentence = "The journal has no entry in this range. Choose another --from or --to."
    assert refused("verify", "--to", day_before) == sentence
    assert refused("verify", "--from", "2199-01-01") == sentence
    assert refused("verify", "--from", "7", "--to", "6") == sentence
    assert "The journal has no entry 98 to start from" in refused("verify", "--from", "99")


@pytest.mark.parametrize("place", ["yesterday", "0", "-1", "٣", "9" * 30, "0001-01-01", "2026-02-30"])
def test_a_place_that_cannot_be_read_is_refused(place: str) -> None:
    assert refused("verify", f"--from={place}") == (
        f"“{place}” is neither the number of an entry, such as 4711, nor a day, such as 2026-11-21."
    )


@pytest.mark.parametrize(
    "anchor", ["", "12", "12:abc", "12:" + "g" * 16, "0:" + "a" * 16, ":" + "a" * 16, "1:" + "a" * 65]
)
def test_an_anchor_that_cannot_be_read_is_refused(anchor: str) -> None:
    assert refused("verify", f"--anchor={anchor}").startswith(f"“{anchor}” is no anchor. Write it as a Z report does")


def test_an_anchor_outside_the_range_is_refused(books: Books) -> None:
    assert "Entry 2, which an anchor names, is not looked at" in refused(
        "verify", "--from", "3", "--anchor", f"2:{'a' * 16}"
    )


def test_the_life_of_a_check_is_printed_line_by_line(books: Books) -> None:
    told = [line.rstrip() for line in whole("show", "1").splitlines()]
    assert told[0] == "check 1 (Bar)"
    assert "opened at" in told[1]
    assert told[5] == "2 × Tiramisù: Paid, receipt 1"
    assert told[6].endswith("The kiosk rang 2 for 14.00, “no cream”.")
    assert "The command line sent it to the kitchen." in told[7]
    assert "#" in told[7]
    assert refused("show", "99").startswith("There is no check 99.")
