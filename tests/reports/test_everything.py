"""Everything out of one kiosk and into another: equal table by table, on and across the engines; or refused whole."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, inspect, select

from kiosk.core.db import Database, Tx
from kiosk.core.migrate import sync_url
from kiosk.core.models import Note
from kiosk.post.models import Attachment, Letter
from kiosk.reports import everything
from kiosk.reports.everything import TABLES, export_everything, import_everything
from kiosk.reports.everything_errors import ArchiveUnfit, DatabaseDeclined, KioskNotEmpty, NothingToTell, OtherRevision
from kiosk.reports.guards import unguarded
from tests.reports.making import open_venue
from tests.reports.random_day import counter
from tests.support import journal
from tests.support.databases import ENGINES, Databases

pytestmark = pytest.mark.slow

AWKWARD = ("=1+1", "\\N", "\\", "", 'a\r\nb,"c"', "'", "naïve 🍕", " trailing ", "-5", "+x\ty", "\\=x")
LETTER = {"cause": "test", "to_address": "a@example.com", "subject": "@", "plain": "+" * 200_000, "html": "<p>\r</p>"}


async def strange(db: Database) -> None:
    """Text that files have trouble with."""

    async def write(tx: Tx) -> None:
        await tx.change(
            insert(Letter).values(id=7, venue_id=(await tx.venue()).id, **LETTER, queued_at=tx.at, next_at=tx.at)
        )
        enclosed = {"letter_id": 7, "position": 0, "name": "=all", "mime": "x/y", "content": bytes(range(256)) * 9}
        await tx.change(insert(Attachment).values(id=8, **enclosed))
        await tx.change(insert(Note), [{"name": f"strange {n}", "value": text} for n, text in enumerate(AWKWARD)])

    await db.run(write)


def told(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, read apart from what makes archives."""
    engine = create_engine(sync_url(url))
    with engine.connect() as connection:
        found = {
            one.name: [tuple(row) for row in connection.execute(select(one).order_by(*one.primary_key))]
            for one in TABLES
        }
    engine.dispose()
    return found


def emptied(databases: Databases, engine: str) -> str:
    """A kiosk without a row; on MariaDB the one there is, whose rows are gone, which is quicker than a second."""
    return databases.fresh(engine) if engine == "mariadb" else databases.migrated(engine)


def is_empty(url: str) -> bool:
    return not any(told(url).values())


@pytest.mark.parametrize("into", ENGINES)
async def test_a_day_comes_over_equal_and_goes_on_being_guarded(
    db: Database, database_url: str, into: str, databases: Databases, tmp_path: Path
) -> None:
    counted = await counter(db, "EUR", 4)
    await counted.work(25)
    await counted.end()
    await strange(db)
    file, again, before = tmp_path / "all.zip", tmp_path / "again.zip", told(database_url)
    sent = export_everything(database_url, file)
    assert file.stat().st_mode & 0o777 == 0o600
    url = emptied(databases, into)
    assert import_everything(url, file) == sent
    after = told(url)
    assert [name for name in before if before[name] != after[name]] == []
    assert {row[1] for row in after["notes"]} >= set(AWKWARD)
    assert sum(len(rows) for rows in after.values()) == sum(one.rows for one in sent.tables) > 200
    assert export_everything(url, again).tables == sent.tables
    other = Database(url)
    assert await journal.is_whole(other)
    assert await unguarded(other) == []
    await other.close()


def test_no_table_is_left_out(database_url: str) -> None:
    engine = create_engine(sync_url(database_url))
    assert {one.name for one in TABLES} == {*inspect(engine).get_table_names()} - {"alembic_version"}
    engine.dispose()


async def test_an_archive_is_of_one_instant(
    db: Database, database_url: str, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_venue(db)
    look = everything._journal

    def meanwhile(connection: Any) -> str:
        engine = create_engine(sync_url(database_url))
        with engine.begin() as other:
            other.execute(insert(Note).values(name="late", value="came after the first look"))
        engine.dispose()
        return look(connection)

    monkeypatch.setattr(everything, "_journal", meanwhile)
    manifest = export_everything(database_url, tmp_path / "all.zip")
    assert {one.name: one.rows for one in manifest.tables}["notes"] == 0
    assert len(told(database_url)["notes"]) == 1


def test_a_kiosk_without_a_restaurant_has_nothing_to_tell(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(NothingToTell):
        export_everything(database_url, tmp_path / "all.zip")
    assert list(tmp_path.iterdir()) == []


async def archived(db: Database, folder: Path) -> Path:
    await open_venue(db)
    await strange(db)
    export_everything(db.url.render_as_string(hide_password=False), folder / "all.zip")
    return folder / "all.zip"


Archived = tuple[Path, str]
"""An archive of a kiosk with strange notes, and the address of an empty kiosk."""


@pytest.fixture
async def archive(db: Database, engine_name: str, databases: Databases, tmp_path: Path) -> Archived:
    file = await archived(db, tmp_path)
    return file, emptied(databases, engine_name)


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None], *, proved: bool = False) -> None:
    """The archive with its files changed; `proved` by somebody who writes its checksums anew."""
    with zipfile.ZipFile(file) as pack:
        parts, comment = {name: pack.read(name) for name in pack.namelist()}, pack.comment
    change(parts)
    if proved:
        manifest = json.loads(parts["manifest.json"])
        for one in manifest["tables"]:
            one["sha256"] = hashlib.sha256(parts[one["file"]]).hexdigest()
            one["rows"] = parts[one["file"]].count(b"\r\n") - 1 if one["name"] != "notes" else one["rows"]
        parts["manifest.json"] = json.dumps(manifest).encode()
        comment = hashlib.sha256(parts["manifest.json"]).hexdigest().encode()
    with zipfile.ZipFile(file, "w") as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
        pack.comment = comment


def changed_row(parts: dict[str, bytes]) -> None:
    parts["tables/venues.csv"] = parts["tables/venues.csv"].replace(b"Al Ponte", b"Al Monte")


def cut_table(parts: dict[str, bytes]) -> None:
    parts["tables/notes.csv"] = b"\r\n".join(parts["tables/notes.csv"].split(b"\r\n")[:3]) + b"\r\n"


def lost_table(parts: dict[str, bytes]) -> None:
    del parts["tables/people.csv"]


def more(parts: dict[str, bytes]) -> None:
    parts["tables/strangers.csv"] = b"id\r\n"


def changed_manifest(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = parts["manifest.json"].replace(b"Al Ponte", b"Al Monte")


def no_manifest(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed_row, r"was changed or damaged: tables/venues\.csv"),
        (cut_table, r"was changed or damaged: tables/notes\.csv"),
        (lost_table, "is not whole"),
        (more, "is not whole"),
        (changed_manifest, "its manifest is not the one that was written"),
        (no_manifest, "has no manifest"),
    ],
)
async def test_a_changed_archive_is_refused_and_changes_nothing(archive: Archived, change: Any, words: str) -> None:
    file, url = archive
    rewritten(file, change)
    with pytest.raises(ArchiveUnfit, match=rf"{words}.*Nothing was imported; take another copy"):
        import_everything(url, file)
    assert is_empty(url)


async def test_a_damaged_file_is_refused_wherever_it_is_damaged(archive: Archived) -> None:
    file, url = archive
    whole = file.read_bytes()
    with zipfile.ZipFile(file) as pack:
        entries = [one for one in pack.infolist() if one.compress_size > 200]
    assert len(entries) > 3
    places = [one.header_offset + 30 + len(one.filename) + one.compress_size // 2 for one in entries]
    damaged = [whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :] for place in places]
    for content in [*damaged, whole[: len(whole) // 2], whole[:-1], b"", b"PK"]:
        file.write_bytes(content)
        with pytest.raises(ArchiveUnfit, match="Nothing was imported"):
            import_everything(url, file)
    assert is_empty(url)


def locked(file: Path) -> None:
    """The archive as if somebody had put a password on it: the first bit of the flags of every file in it."""
    content = bytearray(file.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 1)
    file.write_bytes(content)


def numbered_too_high(parts: dict[str, bytes]) -> None:
    parts["tables/venues.csv"] = parts["tables/venues.csv"].replace(b"1001", b"9" * 40)


async def test_what_nobody_would_write_is_a_sentence_too(archive: Archived) -> None:
    file, url = archive
    whole = file.read_bytes()
    locked(file)
    with pytest.raises(ArchiveUnfit, match="password required"):
        import_everything(url, file)
    file.write_bytes(whole)
    rewritten(file, numbered_too_high, proved=True)
    with pytest.raises(DatabaseDeclined, match="Nothing was imported"):
        import_everything(url, file)
    assert is_empty(url)


async def test_rows_that_refer_to_nothing_are_refused_though_the_checksums_are_right(
    db: Database, engine_name: str, databases: Databases, tmp_path: Path
) -> None:
    counted = await counter(db, "EUR", 4)
    await counted.come()
    await counted.settle()
    file = tmp_path / "all.zip"
    export_everything(db.url.render_as_string(hide_password=False), file)

    def cut_checks(parts: dict[str, bytes]) -> None:
        parts["tables/checks.csv"] = parts["tables/checks.csv"].split(b"\r\n")[0] + b"\r\n"

    rewritten(file, cut_checks, proved=True)
    url = emptied(databases, engine_name)
    with pytest.raises(ArchiveUnfit, match=r"is not whole: rows of \w+ refer to checks not in it"):
        import_everything(url, file)
    assert is_empty(url)


async def test_another_revision_is_refused(archive: Archived) -> None:
    file, url = archive

    def older(parts: dict[str, bytes]) -> None:
        told = json.loads(parts["manifest.json"]) | {"revision": "0007"}
        parts["manifest.json"] = json.dumps(told).encode()

    rewritten(file, older, proved=True)
    with pytest.raises(OtherRevision, match="is of revision 0007, and this kiosk is of"):
        import_everything(url, file)
    assert is_empty(url)


async def test_a_kiosk_that_has_something_takes_nothing(db: Database, database_url: str, tmp_path: Path) -> None:
    file = await archived(db, tmp_path)
    before = told(database_url)
    with pytest.raises(KioskNotEmpty, match="an archive only comes into an empty one"):
        import_everything(database_url, file)
    assert told(database_url) == before
