"""What screens may do on the floor, what they read, and what they are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import Request

from kiosk.checks import queries as checks
from kiosk.checks.events import CheckChanged
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read
from kiosk.core.events import Fact
from kiosk.floor import acts, queries
from kiosk.floor.events import BookingChanged, CheckMoved, LayoutChanged, SectionChanged, TableChanged
from kiosk.kitchen.events import TicketChanged
from kiosk.menu.events import ItemStockChanged
from kiosk.printing.events import JobChanged
from kiosk.ui.house import House
from kiosk.ui.live import News

OWN_FACTS = (TableChanged, CheckMoved, BookingChanged, SectionChanged, LayoutChanged)
FACTS = (*OWN_FACTS, CheckChanged, TicketChanged, ItemStockChanged, JobChanged)


def register(kiosk: House) -> None:
    """Make the acts, the floor and its news known."""
    acts.register(kiosk.acts)
    kiosk.live.tell(FACTS, tell)

    async def show(read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        by.must(Permission.SEE_FLOOR)
        return {**kiosk.live.version("floor"), **await queries.show_floor(read)}

    kiosk.views.add("floor", show)
    kiosk.views.add("bookings/{day}", show_bookings)


async def show_bookings(read: Read, by: Actor, request: Request) -> dict[str, Any]:
    """Who is expected on a business day."""
    by.must(Permission.SEE_FLOOR)
    return {"bookings": await queries.show_bookings_of(read, request.path_params["day"])}


async def tell(read: Read, facts: list[Fact]) -> Iterable[News]:
    """What these facts change on the floor: tiles, cards, bookings, hands; after a new layout everything is read."""
    if any(isinstance(fact, LayoutChanged) for fact in facts):
        return [News("floor", {"reload": True})]
    tables, counter, gone_checks = await _parties(read, facts)
    bookings, gone_bookings = await _bookings(read, facts)
    news: dict[str, Any] = {"tables": tables, "counter": counter, "gone_checks": gone_checks}
    news |= {"bookings": bookings, "gone_bookings": gone_bookings}
    if any(isinstance(fact, SectionChanged) for fact in facts):
        news["sections"] = await queries.show_sections(read)
    return [News("floor", news)] if any(news.values()) else []


async def _parties(read: Read, facts: list[Fact]) -> tuple[list[Any], list[Any], list[int]]:
    """Tiles and cards of what changed, and the checks that are no cards any more."""
    changed = {fact.check_id for fact in facts if isinstance(fact, CheckChanged)}
    changed |= {fact.check_id for fact in facts if isinstance(fact, JobChanged) and fact.check_id}
    changed |= await checks.checks_of_lines(read, _cooked(facts))
    changed |= await checks.show_drafting(read, {fact.item_id for fact in facts if isinstance(fact, ItemStockChanged)})
    moved = {fact.check_id for fact in facts if isinstance(fact, CheckMoved)}
    held = await queries.tables_held_by(read, changed | moved)
    tables = {fact.table_id for fact in facts if isinstance(fact, TableChanged)} | set(held.values())
    tables |= await queries.tables_booked_by(read, {one.booking_id for one in facts if isinstance(one, BookingChanged)})
    cards = await queries.show_counter(read, (changed | moved) - held.keys())
    gone = moved | (changed - held.keys())
    tiles = await queries.show_tables(read, tables) if tables else []
    return tiles, list(cards.values()), sorted(gone - cards.keys())


def _cooked(facts: list[Fact]) -> set[int]:
    return {line_id for fact in facts if isinstance(fact, TicketChanged) for line_id in fact.line_ids}


async def _bookings(read: Read, facts: list[Fact]) -> tuple[list[Any], list[int]]:
    changed = {fact.booking_id for fact in facts if isinstance(fact, BookingChanged)}
    if not changed:
        return [], []
    shown = await queries.show_bookings(read, changed)
    return list(shown.values()), sorted(changed - shown.keys())
