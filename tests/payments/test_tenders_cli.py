"""`kiosk tenders` as it is typed."""

import asyncio
import sys
from collections.abc import Callable

import pytest

from kiosk.__main__ import main
from kiosk.core.db import Database
from tests.support.databases import Databases
from tests.support.house import founded


@pytest.fixture
def typed(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[object, str]]:
    """Types a command in a small restaurant, and returns its exit code and what it said."""
    url = databases.fresh("sqlite")
    monkeypatch.setenv("KIOSK_DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", "120")

    async def found() -> None:
        db = Database(url)
        await founded(db)
        await db.close()

    asyncio.run(found())

    def type_it(*words: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["kiosk", *words])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        return end.value.code, told.out + told.err

    return type_it


def test_ways_to_pay_are_shown_added_and_taken_off(typed: Callable[..., tuple[object, str]]) -> None:
    code, shown = typed("tenders")
    assert (code or 0) == 0
    assert [line.split()[0] for line in shown.splitlines()[1:]] == ["cash", "card", "wallet", "voucher", "account"]
    code, shown = typed("tenders", "add", "meal_card", "Meal card", "--kind", "card")
    assert " ".join(shown.splitlines()[-1].split()) == "meal_card Meal card card manual yes"
    code, shown = typed("tenders", "off", "wallet")
    (line,) = [line for line in shown.splitlines() if line.split()[:1] == ["wallet"]]
    assert line.split()[-1] == "no"


def test_a_name_with_brackets_is_shown_as_it_was_typed(typed: Callable[..., tuple[object, str]]) -> None:
    _, shown = typed("tenders", "add", "bon", "Bon [/red] :x:")
    assert " ".join(shown.splitlines()[-1].split()) == "bon Bon [/red] :x: other manual yes"
    _, shown = typed("rules", "accounts", "tips=2310 [/red]")
    assert "2310 [/red]" in " ".join(shown.split())


def test_a_way_nobody_knows_is_one_sentence(typed: Callable[..., tuple[object, str]]) -> None:
    code, said = typed("tenders", "off", "gold")
    assert (code, said) == (2, "“gold” is no way to pay here. Take cash, card, wallet, voucher or account.\n")
