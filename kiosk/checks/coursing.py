"""Which courses a send fires, and how far each course of a check has come. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

DRINKS = 0
"""The course that is never held back by the house's rule."""


def fired_by_a_send(drafts: Iterable[int], held: Collection[int], fired: Iterable[int]) -> set[int]:
    """The courses whose drafts a plain Send fires where the house holds courses; the others are held.

    Drinks, everything at or below the highest food course ever fired, and the lowest course that waits, unless
    that one is being held back already: then its latecomers wait with the rest of it.

    >>> sorted(fired_by_a_send([0, 1, 2], [], []))
    [0, 1]
    >>> sorted(fired_by_a_send([0, 1, 2, 3], [2], [1]))
    [0, 1]
    >>> sorted(fired_by_a_send([2], [2], [1]))
    []
    """
    unsent, highest = set(drafts), max(fired, default=DRINKS)
    fires = {no for no in unsent if no <= highest}
    lowest = min((no for no in {*unsent, *held} if no > DRINKS), default=DRINKS)
    if lowest not in held:
        fires.add(lowest)
    return fires & unsent
