"""Where a whole job is handed over and nothing comes back: a folder of files, a print queue of this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kiosk.printing.rules import cups_address

PRINTED = "printed"
"""The folder in the data directory that is a printer until there is one."""


@dataclass(frozen=True)
class Made:
    """A job as it is printed: its bytes, the same as plain lines, and how much paper it takes."""

    data: bytes
    text: list[str]
    mm: float


class NotTaken(OSError):
    """Nothing was handed over: it can be done again."""


def into_folder(folder: Path, name: str, made: Made) -> None:
    """A text file and a file of bytes, whole or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    _keep(folder / f"{name}.txt", ("\n".join(made.text) + "\n").encode())
    _keep(folder / f"{name}.bin", made.data)


def _keep(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f"{path.suffix}.part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def into_queue(address: str, made: Made, seconds: float) -> None:
    """To a queue of the computer's print service, as it is. Raises NotTaken, or OSError when it may have been taken."""
    command = shutil.which("lp")
    if command is None:
        raise NotTaken("this computer has no print service: the command lp is missing")
    words = [command, "-d", cups_address(address), "-o", "raw"]
    try:
        done = subprocess.run(words, input=made.data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as late:
        raise OSError("the print service does not answer") from late
    if done.returncode:
        raise NotTaken(" ".join(done.stderr.decode(errors="replace").split())[:200] or "the print service refused it")
