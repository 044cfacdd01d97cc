"""Taps of many tablets at one instant, over the kiosk's own door: what was acknowledged is there, nothing is twice."""

from __future__ import annotations

import asyncio
from collections import Counter as Tally
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from kiosk.checks.models import CheckLine, LineState
from kiosk.core.db import Database
from kiosk.floor import service as floor
from kiosk.floor.models import DiningTable, Seating, Section
from kiosk.kitchen.models import KitchenTicket, TicketLine
from kiosk.menu import service as menu
from tests.support import counter, journal
from tests.support.counter import Counter, Tablet

pytestmark = pytest.mark.slow

OK = httpx.codes.OK
REFUSED = (httpx.codes.NOT_FOUND, httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY)


@pytest.fixture
async def house(db: Database, tmp_path: Path) -> AsyncIterator[Counter]:
    """The small restaurant behind its door, with a third table; the journal must be whole in the end."""
    async with counter.opened(db, tmp_path) as opened:
        async with db.read() as read:
            section = (await read.session.scalars(select(Section.id))).one()
        opened.house.tables["3"] = await opened.house.act(floor.add_table, section, "3", 4)
        yield opened
        assert await journal.is_whole(db)


def result(answer: httpx.Response) -> Any:
    """What an act answered; a refusal is none, anything else fails the test."""
    assert answer.status_code == OK or answer.status_code in REFUSED, answer.text
    return answer.json()["result"] if answer.status_code == OK else None


async def tapped_twice(tablet: Tablet, act: str, **args: Any) -> Any:
    """One tap that arrives twice at once, as from a bad network. It is carried out once, however often acknowledged.

    What was refused did not happen, so that a copy may still be carried out when the reason has gone meanwhile.
    """
    key = uuid4()
    answers = await asyncio.gather(*(tablet.act(act, key=key, **args) for _ in range(2)))
    done = [found for found in map(result, answers) if found is not None]
    assert all(found == done[0] for found in done)
    return done[0] if done else None


async def lines(db: Database) -> dict[int, CheckLine]:
    async with db.read() as read:
        return {line.id: line for line in await read.session.scalars(select(CheckLine))}


async def cooked(db: Database) -> Tally[int]:
    """How often each line is on a ticket."""
    async with db.read() as read:
        return Tally(await read.session.scalars(select(TicketLine.line_id)))


async def ticket_ids(db: Database) -> list[int]:
    async with db.read() as read:
        return list(await read.session.scalars(select(KitchenTicket.id)))


async def every_fired_line_was_sent_once(db: Database) -> None:
    fired = {line.id for line in (await lines(db)).values() if line.state in (LineState.FIRED, LineState.SERVED)}
    assert await cooked(db) == Tally(fired)


@pytest.mark.slow
async def test_two_tablets_that_ring_two_hundred_times_each_make_four_hundred_lines(house: Counter) -> None:
    check_id, portion_id = await house.house.seat(), await house.house.portion("Tiramisù")
    words = {"check_id": check_id, "portion_id": portion_id}

    async def ring(tablet: Tablet) -> list[int]:
        rung = []
        for no in range(200):
            answer = await (tapped_twice(tablet, "ring", **words) if no % 20 == 0 else once(tablet, "ring", **words))
            rung.append(answer["line_id"])
        return rung

    rung = await asyncio.gather(*[ring(await house.tablet(name)) for name in ("Marco", "Sofia")])
    check = await house.house.check(check_id)
    assert {line["id"] for line in check["lines"]} == {*rung[0], *rung[1]}
    assert (len(check["lines"]), check["sums"]["total"]) == (400, 280_000)


async def once(tablet: Tablet, act: str, key: UUID | None = None, **args: Any) -> Any:
    return result(await tablet.act(act, key=key, **args))


async def test_eight_tablets_that_fire_a_course_together_fire_it_once(house: Counter) -> None:
    check_id = await house.house.seat()
    await house.house.ring(check_id, course=1)
    mains = [await house.house.ring(check_id, "Diavola", "Medium", course=2) for _ in range(2)]
    assert await house.house.send(check_id) == 1
    tablets = [await house.tablet(name) for name in ("Marco", "Sofia") for _ in range(4)]
    answers = await asyncio.gather(
        *(tapped_twice(tablet, "fire_course", check_id=check_id, course=2) for tablet in tablets)
    )
    assert [answer["fired"] for answer in answers if answer] == [2]
    assert len(await ticket_ids(house.house.db)) == 2
    times = await cooked(house.house.db)
    assert [times[line_id] for line_id in mains] == [1, 1]


async def test_the_last_portion_is_sold_once_to_twenty_at_once_who_send_or_fire_it(house: Counter) -> None:
    marco, db = await house.tablet("Marco"), house.house.db
    parties = [(await once(marco, "open_check", label=f"T{no}"))["check_id"] for no in range(20)]
    for check_id in parties[:10]:
        await house.house.ring(check_id, "Diavola", "Medium", course=1)
        await house.house.ring(check_id, course=2)
        await house.house.send(check_id)
    for check_id in parties[10:]:
        await house.house.ring(check_id)
    item_id, before = await house.house.item("Tiramisù"), len(await ticket_ids(db))
    await house.house.act(menu.eighty_six, item_id, is_out=False, portions_left=1)
    firing = [once(marco, "fire_course", check_id=check_id, course=2) for check_id in parties[:10]]
    sending = [once(marco, "send", check_id=check_id, courses=None) for check_id in parties[10:]]
    answers = await asyncio.gather(*firing, *sending)
    assert sum(answer["fired"] for answer in answers if answer) == 1
    assert len(await ticket_ids(db)) == before + 1
    assert Tally(line.state for line in (await lines(db)).values() if line.item_id == item_id)["fired"] == 1
    await every_fired_line_was_sent_once(db)


@pytest.mark.slow
async def test_transfer_settle_and_ring_at_the_same_instant_lose_nothing_and_do_nothing_twice(house: Counter) -> None:
    marco, ana, sofia = [await house.tablet(name) for name in ("Marco", "Ana", "Sofia")]
    portion_id = await house.house.portion("Tiramisù")
    seen: Tally[tuple[bool, bool, bool]] = Tally()
    for turn in range(12):
        check_id = await house.eaten("1")
        taps = [
            tapped_twice(marco, "transfer", check_id=check_id, table_id=house.house.tables["2"]),
            tapped_twice(ana, "settle", check_id=check_id, total=700, tenders=counter.CARD),
            tapped_twice(sofia, "ring", check_id=check_id, portion_id=portion_id),
        ]
        order = [(turn + place) % 3 for place in range(3)]
        answers = await asyncio.gather(*(taps[place] for place in order))
        moved, paid, rung = (answers[order.index(place)] for place in range(3))
        seen[moved is not None, paid is not None, rung is not None] += 1
        await everything_acknowledged_is_there(house, check_id, moved, paid, rung)
        await leave(house, ana, check_id, is_paid=paid is not None)
    assert await house.receipts() == 12
    await every_fired_line_was_sent_once(house.house.db)
    assert all(paid != rung for _, paid, rung in seen), seen


async def everything_acknowledged_is_there(house: Counter, check_id: int, moved: Any, paid: Any, rung: Any) -> None:
    check = await house.house.check(check_id)
    assert check["state"] == ("closed" if paid else "open")
    assert check["label"] == ("2" if moved is not None else "1")
    assert [line["id"] for line in check["lines"]][1:] == ([rung["line_id"]] if rung else [])
    tickets = [one for one in (await house.house.board())["tickets"] if one["check_id"] == check_id]
    assert [one["label"] for one in tickets] == [check["label"]]


async def leave(house: Counter, ana: Tablet, check_id: int, *, is_paid: bool) -> None:
    """The party pays what is left, and its table is free."""
    for line in (await house.house.check(check_id))["lines"]:
        if line["state"] == "draft":
            await once(ana, "remove_line", line_id=line["id"])
    if not is_paid:
        assert await once(ana, "settle", check_id=check_id, total=700, tenders=counter.CARD)
    for label in ("1", "2"):
        await once(ana, "clear_table", table_id=house.house.tables[label])


@pytest.mark.slow
async def test_merging_moving_firing_and_ringing_at_once_never_sends_anything_again(house: Counter) -> None:
    marco, sofia = await house.tablet("Marco"), await house.tablet("Sofia")
    db, portion_id, rung = house.house.db, await house.house.portion("Tiramisù"), set[int]()
    for _ in range(6):
        parties = [await house.house.seat("1"), await house.house.seat("2")]
        for check_id in parties:
            rung |= {await house.house.ring(check_id, course=course) for course in (1, 1, 2)}
            await house.house.send(check_id)
        here, there = parties
        fired = [line["id"] for line in (await house.house.check(here))["lines"] if line["course"] == 1]
        await asyncio.gather(
            tapped_twice(marco, "merge", check_id=here, into_check_id=there),
            tapped_twice(sofia, "merge", check_id=there, into_check_id=here),
            tapped_twice(marco, "move_lines", line_ids=fired[:1], to={"check_id": there}),
            tapped_twice(sofia, "move_lines", line_ids=fired[1:], to={"label": "Bar"}),
            *(tapped_twice(sofia, "fire_course", check_id=check_id, course=2) for check_id in parties),
            *(tapped_twice(marco, "unmerge", check_id=check_id) for check_id in parties),
        )
        rings = [once(marco, "ring", check_id=check_id, portion_id=portion_id) for check_id in parties]
        rung |= {answer["line_id"] for answer in await asyncio.gather(*rings) if answer}
        await every_fired_line_was_sent_once(db)
        assert set(await lines(db)) == rung
        for check_id in parties:
            await once(sofia, "to_counter", check_id=check_id, label="Gone")
    assert all(line.check_id for line in (await lines(db)).values())


async def test_lines_moved_both_ways_at_once_end_on_one_check_each(house: Counter) -> None:
    parties = [await house.house.seat("1"), await house.house.seat("2")]
    own = [[await house.house.ring(check_id) for _ in range(4)] for check_id in parties]
    marco = await house.tablet("Marco")
    ways = [(line_id, parties[1]) for line_id in own[0]] + [(line_id, parties[0]) for line_id in own[1]]
    moved = await asyncio.gather(
        *(once(marco, "move_lines", line_ids=[line_id], to={"check_id": to}) for line_id, to in ways)
    )
    assert all(moved)
    there = {line.id: line.check_id for line in (await lines(house.house.db)).values()}
    assert there == dict(ways)


@pytest.mark.slow
async def test_a_send_is_either_taken_back_or_bumped_and_its_stock_follows(house: Counter) -> None:
    marco, dario = await house.tablet("Marco"), await house.tablet("Dario")
    item_id, outcomes = await house.house.item("Tiramisù"), Tally[str]()
    await house.house.act(menu.eighty_six, item_id, is_out=False, portions_left=50)
    for turn in range(10):
        check_id = (await once(marco, "open_check", label=f"T{turn}"))["check_id"]
        line_id = await house.house.ring(check_id)
        sent = await once(marco, "send", check_id=check_id, courses=None)
        [ticket] = [one for one in (await house.house.board())["tickets"] if one["check_id"] == check_id]
        taps = [
            tapped_twice(marco, "take_back", check_id=check_id, fire_no=sent["fire_no"]),
            tapped_twice(dario, "bump", ticket_id=ticket["id"]),
        ]
        answers = await asyncio.gather(*(taps if turn % 2 else taps[::-1]))
        taken_back, bumped = answers if turn % 2 else answers[::-1]
        assert (taken_back is None) != (bumped is None)
        outcomes["taken back" if taken_back else "bumped"] += 1
        state = (await lines(house.house.db))[line_id].state
        assert state is (LineState.DRAFT if taken_back else LineState.FIRED)
    await every_fired_line_was_sent_once(house.house.db)
    assert await left(marco, item_id) == 50 - outcomes["bumped"]


async def test_a_send_taken_back_by_eight_at_once_gives_its_stock_back_once(house: Counter) -> None:
    marco, check_id, item_id = await house.tablet("Marco"), await house.house.seat(), await house.house.item("Tiramisù")
    await house.house.act(menu.eighty_six, item_id, is_out=False, portions_left=3)
    await house.house.ring(check_id, quantity=2)
    sent = await once(marco, "send", check_id=check_id, courses=None)
    taps = (once(marco, "take_back", check_id=check_id, fire_no=sent["fire_no"]) for _ in range(8))
    assert [answer for answer in await asyncio.gather(*taps) if answer] == [{"taken_back": 1}]
    assert await left(marco, item_id) == 3
    assert (await once(marco, "send", check_id=check_id, courses=None))["fired"] == 1
    assert await left(marco, item_id) == 1
    await every_fired_line_was_sent_once(house.house.db)


async def left(tablet: Tablet, item_id: int) -> int:
    """The portions that every tablet reads of an item."""
    items = (await tablet.view("menu")).json()["items"]
    return int(next(item["left"] for item in items if item["id"] == item_id))


async def test_two_tables_joined_to_each_other_at_once_have_one_head(house: Counter) -> None:
    marco, sofia, tables = await house.tablet("Marco"), await house.tablet("Sofia"), house.house.tables
    for _ in range(6):
        joins = [
            tapped_twice(marco, "join", table_id=tables["1"], to_table_id=tables["2"]),
            tapped_twice(sofia, "join", table_id=tables["2"], to_table_id=tables["1"]),
            tapped_twice(marco, "join", table_id=tables["3"], to_table_id=tables["1"]),
        ]
        await asyncio.gather(*joins)
        heads = await joined_to(house.house.db)
        assert sum(head is None for head in heads.values()) >= 1
        assert all(heads[head] is None for head in heads.values() if head), heads
        assert heads[tables["1"]] is None or heads[tables["2"]] is None
        for table_id in tables.values():
            await once(marco, "part", table_id=table_id)
        assert set((await joined_to(house.house.db)).values()) == {None}


async def joined_to(db: Database) -> dict[int, int | None]:
    async with db.read() as read:
        rows = (await read.session.execute(select(DiningTable.id, DiningTable.joined_to_id))).all()
    return {row.id: row.joined_to_id for row in rows}


async def test_of_two_parties_that_move_to_one_free_table_one_sits_there(house: Counter) -> None:
    marco, sofia, tables = await house.tablet("Marco"), await house.tablet("Sofia"), house.house.tables
    parties = [await house.house.seat("1"), await house.house.seat("2")]
    answers = await asyncio.gather(
        *(
            tapped_twice(tablet, "transfer", check_id=check_id, table_id=tables["3"])
            for tablet, check_id in zip((marco, sofia), parties, strict=True)
        )
    )
    assert sum(answer is not None for answer in answers) == 1
    async with house.house.db.read() as read:
        held = list(await read.session.scalars(select(Seating.held_table_id).where(Seating.held_table_id.is_not(None))))
    assert sorted(held) == sorted([tables["3"], tables["2" if answers[0] is not None else "1"]])


async def test_a_round_repeated_by_a_tap_that_arrives_twice_is_rung_once(house: Counter) -> None:
    marco, check_id = await house.tablet("Marco"), await house.house.seat()
    await house.house.ring(check_id, "Chianti", "Glass", quantity=3)
    await house.house.send(check_id)
    again = await tapped_twice(marco, "repeat_round", check_id=check_id)
    assert len(again["line_ids"]) == 1
    assert [line["quantity"] for line in (await house.house.check(check_id))["lines"]] == [3, 3]
