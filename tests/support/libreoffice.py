"""LibreOffice, to open the workbooks as an accountant would: it computes every formula anew."""

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

SECONDS = 600
EVERY_SHEET_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def find() -> str:
    """Where LibreOffice is; skips the test where there is none (`.ci/run` installs it first)."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        pytest.skip("LibreOffice is not installed. Type: sudo apt-get install libreoffice-calc")
    return found


def convert(document: Path, kind: str, folder: Path) -> list[Path]:
    """Convert a document to `pdf` or to another of LibreOffice's kinds; the files it made, in order of name."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        find(),
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(document),
    ]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
    )
    made = sorted(path for path in folder.iterdir() if path.is_file())
    assert made, f"LibreOffice made nothing of {document.name}: {done.stdout}{done.stderr}"
    return made


def sheets(workbook: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Every sheet's cells as LibreOffice shows them, by the sheet's name."""
    return {
        made.stem.removeprefix(f"{workbook.stem}-"): _rows(made)
        for made in convert(workbook, EVERY_SHEET_AS_SHOWN, folder)
    }


def _rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))
