"""What goods cost against what they brought. Pure; amounts in minor units, parts in ppm, None is not known."""

from __future__ import annotations

from typing import Final

from kiosk.core.money import Money, divide_rounded

Margin = tuple[Money | None, Money | None, int | None]
UNKNOWN: Final[Margin] = (None, None, None)
TENTH: Final = 1_000
"""A tenth of a percent in ppm: margins are told no finer."""


def margin(cost: Money, costed: Money) -> Margin:
    """What goods cost, what is left of their net sales, and that as a part of them.

    `costed` are the net sales of the goods whose cost is known. Not known at all where there are neither.

    >>> margin(350, 1000)
    (350, 650, 650000)
    >>> margin(350, 0)
    (350, -350, None)
    """
    if not (cost or costed):
        return UNKNOWN
    return cost, costed - cost, part(costed - cost, costed)


def part(amount: Money, whole: Money) -> int | None:
    """An amount as a part of a whole in ppm, to a tenth of a percent; of nothing or less there is none."""
    return divide_rounded(amount * TENTH, whole) * TENTH if whole > 0 else None
