"""The ways to pay that a house takes: its own, or the usual ones; adding one and taking one off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Read, Tx
from kiosk.core.ids import new_id
from kiosk.core.journal import Act
from kiosk.payments.errors import (
    KindIsKept,
    LastWay,
    NameIsTaken,
    NoteMissing,
    NoteUnasked,
    ProviderUnfit,
    TenderCodeUnfit,
    TenderUnknown,
)
from kiosk.payments.models import TenderType
from kiosk.payments.rules import USUAL, Given, TenderKind, Way
from kiosk.staff import service as staff

NOTE_LENGTH = 100
OUTSIDE = ("stripe",)
"""Providers that are asked outside, for cards and wallets."""
_TYPES = cast(Table, TenderType.__table__).c
WAYS = (
    select(_TYPES.is_active, _TYPES.code, _TYPES.name, _TYPES.kind, _TYPES.provider, _TYPES.needs_note)
    .where(_TYPES.venue_id == bindparam("mine"))
    .order_by(_TYPES.position, _TYPES.id)
)
"""Whether it is taken and what it is, of each way to pay of the venue `mine`."""


async def show_ways(read: Read) -> dict[str, Way]:
    """The ways to pay by their codes, in the order they are offered."""
    (rows,) = await read.look_up((WAYS, {"mine": (await read.venue()).id}))
    return offered(rows)


def offered(rows: Sequence[tuple[Any, ...]]) -> dict[str, Way]:
    """The ways to pay that are taken, of the rows that `WAYS` finds."""
    ways = [Way(*told) for is_active, *told in rows if is_active] if rows else USUAL
    return {way.code: way for way in ways}


async def show_every_way(read: Read) -> list[tuple[Way, bool]]:
    """Every way to pay that is known, and whether it is taken; what is off still has its name."""
    (rows,) = await read.look_up((WAYS, {"mine": (await read.venue()).id}))
    return [(Way(*told), is_active) for is_active, *told in rows] if rows else [(way, True) for way in USUAL]


async def show_names(read: Read) -> dict[str, str]:
    """What people read for each code, also of a way that is taken no more."""
    return {way.code: way.name for way, _ in await show_every_way(read)}


def name_of(names: Mapping[str, str], code: str) -> str:
    """What a way to pay is called on every paper, screen and sheet; one the house never had by its code."""
    return names.get(code, code)


async def _rows(read: Read) -> Sequence[TenderType]:
    venue = await read.venue()
    mine = select(TenderType).where(TenderType.venue_id == venue.id).order_by(TenderType.position, TenderType.id)
    return (await read.session.scalars(mine)).all()


def with_ways(tenders: Sequence[Given], ways: dict[str, Way], *, is_final: bool = True) -> list[Given]:
    """The tenders, each with its way to pay. Raises TenderUnknown, NoteUnasked and, at the end, NoteMissing."""
    return [_with_way(tender, ways, is_final) for tender in tenders]


def _with_way(tender: Given, ways: dict[str, Way], is_final: bool) -> Given:
    way = ways.get(tender.kind)
    if way is None:
        raise TenderUnknown(tender.kind, [one.name for one in ways.values()])
    note = " ".join(tender.note.split())[:NOTE_LENGTH]
    if way.needs_note and not note and is_final:
        raise NoteMissing(way.name, is_voucher=way.kind is TenderKind.VOUCHER)
    if note and not way.needs_note:
        raise NoteUnasked(way.name)
    return replace(tender, note=note, way=way)


async def add_way(tx: Tx, way: Way, *, by: Actor) -> None:
    """Take another way to pay, or an old one again or under another name; its kind stays what it is in the books.

    Raises KindIsKept, and NameIsTaken: reports tell what was paid by the names of the ways.
    """
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    way = replace(way, code=_allowed_code(way.code), name=_allowed_name(way.name), provider=_allowed_provider(way))
    known = {row.code: row for row in await _own(tx)}
    told = {"name": way.name, "kind": way.kind, "provider": way.provider, "needs_note": way.needs_note}
    if way.code in known and known[way.code].kind is not way.kind:
        raise KindIsKept(known[way.code].name, known[way.code].kind)
    for other in known.values():
        if other.code != way.code and other.name.casefold() == way.name.casefold():
            raise NameIsTaken(way.name, other.code)
    if way.code in known:
        await tx.change(update(TenderType).where(TenderType.id == known[way.code].id).values(**told, is_active=True))
    else:
        await tx.change(insert(TenderType).values(_row(way, by.venue_id, len(known))))
    tx.record(Act("tender_type_added", "venue", by.venue_id, by, {"code": way.code, **told}))


async def drop_way(tx: Tx, code: str, *, by: Actor) -> None:
    """Take a way to pay no more; what was paid with it stays in the books. One way must be left."""
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    taken = {row.code: row for row in await _own(tx) if row.is_active}
    if code not in taken:
        raise TenderUnknown(code, list(taken))
    if len(taken) == 1:
        raise LastWay(taken[code].name)
    await tx.change(update(TenderType).where(TenderType.id == taken[code].id).values(is_active=False))
    tx.record(Act("tender_type_dropped", "venue", by.venue_id, by, {"code": code}))


async def _own(tx: Tx) -> Sequence[TenderType]:
    """The house's own rows; the usual ones are written down when the first of them changes."""
    if not await _rows(tx):
        venue = await tx.venue()
        await tx.change(insert(TenderType), [_row(way, venue.id, place) for place, way in enumerate(USUAL)])
    return await _rows(tx)


def _row(way: Way, venue_id: int, position: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "venue_id": venue_id,
        "code": way.code,
        "name": way.name,
        "kind": way.kind,
        "provider": way.provider,
        "needs_note": way.needs_note,
        "position": position,
    }


def _allowed_code(code: str) -> str:
    if not (code.isascii() and code.replace("_", "").isalnum() and code == code.lower() and len(code) <= 32):
        raise TenderCodeUnfit(code)
    return code


def _allowed_provider(way: Way) -> str:
    """Who is asked for the money: nobody for cash and what has a note, else the cashier or a provider outside."""
    if way.kind is TenderKind.CASH:
        return "cash"
    outside = OUTSIDE if way.kind in {TenderKind.CARD, TenderKind.WALLET} else ()
    if way.provider not in {"manual", *outside}:
        raise ProviderUnfit(way.provider, way.name, ["manual", *outside])
    return way.provider


def _allowed_name(name: str) -> str:
    return " ".join(name.split())[:40]
