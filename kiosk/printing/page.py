"""The printers' page, what screens may do with printers and paper, what they read, and what they are told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import Request
from nicegui import ui
from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.events import Bus, Fact
from kiosk.core.journal import Act
from kiosk.printing import proving, queries, service, shown, six_questions
from kiosk.printing.events import JobChanged, PrinterChanged, PrintQueued
from kiosk.printing.models import Ack, Buzzer, Cut, DrawerKick, Names, PrinterKind, PrintJob
from kiosk.printing.states import PrinterState
from kiosk.staff import service as staff
from kiosk.ui import frame
from kiosk.ui.gesture import Args
from kiosk.ui.house import House
from kiosk.ui.live import News

PARTS = ("printers_form", "printers_jobs", "printers_list", "printers_parts", "printers_questions", "printers_words")
SEEN_BY_MANY = {"kitchen", "test"}
"""Kinds of paper whose words anybody may read on a screen; the others tell of money."""
Kick = Callable[[int], Awaitable[str]]
"""Opens the drawer under a printer; returns why it did not, or nothing."""
States = Callable[[], Mapping[int, PrinterState]]
Stations = Callable[[Read], Awaitable[list[dict[str, str]]]]
Words = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True)
class DrawerTried(Fact):
    """Somebody who sets a printer up wants to see its drawer open."""

    printer_id: int


@dataclass(frozen=True)
class DrawerStuck(Fact):
    """It did not open, and why."""

    printer_id: int
    why: str


class OnPrinter(Args):
    printer_id: int


class OnJob(Args):
    job_id: int


class Elsewhere(OnJob):
    printer_id: int


class Why(OnJob):
    reason: Words


class EmptyPrinter(OnPrinter):
    to_id: int


class OnJobs(Args):
    job_ids: Annotated[list[int], Field(min_length=1, max_length=shown.MOST_AT_ONCE)]


class WhyAll(OnJobs):
    reason: Words


class SetUp(Args):
    """What is chosen of a printer; what is not said stays as it is."""

    name: Words | None = None
    kind: Annotated[PrinterKind, Field(strict=False)] | None = None
    address: Words | None = None
    columns: int | None = None
    dots: int | None = None
    code_page: Annotated[str, Field(max_length=16)] | None = None
    code_page_no: int | None = None
    cut: Annotated[Cut, Field(strict=False)] | None = None
    ack: Annotated[Ack, Field(strict=False)] | None = None
    drawer_kick: Annotated[DrawerKick, Field(strict=False)] | None = None
    till: int | None = None
    buzzer: Annotated[Buzzer, Field(strict=False)] | None = None
    backup_id: int | None = None
    backup_after_s: int | None = None
    language: Annotated[str, Field(max_length=16)] | None = None
    names: Annotated[Names, Field(strict=False)] | None = None
    prints: Annotated[list[Words], Field(max_length=60)] | None = None


class AddPrinter(SetUp):
    code: Annotated[str, Field(max_length=64)]
    name: Words


class ChangePrinter(SetUp):
    printer_id: int


class Answers(OnPrinter):
    answers: Annotated[dict[str, bool], Field(max_length=10)]


class PrintersBoard(ui.element, component="printers_board.js", dependencies=[f"{part}.js" for part in PARTS]):
    """Every printer with its queue and its set-up; reads `/api/view/printers` and follows its news by itself."""


def register(kiosk: House, *, states: States, kick: Kick, stations: Stations) -> None:
    """Make page, acts, views and news of printers known.

    `states` is how they answer, `kick` opens a drawer, `stations` are the kitchen's.
    """
    _add_acts(kiosk)
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


def _add_acts(kiosk: House) -> None:
    add = kiosk.acts.add
    add("add_printer", AddPrinter, _add_printer)
    add("change_printer", ChangePrinter, _change_printer)
    add("remove_printer", OnPrinter, _remove_printer)
    add("test_page", OnPrinter, _test_page)
    add("answer_test_page", Answers, _answer)
    add("retry_job", OnJob, _retry)
    add("retry_printer", OnPrinter, _retry_all)
    add("reprint_job", OnJob, _reprint)
    add("send_elsewhere", Elsewhere, _send_elsewhere)
    add("empty_printer", EmptyPrinter, _empty)
    add("cancel_job", Why, _cancel)
    add("cancel_jobs", WhyAll, _cancel_all)
    add("mark_done", OnJob, _mark_done)
    add("try_drawer", OnPrinter, _try_drawer)
    add("mark_jobs_done", OnJobs, _mark_all_done)


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
        printers = await queries.printers(read)
        return {
            "troubles": troubles,
            "printers": [{"id": one.id, "name": one.name, "prints": one.prints} for one in printers],
        }


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
    jobs = await look(read, printer_id, int(place) if place.isascii() and place.isdigit() else 0)
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
            with ui.element("div").classes("k-note k-empty"):
                ui.label("Printers are for those who cook, serve or cash up here. Ask one of them to sign in.")


async def _add_printer(tx: Tx, args: AddPrinter, by: Actor) -> dict[str, Any]:
    return {"printer_id": await service.add_printer(tx, **args.model_dump(exclude_unset=True), by=by)}


async def _change_printer(tx: Tx, args: ChangePrinter, by: Actor) -> dict[str, Any]:
    told = args.model_dump(exclude_unset=True, exclude={"printer_id"})
    await service.change_printer(tx, args.printer_id, **told, by=by)
    return {}


async def _remove_printer(tx: Tx, args: OnPrinter, by: Actor) -> dict[str, Any]:
    await service.remove_printer(tx, args.printer_id, by=by)
    return {}


async def _test_page(tx: Tx, args: OnPrinter, by: Actor) -> dict[str, Any]:
    await service.test_page(tx, args.printer_id, by=by)
    return {}


async def _answer(tx: Tx, args: Answers, by: Actor) -> dict[str, Any]:
    """What the answers change is kept, and another test page shows whether it is right now."""
    printer = await queries.printer(tx, args.printer_id)
    changes = six_questions.changes(shown.set_up_of(printer), args.answers)
    if changes:
        await service.change_printer(tx, args.printer_id, **changes, by=by)
        await service.test_page(tx, args.printer_id, by=by)
    return {"changes": changes}


async def _try_drawer(tx: Tx, args: OnPrinter, by: Actor) -> dict[str, Any]:
    """A drawer is opened to see whether it does; the journal says so before it opens."""
    printer = await queries.printer(tx, args.printer_id)
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    tx.record(Act("drawer_tried", "printer", printer.id, by, {"printer": printer.code}))
    tx.announce(DrawerTried(printer.id))
    return {}


async def _retry(tx: Tx, args: OnJob, by: Actor) -> dict[str, Any]:
    await service.retry_job(tx, args.job_id, by=by)
    return {}


async def _retry_all(tx: Tx, args: OnPrinter, by: Actor) -> dict[str, Any]:
    """Everything that people are told of at a printer is tried again."""
    jobs = await shown.troubled_jobs(tx, args.printer_id)
    return {"jobs": await shown.each(jobs, lambda job_id: service.retry_job(tx, job_id, by=by))}


async def _reprint(tx: Tx, args: OnJob, by: Actor) -> dict[str, Any]:
    await service.reprint_job(tx, args.job_id, by=by)
    return {}


async def _send_elsewhere(tx: Tx, args: Elsewhere, by: Actor) -> dict[str, Any]:
    await service.send_elsewhere(tx, args.job_id, args.printer_id, by=by)
    return {}


async def _empty(tx: Tx, args: EmptyPrinter, by: Actor) -> dict[str, Any]:
    """Everything that people are told of at a printer comes out of another one."""
    jobs = await shown.troubled_jobs(tx, args.printer_id)
    return {"jobs": await shown.each(jobs, lambda job_id: service.send_elsewhere(tx, job_id, args.to_id, by=by))}


async def _cancel(tx: Tx, args: Why, by: Actor) -> dict[str, Any]:
    await service.cancel_job(tx, args.job_id, args.reason, by=by)
    return {}


async def _mark_done(tx: Tx, args: OnJob, by: Actor) -> dict[str, Any]:
    await service.mark_done(tx, args.job_id, by=by)
    return {}


async def _cancel_all(tx: Tx, args: WhyAll, by: Actor) -> dict[str, Any]:
    return {"jobs": await shown.each(args.job_ids, lambda job_id: service.cancel_job(tx, job_id, args.reason, by=by))}


async def _mark_all_done(tx: Tx, args: OnJobs, by: Actor) -> dict[str, Any]:
    return {"jobs": await shown.each(args.job_ids, lambda job_id: service.mark_done(tx, job_id, by=by))}
