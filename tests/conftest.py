"""What every test may ask for: an engine, a fresh migrated database on it, a live kiosk, a browser."""

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import chromium, leftovers, patience
from tests.support.databases import ENGINES, Databases, opened
from tests.support.live import LiveKiosk
from tests.support.mariadb import MariaDB

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext

    from kiosk.core.db import Database
    from tests.support.typed import Typed

ROOM = Path("/dev/shm")
"""Where databases are kept in memory: tests end their processes and not this machine, so no disk need be waited for."""
ROOM_BYTES = 2 << 30
RUN = "kiosk-tests-"
HOME = "TEST_RUN_HOME"
"""Environment variable: the directory all processes of one test run share, made and removed by the first."""
BROWSER_TESTS = Path(__file__).parent / "browser"
LONGEST = (
    *("test_comeback_network", "test_story", "test_pizza_year", "test_settle_desk", "test_comeback", "test_printers"),
    *("test_close", "test_durability", "test_fault_plan", "test_workbook_in_libreoffice"),
)
"""Files that would keep everybody waiting if they came last, the longest first."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""Environment variables: test processes share the cores already, and what they start need not wait for threads."""
ONLY_WHEN_ASKED_FOR = ("bench", "million")
"""Markers of tests that run only when `-m` names them."""


def pytest_configure(config: pytest.Config) -> None:
    """No test sees the settings or the data of the person who runs it; no example has to be quick."""
    patience.for_examples()
    os.environ.update(dict.fromkeys(THREADS, "1"))
    for name in [name for name in os.environ if name.startswith("KIOSK_")]:
        del os.environ[name]
    if not hasattr(config, "workerinput"):
        _sweep_after_the_killed()
        os.environ[HOME] = tempfile.mkdtemp(prefix=f"{RUN}{os.getpid()}-", dir=_has_room())
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ["KIOSK_HOME"] = os.path.join(os.environ[HOME], "home")


def _has_room() -> Path | None:
    """Where the run's databases go; None for where files go that nobody else cares for."""
    is_there = ROOM.is_dir() and os.access(ROOM, os.W_OK)
    return ROOM if is_there and shutil.disk_usage(ROOM).free > ROOM_BYTES else None


def _sweep_after_the_killed() -> None:
    """Put away what a run left in memory that was killed."""
    for home in ROOM.glob(f"{RUN}*-*"):
        pid = home.name.removeprefix(RUN).split("-")[0]
        if not Path("/proc", pid).exists():
            _put_away(home)


def _put_away(home: Path) -> None:
    MariaDB(home / "mariadb").kill()
    shutil.rmtree(home, ignore_errors=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process ends the run's MariaDB and removes its files, however the tests went."""
    if not hasattr(config, "workerinput") and (home := os.environ.pop(HOME, None)):
        _put_away(Path(home))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests are marked by their folder; some tests wait until they are asked for; long files begin first."""
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker("browser")
    unasked = [marker for marker in ONLY_WHEN_ASKED_FOR if marker not in config.option.markexpr]
    waiting = {item for item in items if any(item.get_closest_marker(marker) for marker in unasked)}
    config.hook.pytest_deselected(items=[item for item in items if item in waiting])
    items[:] = sorted((item for item in items if item not in waiting), key=_turn(items))


def _turn(items: list[pytest.Item]) -> Callable[[pytest.Item], tuple[int, Path]]:
    """When a file has its turn: the longest first, then browsers and what is slow; quick ones fill the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}

    def turn(item: pytest.Item) -> tuple[int, Path]:
        if item.path.stem in LONGEST:
            return LONGEST.index(item.path.stem), item.path
        return len(LONGEST) + (not item.get_closest_marker("browser")) + (item.path not in slow), item.path

    return turn


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Each of the processes begins to compile elsewhere, and finds the rest compiled by the others."""
    report = yield
    told = getattr(collector.config, "workerinput", None)
    if told and isinstance(collector, pytest.Directory):
        begin = len(report.result) * int(told["workerid"].removeprefix("gw")) // told["workercount"]
        report.result = report.result[begin:] + report.result[:begin]
    return report


def pytest_collection_finish() -> None:
    """Half a million objects stay for the whole run: rubbish is looked for among the others, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left_running() -> Iterator[None]:
    """Fails the last test of a process where a kiosk, a browser or a database of a test outlives it."""
    yield
    assert leftovers.found(but=os.environ[HOME]) == []


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """Makes databases of every kind, see its methods; most tests want `database_url` or `db`."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    return Databases(Path(os.environ[HOME]), worker)


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Runs the test once on each engine."""
    return str(request.param)


@pytest.fixture
def database_url(engine_name: str, databases: Databases) -> str:
    """A migrated database as no test has touched it, on each engine."""
    return databases.fresh(engine_name)


@pytest.fixture
def empty_database_url(engine_name: str, databases: Databases) -> str:
    """A database without a single table, on each engine; the test may change its tables."""
    return databases.empty(engine_name)


@pytest.fixture
async def db(database_url: str) -> "AsyncIterator[Database]":
    """A migrated database as no test has touched it, opened."""
    database = opened(database_url)
    yield database
    await database.close()


@pytest.fixture
def typed(databases: Databases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Typed":
    """Types a command in a small restaurant, and returns its exit code and what it said."""
    from tests.support import typed

    monkeypatch.setenv("KIOSK_DATABASE_URL", typed.small_restaurant(databases))
    monkeypatch.setenv("COLUMNS", typed.WIDTH)

    def type_it(*words: str) -> tuple[object, str]:
        code, told = typed.exit_code(*words), capsys.readouterr()
        return code, told.out + told.err

    return type_it


@pytest.fixture
def durable_mariadb(tmp_path: Path) -> Iterator[MariaDB]:
    """A MariaDB of the test's own that keeps every promise to the disk, to be killed and started again."""
    server = MariaDB(tmp_path / "mariadb", durable=True)
    server.start()
    server.execute("CREATE DATABASE kiosk CHARACTER SET utf8mb4")
    yield server
    server.kill()


@pytest.fixture
def durable_url(databases: Databases, engine_name: str, request: pytest.FixtureRequest) -> str:
    """A database that keeps every promise to the disk, on each engine; the kiosk that starts on it migrates it."""
    if engine_name == "sqlite":
        return databases.migrated("sqlite")
    server: MariaDB = request.getfixturevalue("durable_mariadb")
    return server.url("kiosk")


@pytest.fixture
def live_kiosk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., LiveKiosk]]:
    """Starts kiosks: `live_kiosk(database_url, port_setting="value")`; shows their console when the test fails.

    `from_disk=True` and whatever is measured starts them as the house does, see LiveKiosk.
    """
    is_measured = request.node.get_closest_marker("bench") is not None
    numbers = count()

    def tell(kiosk: LiveKiosk) -> None:
        request.node.add_report_section("teardown", f"console of {kiosk.url}", kiosk.console)

    with ExitStack() as started:

        def start(database_url: str, *, from_disk: bool = is_measured, **settings: str) -> LiveKiosk:
            kiosk = LiveKiosk(tmp_path / f"kiosk{next(numbers)}", database_url, from_disk=from_disk, **settings)
            started.callback(tell, kiosk)
            return started.enter_context(kiosk)

        yield start


@pytest.fixture(scope="session")
async def browser() -> "AsyncIterator[Browser]":
    """The Chromium of a test process; tests open contexts of their own in it."""
    async with chromium.launched() as browser:
        yield browser


@pytest.fixture(scope="session")
async def shelf(browser: "Browser") -> "AsyncIterator[chromium.Shelf]":
    """Where the tablets lie between tests; the stages some of them stand on end with it."""
    from tests.support.stages import STAGES

    yield chromium.Shelf(browser)
    await STAGES.close()


@pytest.fixture
async def tablet(shelf: "chromium.Shelf", request: pytest.FixtureRequest) -> "AsyncIterator[Callable[..., Any]]":
    """Opens tablets, each with its own cookies: `page = await (await tablet()).new_page()`; see chromium.opened_tablet.

    They are put away with the test: the Chromium outlives it, and an open page asks for its kiosk for ever. Whoever
    measures gets them as they come from the shop.
    """
    is_measured = request.node.get_closest_marker("bench") is not None
    taken: list[BrowserContext] = []

    async def take(**differently: Any) -> "BrowserContext":
        taken.append(await shelf.take(is_new=is_measured, **differently))
        return taken[-1]

    yield take
    for context in taken:
        await shelf.put_back(context)
