"""A running trattoria for the tests of a file, or one for each test; whoever needs another has a `house` of its own."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

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
    async with on_tables(Tablets(*trattoria, tablet)) as tablets:
        yield tablets


@pytest.fixture
async def own_house(
    databases: Databases, live_kiosk: Callable[..., LiveKiosk], tablet: OpenTablet
) -> AsyncIterator[Tablets]:
    """The same in a trattoria that no other test has been in."""
    url = databases.fresh("sqlite")
    async with on_tables(Tablets(live_kiosk(url), url, tablet)) as tablets:
        yield tablets


@asynccontextmanager
async def on_tables(tablets: Tablets) -> AsyncIterator[Tablets]:
    yield tablets
    await tablets.close()
    assert tablets.faults == []
