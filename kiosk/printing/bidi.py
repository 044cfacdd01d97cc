"""Which way letters run: text of mixed directions in the order in which it stands on paper. Pure.

The rules of Unicode's annex 9 for text without marks of direction, which never reach paper; its letters are W1 to L2.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

RIGHT_TO_LEFT = {"R", "AL"}
_NEUTRAL = {"B", "S", "WS", "ON", "BN"}


def base_level(text: str) -> int:
    """1 where the text begins with a letter of a right-to-left script, else 0."""
    kinds = (unicodedata.bidirectional(one) for one in text)
    first = next((kind for kind in kinds if kind in {"L", *RIGHT_TO_LEFT}), "L")
    return int(first in RIGHT_TO_LEFT)


def levels(text: str, base: int) -> list[int]:
    """The level of every letter: even ones run to the right, odd ones to the left."""
    kinds = [unicodedata.bidirectional(one) or "L" for one in text]
    edge = "R" if base else "L"
    _marks(kinds, edge)
    _numbers(kinds, edge)
    _separators(kinds)
    _neutrals(kinds, edge)
    return [_level(kind, base) for kind in kinds]


def visual(levels_of: list[int]) -> list[tuple[int, int, int]]:
    """The runs (first, after the last, level) in the order in which they stand from left to right."""
    runs, place = [], 0
    for level, group in groupby(levels_of):
        length = len(list(group))
        runs.append((place, place + length, level))
        place += length
    for level in range(max(levels_of, default=0), 0, -1):
        runs = _turned(runs, level)
    return runs


def _turned(runs: list[tuple[int, int, int]], level: int) -> list[tuple[int, int, int]]:
    """Every chain of runs of at least this level, turned round."""
    out: list[tuple[int, int, int]] = []
    for turned, group in groupby(runs, key=lambda run: run[2] >= level):
        chain = list(group)
        out += reversed(chain) if turned else chain
    return out


def _level(kind: str, base: int) -> int:
    if base % 2 == 0:
        return base + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
    return base + (kind in {"L", "EN", "AN"})


def _marks(kinds: list[str], edge: str) -> None:
    """W1: a mark goes with its letter."""
    before = edge
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = before
        before = kinds[place]


def _numbers(kinds: list[str], edge: str) -> None:
    """W2, W3 and W7: digits after Arabic letters are Arabic, after Latin ones Latin."""
    strong = edge
    for place, kind in enumerate(kinds):
        if kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN":
            kinds[place] = {"AL": "AN", "L": "L"}.get(strong, "EN")
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]


def _separators(kinds: list[str]) -> None:
    """W4 to W6: a separator between two numbers and a currency's sign beside one belong to them."""
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind == "CS" and before in {"EN", "AN"}) or (kind == "ES" and before == "EN")):
            kinds[place] = before
    _beside(kinds, range(len(kinds)), -1)
    _beside(kinds, range(len(kinds) - 1, -1, -1), 1)
    kinds[:] = ["ON" if kind in {"ES", "ET", "CS"} else kind for kind in kinds]


def _beside(kinds: list[str], places: range, step: int) -> None:
    for place in places:
        other = place + step
        if kinds[place] == "ET" and 0 <= other < len(kinds) and kinds[other] == "EN":
            kinds[place] = "EN"


def _neutrals(kinds: list[str], edge: str) -> None:
    """N1 and N2: what stands between two of one direction runs with them, else as the paper does."""
    place = 0
    for neutral, group in groupby(list(kinds), key=lambda kind: kind in _NEUTRAL):
        end = place + len(list(group))
        if neutral:
            before = _side(kinds[place - 1]) if place else edge
            after = _side(kinds[end]) if end < len(kinds) else edge
            kinds[place:end] = [before if before == after else edge] * (end - place)
        place = end


def _side(kind: str) -> str:
    return "R" if kind in {"R", "EN", "AN"} else "L"
