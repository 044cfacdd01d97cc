"""One kiosk serves a database: a second would not hear of the first one's taps, and would print its receipts again."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url

from kiosk.core.errors import Refused
from kiosk.core.settings import Settings


class AlreadyServing(Refused):
    code = "already_serving"

    def __init__(self, settings: Settings) -> None:
        shown = make_url(settings.database_url).render_as_string(hide_password=True)
        super().__init__(
            f"Another kiosk is serving {shown} already. Stop that one first, "
            "or give this one a database of its own with KIOSK_DATABASE_URL."
        )


def serve_alone(settings: Settings) -> FileLock:
    """Keep every other kiosk of this computer from serving the database for as long as this process lives.

    Raises AlreadyServing, and OSError where the lock's file cannot be made.
    """
    lock = FileLock(_beside(settings), timeout=0)
    try:
        lock.acquire()
    except Timeout as taken:
        raise AlreadyServing(settings) from taken
    return lock


def _beside(settings: Settings) -> Path:
    """Beside the file of SQLite; in the data directory for a database on a server."""
    url = make_url(settings.database_url)
    name = Path(url.database or "kiosk")
    folder = name.parent if url.get_backend_name() == "sqlite" else settings.home
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name.name}.serve.lock"
