"""A kiosk as the house runs it: a process of its own, that can be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Self

import httpx
import pytest

from tests.support import nursery, opening, patience
from tests.support.mariadb import free_port

ROOT = Path(__file__).parents[2]
TAKEN: set[int] = set()
"""Ports of the kiosks of this process that have not been left."""


class LiveKiosk:
    """`kiosk run` on a free loopback port, with its data in `home`; ready when entered, ended when left.

    It comes from the nursery, with its code loaded; `from_disk=True` starts it as the house does.
    """

    def __init__(self, home: Path, database_url: str, *, from_disk: bool = False, **settings: str) -> None:
        self.home = home
        self._database_url = database_url
        self.from_disk = from_disk
        self.port = _port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._console = home / "console.log"
        self._settings = {
            "KIOSK_HOME": str(home),
            "KIOSK_DATABASE_URL": database_url,
            **{f"KIOSK_{name.upper()}": value for name, value in settings.items()},
        }
        self._process: subprocess.Popen[bytes] | nursery.Born | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill9()  # with tablets that nobody has put away yet a goodbye takes seconds
        TAKEN.discard(self.port)

    @property
    def console(self) -> str:
        """All it has printed so far, over its restarts."""
        return self._console.read_text(errors="replace") if self._console.exists() else ""

    def start(self) -> None:
        """Start, and wait until /health answers; fails the test with the console's text after two minutes."""
        is_first = not (self.from_disk or opening.has_secret(self.home)) and opening.is_usual(self._database_url)
        self.home.mkdir(parents=True, exist_ok=True)
        is_founder = is_first and not opening.take(self._database_url, self.home)
        words = ["run", "--host", "127.0.0.1", "--port", str(self.port)]
        if self.from_disk or not nursery.EXISTS:
            self._process = self._started(words)
        else:
            self._process = nursery.NURSERY.bear(words, self._environment(), self._console)
        self._wait_until_healthy()
        if is_founder:
            opening.keep(self._database_url, self.home)

    def _started(self, words: list[str]) -> "subprocess.Popen[bytes]":
        with self._console.open("ab") as console:
            return subprocess.Popen(
                [sys.executable, "-m", "kiosk", *words],
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self) -> None:
        """End it as a service manager would; by force if that takes more than 30 s."""
        if not self._process:
            return
        self._process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience.STOPS)
        self.kill9()

    def freeze(self) -> None:
        """It stands still from now on, as a process whose machine is suspended; `thaw` or `kill9` follows."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it stood still."""
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def kill9(self) -> None:
        """Kill -9, with all it has started: no goodbye, nothing flushed."""
        if not self._process:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(patience.STOPS)
        self._process = None

    def restart(self) -> None:
        """Start again on the same port, home and database, killing it first where it still runs."""
        self.kill9()
        self.start()

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
        # NiceGUI changes its behaviour when it believes that it is under test.
        inherited.pop("PYTEST_CURRENT_TEST", None)
        return {**inherited, **self._settings, "PYTHONUNBUFFERED": "1"}

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + patience.STARTS
        while time.monotonic() < deadline and self._process and self._process.poll() is None:
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/health", timeout=patience.STOPS).status_code == httpx.codes.OK:
                    return
            time.sleep(0.05)
        self.kill9()
        pytest.fail(
            f"The kiosk did not answer on {self.url}/health within {patience.STARTS:g} s."
            f" Its console:\n{self.console[-5000:]}"
        )


@cache
def _usual_port() -> int:
    return free_port()


def _port() -> int:
    """The same one for kiosks that follow each other, since browsers keep a kiosk's files under its address."""
    port = _usual_port()
    if port in TAKEN or not _is_free(port):
        port = free_port()
    TAKEN.add(port)
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
