"""The day for those who answer for it: its page, its figures, its workbook, its news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import Request, Response
from nicegui import app as web
from nicegui import ui

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read
from kiosk.core.elsewhere import Elsewhere
from kiosk.core.events import Fact
from kiosk.payments.events import ReceiptIssued
from kiosk.payments.till_events import DayClosed
from kiosk.reports import day_first, forecast_acts, life_acts, pay_acts, queries
from kiosk.reports.bindery import WARM_AFTER_S, Bindery
from kiosk.reports.dashboard import Fold, show_now
from kiosk.reports.day_books import DayBooks
from kiosk.reports.daybook_view import show_daybook
from kiosk.reports.downloads import day_book, range_file
from kiosk.reports.events import SalesImported
from kiosk.reports.foresight import Foresight
from kiosk.reports.panels import DayBoard
from kiosk.reports.report_view import show_behind, show_report
from kiosk.reports.rolling import Roller
from kiosk.reports.sales import SERIES
from kiosk.reports.view import show_day
from kiosk.ui import frame
from kiosk.ui.house import House
from kiosk.ui.live import News


def register(kiosk: House) -> None:
    """Make the day's page, the views of figures, their news and their files known."""
    bindery = Bindery()
    books = DayBooks(kiosk.db, kiosk.settings.home, bindery, has_post=bool(kiosk.settings.smtp_host))
    kiosk.live.tell((ReceiptIssued,), tell)
    kiosk.live.tell((SalesImported,), tell_imported)
    heard = {"sales_imported": SalesImported(), "history_filled": SalesImported(), "day_closed": DayClosed()}
    imports = Elsewhere(kiosk.db, heard)
    roller, foresight = Roller(kiosk.db), forecast_acts.register(kiosk)
    web.on_startup(imports.start)
    web.on_startup(roller.start)
    web.on_shutdown(roller.stop)
    web.on_startup(foresight.start)
    web.on_shutdown(foresight.stop)
    web.on_startup(books.start)
    web.on_shutdown(books.stop)
    web.on_shutdown(imports.stop)
    web.on_shutdown(bindery.close)
    _show(kiosk, bindery, foresight)
    _give_away(kiosk, bindery, books)
    life_acts.register(kiosk)
    pay_acts.register(kiosk)

    def page(request: Request) -> None:
        _warm(kiosk, bindery, request.state.actor)
        _page(request)

    ui.page("/day", title="Day")(page)


def _show(kiosk: House, bindery: Bindery, foresight: Foresight) -> None:
    """Make the views known: a day and what goes on in it, the daybook, a report and what is behind its numbers."""
    fold = Fold()

    async def show(read: Read, by: Actor, request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_REPORTS)
        day = request.path_params["day"]
        return await fold.told(day, lambda: kiosk.live.version("day"), lambda: show_day(read, day, foresight.look()))

    async def show_going_on(read: Read, by: Actor, request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_REPORTS)
        return await show_now(read, request.path_params["day"])

    async def show_book(read: Read, by: Actor, request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_DAYBOOK)
        return {**kiosk.live.version("till"), **await show_daybook(read, request.query_params)}

    async def report(read: Read, by: Actor, request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_REPORTS)
        _warm(kiosk, bindery, by)
        return {**kiosk.live.version("day"), **await show_report(read, request.query_params)}

    async def behind(read: Read, by: Actor, request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_REPORTS)
        return await show_behind(read, request.query_params)

    kiosk.views.add("day/{day}", show)
    kiosk.views.add("day_now/{day}", show_going_on)
    kiosk.views.add("daybook", show_book)
    kiosk.views.add("report", report)
    kiosk.views.add("report_behind", behind)


def _give_away(kiosk: House, bindery: Bindery, books: DayBooks) -> None:
    """Make the files known that may be taken away; what makes them begins soon after the kiosk."""

    async def workbook(day: str, request: Request) -> Response:
        return await range_file(kiosk.db, bindery, (day, day), "xlsx", request.state.actor)

    async def figures(first: str, last: str, ending: str, request: Request) -> Response:
        return await range_file(kiosk.db, bindery, (first, last), ending, request.state.actor)

    async def kept(number: int, request: Request) -> Response:
        return await day_book(books, kiosk.settings.home, number, request.state.actor)

    web.add_api_route("/api/export/day/{day}.xlsx", workbook, methods=["GET"])
    web.add_api_route("/api/export/range/{first}/{last}.{ending}", figures, methods=["GET"])
    web.add_api_route("/api/export/z/{number}.xlsx", kept, methods=["GET"])
    web.on_startup(lambda: bindery.warm(kiosk.db, after_s=WARM_AFTER_S))


def _warm(kiosk: House, bindery: Bindery, by: Actor) -> None:
    """Whoever looks at figures may soon take them away."""
    if by.may(Permission.EXPORT):
        bindery.warm(kiosk.db)


def _page(request: Request) -> None:
    """The day's page; whoever may not see it is told so, and nothing more."""
    actor: Actor = request.state.actor
    sees = actor.may(Permission.SEE_REPORTS)
    if sees:
        ui.add_head_html(day_first.LOOK)
    with frame.framed("day"):
        if sees:
            ui.add_body_html(day_first.shape())
            DayBoard()
        else:
            frame.note("The figures of the day are for managers and the owner. Ask one of them to sign in here.")


async def tell(read: Read, facts: list[Fact]) -> Iterable[News]:
    """Which business days have new receipts; a screen that shows one of them reads it again."""
    receipts = [fact.receipt_id for fact in facts if isinstance(fact, ReceiptIssued)]
    days = await queries.days_of_receipts(read, receipts)
    return [News("day", {"days": [day.isoformat() for day in days]})] if days else []


async def tell_imported(read: Read, _facts: list[Fact]) -> Iterable[News]:
    """Every business day that has receipts of a history; a screen that shows one of them reads it again."""
    return [News("day", {"days": [day.isoformat() for day in await queries.days_of_series(read, SERIES)]})]
