"""Everything a kiosk knows as one zip: a CSV of every table and a manifest that tells what each of them has to be.

A value that is not there is \\N. Text that a spreadsheet would take for a formula, or that begins with a backslash, is
led by a backslash, which is taken off again when it is read: an archive gives back what was put in, to the byte.
"""

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from exports.files import write_out

FORMAT: Final = "kiosk-data-1"
MANIFEST: Final = "manifest.json"
NOTHING: Final = "\\N"
LED: Final = ("\\", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_FIELD: Final = 64 << 20
LONGEST_MANIFEST: Final = 4 << 20
STAMP: Final = (1980, 1, 1, 0, 0, 0)
PRIVATE: Final = 0o600


class ArchiveRefused(Exception):
    """The archive is not what it was when it was written; the words say where."""


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    BYTES = "bytes"
    INSTANT = "instant"
    DAY = "day"


def _led(text: str) -> str:
    return f"\\{text}" if text.startswith(LED) else text


_INTO: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.TEXT: _led,
    Kind.WHOLE: lambda number: str(int(number)),
    Kind.BYTES: bytes.hex,
    Kind.INSTANT: lambda at: at.astimezone(UTC).isoformat(sep=" ", timespec="microseconds"),
    Kind.DAY: date.isoformat,
}
_OUT_OF: Final[dict[Kind, Callable[[str], Any]]] = {
    Kind.TEXT: lambda field: field.removeprefix("\\"),
    Kind.WHOLE: int,
    Kind.BYTES: bytes.fromhex,
    Kind.INSTANT: datetime.fromisoformat,
    Kind.DAY: date.fromisoformat,
}


@dataclass(frozen=True)
class Shape:
    """A table's name and its columns with what they hold, in their order; `pace` is how many rows are held at once."""

    name: str
    columns: dict[str, Kind]
    pace: int = 1000


@dataclass(frozen=True)
class Told:
    """What the manifest says of a table."""

    name: str
    file: str
    columns: dict[str, str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive is of: the schema's revision, the venue, when, where its journal ended, and its tables."""

    format: str
    revision: str
    venue: str
    made_at: str
    journal: str
    tables: tuple[Told, ...]


def write_archive(
    manifest: Manifest, tables: Iterable[tuple[Shape, Iterable[Sequence[Any]]]], target: Path
) -> Manifest:
    """Write the tables as they come and the manifest after them; only the file's owner may read it.

    Returns the manifest with what was written. Raises ExportRefused with a sentence when the file cannot be written.
    """
    written: list[Told] = []

    def fill(file: Any) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
            written.extend(_write_table(pack, shape, rows) for shape, rows in tables)
            told = _packed(Manifest(**{**vars(manifest), "tables": tuple(written)}))
            pack.writestr(_entry(MANIFEST), told)
            pack.comment = hashlib.sha256(told).hexdigest().encode()

    write_out(target, fill, mode=PRIVATE)
    return Manifest(**{**vars(manifest), "tables": tuple(written)})


def _packed(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = PRIVATE << 16
    return entry


def _write_table(pack: zipfile.ZipFile, shape: Shape, rows: Iterable[Sequence[Any]]) -> Told:
    file, digest, count = f"tables/{shape.name}.csv", hashlib.sha256(), -1
    into = [_INTO[kind] for kind in shape.columns.values()]
    fields = ([NOTHING if one is None else write(one) for write, one in zip(into, row, strict=True)] for row in rows)
    lines = chain([list(shape.columns)], fields)
    with pack.open(_entry(file), "w", force_zip64=True) as member:
        while some := list(islice(lines, shape.pace)):
            text = io.StringIO(newline="")
            csv.writer(text).writerows(some)
            data = text.getvalue().encode()
            digest.update(data)
            member.write(data)
            count += len(some)
    return Told(shape.name, file, {name: kind.value for name, kind in shape.columns.items()}, count, digest.hexdigest())


@contextmanager
def opened_archive(file: Path) -> Iterator["Archive"]:
    """The archive in a file. Raises ArchiveRefused with a sentence when it is none, is damaged or incomplete."""
    with _whole(file), zipfile.ZipFile(file) as pack:
        yield Archive(file, pack, _manifest(file, pack))


@contextmanager
def _whole(file: Path) -> Iterator[None]:
    """What a damaged file, or one that somebody locked with a password, does to whoever reads it, as a sentence."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, csv.Error) as damage:
        raise ArchiveRefused(f"{file} is damaged or no archive of a kiosk ({damage})") from damage
    except OSError as trouble:
        raise ArchiveRefused(f"{file} cannot be read ({trouble.strerror or trouble})") from trouble


def _manifest(file: Path, pack: zipfile.ZipFile) -> Manifest:
    names = pack.namelist()
    if MANIFEST not in names or pack.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
        raise ArchiveRefused(f"{file} has no manifest: it is no archive of a kiosk, or not all of one")
    told = pack.read(MANIFEST)
    if hashlib.sha256(told).hexdigest().encode() != pack.comment:
        raise ArchiveRefused(f"{file} was changed: its manifest is not the one that was written")
    try:
        read = json.loads(told)
        manifest = Manifest(**{**read, "tables": tuple(Told(**one) for one in read["tables"])})
    except (ValueError, TypeError, KeyError) as unreadable:
        raise ArchiveRefused(f"{file} has a manifest that cannot be read ({unreadable})") from unreadable
    if not all(isinstance(one.file, str) and isinstance(one.name, str) for one in manifest.tables):
        raise ArchiveRefused(f"{file} has a manifest that cannot be read (a table without a name or a file)")
    if manifest.format != FORMAT:
        raise ArchiveRefused(f"{file} is of the form {manifest.format}; this kiosk reads {FORMAT}")
    if sorted(names) != sorted([MANIFEST, *(one.file for one in manifest.tables)]):
        raise ArchiveRefused(f"{file} is not whole: its files are not those that its manifest names")
    return manifest


class Archive:
    """An archive that is open; its tables are proved as they are read."""

    def __init__(self, file: Path, pack: zipfile.ZipFile, manifest: Manifest) -> None:
        self._file, self._pack, self.manifest = file, pack, manifest

    def rows(self, shape: Shape) -> Iterator[list[Any]]:
        """The rows of a table as they were put in. Raises ArchiveRefused, at the latest after the last of them."""
        told = next((one for one in self.manifest.tables if one.name == shape.name), None)
        if told is None or told.columns != {name: kind.value for name, kind in shape.columns.items()}:
            raise ArchiveRefused(f"{self._file} does not have the table {shape.name} as this kiosk knows it")
        with _whole(self._file), self._pack.open(told.file) as member:
            source = _Hashing(member)
            yield from self._decoded(source, shape, told)
        if source.digest.hexdigest() != told.sha256:
            raise self._changed(told)

    def _decoded(self, source: "_Hashing", shape: Shape, told: Told) -> Iterator[list[Any]]:
        csv.field_size_limit(LONGEST_FIELD)
        lines = csv.reader(io.TextIOWrapper(io.BufferedReader(source), encoding="utf-8", newline=""), strict=True)
        out_of, count = [_OUT_OF[kind] for kind in shape.columns.values()], -1
        try:
            for count, line in enumerate(lines):
                if count:
                    yield [None if one == NOTHING else read(one) for read, one in zip(out_of, line, strict=True)]
                elif line != list(shape.columns):
                    raise self._changed(told)
        except ValueError as unreadable:
            raise self._changed(told) from unreadable
        if count != told.rows:
            raise self._changed(told)

    def _changed(self, told: Told) -> ArchiveRefused:
        return ArchiveRefused(f"{self._file} was changed or damaged: {told.file} is not what its manifest says")


class _Hashing(io.RawIOBase):
    """A stream whose bytes are counted into a digest as they pass."""

    def __init__(self, source: Any) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        data: bytes = self._source.read(len(room))
        self.digest.update(data)
        room[: len(data)] = data
        return len(data)
