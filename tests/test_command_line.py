"""The command line from outside: whatever goes wrong is one sentence and exit code 2."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kiosk.core.alone import serve_alone
from kiosk.core.settings import load_settings
from tests.support import patience, people
from tests.support.databases import Databases
from tests.support.live import ROOT, LiveKiosk
from tests.support.mariadb import free_port
from tests.support.typed import exit_code, small_restaurant

pytestmark = pytest.mark.slow

PRICES = "category,item,portion,price\nMains,Tagliata,200 g,24.50\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data directory of the test's own, and a port nobody listens on."""
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KIOSK_PORT", str(free_port()))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def refused(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """Types a command that cannot be done, and returns the sentence it ends with."""

    def type_it(line: str) -> str:
        assert exit_code(*line.split()) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        return told.err.strip()

    return type_it


@pytest.fixture
def small(home: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> str:
    """The small restaurant, as the settings name it."""
    url = small_restaurant(databases)
    monkeypatch.setenv("KIOSK_DATABASE_URL", url)
    return url


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("serve", "No such command 'serve'. Type: kiosk --help"),
        ("migrate down", "Got unexpected extra argument(s) (down). Type: kiosk migrate --help"),
        ("report day", "Missing argument 'DATE'. Type: kiosk report day --help"),
        ("report day today --by hour", "No such option: --by. Type: kiosk report day --help"),
        (
            "report day today --format xml",
            "Invalid value for '--format': 'xml' is not one of 'table', 'json'. Type: kiosk report day --help",
        ),
    ],
)
def test_a_mistyped_command_is_told_where_to_look(refused: Callable[[str], str], line: str, sentence: str) -> None:
    assert refused(line) == sentence


def test_the_command_says_one_sentence_and_no_traceback(home: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "menu", "import", "menu.yaml"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "This database has no restaurant yet. Start `kiosk run` once, it founds the sample.\n"


def test_a_data_directory_that_cannot_be_made_is_named(home: Path, refused: Callable[[str], str]) -> None:
    home.write_text("a file")
    assert refused("run").startswith(f"{home} cannot be used (File exists). ")


def test_a_database_that_is_none_is_refused(
    home: Path, refused: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write_text("a file")
    monkeypatch.setenv("KIOSK_DATABASE_URL", f"sqlite:///{home}")
    assert refused("migrate").startswith("The database refused: file is not a database. ")


def test_a_database_that_does_not_answer_is_named_without_its_password(
    refused: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_DATABASE_URL", f"mysql://kiosk:choose-one@127.0.0.1:{free_port()}/kiosk")
    sentence = refused("run")
    assert "does not answer" in sentence
    assert "choose-one" not in sentence


def test_a_certificate_that_is_none_is_named_before_the_kiosk_opens(
    tmp_path: Path, refused: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CERT", "KEY"):
        (tmp_path / name).write_text("no certificate")
        monkeypatch.setenv(f"KIOSK_TLS_{name}", str(tmp_path / name))
    assert refused("run").startswith(f"KIOSK_TLS_CERT {tmp_path}/CERT and KIOSK_TLS_KEY {tmp_path}/KEY cannot be used")


def test_a_house_rule_is_chosen_and_shown(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    for line in ("rules undo_s 3", "rules undo_s"):
        assert exit_code(*line.split()) == 0
        assert " ".join(capsys.readouterr().out.split()).startswith("rule value meaning undo_s 3 how long")


def test_a_house_rule_that_is_none_is_refused(small: str, refused: Callable[[str], str]) -> None:
    assert refused("rules undo 3").startswith("There is no house rule undo. Choose one of hold_courses, ")
    assert refused("rules undo_s 99") == "undo_s cannot be 99: input should be less than or equal to 30."


def test_a_second_kiosk_on_the_same_database_is_refused(small: str, refused: Callable[[str], str]) -> None:
    with serve_alone(load_settings()):
        assert refused("run").startswith(f"Another kiosk is serving {small} already. Stop that one first, ")


def test_a_lost_pepper_is_not_made_anew(small: str, home: Path, refused: Callable[[str], str]) -> None:
    assert refused("run").startswith(f"The secret {home}/secrets/pepper is missing, ")
    assert not (home / "secrets" / "pepper").exists()


@pytest.mark.slow
@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_tablets_hear_of_a_menu_that_a_command_brought_in(
    live_kiosk: Callable[..., LiveKiosk], database_url: str, tmp_path: Path
) -> None:
    kiosk = live_kiosk(database_url)
    tablet = await people.client(kiosk.url, database_url, "Marco")
    before = await tablet.get("/api/view/menu")
    assert {"code": "oven", "name": "Oven"} in before.json()["stations"]
    (tmp_path / "prices.csv").write_text(PRICES)
    env = {**os.environ, "KIOSK_HOME": str(kiosk.home), "KIOSK_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "kiosk", "menu", "import", str(tmp_path / "prices.csv")]
    await asyncio.to_thread(subprocess.run, command, cwd=ROOT, env=env, check=True, capture_output=True)

    async def other_menu() -> httpx.Response | None:
        now = await tablet.get("/api/view/menu")
        return now if now.headers["etag"] != before.headers["etag"] else None

    now = await patience.until(other_menu, "the menu of the command")
    assert [item["name"] for item in now.json()["items"]] == ["Tagliata"]
    await tablet.aclose()
