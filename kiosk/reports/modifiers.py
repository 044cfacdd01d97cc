"""Which modifiers dishes were sold with, at which price: kept on the lines of the checks, rolled up by day.

A modifier that is said with a prefix, such as no onion, is one of its own. Of what another system sold none is known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, func, insert, literal, select

from kiosk.checks.models import CheckLine
from kiosk.core.db import Read, Tx
from kiosk.payments.models import Receipt, ReceiptLine
from kiosk.reports.models import Rollup
from kiosk.reports.rollups import FIGURES, KEYS, Span, rows

DIMENSION: Final = "modifier"
Choice = tuple[str, str, int]
"""Prefix or nothing, name, price in minor units."""


async def show_modifiers(read: Read, span: Span) -> dict[Choice, int]:
    """How many dishes were sold with each choice; what was given back counts against it."""
    found: dict[Choice, int] = {}
    if span.young:
        for (_, *choice), pieces in (await _of_lines(read, span.young_of(ReceiptLine))).items():
            _add(found, tuple(choice), pieces)
    if span.has_old:
        keys = (Rollup.first_key, Rollup.second_key, Rollup.third_key)
        kept = select(*keys, func.sum(Rollup.pieces)).where(span.old_of(Rollup), Rollup.dimension == DIMENSION)
        for prefix, name, price, pieces in await rows(read, kept.group_by(*keys)):
            _add(found, (prefix, name, int(price)), pieces)
    return found


def _add(found: dict[Any, int], key: Any, pieces: int) -> None:
    found[key] = found.get(key, 0) + pieces


async def _of_lines(read: Read, where: ColumnElement[bool]) -> dict[tuple[date, str, str, int], int]:
    """By day, prefix, name and price: pieces."""
    by = (ReceiptLine.business_day, CheckLine.modifiers)
    asked = select(*by, func.sum(ReceiptLine.quantity)).join(CheckLine, CheckLine.id == ReceiptLine.line_id)
    found: dict[tuple[date, str, str, int], int] = {}
    for day, chosen, pieces in await rows(read, asked.where(where, CheckLine.modifiers != literal("[]")).group_by(*by)):
        for one in chosen:
            _add(found, (day, one.get("prefix", ""), one["name"][:200], one["price"]), pieces)
    return found


async def roll_modifiers(tx: Tx, span: Span) -> None:
    """Keep what the lines tell of these days."""
    found = sorted((await _of_lines(tx, span.of(ReceiptLine))).items())
    nothing = dict.fromkeys(FIGURES, 0) | {"venue_id": span.venue_id, "dimension": DIMENSION}
    made = [
        nothing
        | {"business_day": day, "place": place, "pieces": pieces}
        | dict(zip(KEYS, (prefix, name, str(price)), strict=True))
        for place, ((day, prefix, name, price), pieces) in enumerate(found, 1)
    ]
    if made:
        await tx.change(insert(Rollup), made)


def names_choice(key: Mapping[str, Any]) -> ColumnElement[bool]:
    """The condition that a receipt has a line with this prefix, modifier and price. Raises KeyError or ValueError."""
    told: dict[str, Any] = {"name": str(key["modifier"]), "price": int(key["price"])}
    if key["prefix"]:
        told["prefix"] = str(key["prefix"])
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).removeprefix("{")
    has_line = (ReceiptLine.receipt_id == Receipt.id, ReceiptLine.line_id == CheckLine.id)
    return exists().where(*has_line, func.instr(CheckLine.modifiers, written) > 0)
