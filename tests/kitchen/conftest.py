"""What tests of the kitchen may ask for."""

import pytest

from kiosk.core.db import Database
from tests.support.house import founded
from tests.support.kitchen import Kitchen


@pytest.fixture
async def kitchen(db: Database) -> Kitchen:
    kitchen = Kitchen(await founded(db))
    db.bus.listen(kitchen.facts.append)
    return kitchen
