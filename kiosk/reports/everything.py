"""Everything the kiosk knows, written to an archive in one look, and brought into an empty kiosk in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Enum,
    ForeignKeyConstraint,
    Insert,
    Integer,
    LargeBinary,
    NullPool,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    create_engine,
    event,
    exists,
    insert,
    select,
    text,
    type_coerce,
)
from sqlalchemy.exc import SQLAlchemyError

import kiosk.checks.models
import kiosk.floor.models
import kiosk.kitchen.models
import kiosk.menu.models
import kiosk.payments.models
import kiosk.payments.provider_models
import kiosk.payments.till_models
import kiosk.post.models
import kiosk.printing.models
import kiosk.reports.models
import kiosk.staff.models  # noqa: F401 - importing rows fills the metadata
from exports.full import FORMAT, Archive, ArchiveRefused, Kind, Manifest, Shape, opened_archive, write_archive
from kiosk.core import clock
from kiosk.core.migrate import sync_url
from kiosk.core.models import JournalHead, Venue
from kiosk.core.tables import Base, Document, Instant
from kiosk.reports.everything_errors import ArchiveUnfit, DatabaseDeclined, KioskNotEmpty, NothingToTell, OtherRevision

TABLES: Final = tuple(Base.metadata.sorted_tables)
"""Every table, those that others refer to first."""
KINDS: Final = (
    (Instant, Kind.INSTANT),
    (Date, Kind.DAY),
    (LargeBinary, Kind.BYTES),
    ((Integer, BigInteger, Boolean), Kind.WHOLE),
)
RAW: Final = (Document, Enum)
"""Types whose text is taken as it stands in the database, and put there as it stood."""
QUICK, SLOW, SLOWEST = 2000, 200, 4
"""How many rows are held at once: of plain ones, of such as bear documents, of such as bear files."""


def export_everything(url: str, target: Path) -> Manifest:
    """Write every table as it is at one instant. Raises NothingToTell, and ExportRefused with a sentence."""
    with _opened(url, writes=False) as connection:
        made_at = clock.now().isoformat(sep=" ", timespec="seconds")
        manifest = Manifest(FORMAT, _revision(connection), _venue(connection), made_at, _journal(connection), ())
        return write_archive(manifest, ((shape_of(table), _rows(connection, table)) for table in TABLES), target)


def import_everything(url: str, file: Path) -> Manifest:
    """Bring an archive into an empty kiosk: all of it, or nothing at all.

    Raises OtherRevision, KioskNotEmpty, ArchiveUnfit where the archive is damaged, changed or incomplete, and
    DatabaseDeclined where the database has no room for what is in it.
    """
    try:
        with opened_archive(file) as archive, _opened(url, writes=True) as connection:
            _must_fit(connection, archive.manifest, file)
            for table in TABLES:
                _fill(connection, table, archive)
            for table in TABLES:
                _must_have_parents(connection, table, file)
            return archive.manifest
    except ArchiveRefused as refusal:
        raise ArchiveUnfit(str(refusal)) from refusal
    except (SQLAlchemyError, OverflowError) as refused:
        told = " ".join(str(getattr(refused, "orig", None) or refused).split())[:200]
        raise DatabaseDeclined(file, told) from refused


def shape_of(table: Table) -> Shape:
    """A table as an archive has it."""
    columns = {column.name: _kind(column) for column in table.columns}
    if any(isinstance(column.type, LargeBinary) and not column.type.length for column in table.columns):
        return Shape(table.name, columns, SLOWEST)
    is_slow = any(isinstance(column.type, (Document, Text)) for column in table.columns)
    return Shape(table.name, columns, SLOW if is_slow else QUICK)


def _kind(column: Column[Any]) -> Kind:
    return next((kind for types, kind in KINDS if isinstance(column.type, types)), Kind.TEXT)


def _rows(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """The rows of a table in the order of its key, a few in memory at a time."""
    columns = (type_coerce(one, Text()).label(one.name) if isinstance(one.type, RAW) else one for one in table.columns)
    asked: Select[*tuple[Any, ...]] = select(*columns).order_by(*table.primary_key)
    yield from connection.execution_options(yield_per=shape_of(table).pace).execute(asked)


def _fill(connection: Connection, table: Table, archive: Archive) -> None:
    names, shape = [column.name for column in table.columns], shape_of(table)
    statement, rows = _into(table), archive.rows(shape)
    while some := [dict(zip(names, row, strict=True)) for row in islice(rows, shape.pace)]:
        connection.execute(statement, some)


def _into(table: Table) -> Insert:
    raw = {one.name: bindparam(one.name, type_=Text()) for one in table.columns if isinstance(one.type, RAW)}
    return insert(table).values(raw | {one.name: bindparam(one.name) for one in table.columns if one.name not in raw})


def _must_fit(connection: Connection, manifest: Manifest, file: Path) -> None:
    if manifest.revision != (mine := _revision(connection)):
        raise OtherRevision(file, manifest.revision, mine)
    if {one.name for one in manifest.tables} != {table.name for table in TABLES}:
        raise ArchiveRefused(f"{file} does not have the tables of this kiosk")
    for table in TABLES:
        if connection.execute(select(exists(select(table)))).scalar_one():
            raise KioskNotEmpty(table.name)


def _must_have_parents(connection: Connection, table: Table, file: Path) -> None:
    """What a row refers to has to be there: the database was told not to look while they came in."""
    for key in table.foreign_key_constraints:
        if connection.execute(_orphans(table, key)).first():
            raise ArchiveRefused(
                f"{file} is not whole: rows of {table.name} refer to {key.referred_table.name} not in it"
            )


def _orphans(table: Table, key: ForeignKeyConstraint) -> Select[*tuple[Any, ...]]:
    child, parent = table.alias("child"), key.referred_table.alias("parent")
    pairs = [(child.c[one.parent.name], parent.c[one.column.name]) for one in key.elements]
    joined = child.outerjoin(parent, and_(*(mine == theirs for mine, theirs in pairs)))
    is_alone = and_(*(mine.is_not(None) for mine, _ in pairs), pairs[0][1].is_(None))
    return select(text("1")).select_from(joined).where(is_alone).limit(1)


def _revision(connection: Connection) -> str:
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _venue(connection: Connection) -> str:
    name = connection.execute(select(Venue.name).order_by(Venue.id).limit(1)).scalar_one_or_none()
    if name is None:
        raise NothingToTell
    return name


def _journal(connection: Connection) -> str:
    """Where the journal ends, as `kiosk audit verify --anchor` takes it."""
    head = connection.execute(select(JournalHead.seq, JournalHead.digest).limit(1)).first()
    return f"{head.seq}:{head.digest.hex()[:32]}" if head else ""


@contextmanager
def _opened(url: str, *, writes: bool) -> Iterator[Connection]:
    """One transaction that sees one instant; what it wrote is there when it ends well, and else nothing of it."""
    engine = _engine(url, writes=writes)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _engine(url: str, *, writes: bool) -> Engine:
    made = sync_url(url)
    if made.get_backend_name() != "sqlite":
        first = "SET time_zone='+00:00', net_write_timeout=3600, net_read_timeout=3600, foreign_key_checks=0"
        strict = f"{first}, sql_mode=CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')"
        how = {"charset": "utf8mb4", "init_command": strict, "connect_timeout": 10}
        return create_engine(
            made, connect_args=how, poolclass=NullPool, hide_parameters=True, isolation_level="REPEATABLE READ"
        )
    engine = create_engine(made, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _prepare_writer if writes else _prepare_reader)
    event.listen(engine, "begin", lambda one: one.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN"))
    return engine


def _prepare_reader(connection: Any, _record: Any) -> None:
    _prepare(connection, "busy_timeout=10000", "query_only=ON")


def _prepare_writer(connection: Any, _record: Any) -> None:
    _prepare(connection, "busy_timeout=10000", "foreign_keys=OFF", "synchronous=FULL")


def _prepare(connection: Any, *pragmas: str) -> None:
    connection.isolation_level = None
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
