"""Printers and paper as screens see them: who sees what, who may do what, and when banners are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from kiosk.core import clock
from kiosk.core.db import Database, Read, Tx
from kiosk.core.models import JournalEntry
from kiosk.printing import page, service, shown
from kiosk.printing.events import JobChanged, PrintQueued
from kiosk.printing.models import JobState, Printer, PrintJob
from kiosk.printing.states import PrinterState
from tests.support import counter, patience
from tests.support.counter import Counter

TICKET: dict[str, Any] = {
    **{"kind": "kitchen", "act": "new", "station": "Grill", "number": "#1042-2", "table": "12", "covers": 4},
    **{"waiter": "Marco", "time": "20:14", "groups": []},
}
SHEET: dict[str, Any] = {"kind": "sheet", "title": "Z 146", "rows": []}


@pytest.fixture
async def place(db: Database, tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter.opened(db, tmp_path) as place:
        yield place


async def _stations(_read: Read) -> list[dict[str, str]]:
    return [{"code": "grill", "name": "Grill"}]


def opened(place: Counter, kicked: list[int] | None = None, states: dict[int, PrinterState] | None = None) -> None:
    """The printers' part of the kiosk; `kicked` takes the drawers, which all stay shut."""

    async def kick(printer_id: int) -> str:
        (kicked if kicked is not None else []).append(printer_id)
        return "no drawer is set up at the printer Grill"

    page.register(place.kiosk, states=lambda: states or {}, kick=kick, stations=_stations)


async def add(place: Counter, code: str, **set_up: Any) -> int:
    words = {"code": code, "name": code.title(), "prints": [f"station:{code}"], **set_up}
    return await place.house.act(service.add_printer, **words)


async def printed(
    place: Counter, printer_id: int, count: int = 1, *, late: bool = False, kind: str = "kitchen"
) -> list[int]:
    """Tickets that wait at a printer, of which people are told when they are `late`; their ids."""

    async def write(tx: Tx) -> None:
        for number in range(count):
            told: dict[str, Any] = {"kind": kind, "cause": f"{kind} {printer_id} {number}", "label": str(number + 1)}
            service.print_on(tx, [printer_id], TICKET if kind == "kitchen" else SHEET, **told)

    async def be_late(tx: Tx) -> None:
        words = {"troubled_at": clock.now() - timedelta(minutes=3), "trouble": "Grill: It is out of paper."}
        await tx.change(update(PrintJob).where(PrintJob.printer_id == printer_id).values(**words))

    await place.house.db.run(write)
    if late:
        await place.house.db.run(be_late)
    mine = select(PrintJob.id).where(PrintJob.printer_id == printer_id).order_by(PrintJob.id)
    async with place.house.db.read() as read:
        return list(await read.session.scalars(mine))


async def states_of(place: Counter, ids: list[int]) -> list[JobState]:
    async with place.house.db.read() as read:
        found = select(PrintJob.state).where(PrintJob.id.in_(ids)).order_by(PrintJob.id)
        return list(await read.session.scalars(found))


async def test_cooks_see_every_printer_how_it_is_and_what_waits(place: Counter) -> None:
    grill = await add(place, "grill")
    out = PrinterState(grill, "Grill", is_online=False, reason="It is out of paper.", since=clock.now())
    opened(place, states={grill: out})
    await printed(place, grill, 2, late=True)
    told = (await (await place.tablet("Dario")).view("printers")).json()
    counter_printer, grill_printer = told["printers"]
    assert (counter_printer["name"], counter_printer["waiting"], counter_printer["state"]) == ("Counter", 0, None)
    assert (grill_printer["waiting"], grill_printer["troubled"]) == (2, 2)
    assert grill_printer["state"]["reason"] == "It is out of paper."
    assert grill_printer["trouble"] == "Grill: It is out of paper."
    assert told["stations"] == [{"code": "grill", "name": "Grill"}]
    assert {"epoch", "v"} <= told.keys()


async def test_a_long_queue_comes_in_parts(place: Counter) -> None:
    grill = await add(place, "grill")
    opened(place)
    ids = await printed(place, grill, 120)
    tablet, seen, start = await place.tablet("Dario"), [], ""
    for _ in range(3):
        told = (await tablet.view(f"printers/{grill}/jobs?{start}")).json()
        seen += [job["id"] for job in told["jobs"]]
        start = f"from={told['next']}"
    assert seen == ids
    assert told["next"] is None
    assert "document" not in told["jobs"][0]


async def test_what_was_printed_is_listed_newest_first_and_printed_again_as_a_copy(place: Counter) -> None:
    grill = await add(place, "grill")
    opened(place)
    first, second = await printed(place, grill, 2)
    await place.house.act(service.mark_done, first)
    await place.house.act(service.mark_done, second)
    ana = await place.tablet("Ana")
    told = (await ana.view(f"printers/{grill}/jobs?done=1")).json()
    assert [job["id"] for job in told["jobs"]] == [second, first]
    assert (await ana.act("reprint_job", job_id=first)).status_code == 200
    job = (await ana.view(f"print_job/{first}")).json()
    assert (job["state"], job["copy_no"], job["asked_by"]) == ("queued", 2, "Ana")


async def test_money_on_paper_is_not_read_in_the_kitchen(place: Counter) -> None:
    printer = await add(place, "office", prints=["report"])
    opened(place)
    [ticket] = await printed(place, await add(place, "grill"))
    [sheet] = await printed(place, printer, kind="report")
    cook, cashier = await place.tablet("Dario"), await place.tablet("Ana")
    assert "#1042-2" in " ".join((await cook.view(f"print_job/{ticket}")).json()["paper"])
    assert (await cook.view(f"print_job/{sheet}")).json()["paper"] == []
    assert (await cashier.view(f"print_job/{sheet}")).json()["id"] == sheet
    assert (await cook.view("print_job/1")).status_code == 404


async def test_whoever_cooks_tries_again_and_sends_elsewhere_all_that_is_stuck(place: Counter) -> None:
    grill, bar = await add(place, "grill"), await add(place, "bar")
    opened(place)
    ids = await printed(place, grill, 3, late=True)
    cook = await place.tablet("Dario")
    assert (await cook.act("retry_printer", printer_id=grill)).json()["result"] == {"jobs": 3}
    assert (await cook.act("empty_printer", printer_id=grill, to_id=bar)).json()["result"] == {"jobs": 3}
    assert await states_of(place, ids) == [JobState.REROUTED] * 3
    assert len((await cook.view(f"printers/{bar}/jobs")).json()["jobs"]) == 3
    assert (await cook.act("retry_printer", printer_id=grill)).json()["result"] == {"jobs": 0}


async def test_paper_is_given_up_by_a_manager_and_for_a_reason(place: Counter) -> None:
    grill = await add(place, "grill")
    opened(place)
    ids = await printed(place, grill, 3, late=True)
    cook, sofia = await place.tablet("Dario"), await place.tablet("Sofia")
    refused = await cook.act("cancel_jobs", job_ids=ids, reason="Told them aloud")
    assert (refused.status_code, refused.json()["permission"]) == (403, "cancel_print")
    assert (await sofia.act("cancel_jobs", job_ids=ids, reason="  ")).json()["code"] == "reason"
    assert (await sofia.act("mark_jobs_done", job_ids=ids[:1])).json()["result"] == {"jobs": 1}
    assert (await sofia.act("cancel_jobs", job_ids=ids, reason="Told them aloud")).json()["result"] == {"jobs": 2}
    assert await states_of(place, ids) == [JobState.PRINTED, JobState.CANCELLED, JobState.CANCELLED]


async def test_the_owner_sets_up_and_nobody_else(place: Counter) -> None:
    opened(place)
    giulia = await place.tablet("Giulia")
    words: dict[str, Any] = {
        "code": "bar",
        "name": "بار",
        "kind": "tcp",
        "address": "192.168.1.51",
        "prints": ["station:bar"],
    }
    added = await giulia.act("add_printer", **words, columns=42, dots=512, buzzer="esc_b", till=None)
    printer_id = added.json()["result"]["printer_id"]
    assert (await giulia.act("change_printer", printer_id=printer_id, cut="full")).status_code == 200
    async with place.house.db.read() as read:
        row = (await read.session.scalars(select(Printer).where(Printer.id == printer_id))).one()
    assert (row.name, row.kind, row.cut, row.buzzer, row.columns) == ("بار", "tcp", "full", "esc_b", 42)
    assert (await giulia.act("change_printer", printer_id=printer_id, address="8.8.8.8")).json()[
        "code"
    ] == "printer_address"
    for name in ("Sofia", "Ana", "Marco", "Dario"):
        tablet = await place.tablet(name)
        assert (await tablet.act("add_printer", **{**words, "code": name.lower()})).status_code == 403
        assert (await tablet.act("change_printer", printer_id=printer_id, cut="none")).status_code == 403
        for path in ("questions", "proof"):
            assert (await tablet.view(f"printers/{printer_id}/{path}")).status_code == 403


async def test_answers_change_the_set_up_and_print_another_page(place: Counter) -> None:
    opened(place)
    grill = await add(place, "grill", columns=48, dots=576)
    giulia = await place.tablet("Giulia")
    asked = (await giulia.view(f"printers/{grill}/questions")).json()["questions"]
    assert [one["key"] for one in asked] == ["width", "letters", "picture", "cut", "buzzer", "drawer"]
    wrong = {one["key"]: one["key"] != "width" for one in asked} | {"buzzer": False, "drawer": False}
    told = await giulia.act("answer_test_page", printer_id=grill, answers=wrong)
    assert told.json()["result"] == {"changes": {"columns": 42, "dots": 512}}
    jobs = (await giulia.view(f"printers/{grill}/jobs")).json()["jobs"]
    assert [job["kind"] for job in jobs] == ["test"]
    right = {**wrong, "width": True}
    assert (await giulia.act("answer_test_page", printer_id=grill, answers=right)).json()["result"] == {"changes": {}}


async def test_a_drawer_is_tried_once_after_the_journal_has_it(place: Counter) -> None:
    kicked: list[int] = []
    opened(place, kicked)
    grill = await add(place, "grill")
    told: list[Any] = []
    place.house.db.bus.listen(told.append)
    assert (await (await place.tablet("Ana")).act("try_drawer", printer_id=grill)).status_code == 403
    assert (await (await place.tablet("Giulia")).act("try_drawer", printer_id=grill)).status_code == 200
    await patience.until(
        lambda: page.DrawerStuck(grill, "no drawer is set up at the printer Grill") in told, "the answer"
    )
    assert kicked == [grill]
    async with place.house.db.read() as read:
        acts = list(await read.session.scalars(select(JournalEntry.act).where(JournalEntry.act == "drawer_tried")))
    assert acts == ["drawer_tried"]


async def test_banners_are_told_only_when_they_would_say_something_else(place: Counter) -> None:
    grill = await add(place, "grill")
    board = page.Board(place.kiosk, dict, _stations)
    fact = JobChanged(1, grill)

    async def told(*facts: Any) -> list[str]:
        async with place.house.db.read() as read:
            return [news.topic for news in await board.tell(read, list(facts))]

    await told(fact)
    assert await told(fact) == ["printers"]
    ids = await printed(place, grill, 30, late=True)
    assert await told(PrintQueued(grill)) == ["printers"], "what is queued is no trouble yet"
    assert await told(fact) == ["printers", "paper"]
    assert await told(fact) == ["printers"]
    async with place.house.db.read() as read:
        [trouble] = await shown.troubles(read)
    assert (trouble["name"], trouble["count"], len(trouble["jobs"]), trouble["moved"]) == ("Grill", 30, 20, 0)
    assert trouble["jobs"][0] == {"id": ids[0], "kind": "kitchen", "label": "1", "state": "waiting", "check_id": None}


async def test_strangers_see_nothing_of_printers(place: Counter) -> None:
    opened(place)
    stranger = await place.stranger()
    for path in ("printers", "paper", "print_job/1", "printers/1/jobs"):
        assert (await stranger.get(f"/api/view/{path}")).status_code == 401


async def test_what_no_screen_sends_is_refused_in_a_sentence(place: Counter) -> None:
    opened(place)
    grill = await add(place, "grill")
    giulia = await place.tablet("Giulia")
    for name in ("name", "address", "columns", "dots", "code_page_no", "backup_after_s", "language", "prints"):
        answer = await giulia.act("change_printer", printer_id=grill, **{name: None})
        assert (answer.status_code, answer.json()["code"]) == (422, "printer_set_up"), name
    assert (await giulia.act("change_printer", printer_id=grill, till=None, backup_id=None)).status_code == 200
    jobs = await giulia.view(f"printers/{grill}/jobs?from={10**40}")
    assert jobs.json() == {"jobs": [], "next": None}
