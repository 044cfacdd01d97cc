"""Books bent in every way an administrator of the database could think of, and what the audit says of each."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text

from kiosk import sample
from kiosk.core import journal_audit, migrate
from kiosk.core.actor import Actor, Approver, Role
from kiosk.core.db import Database, Tx
from kiosk.core.journal import Act, chain
from kiosk.core.journal_audit import Anchor, EntryGone, Verdict, journal_head, verify
from kiosk.core.models import JournalEntry
from tests.support.databases import ENGINES, Databases

pytestmark = pytest.mark.slow

ENTRIES = 9
COLUMNS = [column.name for column in JournalEntry.__table__.columns]


@dataclass
class Journal:
    """A journal of nine entries in a database whose administrator has taken the triggers away."""

    url: str
    connection: Connection
    rows: list[dict[str, Any]]
    head: dict[str, Any]

    def run(self, *statements: str, **words: Any) -> None:
        for statement in statements:
            self.connection.execute(text(statement), words)

    def restore(self) -> None:
        self.run("DELETE FROM journal_entries", "DELETE FROM journal_heads")
        for row in self.rows:
            self.insert(row)
        self.run("INSERT INTO journal_heads (venue_id, seq, digest) VALUES (:venue_id, :seq, :digest)", **self.head)

    def insert(self, row: dict[str, Any]) -> None:
        names = ", ".join(COLUMNS)
        self.run(f"INSERT INTO journal_entries ({names}) VALUES (:{', :'.join(COLUMNS)})", **row)

    def set(self, seq: int, /, **values: Any) -> None:
        told = ", ".join(f"{name} = :to_{name}" for name in values)
        words = {f"to_{name}": value for name, value in values.items()}
        self.run(f"UPDATE journal_entries SET {told} WHERE seq = :at", at=seq, **words)

    def row(self, seq: int) -> dict[str, Any]:
        found = self.connection.execute(text("SELECT * FROM journal_entries WHERE seq = :seq"), {"seq": seq})
        return dict(found.mappings().one())

    def change(self, seq: int) -> None:
        """Ten euros less in the text of an entry."""
        self.set(seq, body=self.rows[seq - 1]["body"].replace('"amount":100', '"amount":90'))

    def chain_anew(self, first: int, last: int = ENTRIES) -> None:
        """Make the digests fit from an entry on."""
        previous = self.row(first)["previous"]
        for seq in range(first, last + 1):
            digest = chain(previous, self.row(seq)["body"])
            self.set(seq, previous=previous, digest=digest)
            previous = digest

    def point_head(self, seq: int) -> None:
        self.run("UPDATE journal_heads SET seq = :seq, digest = :digest", seq=seq, digest=self.row(seq)["digest"])

    def renumber(self, seq: int, to: int) -> None:
        self.set(seq, seq=to)

    async def verify(self, *range_: int | None, anchors: tuple[Anchor, ...] = ()) -> Verdict:
        db = Database(self.url)
        try:
            async with db.read() as read:
                return await verify(read, *range_, anchors=anchors)  # type: ignore[arg-type]
        finally:
            await db.close()


@pytest.fixture(scope="module", params=ENGINES)
def kept(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Journal]:
    url = databases.migrated(request.param)
    asyncio.run(_write(url))
    engine = create_engine(migrate.sync_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for deed in ("update", "delete", *(["replace"] if request.param == "sqlite" else [])):
            connection.execute(text(f"DROP TRIGGER journal_entries_no_{deed}"))
        rows = [dict(row) for row in connection.execute(text("SELECT * FROM journal_entries ORDER BY seq")).mappings()]
        head = dict(connection.execute(text("SELECT * FROM journal_heads")).mappings().one())
        yield Journal(url, connection, rows, head)
    engine.dispose()


async def _write(url: str) -> None:
    db = Database(url)

    async def write(tx: Tx) -> None:
        venue_id = await sample.found_venue(tx, "Small", currency="EUR", timezone="Europe/Rome")
        sofia = Approver(66, "Sofia", Role.MANAGER)
        for seq in range(1, ENTRIES + 1):
            by = Actor(venue_id, 11, "Márco", Role.WAITER, approver=sofia if seq % 2 else None)
            tx.record(Act("line_voided", "check", 400 + seq, by, {"amount": 1000 + seq, "reason": "“caffè” 🍕"}))

    await db.run(write)
    await db.close()


@pytest.fixture
def journal(kept: Journal, monkeypatch: pytest.MonkeyPatch) -> Journal:
    """Whole again, and read three entries at a time, so that faults lie on both sides of a page's end."""
    monkeypatch.setattr(journal_audit, "PAGE", 3)
    kept.restore()
    return kept


async def test_a_journal_that_nobody_touched_is_whole(journal: Journal) -> None:
    verdict = await journal.verify()
    assert (verdict.first, verdict.last, verdict.count, verdict.fault) == (1, 9, 9, None)
    assert verdict.end.digest == journal.head["digest"]


async def test_an_empty_journal_is_whole(journal: Journal) -> None:
    journal.run("DELETE FROM journal_entries", "DELETE FROM journal_heads")
    assert (await journal.verify()).fault is None


Bend = Callable[[Journal], None]


def _deleted(*seqs: int) -> Bend:
    return lambda journal: journal.run(*(f"DELETE FROM journal_entries WHERE seq = {seq}" for seq in seqs))


def _changed_and_digested(journal: Journal) -> None:
    journal.change(4)
    journal.chain_anew(4, 4)


def _taken_out_and_renumbered(journal: Journal) -> None:
    _deleted(4)(journal)
    for seq in range(5, 10):
        journal.renumber(seq, seq - 1)
    journal.run("UPDATE journal_heads SET seq = 8")


def _put_in_and_renumbered(journal: Journal) -> None:
    for seq in range(9, 4, -1):
        journal.renumber(seq, seq + 1)
    journal.insert({**journal.rows[4], "previous": journal.rows[3]["digest"]})
    journal.chain_anew(5, 5)
    journal.run("UPDATE journal_heads SET seq = 10")


def _put_in_and_chained(journal: Journal) -> None:
    _put_in_and_renumbered(journal)
    journal.chain_anew(5, 10)
    journal.point_head(10)


def _swapped(journal: Journal) -> None:
    for seq, to in ((3, 99), (7, 3), (99, 7)):
        journal.renumber(seq, to)


def _texts_swapped(journal: Journal) -> None:
    journal.set(3, body=journal.rows[6]["body"])
    journal.set(7, body=journal.rows[2]["body"])


def _added_at_the_end(journal: Journal) -> None:
    last = journal.rows[-1]
    body = last["body"].replace('"seq":9', '"seq":10')
    journal.insert({**last, "seq": 10, "body": body, "previous": last["digest"], "digest": chain(last["digest"], body)})


def _numbered(seq: int) -> Bend:
    return lambda journal: journal.insert({**journal.rows[0], "seq": seq})


def _cut(journal: Journal) -> None:
    _deleted(8, 9)(journal)


def _of_another_venue(journal: Journal) -> None:
    journal.insert({**journal.rows[0], "venue_id": 5})


BENDS: dict[str, tuple[Bend, int, str]] = {
    "changed": (lambda journal: journal.change(4), 4, "Entry 4 was changed: its text and its digest do not agree."),
    "changed, its digest fits": (_changed_and_digested, 4, "Entry 4 was changed or put in, and its digest made to fit"),
    "the last changed": (lambda journal: journal.change(9), 9, "Entry 9 was changed"),
    "the first changed": (lambda journal: journal.change(1), 1, "Entry 1 was changed"),
    "the last changed, its digest fits": (
        lambda journal: (journal.change(9), journal.chain_anew(9))[0],
        9,
        "The head does not name entry 9 as it is: one of the two was changed.",
    ),
    "missing": (_deleted(4), 4, "Entry 4 is missing."),
    "several missing": (_deleted(4, 5, 6), 4, "Entries 4 to 6 are missing."),
    "the first missing": (_deleted(1), 1, "Entry 1 is missing."),
    "all missing": (_deleted(*range(1, 10)), 1, "Entries 1 to 9 are missing at the end: the head says 9."),
    "taken out, the rest renumbered": (
        _taken_out_and_renumbered,
        4,
        "Entry 4 was swapped or taken out: what stands there was written as entry 5.",
    ),
    "swapped": (_swapped, 3, "Entry 3 was swapped or taken out: what stands there was written as entry 7."),
    "texts swapped": (_texts_swapped, 3, "Entry 3 was swapped or taken out: what stands there was written as entry 7."),
    "renumbered": (lambda journal: journal.renumber(9, 12), 9, "Entry 9 was renumbered: it stands at 12 now."),
    "put in": (_put_in_and_renumbered, 5, "Entry 5 was put in: what was written as entry 5 stands at 6 now."),
    "put in and chained": (_put_in_and_chained, 5, "Entry 5 was put in: what was written as entry 5 stands at 6 now."),
    "added at the end": (_added_at_the_end, 10, "Entry 10 is more than the head knows of: it was set back."),
    "numbered 0": (_numbered(0), 1, "An entry numbered “0” was added: a journal counts from 1."),
    "numbered -3": (_numbered(-3), 1, "An entry numbered “-3” was added: a journal counts from 1."),
    "of another venue": (_of_another_venue, 1, "Entry 1 was put in for venue 5, which is not this restaurant."),
    "cut off": (_cut, 8, "Entries 8 to 9 are missing at the end: the head says 9."),
    "head set back": (lambda journal: journal.point_head(7), 8, "Entries 8 to 9 are more than the head knows of"),
    "head changed": (
        lambda journal: journal.run("UPDATE journal_heads SET digest = :digest", digest=bytes(32)),
        9,
        "The head does not name entry 9 as it is",
    ),
    "head gone": (lambda journal: journal.run("DELETE FROM journal_heads"), 1, "Entries 1 to 9 are more than the head"),
    "previous": (lambda journal: journal.set(4, previous=bytes(32)), 4, "Entry 4 was changed: it names another digest"),
    "digest": (lambda journal: journal.set(4, digest=bytes(32)), 4, "Entry 4 was changed: its text and its digest"),
    "act": (lambda journal: journal.set(4, act="fired"), 4, "the act is “fired”, in it “line_voided”"),
    "subject": (lambda journal: journal.set(4, subject_id=5), 4, "the subject is “5”, in it “404”"),
    "kind": (lambda journal: journal.set(4, subject_kind="item"), 4, "the subject's kind is “item”, in it “check”"),
    "person": (lambda journal: journal.set(4, person_id=12), 4, "the person is “12”, in it “11”"),
    "nobody": (lambda journal: journal.set(4, person_id=None), 4, "the person is nothing, in it “11”"),
    "approver": (lambda journal: journal.set(5, approver_id=67), 5, "the approver is “67”, in it “66”"),
    "approver put in": (lambda journal: journal.set(4, approver_id=67), 4, "the approver is “67”, in it nothing"),
    "instant": (
        lambda journal: journal.set(4, acted_at="2026-01-01 00:00:00.000000"),
        4,
        "the instant is “2026-01-01 00:00:00.000000”",
    ),
}


@pytest.mark.parametrize("bend", BENDS)
async def test_what_was_done_to_the_books_is_found_and_the_first_entry_is_named(journal: Journal, bend: str) -> None:
    do, seq, sentence = BENDS[bend]
    do(journal)
    fault = (await journal.verify()).fault
    assert fault is not None
    assert (fault.seq, sentence in fault.sentence) == (seq, True), fault


async def test_no_value_of_any_entry_can_be_another_one_unseen(journal: Journal) -> None:
    """Every column of the first, of those at the ends of a page, and of the last, one after the other."""
    for row in (journal.rows[place] for place in (0, 2, 3, ENTRIES - 1)):
        for name, value in row.items():
            journal.set(row["seq"], **{name: _another(value)})
            fault = (await journal.verify()).fault
            assert fault is not None, (row["seq"], name)
            assert fault.seq == row["seq"], (row["seq"], name, fault)
            journal.restore()


def _another(value: Any) -> Any:
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if value is None:
        return 7
    return f"{value[:-1]}{7 if value[-1] != '7' else 8}"


async def test_what_cannot_be_read_any_more_was_changed(journal: Journal) -> None:
    """SQLite keeps anything in any column; MariaDB would refuse most of it."""
    is_sqlite = journal.url.startswith("sqlite")
    values = ["'yesterday'", "X'00'", "''", "17", "'[]'", *(["CAST(X'FF00' AS TEXT)"] if is_sqlite else [])]
    columns = set(COLUMNS) - {"venue_id", "seq"} if is_sqlite else {"body"}
    for column, value in product(columns, values):
        journal.run(f"UPDATE journal_entries SET {column} = {value} WHERE seq = 4")
        fault = (await journal.verify()).fault
        assert fault is not None, column
        assert fault.seq == 4
        journal.restore()


def _written_anew(journal: Journal) -> None:
    journal.change(4)
    journal.chain_anew(4)
    journal.point_head(9)


def _cut_and_hidden(journal: Journal) -> None:
    _cut(journal)
    journal.point_head(7)


def anchor_of(journal: Journal, seq: int, source: str = "Z report 3") -> Anchor:
    return Anchor(seq, journal.rows[seq - 1]["digest"].hex()[:32], source)


@pytest.mark.parametrize("bend", [_written_anew, _cut_and_hidden])
async def test_whoever_writes_the_whole_chain_anew_is_found_by_nothing_inside(journal: Journal, bend: Bend) -> None:
    bend(journal)
    assert (await journal.verify()).fault is None


async def test_an_anchor_finds_a_journal_that_was_written_anew(journal: Journal) -> None:
    anchors = (anchor_of(journal, 2, "Z report 1"), anchor_of(journal, 6, "Z report 2"), anchor_of(journal, 9))
    assert (await journal.verify(anchors=anchors)).fault is None
    _written_anew(journal)
    fault = (await journal.verify(anchors=anchors)).fault
    assert fault is not None
    assert fault.seq == 6
    assert fault.sentence == "Entry 6 is not the one that Z report 2 names: the journal was written anew after entry 2."


async def test_an_anchor_finds_a_tail_that_was_cut_off_although_the_head_was_set_back(journal: Journal) -> None:
    _cut_and_hidden(journal)
    fault = (await journal.verify(anchors=(anchor_of(journal, 9),))).fault
    assert fault is not None
    assert fault.seq == 8
    assert fault.sentence == (
        "Entries 8 to 9 are missing at the end: Z report 3 names entry 9. The head was set back to hide it."
    )


async def test_the_journals_end_is_an_anchor_as_it_is_printed(journal: Journal) -> None:
    db = Database(journal.url)
    async with db.read() as read:
        head = await journal_head(read)
    await db.close()
    figures = journal.head["digest"].hex()
    assert head.anchor == f"9:{figures[:32]}"
    assert head.spoken == "9: " + " ".join(figures[at : at + 4] for at in range(0, 32, 4))


async def test_a_range_is_verified_by_itself(journal: Journal) -> None:
    journal.change(4)
    assert (await journal.verify(5)).fault is None
    verdict = await journal.verify(5, 7)
    assert (verdict.first, verdict.last, verdict.count, verdict.fault) == (5, 7, 3, None)
    assert (await journal.verify(1, 3)).fault is None
    for range_ in ((1, 4), (4, 9), (2, 100)):
        fault = (await journal.verify(*range_)).fault
        assert fault is not None
        assert fault.seq == 4
    with pytest.raises(EntryGone, match="The journal has no entry 41 to start from"):
        await journal.verify(42)


async def test_a_range_that_ends_before_a_cut_is_missing_its_last_entries(journal: Journal) -> None:
    _cut(journal)
    assert (await journal.verify(1, 7)).fault is None
    fault = (await journal.verify(2, 8)).fault
    assert fault is not None
    assert fault.sentence == "Entry 8 is missing."
