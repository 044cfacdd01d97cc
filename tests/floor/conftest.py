"""What tests of the floor may ask for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk.core.db import Database
from tests.support.counter import Counter, opened
from tests.support.floor import Floor, laid_out


@pytest.fixture
async def floor(db: Database) -> Floor:
    return await laid_out(db)


@pytest.fixture
async def counter(db: Database, tmp_path: Path) -> AsyncIterator[Counter]:
    """The small restaurant behind its door."""
    async with opened(db, tmp_path) as counter:
        yield counter
