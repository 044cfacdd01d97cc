"""Everybody does anything at once; afterwards every line, ticket, receipt and link of the journal is in its place."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from typing import Any

import pymysql
import pytest
from sqlalchemy import select

from kiosk.checks.models import Check, CheckLine, CheckState, LineState
from kiosk.core.db import Database
from kiosk.floor.models import Seating
from kiosk.kitchen.models import KitchenTicket, TicketLine
from kiosk.menu.models import Item
from kiosk.payments.models import Receipt, ReceiptLine, ReceiptTax, Tender
from kiosk.printing.models import PrintJob
from menus.document import MenuDocument
from menus.entries import Desk
from menus.yaml_file import read_yaml
from tests.support import journal
from tests.support.house import MENU, founded, small_menu
from tests.support.shift import COUNTED, PORTIONS, Shift


def dearer_menu() -> MenuDocument:
    """The same dishes at other prices, so that an import touches the rows that others sell from."""
    return read_yaml(MENU.replace("11.50", "12.50").replace("7.00", "7.50"), Desk("dearer.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize(("hands", "acts"), [(12, 30), pytest.param(24, 60, marks=pytest.mark.million)])
async def test_whatever_is_done_at_once_every_promise_is_kept(db: Database, hands: int, acts: int) -> None:
    shift = Shift(await founded(db), random.Random(20261127 + hands), (small_menu(), dearer_menu()))
    await shift.prepare()
    await shift.work(hands, acts)
    assert shift.receipts
    assert not any(name in shift.refusals for name in ("DatabaseAway", "DatabaseBusy", "OutcomeUnknown"))
    await every_ring_is_on_its_check(shift)
    await every_fired_line_is_on_one_set_of_tickets(shift)
    await every_closed_check_has_its_receipt(shift)
    await receipts_add_up(db)
    await numbers_have_no_gap(shift)
    await stock_was_sold_once(shift)
    await paper_is_queued_once(shift)
    assert await journal.is_whole(db)
    assert (await journal.acts(db)).count("settled") == len(shift.receipts)
    nothing_is_left_open(db)


async def rows(db: Database, table: Any) -> list[Any]:
    async with db.read() as read:
        return list((await read.session.scalars(select(table))).all())


async def every_ring_is_on_its_check(shift: Shift) -> None:
    kept = {line.id: line.check_id for line in await rows(shift.house.db, CheckLine)}
    assert kept == {line: check for line, check in shift.rung.items() if line not in shift.removed}


async def every_fired_line_is_on_one_set_of_tickets(shift: Shift) -> None:
    db = shift.house.db
    lines = {line.id: line for line in await rows(db, CheckLine)}
    tickets = {ticket.id: ticket for ticket in await rows(db, KitchenTicket)}
    cooked = Counter(dish.line_id for dish in await rows(db, TicketLine))
    fired = {line.id for line in lines.values() if line.state is not LineState.DRAFT}
    assert cooked == Counter(dict.fromkeys(fired, 1))
    assert len(fired) == shift.fired
    firings = defaultdict(set)
    for ticket in tickets.values():
        firings[ticket.check_id].add(ticket.fire_no)
    for check in await rows(db, Check):
        assert firings[check.id] == set(range(1, check.fire_no + 1))
    for dish in await rows(db, TicketLine):
        assert tickets[dish.ticket_id].check_id == lines[dish.line_id].check_id
        assert dish.quantity == lines[dish.line_id].quantity
        assert (dish.voided_at is not None) == (lines[dish.line_id].state is LineState.VOIDED)


async def every_closed_check_has_its_receipt(shift: Shift) -> None:
    db = shift.house.db
    checks = {check.id: check for check in await rows(db, Check)}
    receipts = {receipt.check_id: receipt for receipt in await rows(db, Receipt)}
    closed = {check.id for check in checks.values() if check.state is CheckState.CLOSED}
    assert len(await rows(db, Receipt)) == len(receipts)
    assert closed == set(receipts) == set(shift.receipts)
    for check_id, (number, total, receipt_id) in shift.receipts.items():
        receipt = receipts[check_id]
        assert (receipt.number, receipt.total, receipt.id) == (number, total, receipt_id)
    billed = defaultdict(set)
    for line in await rows(db, ReceiptLine):
        billed[line.receipt_id].add(line.line_id)
    live = defaultdict(set)
    for line in await rows(db, CheckLine):
        if line.state is not LineState.VOIDED:
            live[line.check_id].add(line.id)
    assert {receipts[check_id].id: live[check_id] for check_id in closed} == billed
    assert not any(live[check.id] for check in checks.values() if check.state is CheckState.CANCELLED)


async def receipts_add_up(db: Database) -> None:
    by_table: dict[Any, Counter[int]] = {}
    for table, column in ((ReceiptLine, "amount"), (ReceiptTax, "gross"), (Tender, "amount")):
        by_table[table] = Counter()
        for row in await rows(db, table):
            by_table[table][row.receipt_id] += getattr(row, column)
    totals = Counter({receipt.id: receipt.total for receipt in await rows(db, Receipt)})
    assert by_table == dict.fromkeys(by_table, totals)


async def numbers_have_no_gap(shift: Shift) -> None:
    db = shift.house.db
    assert sorted(int(receipt.number) for receipt in await rows(db, Receipt)) == _first(len(shift.receipts))
    checks = await rows(db, Check)
    assert sorted(check.number for check in checks) == _first(len(checks))
    assert {check.id for check in checks} == set(shift.checks)
    held = [seating.held_table_id for seating in await rows(db, Seating) if seating.held_table_id]
    assert len(held) == len(set(held))


def _first(count: int) -> list[int]:
    return list(range(1, count + 1))


async def stock_was_sold_once(shift: Shift) -> None:
    db = shift.house.db
    lines = [line for line in await rows(db, CheckLine) if line.name == COUNTED and line.state is not LineState.DRAFT]
    fired = sum(line.quantity for line in lines)
    voided = sum(line.quantity for line in lines if line.state is LineState.VOIDED)
    left = next(item.portions_left for item in await rows(db, Item) if item.name == COUNTED)
    given_back = await portions_given_back(db)
    assert 0 <= given_back <= voided
    assert (left, left >= 0) == (PORTIONS - fired + given_back, True)


async def portions_given_back(db: Database) -> int:
    """What was voided before it was ready, as the journal has it."""
    entries = [json.loads(body) for body in await journal.bodies(db)]
    back = [entry["details"] for entry in entries if entry["act"] == "stock_given_back"]
    return sum(details["portions"] for details in back if details["name"] == COUNTED)


async def paper_is_queued_once(shift: Shift) -> None:
    jobs = await rows(shift.house.db, PrintJob)
    assert set(Counter(job.cause for job in jobs).values()) <= {1}
    causes = {job.cause for job in jobs if job.kind != "bill"}
    assert sum("copy" in cause for cause in causes) == shift.copies
    assert len(causes) == shift.copies + len(shift.receipts)


def nothing_is_left_open(db: Database) -> None:
    """No transaction holds anything any more: everything can be locked at once."""
    if db.is_sqlite:
        with closing(sqlite3.connect(str(db.url.database), timeout=0)) as connection:
            connection.execute("BEGIN IMMEDIATE")
        return
    words = {"host": db.url.host, "port": db.url.port or 0, "user": db.url.username, "password": str(db.url.password)}
    with closing(pymysql.connect(database=db.url.database, **words)) as connection, connection.cursor() as cursor:
        for table in ("venues", "checks", "check_lines", "items", "counters", "journal_heads", "commands"):
            cursor.execute(f"SELECT * FROM {table} FOR UPDATE NOWAIT")
