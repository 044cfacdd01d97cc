"""Figures, workbooks read back, and LibreOffice to reckon what a workbook only asks for."""

import os
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from exports.figures import Figures
from exports.workbook import workbook_bytes
from tests.exports.samples import EVENING, figures_of
from tests.support.libreoffice import SECONDS, find


@pytest.fixture
def evening() -> Figures:
    """A small evening of four receipts, one of them a refund, 92.50 euros in all."""
    return figures_of(EVENING)


@pytest.fixture
def opened() -> Callable[[Figures], Workbook]:
    """Write figures to a workbook and read it back as written, formulas and all."""
    return lambda figures: load_workbook(BytesIO(workbook_bytes(figures)))


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Path], str], Path]:
    """Convert files with a LibreOffice that has a profile of its own; return the folder of the results."""
    if os.environ.get("CI") and not shutil.which("soffice"):
        pytest.fail("LibreOffice is absent, and here its tests must not be skipped: apt-get install libreoffice-calc")
    program = find()
    profile = tmp_path_factory.mktemp("libreoffice")

    def convert(files: list[Path], to: str) -> Path:
        folder = tmp_path_factory.mktemp("converted")
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", to]
        command += ["--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return folder

    return convert
