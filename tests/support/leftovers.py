"""What still runs when the tests have gone: kiosks, browsers and databases that nobody has ended."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support import patience
from tests.support.nursery import NURSERY

TELLING = (" -m kiosk", "tests.support.nursery", "mariadbd", "soffice", "playwright/driver", "/chromium", "/chrome")
"""Words in the command line of a process that a test starts and has to end."""


def found(but: str) -> list[str]:
    """The command lines of what this process has started and not ended, except where they name `but`.

    Waits for what is ending at this moment; then ends the nursery and with it the kiosks that were left.
    """
    until = time.monotonic() + patience.STOPS
    while (left := _left(but)) and time.monotonic() < until:
        time.sleep(patience.LOOKS)
    NURSERY.close()
    return left


def _left(but: str) -> list[str]:
    commands = ((pid, _command(pid)) for pid in _descendants(os.getpid()))
    return [
        command
        for pid, command in commands
        if pid != NURSERY.pid and but not in command and any(word in command for word in TELLING)
    ]


def _descendants(pid: int) -> Iterator[int]:
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, _text(children).split()):
            yield child
            yield from _descendants(child)


def _command(pid: int) -> str:
    """How it was called; empty for what has ended and only waits to be asked for its result."""
    return _text(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
