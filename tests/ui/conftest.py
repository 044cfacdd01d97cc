"""A restaurant behind its real door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk.core.db import Database
from tests.support import counter
from tests.support.counter import Counter


@pytest.fixture
async def place(db: Database, tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter.opened(db, tmp_path) as place:
        yield place
