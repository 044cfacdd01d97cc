"""The rows of a report by their names, each beside what it was in other days. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from kiosk.reports.profit_rules import part
from kiosk.reports.ranges import months_before
from kiosk.reports.rules import WHOLE, Dimension, Row, is_added

KEYS: Final = frozenset(
    {*Dimension, "rate_ppm", "category", "portion", "kind", "reason", "person", "prefix", "price", "most"}
    - {Dimension.TAX, Dimension.DEED}
)
"""Columns that say which row it is."""
MOVED: Final = frozenset({Dimension.DAY, Dimension.MONTH})
"""Dimensions whose rows are others in other days."""
Told = dict[str, Any]


def compared(
    by: Dimension, columns: Sequence[str], rows: Sequence[Row], before: Sequence[Row], later: timedelta | int | None
) -> list[Told]:
    """The rows, each with its `before`; those that there were only before come last, with nothing now.

    `later` is how much later these days are than those before, in whole months where months are told: a day or a
    month stands beside the one that far back. The best of a month stands beside nothing.
    """
    told = [_named(columns, row) for row in rows]
    if later is None or by is Dimension.BEST:
        return told
    other = [_named(columns, row) for row in before]
    if by in MOVED:
        other = [_later(one, by, later) for one in other]
    known = {_text(one["key"]): one for one in other}
    here = [one | {"before": known.pop(_text(one["key"]), {}).get("cells")} for one in told]
    gone = [one | {"cells": _nothing(columns, one["cells"]), "before": one["cells"]} for one in known.values()]
    return sorted([*here, *gone], key=lambda one: str(one["key"][by])) if by in MOVED else [*here, *gone]


def _named(columns: Sequence[str], row: Row) -> Told:
    cells = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in zip(columns, row, strict=True)
    }
    return {"key": {name: cells[name] for name in columns if name in KEYS}, "cells": cells}


def _text(key: Mapping[str, Any]) -> str:
    return json.dumps(key, sort_keys=True)


def _later(one: Told, by: Dimension, later: timedelta | int) -> Told:
    known = str(one["key"][by])
    if isinstance(later, timedelta):
        moved = (date.fromisoformat(known) + later).isoformat()
    else:
        moved = f"{months_before(date.fromisoformat(f'{known}-01'), -later):%Y-%m}"
    return {"key": {by.value: moved}, "cells": one["cells"] | {by.value: moved}}


def _nothing(columns: Sequence[str], cells: Mapping[str, Any]) -> Told:
    return {name: 0 if name in WHOLE and name not in KEYS else cells[name] for name in columns}


def summed(by: Dimension, columns: Sequence[str], rows: Sequence[Row]) -> dict[str, int]:
    """What the rows come to together, for the columns that add up."""
    places = [(name, place) for place, name in enumerate(columns) if is_added(by, name)]
    sums = {name: sum(row[place] or 0 for row in rows) for name, place in places}
    whole = part(sums["margin"], sums["cost"] + sums["margin"]) if "margin" in sums else None
    return sums if whole is None else sums | {"margin_ppm": whole}


def alike(columns: Sequence[str], others: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """Rows of other columns as rows of these: what goods cost may be known of some days only."""
    places = [others.index(name) if name in others else None for name in columns]
    return [tuple(None if place is None else row[place] for place in places) for row in rows]
