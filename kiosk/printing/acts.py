"""What screens may do with printers and with paper: the words of each tap, and the gestures that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.events import Fact
from kiosk.core.journal import Act
from kiosk.printing import queries, service, shown, six_questions
from kiosk.printing.models import Ack, Buzzer, Cut, DrawerKick, Names, PrinterKind
from kiosk.staff import service as staff
from kiosk.ui.gesture import Args
from kiosk.ui.house import House

Words = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True)
class DrawerTried(Fact):
    """Somebody who sets a printer up wants to see its drawer open."""

    printer_id: int


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


def register(kiosk: House) -> None:
    """Make the acts known."""
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
