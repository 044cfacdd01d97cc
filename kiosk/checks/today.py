"""What is likely to be rung next: what the house sells most these days, and what somebody rang last."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from kiosk.checks.models import CheckLine, LineState
from kiosk.core import clock
from kiosk.core.db import Read
from kiosk.core.ids import first_id
from kiosk.menu import queries as menu
from kiosk.menu.queries import Listed

LATELY = timedelta(days=14)
FAVOURITES = 24
LAST = 8
SOLD_ENOUGH = 24
"""Pieces an established house has sold lately; with fewer the figures of a young house would tell nothing."""


async def show_today(read: Read, person_id: int | None) -> dict[str, Any]:
    """{favourites, last}: ids of items on the menu, favourites in the order of the menu, the last rung one first."""
    listed = await menu.show_order(read)
    on_menu = {item.id for item in listed}
    last = await _last(read, person_id, on_menu)
    return {"favourites": favourites(listed, await _sold(read)), "last": last}


def favourites(listed: Sequence[Listed], sold: Sequence[int]) -> list[int]:
    """The pinned items, then those sold most (`sold`, the most first); in a young house the first of each category."""
    pinned = [item.id for item in listed if item.is_favourite]
    on_menu = {item.id for item in listed}
    more = [item_id for item_id in sold if item_id in on_menu] or _first_ones(listed)
    chosen = set(list(dict.fromkeys([*pinned, *more]))[:FAVOURITES])
    return [item.id for item in listed if item.id in chosen]


def _first_ones(listed: Sequence[Listed]) -> list[int]:
    """The first item of each category, then the second of each, and so on."""
    places: dict[int, int] = {}
    ranked = []
    for item in listed:
        places[item.category_id] = places.get(item.category_id, 0) + 1
        ranked.append((places[item.category_id], item.id))
    return [item_id for _, item_id in sorted(ranked, key=lambda one: one[0])]


async def _sold(read: Read) -> list[int]:
    """What was sold lately, the most first; nothing while the house is young. Ids say when, so the key is the index."""
    pieces = func.sum(CheckLine.quantity)
    found = (
        select(CheckLine.item_id, pieces)
        .where(CheckLine.id >= first_id(clock.now() - LATELY), CheckLine.state != LineState.VOIDED)
        .group_by(CheckLine.item_id)
        .order_by(pieces.desc(), CheckLine.item_id)
    )
    rows = (await read.session.execute(found)).all()
    return [item_id for item_id, _ in rows] if sum(int(count) for _, count in rows) >= SOLD_ENOUGH else []


async def _last(read: Read, person_id: int | None, on_menu: Collection[int]) -> list[int]:
    newest = func.max(CheckLine.id)
    found = (
        select(CheckLine.item_id)
        .where(CheckLine.id >= first_id(clock.now() - LATELY), CheckLine.rung_by == person_id)
        .group_by(CheckLine.item_id)
        .order_by(newest.desc())
        .limit(LAST * 4)
    )
    return [item_id for item_id in await read.session.scalars(found) if item_id in on_menu][:LAST]
