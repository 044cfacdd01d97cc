"""Set menus: which dishes their steps allow, and how their one price is shared out over the dishes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kiosk.core.money import Money, share_out
from kiosk.menu.errors import ChoiceMissing, ChoiceTooMany, ComboEmpty, ModifierForeign
from kiosk.menu.rules import Prefixed

Document = list[dict[str, Any]]
"""A set menu as its item keeps it: steps, each with its choices by code."""


class Sold(NamedTuple):
    """A portion by codes: of its item, the category that lies in, and its own; whether it is the one a tap rings."""

    item: str
    category: str
    portion: str
    is_default: bool


class Dish(NamedTuple):
    """What may be chosen in a step: an item, in a category where its code alone does not tell, in a portion or its
    default one, and what it costs on top in minor units."""

    item: str
    category: str | None
    portion: str | None
    price: Money

    def is_for(self, sold: Sold) -> bool:
        is_portion = sold.is_default if self.portion is None else self.portion == sold.portion
        return self.item == sold.item and self.category in (None, sold.category) and is_portion


@dataclass(frozen=True)
class Step:
    """A part of a set menu: at least `least` and at most `most` of its dishes; the same one twice counts twice."""

    code: str
    name: str
    least: int
    most: int
    course: int | None
    dishes: Sequence[Dish]


class Pick(NamedTuple):
    """What a guest takes in a step: a portion with its modifiers."""

    step: str
    portion_id: int
    modifier_ids: Sequence[int] = ()
    prefixed: Sequence[Prefixed] = ()


def steps_of(document: Document) -> list[Step]:
    """The steps of a set menu as its item keeps them."""
    return [
        Step(
            **{key: step[key] for key in ("code", "name", "least", "most", "course")},
            dishes=[
                Dish(*(choice[key] for key in ("item", "category", "portion", "price"))) for choice in step["choices"]
            ],
        )
        for step in document
    ]


def choose(combo: str, steps: Sequence[Step], picked: Sequence[tuple[str, Sold]]) -> list[tuple[Step, Money]]:
    """The step of each picked dish and what it costs on top, when the steps of the set menu allow them all.

    Raises ModifierForeign, ChoiceMissing, ChoiceTooMany or ComboEmpty, each with a sentence that names the set menu.
    """
    by_code = {step.code: step for step in steps}
    found = [_found(combo, by_code.get(code), sold) for code, sold in picked]
    count = Counter(code for code, _ in picked)
    for step in steps:
        if count[step.code] < step.least:
            raise ChoiceMissing(step.name, combo, step.least)
        if count[step.code] > step.most:
            raise ChoiceTooMany(step.name, combo, step.most)
    if not found:
        raise ComboEmpty(combo)
    return found


def _found(combo: str, step: Step | None, sold: Sold) -> tuple[Step, Money]:
    dish = next((dish for dish in step.dishes if dish.is_for(sold)), None) if step else None
    if step is None or dish is None:
        raise ModifierForeign(combo)
    return step, dish.price


def shares(price: Money, ordinary: Sequence[Money], on_top: Sequence[Money]) -> list[Money]:
    """What each part costs: its share of the one price by the parts' ordinary prices, and its own surcharge.

    The parts always sum to the price and the surcharges. Parts that all have no price of their own share alike.
    """
    weights = ordinary if any(ordinary) else [1] * len(ordinary)
    return [part + extra for part, extra in zip(share_out(price, weights), on_top, strict=True)]
