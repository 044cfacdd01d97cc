"""What tests of the floor may ask for."""

import pytest

from kiosk.core.db import Database
from tests.support.floor import Floor, laid_out


@pytest.fixture
async def floor(db: Database) -> Floor:
    return await laid_out(db)
