"""The sample trattoria as the first kiosk of a test run founds it, given to the next: half of what a start costs."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.engine import make_url

SECRET = Path("secrets", "pepper")
"""What the PINs in the database are kept with."""


def _kept() -> Path:
    return Path(os.environ["TEST_RUN_HOME"], "founded")


def has_secret(home: Path) -> bool:
    """Whether a kiosk was here before."""
    return (home / SECRET).exists()


def is_usual(database_url: str) -> bool:
    """Whether it is a migrated database on SQLite that belongs to nobody yet."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database or not Path(url.database).exists():
        return False
    with closing(sqlite3.connect(url.database)) as found:
        is_migrated = found.execute("SELECT 1 FROM sqlite_master WHERE name = 'venues'").fetchone()
        return bool(is_migrated) and not found.execute("SELECT 1 FROM venues").fetchone()


def take(database_url: str, home: Path) -> bool:
    """Put the trattoria into the database, and its secret into the kiosk's home; False where nobody has kept it yet."""
    if not _kept().exists():
        return False
    path = make_url(database_url).database
    assert path
    shutil.copyfile(_kept() / "kiosk.sqlite", path)
    (home / SECRET).parent.mkdir(mode=0o700, parents=True)
    shutil.copy(_kept() / SECRET.name, home / SECRET)
    return True


def keep(database_url: str, home: Path) -> None:
    """Keep what a kiosk has just founded, before anybody does anything in it."""
    path = make_url(database_url).database
    assert path
    making = _kept().with_name(f"founding-{os.getpid()}")
    making.mkdir()
    with closing(sqlite3.connect(path)) as found, closing(sqlite3.connect(making / "kiosk.sqlite")) as copy:
        found.backup(copy)
    shutil.copy(home / SECRET, making / SECRET.name)
    with suppress(OSError):  # another process was as quick
        making.rename(_kept())
