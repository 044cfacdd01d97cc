"""`kiosk export accounting`, `kiosk pay` and `kiosk data`, as they are typed."""

from pathlib import Path

import pytest

from kiosk.__main__ import app
from kiosk.core.alone import AlreadyServing, serve_alone
from kiosk.core.db import Database
from kiosk.core.errors import KioskError
from kiosk.core.settings import load_settings
from kiosk.reports.ledgers_errors import NotForJournals
from tests.reports.making import HEADING, brought_in, open_venue
from tests.reports.test_payroll import at_work
from tests.support.databases import Databases
from tests.support.typed import output

pytestmark = pytest.mark.slow

HEAD = f"{HEADING},category,portion,tender,tip,staff,covers,tax_rate"
ROW = "1,2026-03-06 19:10,Tagliata,2,22.00,Mains,,card,5.00,Marco,2,10"


def typed(*words: str) -> str:
    return output(app, *words)


@pytest.fixture
async def kiosk(db: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("KIOSK_DATABASE_URL", database_url)
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    await open_venue(db)
    await brought_in(db, tmp_path, ROW, heading=HEAD)
    return db


@pytest.fixture
async def marcos_kiosk(kiosk: Database) -> Database:
    """The same, and Marco's sign-ins."""
    await at_work(kiosk)
    return kiosk


def test_the_journal_is_written_where_it_is_asked_for(kiosk: Database) -> None:
    told = typed("export", "accounting", "2026-03-01", "2026-03-31", "--out", "march.csv")
    assert told == "The journal is in march.csv.\n"
    lines = Path("march.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == [
        "date,document,account,account_name,text,tax_rate,debit,credit,currency",
        "2026-03-06,Sales 2026-03-06,1200,Cards,Card,,49.00,,EUR",
        "2026-03-06,Sales 2026-03-06,2300,Tips owed to staff,Tips,,,5.00,EUR",
        "2026-03-06,Sales 2026-03-06,4000,Sales,Turnover 10 %,10,,40.00,EUR",
        "2026-03-06,Sales 2026-03-06,2200,Tax on sales,Tax 10 %,10,,4.00,EUR",
    ]
    with pytest.raises(NotForJournals, match=r"march\.xlsx was not written: the journal is a CSV file"):
        typed("export", "accounting", "2026-03-01", "2026-03-31", "--out", "march.xlsx")


def test_the_payroll_is_written_where_it_is_asked_for(kiosk: Database) -> None:
    assert typed("export", "payroll", "2026-03-01", "2026-03-31", "--out", "pay.csv") == "The payroll is in pay.csv.\n"
    lines = Path("pay.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == [
        "person,first_day,last_day,days,minutes_first_to_last_tap,minutes_signed_in,hours,receipts,covers,sales,net_sales,"
        "tips,wage_an_hour,wage,commission_percent,commission,currency",
        "Marco,2026-03-01,2026-03-31,0,0,0,0.00,1,2,44.00,40.00,5.00,,,,,EUR",
    ]
    with pytest.raises(KioskError, match="the payroll is a CSV file"):
        typed("export", "payroll", "2026-03-01", "2026-03-31", "--out", "pay.xlsx")


def test_what_people_earn_is_agreed_and_paid(marcos_kiosk: Database) -> None:
    assert "Nobody has a wage or a commission yet." in typed("pay")
    for words in (
        ("--wage", "12.50", "--commission", "2.5", "--from", "2026-03-01"),
        ("--wage", "none", "--from", "2026-03-07"),
        ("--wage", "13", "--from", "2026-04-01"),
    ):
        told = typed("pay", "set", "marco", *words)
    assert [line.split() for line in told.splitlines()[1:]] == [
        ["Marco", "2026-03-01", "12.50", "2.5"],
        ["Marco", "2026-03-07", "2.5"],
        ["Marco", "2026-04-01", "13.00", "2.5", "now"],
    ]
    assert "2026-03-07" not in typed("pay", "drop", "Marco", "2026-03-07")
    typed("export", "payroll", "2026-03-01", "2026-03-31", "--out", "pay.csv")
    lines = Path("pay.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1] == "Marco,2026-03-01,2026-03-31,2,990,530,10.50,1,2,44.00,40.00,5.00,12.50,131.25,2.5,1.00,EUR"


def test_everything_goes_out_and_comes_into_another_kiosk(
    kiosk: Database, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "of Al Ponte are in all.zip. Secrets are in it: keep it to yourself." in typed("data", "export", "all.zip")
    monkeypatch.setenv("KIOSK_DATABASE_URL", databases.migrated("sqlite"))
    with serve_alone(load_settings()), pytest.raises(AlreadyServing):
        typed("data", "import", "all.zip")
    told = typed("data", "import", "all.zip")
    assert "of Al Ponte came in from all.zip." in told
    assert "copy the old kiosk's folder “secrets”" in told
    assert "Its journal is whole." in told
    with pytest.raises(KioskError, match="an archive only comes into an empty one"):
        typed("data", "import", "all.zip")


def test_the_help_says_that_secrets_are_in_it() -> None:
    for command in ("export", "import"):
        assert "SECRETS ARE IN IT" in typed("data", command, "--help")


def test_an_archive_that_cannot_be_written_is_refused(kiosk: Database) -> None:
    with pytest.raises(KioskError, match=r"was not written: the folder .* does not exist"):
        typed("data", "export", "nowhere/all.zip")


def test_an_archive_never_takes_the_place_of_a_file_that_is_no_zip(kiosk: Database) -> None:
    Path("kiosk.sqlite").write_text("everything there is")
    with pytest.raises(KioskError, match=r"kiosk.sqlite was not written: an archive of everything is a zip"):
        typed("data", "export", "kiosk.sqlite")
    assert Path("kiosk.sqlite").read_text() == "everything there is"
