"""The forecast for screens: its view, its news, the prep list to take away."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from fastapi import Request, Response

from exports.prep import write_prep
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Database, Read
from kiosk.core.events import Fact
from kiosk.reports.downloads import download, slug
from kiosk.reports.events import ForecastMade
from kiosk.reports.forecast_rules import ONE
from kiosk.reports.forecast_view import PREP_COLUMNS, prep_rows, show_forecast
from kiosk.reports.foresight import Foresight
from kiosk.reports.takings import business_today
from kiosk.ui.gesture import answer
from kiosk.ui.house import House
from kiosk.ui.live import News


def register(kiosk: House) -> Foresight:
    """Make the view `forecast`, its news and its file known; who starts and stops it is the caller."""
    foresight = Foresight(kiosk.db)

    async def show(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_REPORTS)
        return {**kiosk.live.version("day"), **show_forecast(foresight, await business_today(read))}

    async def tell(_read: Read, _facts: list[Fact]) -> Iterable[News]:
        return [news_of(foresight)]

    async def prep(request: Request) -> Response:
        return await prep_file(kiosk.db, foresight, request.state.actor)

    kiosk.views.add("forecast", show)
    kiosk.live.tell((ForecastMade,), tell)
    kiosk.web.add_api_route("/api/export/prep.csv", prep, methods=["GET"])
    return foresight


def news_of(foresight: Foresight) -> News:
    """Which days are told otherwise than before; a screen that shows one of them, or the forecast, reads it again."""
    known = foresight.known
    days = [day.isoformat() for day in (known.first - ONE, *known.days)] if known else []
    return News("day", {"days": days, "forecast": True})


async def prep_file(db: Database, foresight: Foresight, by: Actor) -> Response:
    """What to prepare as CSV, or the refusal as a sentence."""

    async def make() -> Response:
        by.must(Permission.EXPORT)
        day, rows = prep_rows(foresight)
        file = BytesIO()
        write_prep(PREP_COLUMNS, rows, file)
        async with db.read() as read:
            name = f"{slug((await read.venue()).name)}-prep-{day}.csv"
        return download(file.getvalue(), name, "text/csv; charset=utf-8")

    return await answer(make)
