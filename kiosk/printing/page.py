"""The printers' page, what screens read of printers and paper, and what they are told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import Request
from nicegui import ui

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read
from kiosk.core.events import Bus, Fact
from kiosk.printing import acts, proving, queries, shown, six_questions
from kiosk.printing.acts import DrawerTried
from kiosk.printing.events import JobChanged, PrinterChanged, PrintQueued
from kiosk.printing.models import PrintJob
from kiosk.printing.states import PrinterState
from kiosk.ui import frame
from kiosk.ui.house import House
from kiosk.ui.live import News

PARTS = ("printers_form", "printers_jobs", "printers_list", "printers_parts", "printers_questions", "printers_words")
SEEN_BY_MANY = {"kitchen", "test"}
"""Kinds of paper whose words anybody may read on a screen; the others tell of money."""
LONGEST_ID = 16
"""Digits of the largest id a browser can hold."""
Kick = Callable[[int], Awaitable[str]]
"""Opens the drawer under a printer; returns why it did not, or nothing."""
States = Callable[[], Mapping[int, PrinterState]]
Stations = Callable[[Read], Awaitable[list[dict[str, str]]]]


@dataclass(frozen=True)
class DrawerStuck(Fact):
    """A drawer that was tried did not open, and why."""

    printer_id: int
    why: str


class PrintersBoard(ui.element, component="printers_board.js", dependencies=[f"{part}.js" for part in PARTS]):
    """Every printer with its queue and its set-up; reads `/api/view/printers` and follows its news by itself."""


def register(kiosk: House, *, states: States, kick: Kick, stations: Stations) -> None:
    """Make page, acts, views and news of printers known.

    `states` is how they answer, `kick` opens a drawer, `stations` are the kitchen's.
    """
    acts.register(kiosk)
    kiosk.db.bus.listen(Drawers(kiosk.db.bus, kick).hear)
    board = Board(kiosk, states, stations)
    kiosk.views.add("paper", board.show_paper)
    kiosk.views.add("printers", board.show_printers)
    kiosk.views.add("printers/{printer_id:int}/jobs", show_jobs)
    kiosk.views.add("printers/{printer_id:int}/questions", show_questions)
    kiosk.views.add("printers/{printer_id:int}/proof", show_proof)
    kiosk.views.add("print_job/{job_id:int}", show_job)
    kiosk.live.tell((PrintQueued, JobChanged, PrinterChanged, DrawerStuck), board.tell)
    ui.page("/printers", title="Printers")(_page)


class Board:
    """What screens read of all printers together, and what they are told when it changes."""

    def __init__(self, kiosk: House, states: States, stations: Stations) -> None:
        self._live = kiosk.live
        self._states = states
        self._stations = stations
        self._told = ""

    async def show_paper(self, read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        """The printers at which paper is not where it should be, for the banners of the stations concerned."""
        by.must(Permission.SEE_KITCHEN)
        return {**self._live.version("paper"), **await self._troubles(read)}

    async def show_printers(self, read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        """Every printer: set-up, how it answers, what waits."""
        by.must(Permission.SEE_KITCHEN)
        waiting, states = await shown.queues(read), self._states()
        printers = [
            {**one, **_queue(waiting.get(one["id"], shown.EMPTY)), "state": _state(states.get(one["id"]))}
            for one in await shown.printers(read)
        ]
        return {**self._live.version("printers"), "printers": printers, "stations": await self._stations(read)}

    async def tell(self, read: Read, facts: list[Fact]) -> Iterable[News]:
        """Whoever looks at printers looks again; banners are told only when they would say something else."""
        stuck = [asdict(fact) for fact in facts if isinstance(fact, DrawerStuck)]
        news = [News("printers", {"drawers": stuck})]
        if not any(isinstance(fact, JobChanged | PrinterChanged) for fact in facts):
            return news
        told = await self._troubles(read)
        kept = json.dumps(told, sort_keys=True)
        if kept != self._told:
            self._told = kept
            news.append(News("paper", told))
        return news

    async def _troubles(self, read: Read) -> dict[str, Any]:
        troubles = await shown.troubles(read)
        if not troubles:
            return {"troubles": [], "printers": []}
        stuck, states = {one["id"] for one in troubles if one["count"]}, self._states()
        printers = [
            {**shown.named(one), "is_down": one.id in stuck or _is_off(states, one.id)}
            for one in await queries.printers(read)
        ]
        return {"troubles": troubles, "printers": printers}


class Drawers:
    """Opens the drawers somebody tries, once the journal has it, and tells when one stays shut."""

    def __init__(self, bus: Bus, kick: Kick) -> None:
        self._bus = bus
        self._kick = kick
        self._tasks: set[asyncio.Task[None]] = set()

    def hear(self, fact: Fact) -> None:
        if isinstance(fact, DrawerTried):
            task = asyncio.get_running_loop().create_task(self._open(fact.printer_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _open(self, printer_id: int) -> None:
        if why := await self._kick(printer_id):
            self._bus.publish([DrawerStuck(printer_id, why)])


def _is_off(states: Mapping[int, PrinterState], printer_id: int) -> bool:
    state = states.get(printer_id)
    return state is not None and state.is_online is False


def _queue(queue: shown.Queue) -> dict[str, Any]:
    return shown.told(asdict(queue))


def _state(state: PrinterState | None) -> dict[str, Any] | None:
    return None if state is None else shown.told(asdict(state))


async def show_jobs(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """A part of a printer's queue, or of what it is done with; `next` is where the rest begins."""
    by.must(Permission.SEE_KITCHEN)
    printer_id, asked = request.path_params["printer_id"], request.query_params
    look = shown.done if "done" in asked else shown.waiting
    place = asked.get("from", "0")
    is_place = place.isascii() and place.isdigit() and len(place) <= LONGEST_ID
    jobs = await look(read, printer_id, int(place) if is_place else 0)
    return {"jobs": jobs, "next": jobs[-1]["id"] if len(jobs) == shown.PAGE else None}


async def show_job(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """One job with its tries, and its paper as plain lines for those who may read it."""
    by.must(Permission.SEE_KITCHEN)
    job = await queries.job(read, request.path_params["job_id"])
    paper = await shown.words_on_paper(read, job) if _may_read(by, job) else []
    return {**shown.job_of(job), "attempts": await shown.tries(read, job.id), "paper": paper}


def _may_read(by: Actor, job: PrintJob) -> bool:
    """Receipts and reports are for the counter; what the kitchen is told may be read by all who see it."""
    return job.kind in SEEN_BY_MANY or by.may(Permission.SEE_TILL)


async def show_questions(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """The six questions on a printer's test page."""
    by.must(Permission.MANAGE_DEVICES)
    printer = await queries.printer(read, request.path_params["printer_id"])
    return {"questions": [asdict(one) for one in six_questions.questions(shown.set_up_of(printer))]}


async def show_proof(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """How a printer can prove that a paper is printed, as it answers just now. Raises PrinterMute."""
    by.must(Permission.MANAGE_DEVICES)
    return {"ack": await proving.best_proof(await queries.printer(read, request.path_params["printer_id"]))}


def _page(request: Request) -> None:
    """The printers; whoever sees neither kitchen nor counter is told so."""
    actor: Actor = request.state.actor
    with frame.framed("printers", "printers.css"):
        if actor.may(Permission.SEE_KITCHEN):
            PrintersBoard()
        else:
            frame.note("Printers are for those who cook, serve or cash up here. Ask one of them to sign in.")
