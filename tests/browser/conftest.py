"""A running trattoria for the tests of a file; whoever needs another has a `house` of its own."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.support.databases import Databases
from tests.support.live import LiveKiosk
from tests.support.tablets import OpenTablet, Tablets


@pytest.fixture(scope="module")
def trattoria(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveKiosk, str]]:
    """The kiosk all tests of a file share, with the sample trattoria on SQLite, and its database."""
    url = databases.migrated("sqlite")
    with LiveKiosk(tmp_path_factory.mktemp("kiosk"), url) as kiosk:
        yield kiosk, url


@pytest.fixture
async def house(trattoria: tuple[LiveKiosk, str], tablet: OpenTablet) -> AsyncIterator[Tablets]:
    """The tablets of one test, which sits at tables of its own; fails the test when one of their pages has a fault."""
    tablets = Tablets(*trattoria, tablet)
    yield tablets
    await tablets.close()
    assert tablets.faults == []
