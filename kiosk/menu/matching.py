"""Which row a part of a menu document is: by its code, else by its name. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

Row = dict[str, Any]
"""A row's columns, or those that a document wants it to have."""
Trait = Callable[[Row], Hashable]


def match(wanted: Sequence[Row], rows: Sequence[Row], lies_in: str, *, moves: bool = False) -> list[Row | None]:
    """The row of each wanted part, in order; None is a part that is new. No row is taken twice.

    A part is the row with its code in the same parent (column `lies_in`); else, where `moves`, the only free row of
    that code anywhere; else a free row with its name in the same parent, one on the menu before one that is not.
    """
    search = _Search(wanted, rows)
    search.pair(lambda row: (row[lies_in], row["code"]))
    if moves:
        search.pair(lambda row: row["code"], only=True)
    search.pair(lambda row: (row[lies_in], row["name"]))
    return search.found


class _Search:
    def __init__(self, wanted: Sequence[Row], rows: Sequence[Row]) -> None:
        self._wanted = wanted
        self._free = {row["id"]: row for row in sorted(rows, key=lambda row: not row["active"])}
        self.found: list[Row | None] = [None] * len(wanted)

    def pair(self, trait: Trait, *, only: bool = False) -> None:
        """Pair parts and free rows of the same trait; where `only`, not when several have it."""
        free = _grouped(trait, list(self._free.values()))
        missing = [place for place, row in enumerate(self.found) if row is None]
        sought = _grouped(trait, [self._wanted[place] for place in missing])
        for place in missing:
            shared = trait(self._wanted[place])
            if not free[shared] or (only and (len(free[shared]) > 1 or len(sought[shared]) > 1)):
                continue
            row = free[shared].pop(0)
            self.found[place] = self._free.pop(row["id"])


def _grouped(trait: Trait, rows: Sequence[Row]) -> defaultdict[Hashable, list[Row]]:
    groups = defaultdict[Hashable, list[Row]](list)
    for row in rows:
        groups[trait(row)].append(row)
    return groups
