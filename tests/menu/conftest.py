"""A venue with a menu, on each engine."""

import pytest

from kiosk.core.db import Database
from tests.menu import making
from tests.support.kept import kept


@pytest.fixture
async def house(db: Database) -> Database:
    """A database with a venue that has no menu yet."""
    await making.open_venue(db)
    return db


@pytest.fixture
async def trattoria(db: Database) -> Database:
    """A database with a venue and its menu."""

    async def opened() -> None:
        await making.open_venue(db)
        await making.load(db, making.full_card())

    await kept(db, "trattoria", opened)
    return db
