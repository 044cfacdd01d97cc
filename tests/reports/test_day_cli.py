"""`kiosk x`, `kiosk close` and `kiosk daybook` as they are typed."""

from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook

from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.core.money import AmountUnreadable, Currency
from kiosk.payments import drawers, service
from kiosk.payments.rules import Given
from kiosk.reports import day_cli
from kiosk.reports.day_cli import read_count
from kiosk.reports.errors import CountUnreadable
from tests.support.house import founded
from tests.support.typed import output

pytestmark = pytest.mark.slow

APP = typer.Typer()
for command in (day_cli.x, day_cli.close, day_cli.daybook):
    APP.command()(command)


@pytest.fixture
async def evening(db: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A drawer with 10.00, a check of 7.00 paid in cash and one that is open; the kiosk's home."""
    monkeypatch.setenv("KIOSK_DATABASE_URL", database_url)
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path))
    house = await founded(db)
    await house.act(drawers.open_drawer, 1, 1000)
    for label in ("1", "2"):
        check_id = await house.seat(label)
        await house.ring(check_id)
        await house.send(check_id)
        if label == "1":
            await house.act(service.settle, check_id, 700, [Given("cash", 1000)])
    return tmp_path


def typed(*words: str) -> str:
    return " ".join(output(APP, *words).split())


def test_x_and_the_daybook_are_printed(evening: Path) -> None:
    assert "X report" in typed("x")
    assert "Cash, 1 7.00 Tenders 7.00" in typed("x")
    book = typed("daybook")
    assert "sale 1 command line Cash, drawer 1 7.00 17.00" in book
    assert "opening 10.00, sales 7.00 (1), refunds and corrections 0.00, expenses 0.00," in book
    assert "safe 0.00, balance 17.00" in book
    assert "float" not in typed("daybook", "today", "--kind", "sale")


def test_a_day_is_counted_and_closed_with_its_workbook(evening: Path) -> None:
    with pytest.raises(KioskError) as refusal:
        typed("close")
    assert "Table 2 is not paid, 7.00, command line. Drawer 1 is not counted" in refusal.value.sentence
    told = typed("close", "--count", "1=10x1,5x1,1x1", "--reason", "A coin rolled away", "--carry-over", "They stay")
    assert "Z report 1" in told
    assert "Short -1.00 A coin rolled away" in told
    assert "Carried over Table 2 (command line) 7.00" in told
    book = load_workbook(evening / "exports" / "day-1.xlsx")
    assert [cell.value for cell in book["Drawers"][2]][11:14] == [17, 16, -1]


def test_a_till_without_a_drawer_cannot_be_counted(evening: Path) -> None:
    with pytest.raises(KioskError, match="Drawer 2 is closed"):
        typed("close", "--count", "2=10x1")


def test_a_count_is_read_as_it_is_typed() -> None:
    assert read_count("2=50x7,0.50x8,50x1", Currency("EUR")) == (2, {"5000": 8, "50": 8})
    assert read_count("1=", Currency("EUR")) == (1, {})


@pytest.mark.parametrize("told", ["1", "=50x1", "one=50x1", "1=50", "1=50x-1", "1=50xmany"])
def test_what_is_no_count_is_refused(told: str) -> None:
    with pytest.raises(CountUnreadable, match="Write the till and its pieces"):
        read_count(told, Currency("EUR"))


def test_half_a_cent_is_no_piece() -> None:
    with pytest.raises(AmountUnreadable):
        read_count("1=0.005x1", Currency("EUR"))
