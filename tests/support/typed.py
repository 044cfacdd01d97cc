"""Commands as they are typed, and a small restaurant to type them in."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

import pytest
import typer
from typer.testing import CliRunner

from kiosk.__main__ import main
from kiosk.core.db import Database
from tests.support.databases import Databases
from tests.support.house import founded

Typed = Callable[..., tuple[object, str]]
WIDTH = "160"


def small_restaurant(databases: Databases) -> str:
    """Where the database of a small restaurant is that nothing has happened in yet."""
    url = databases.fresh("sqlite")

    async def found() -> None:
        db = Database(url)
        await founded(db)
        await db.close()

    asyncio.run(found())
    return url


def exit_code(*words: str) -> object:
    """Type a command; returns its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["kiosk", *words])
        with pytest.raises(SystemExit) as end:
            main()
    return end.value.code or 0


def output(app: typer.Typer, *words: str) -> str:
    """What a command of an app prints; its refusals are raised."""
    done = CliRunner().invoke(app, words)
    if done.exception and not isinstance(done.exception, SystemExit | typer.Exit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout
