"""Where kiosks are born quickly: a process that has loaded the kiosk's code and becomes a kiosk whenever it is asked.

Each kiosk is a process of its own all the same, in a session of its own, ended by the same signals. It is spared
only what every start has in common, one second of loading code. Kiosks end with the nursery, and the nursery with the
process that asked it, however that ends.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[2]
EXISTS = hasattr(os, "pidfd_open")
"""Where one process may wait for the end of another's child; elsewhere kiosks are started from disk."""


class Born:
    """A kiosk's process: as much of a `subprocess.Popen` as its keeper asks of one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._file = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """None while it runs."""
        return None if not self._has_ended(0) else 0

    def wait(self, timeout: float) -> None:
        """Until it has ended; raises `subprocess.TimeoutExpired` after so many seconds."""
        if not self._has_ended(timeout):
            raise subprocess.TimeoutExpired("kiosk", timeout)

    def send_signal(self, what: signal.Signals) -> None:
        if self._file >= 0:
            signal.pidfd_send_signal(self._file, what)

    def _has_ended(self, seconds: float) -> bool:
        if self._file < 0:
            return True
        if not select.select([self._file], [], [], seconds)[0]:
            return False
        os.close(self._file)
        self._file = -1
        return True


class Nursery:
    """The one of this test process."""

    @property
    def pid(self) -> int | None:
        """None as long as nobody asked for a kiosk."""
        return self._process.pid if "_process" in self.__dict__ else None

    def bear(self, words: list[str], environment: dict[str, str], console: Path) -> Born:
        """A process of `kiosk` with these words, in this environment, that prints to this file."""
        order = {"words": words, "environment": environment, "console": str(console)}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Born(int(self._process.stdout.readline()))

    def close(self) -> None:
        """End it, and what is left of its kiosks."""
        if "_process" in self.__dict__:
            self._process.communicate()
            del self._process

    @cached_property
    def _process(self) -> subprocess.Popen[str]:
        environment = {name: value for name, value in os.environ.items() if not _is_of_the_test(name)}
        command = [sys.executable, "-m", "tests.support.nursery"]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True, start_new_session=True
        )


def _is_of_the_test(name: str) -> bool:
    # NiceGUI changes its behaviour when it believes that it is under test.
    return name.startswith("KIOSK_") or name == "PYTEST_CURRENT_TEST"


NURSERY = Nursery()


def main() -> None:
    """Bear one kiosk for each line that is read, and say its process id."""
    _load_everything()
    children = []
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for order in sys.stdin:
        pid = os.fork()
        if not pid:
            _be_a_kiosk(**json.loads(order))
        children.append(pid)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
    for pid in children:
        _end(pid)


def _load_everything() -> None:
    import gc

    import aiomysql  # noqa: F401
    import uvicorn.protocols.http.httptools_impl
    import uvicorn.protocols.websockets.wsproto_impl  # noqa: F401

    import kiosk.__main__
    import kiosk.app
    import kiosk.sample  # noqa: F401
    from kiosk.reports import bindery

    bindery.BEFOREHAND = False
    gc.collect()
    gc.freeze()


def _be_a_kiosk(words: list[str], environment: dict[str, str], console: str) -> NoReturn:
    from kiosk.__main__ import main as kiosk

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _print_to(console)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["kiosk", *words]
    kiosk()
    raise SystemExit


def _print_to(console: str) -> None:
    said: Any = sys.stdout
    said.reconfigure(line_buffering=True)
    with open(os.devnull, "rb") as nothing, open(console, "ab") as file:
        os.dup2(nothing.fileno(), 0)
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)


def _end(pid: int) -> None:
    try:
        if os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    main()
