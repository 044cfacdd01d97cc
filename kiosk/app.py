"""The only place that knows every slice: puts settings, database, pages, live screens and workers together."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI
from nicegui import Client, core, ui
from nicegui import app as web

from kiosk.checks import page as checks_page
from kiosk.checks import queries as checks
from kiosk.checks import serving
from kiosk.checks.events import CheckChanged
from kiosk.checks.panels import OrderPad
from kiosk.core import clock, ids
from kiosk.core.actor import Actor, Approver, Permission
from kiosk.core.commands import KEPT, forget
from kiosk.core.db import Database, Read, Tx
from kiosk.core.events import Fact
from kiosk.core.settings import Settings
from kiosk.floor import page as floor_page
from kiosk.floor import queries as floor
from kiosk.floor.panels import FloorBoard
from kiosk.kitchen import page as kitchen_page
from kiosk.kitchen import queries as kitchen
from kiosk.kitchen.panels import KitchenBoard
from kiosk.menu import page as menu_page
from kiosk.menu import service as menu
from kiosk.payments import close_page, guest_page, provider_page, rates, till_kicks, till_page
from kiosk.payments import page as payments_page
from kiosk.payments.panels import SettleDesk
from kiosk.printing import page as printing_page
from kiosk.printing import queries as printing
from kiosk.printing.worker import PrintWorker
from kiosk.reports import daybook_page, forecast_page, report_page
from kiosk.reports import page as reports_page
from kiosk.staff import page as staff_page
from kiosk.staff import service as staff
from kiosk.staff.events import SessionEnded
from kiosk.staff.pins import Pins
from kiosk.ui import door_sockets, frame
from kiosk.ui.door import Doorkeeper
from kiosk.ui.gesture import Acts, Views
from kiosk.ui.house import House
from kiosk.ui.live import Live

log = logging.getLogger(__name__)
RECONNECT_S = 600
PING_S = 5
SWEEP_S = 10
WATCHED: dict[str, Permission] = {
    "floor": Permission.SEE_FLOOR,
    "check": Permission.SEE_FLOOR,
    "menu": Permission.SEE_KITCHEN,
    "kitchen": Permission.SEE_KITCHEN,
    "day": Permission.SEE_REPORTS,
    "payment": Permission.SETTLE,
    "letter": Permission.SETTLE,
    "till": Permission.SETTLE,
    "paper": Permission.SEE_KITCHEN,
    "printers": Permission.SEE_KITCHEN,
}


@dataclass
class Kiosk(House):
    """Everything that runs in one process for one venue, behind its one door."""

    pins: Pins
    printer: PrintWorker


def build(settings: Settings, pepper: bytes) -> tuple[Kiosk, Doorkeeper]:
    """The kiosk with every slice registered, behind its door; serve what is returned with one worker."""
    kiosk = assemble(settings, pepper)
    menu_page.register(kiosk, {"stations": _stations})
    kitchen_page.register(kiosk, held=checks.show_held, unserved=serving.show_unserved, moves=(CheckChanged,))
    checks_page.register(kiosk, tables=floor.tables_held_by)
    till_page.register(kiosk, tables=floor.tables_held_by)
    printing_page.register(kiosk, states=kiosk.printer.states, kick=kiosk.printer.kick, stations=_stations)
    for page in (
        staff_page,
        payments_page,
        floor_page,
        reports_page,
        close_page,
        daybook_page,
        report_page,
        forecast_page,
    ):
        page.register(kiosk)
    frame.register(kiosk, {"floor": FloorBoard, "order": OrderPad, "settle": SettleDesk, "kitchen": KitchenBoard})
    web.add_api_route("/health", health)
    web.state.asker = provider_page.register(kiosk)
    web.state.postman, web.state.press = guest_page.register(kiosk)
    web.state.kicks = till_kicks.Kicks(kiosk.db, kiosk.printer.kick)
    web.state.rates = rates.Keeper(kiosk.db, settings.rates_url)
    web.on_startup(lambda: start(kiosk))
    web.on_shutdown(lambda: stop(kiosk))
    outer = FastAPI(openapi_url=None)
    ui.run_with(
        outer,
        title="Kiosk",
        reconnect_timeout=RECONNECT_S,
        tailwind=False,
        show_welcome_message=False,
        viewport="width=device-width,initial-scale=1,maximum-scale=1,user-scalable=no",
    )
    return kiosk, Doorkeeper(outer, settings=settings, look=lambda session, device: _look(kiosk, session, device))


async def _stations(read: Read) -> list[dict[str, str]]:
    """What the stations on the menu's items are called."""
    return [{"code": station.code, "name": station.name} for station in await kitchen.show_stations(read)]


async def health() -> dict[str, bool]:
    """For tablets that ask whether the kiosk is there."""
    return {"ok": True}


def assemble(settings: Settings, pepper: bytes) -> Kiosk:
    """The parts, not yet registered or started."""
    db = Database(settings.database_url)
    pins = Pins(pepper)

    async def approve(person_id: int, pin: str, device_token: str) -> Approver:
        return await staff.approve(db, pins, person_id=person_id, pin=pin, device_token=device_token)

    acts = Acts(db, identify=staff.identify, approve=approve, asks_who=staff.asks_who)
    acts.register(web)
    printer = PrintWorker(db, settings.home)
    return Kiosk(settings, db, web, core.sio, acts, Views(db, web), Live(db, core.sio), pins, printer)


async def start(kiosk: Kiosk) -> None:
    """Begin to serve: screens, printers and the sweeping of idle sessions."""
    core.sio.eio.ping_interval = core.sio.eio.ping_timeout = PING_S
    door_sockets.guard(kiosk.sio, lambda actor: _lasts(kiosk, actor))
    kiosk.db.bus.listen(lambda fact: _on_fact(kiosk, fact))
    kiosk.live.start(lambda sid, topics: _may_watch(kiosk, sid, topics))
    async with kiosk.db.read() as read:
        ids.begin_after(max(await checks.newest_line(read), await printing.newest_job(read)))
    kiosk.printer.start()
    web.state.kicks.start()
    web.state.asker.start()
    web.state.rates.start()
    web.state.postman.start()
    web.state.sweeper = asyncio.create_task(_sweep(kiosk), name="sweeper")
    # What is loaded by now stays; there is no garbage among it to stop tablets for.
    gc.collect()
    gc.freeze()


async def stop(kiosk: Kiosk) -> None:
    """End the work in the background and close the database."""
    web.state.sweeper.cancel()
    await kiosk.live.stop()
    await web.state.kicks.stop()
    await kiosk.printer.stop()
    await web.state.asker.stop()
    await web.state.rates.stop()
    await web.state.postman.stop()
    await web.state.press.close()
    await kiosk.db.close()


async def _look(kiosk: Kiosk, session_token: str, device_token: str) -> Actor | None:
    async with kiosk.db.read() as read:
        return await staff.look(read, session_token, device_token)


async def _sweep(kiosk: Kiosk) -> None:
    """End sessions nobody touches, forget the keys of taps long past, bring back what was out until today."""

    async def tidy(tx: Tx) -> None:
        await staff.sweep_idle(tx)
        await forget(tx, clock.now() - KEPT)
        await menu.come_back(tx)

    while True:
        await asyncio.sleep(SWEEP_S)
        try:
            await kiosk.db.run(tidy)
        except Exception:
            log.exception("the sweep of idle sessions failed; it is tried again in %s s", SWEEP_S)


async def _may_watch(kiosk: Kiosk, sid: str, topics: list[str]) -> bool:
    actor = door_sockets.actor_of(kiosk.sio, sid)
    needed = [WATCHED.get(topic.partition(":")[0]) for topic in topics]
    may = actor is not None and all(need is not None and actor.may(need) for need in needed)
    return may and actor is not None and await _lasts(kiosk, actor)


async def _lasts(kiosk: Kiosk, actor: Actor) -> bool:
    async with kiosk.db.read() as read:
        return await staff.lasts(read, actor)


def _on_fact(kiosk: Kiosk, fact: Fact) -> None:
    if isinstance(fact, SessionEnded):
        task = asyncio.get_running_loop().create_task(_close_pages(kiosk, fact.session_id))
        task.add_done_callback(_closed)


def _closed(done: asyncio.Task[None]) -> None:
    if done.exception():
        log.error("closing the pages of an ended session failed", exc_info=done.exception())


async def _close_pages(kiosk: Kiosk, session_id: int) -> None:
    """Nothing of an ended session stays open: its pages are deleted and its sockets cut."""
    for client in list(Client.instances.values()):
        holder = door_sockets.holder_of(client)
        if holder is not None and holder.session_id == session_id:
            await kiosk.sio.emit("kiosk", {"topic": "signed_out", "epoch": "", "v": 0, "data": {}}, room=client.id)
            door_sockets.close(client)
    for sid in list(kiosk.sio.manager.rooms.get("/", {}).get(None, {})):
        actor = door_sockets.actor_of(kiosk.sio, sid)
        if actor is not None and actor.session_id == session_id:
            await kiosk.sio.disconnect(sid)


def serve(door: Doorkeeper, settings: Settings, listener: socket.socket) -> None:
    """Answer on an open socket until told to stop; one process, one worker. Its files are its owner's alone."""
    os.umask(0o077)
    tls: dict[str, Any] = {}
    if settings.tls_cert and settings.tls_key:
        tls = {"ssl_certfile": settings.tls_cert, "ssl_keyfile": settings.tls_key}
    config = uvicorn.Config(
        door,
        ws="wsproto",
        ws_per_message_deflate=False,
        log_level=settings.log_level.lower(),
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
        **tls,
    )
    uvicorn.Server(config).run(sockets=[listener])
