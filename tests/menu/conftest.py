"""A venue with a menu, on each engine."""

import pytest

from kiosk.core.db import Database
from tests.menu import making


@pytest.fixture
async def house(db: Database) -> Database:
    """A database with a venue that has no menu yet."""
    await making.open_venue(db)
    return db


@pytest.fixture
async def trattoria(house: Database) -> Database:
    """A database with a venue and its menu."""
    await making.load(house, making.full_card())
    return house
