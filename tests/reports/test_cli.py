"""The command line as it is typed: figures on the terminal, one sentence and exit code 2 when it cannot be."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import typer
from openpyxl import load_workbook
from rich.console import Console

from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.core.money import Currency
from kiosk.reports import cli, printed
from kiosk.reports.errors import DayUnreadable
from kiosk.reports.rules import day_of
from tests.reports.making import HEADING, brought_in, open_venue, sales_file
from tests.support.typed import output

pytestmark = pytest.mark.slow

ROWS = (
    "1,2026-03-06 19:10,Tagliata,2,22.00,Mains,,card,5.00,Marco,2,10",
    "2,2026-03-06 20:15,Diavola,1,11.50,Pizza,Medium,cash,,Elena,1,10",
    "3,2026-03-07 12:15,Diavola,100,11.50,Pizza,Medium,cash,,Elena,1,10",
)
APP = typer.Typer()
APP.add_typer(cli.sales, name="sales")
APP.add_typer(cli.report, name="report")
APP.add_typer(cli.export, name="export")
HEAD = f"{HEADING},category,portion,tender,tip,staff,covers,tax_rate"


@pytest.fixture
async def kiosk(db: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A venue with two evenings behind it, as the settings name it."""
    monkeypatch.setenv("KIOSK_DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    await open_venue(db)
    await brought_in(db, tmp_path, *ROWS, heading=HEAD)
    return db


def typed(*words: str) -> str:
    return output(APP, *words)


def refused(*words: str) -> str:
    with pytest.raises(KioskError) as refusal:
        typed(*words)
    return refusal.value.sentence


def test_a_day_is_printed_with_its_figures_to_the_right(kiosk: Database) -> None:
    lines = [" ".join(line.split()) for line in typed("report", "day", "2026-03-06").splitlines()]
    assert "Al Ponte, Friday 2026-03-06, amounts in EUR" in lines
    assert "Turnover 55.50" in lines
    assert "Tips 5.00" in lines
    assert "Mains Tagliata 2 44.00" in lines
    assert "Card 1 0 44.00 5.00" in lines
    assert "10 % 50.45 5.05 55.50" in lines
    assert not any("…" in line for line in lines)


def test_amounts_end_in_one_column(kiosk: Database) -> None:
    lines = typed("report", "range", "2026-03-01", "2026-03-31", "--by", "item").splitlines()
    ends = {
        line.index(amount) + len(amount)
        for line in lines
        for amount in ("44.00", "1,161.50", "1,205.50")
        if amount in line
    }
    assert len(ends) == 1


def test_a_day_as_json_has_amounts_as_decimal_text(kiosk: Database) -> None:
    told = json.loads(typed("report", "day", "2026-03-06", "--format", "json"))
    assert (told["turnover"], told["net"], told["tips"], told["checks"]) == ("55.50", "50.45", "5.00", 2)
    assert told["hours"][0] == {"hour": 19, "receipts": 1, "pieces": 2, "turnover": "44.00"}
    assert "days" not in told


def test_a_range_is_told_in_whole_or_by_one_dimension(kiosk: Database) -> None:
    whole = json.loads(typed("report", "range", "2026-03-01", "2026-03-31", "--format", "json"))
    assert (whole["turnover"], [day["day"] for day in whole["days"]]) == ("1205.50", ["2026-03-06", "2026-03-07"])
    told = json.loads(typed("report", "range", "2026-03-01", "2026-03-31", "--by", "month", "--format", "json"))
    assert told["rows"] == [{"month": "2026-03", "receipts": 3, "covers": 4, "pieces": 103, "turnover": "1205.50"}]
    table = typed("report", "range", "2026-03-01", "2026-03-31", "--by", "staff")
    elena = next(line.split() for line in table.splitlines() if "Elena" in line)
    assert elena == ["Elena", "2", "2", "1,161.50", "580.75", "0.00", "0.00", "0.00", "0.00"]
    together = next(line.split() for line in table.splitlines() if "Together" in line)
    assert together == ["Together", "3", "4", "1,205.50", "0.00", "0.00", "0.00", "5.00"]


@pytest.mark.parametrize(
    "by", ["day", "month", "item", "category", "portion", "hour", "staff", "tender", "course", "whole_item"]
)
def test_every_dimension_can_be_typed(kiosk: Database, by: str) -> None:
    assert "1,205.50" in typed("report", "range", "2026-03-01", "2026-03-31", "--by", by)


@pytest.mark.parametrize("by", ["modifier", "deed", "void_reason", "comp_reason", "discount_reason", "refund_reason"])
def test_what_never_happened_is_said_so(kiosk: Database, by: str) -> None:
    assert "Nothing of the kind in these days." in typed("report", "range", "2026-03-01", "2026-03-31", "--by", by)


def test_what_stands_out_of_a_time_is_told_below_it(kiosk: Database) -> None:
    days = ("report", "range", "2026-03-01", "2026-03-31", "--by", "day")
    assert [line for line in typed(*days).splitlines() if ": 2026" in line] == [
        "Busiest: 2026-03-06, 2 receipts, 55.50",
        "Best: 2026-03-07, 1 receipt, 1,150.00",
        "Quietest: 2026-03-07, 1 receipt, 1,150.00",
    ]
    told = json.loads(typed(*days, "--format", "json"))["peaks"]
    assert {what: row["day"] for what, row in told.items()} == {
        **dict.fromkeys(["best", "quietest"], "2026-03-07"),
        "busiest": "2026-03-06",
    }


def test_a_day_without_sales_says_so(kiosk: Database) -> None:
    assert "Nothing was sold." in typed("report", "day", "2026-03-08")
    assert "Nothing was sold." in typed("report", "range", "2026-03-08", "2026-03-09", "--by", "item")


def test_today_is_the_business_day_that_is_going_on(kiosk: Database) -> None:
    today = clock.business_day(clock.now(), timezone="Europe/Rome", cutover_minutes=240)
    assert json.loads(typed("report", "day", "today", "--format", "json"))["first_day"] == today.isoformat()


def test_a_day_goes_into_a_workbook_named_after_it(kiosk: Database, tmp_path: Path) -> None:
    assert typed("export", "day", "2026-03-06") == "The figures are in kiosk-2026-03-06.xlsx.\n"
    book = load_workbook(tmp_path / "kiosk-2026-03-06.xlsx", read_only=True)
    assert book.sheetnames[0] == "Summary"
    book.close()


def test_a_range_goes_into_a_workbook_or_a_list_of_receipts(kiosk: Database, tmp_path: Path) -> None:
    typed("export", "range", "2026-03-06", "2026-03-07")
    assert (tmp_path / "kiosk-2026-03-06-to-2026-03-07.xlsx").stat().st_size > 5_000
    typed("export", "range", "2026-03-06", "2026-03-07", "--out", "all.csv")
    assert len((tmp_path / "all.csv").read_text("utf-8-sig").splitlines()) == 4
    typed("export", "range", "2026-03-06", "2026-03-07", "--out", "all.pdf")
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")
    typed("export", "range", "2026-03-06", "2026-03-07", "--out", "all.zip")
    with ZipFile(tmp_path / "all.zip") as sheets:
        weeks = sheets.read("04-weeks.csv").decode("utf-8-sig").splitlines()
        assert "balance,Balance,BALANCED" in sheets.read("01-summary.csv").decode("utf-8-sig").splitlines()
    assert weeks == ["week,receipts,covers,pieces,turnover", "2026-03-02,3,4,103,1205.50"]


def test_a_history_comes_in_by_one_command(kiosk: Database, tmp_path: Path) -> None:
    path = sales_file(tmp_path, ["9,2026-03-08 19:10,Diavola,3,11.50"], name="more.csv")
    assert typed("sales", "import", str(path)) == (
        "1 receipt with 1 line came in, 34.50 EUR from 2026-03-08 to 2026-03-08.\n"
    )
    assert refused("sales", "import", str(path)).startswith("more.csv has receipts that were imported before: 9.")


def test_what_cannot_be_meant_is_one_sentence(kiosk: Database, tmp_path: Path) -> None:
    assert refused("report", "day", "6.3.2026") == ("“6.3.2026” is not a date. Write it like 2015-11-27, or “today”.")
    assert refused("report", "range", "2026-03-07", "2026-03-06", "--by", "day") == (
        "The range ends on 2026-03-06, before its first day 2026-03-07. Name the earlier day first."
    )
    assert refused("export", "day", "2026-03-06", "--out", "figures.doc") == (
        "figures.doc was not written: name it .xlsx for the workbook that reckons itself, .zip for a zip with every "
        "sheet as CSV, .pdf for the sheets on A4 or .csv for the receipts alone."
    )
    assert "the folder" in refused("export", "day", "2026-03-06", "--out", "nowhere/figures.xlsx")
    assert refused("sales", "import", "gone.csv") == (
        "gone.csv cannot be read: No such file or directory. Nothing was imported."
    )
    assert list(tmp_path.glob("*.xlsx")) == []


def test_amounts_are_written_with_the_currencys_decimals() -> None:
    told = [printed.amount(Currency(code), 1_234_567) for code in ("JPY", "EUR", "BHD")]
    assert told == ["1,234,567", "12,345.67", "1,234.567"]
    assert printed.amount(Currency("EUR"), -205) == "-2.05"


def test_names_cannot_move_the_cursor_or_style_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("[bold]Wine", "Chi\x1b[2Janti", "", 1, 600)]
    table = printed._table("Items", ("category", "item", "portion", "pieces", "turnover"), rows, Currency("EUR"), set())
    Console(markup=False, width=100).print(table)
    shown = capsys.readouterr().out
    assert "[bold]Wine" in shown
    assert "\x1b" not in shown


def test_a_date_is_today_or_iso() -> None:
    today = date(2026, 3, 6)
    assert [day_of(text, today) for text in ("today", "Today", "2015-11-27")] == [today, today, date(2015, 11, 27)]
    with pytest.raises(DayUnreadable):
        day_of("2015-02-30", today)


@pytest.mark.slow
@pytest.mark.parametrize("words", [("report", "day", "2015-13-01"), ("sales", "import", "gone.csv")])
def test_the_kiosk_ends_with_code_two_and_no_traceback(tmp_path: Path, words: tuple[str, ...], databases: Any) -> None:
    environment = {"KIOSK_HOME": str(tmp_path), "KIOSK_DATABASE_URL": databases.fresh("sqlite"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *words],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "This database has no restaurant yet. Start `kiosk run` once, it founds the sample."
    ]
