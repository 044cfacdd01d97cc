"""Set menus: which dishes a step takes, and how the one price is shared out."""

import pytest

from kiosk.menu.combos import Dish, Sold, Step, choose, shares, steps_of
from kiosk.menu.errors import ChoiceMissing, ChoiceTooMany, ComboEmpty, ModifierForeign

SOUP, FISH, HALF, FULL = (
    Sold("soup", "starters", "one", True),
    Sold("fish", "mains", "one", True),
    Sold("pasta", "mains", "half", False),
    Sold("pasta", "mains", "full", True),
)
STARTER = Step("starter", "Starter", 1, 1, 1, [Dish("soup", None, None, 0)])
MAIN = Step("main", "Main", 1, 2, None, [Dish("fish", None, None, 300), Dish("pasta", "mains", "half", 0)])
LUNCH = [STARTER, MAIN]


def test_each_dish_is_found_in_its_step_with_what_it_costs_on_top() -> None:
    assert choose("Lunch", LUNCH, [("main", FISH), ("starter", SOUP), ("main", FISH)]) == [
        (MAIN, 300),
        (STARTER, 0),
        (MAIN, 300),
    ]


def test_a_step_that_lacks_its_dish_is_asked_for_by_name() -> None:
    with pytest.raises(ChoiceMissing, match="Choose “Main” for Lunch"):
        choose("Lunch", LUNCH, [("starter", SOUP)])


def test_a_step_takes_no_more_than_its_most() -> None:
    with pytest.raises(ChoiceTooMany, match="At most 2 of “Main” can be chosen for Lunch"):
        choose("Lunch", LUNCH, [("starter", SOUP), *[("main", HALF)] * 3])


def test_of_a_set_menu_something_is_chosen() -> None:
    with pytest.raises(ComboEmpty, match="Nothing is chosen of Lunch"):
        choose("Lunch", [Step("drink", "Drink", 0, 1, None, [Dish("wine", None, None, 0)])], [])


@pytest.mark.parametrize(
    "picked", [("main", SOUP), ("main", FULL), ("dessert", SOUP), ("main", Sold("pasta", "sides", "half", False))]
)
def test_what_the_step_does_not_name_is_refused(picked: tuple[str, Sold]) -> None:
    with pytest.raises(ModifierForeign, match="does not belong to Lunch"):
        choose("Lunch", LUNCH, [("starter", SOUP), picked])


def test_without_a_portion_the_one_that_a_tap_rings_is_meant() -> None:
    dish = Dish("pasta", None, None, 0)
    assert (dish.is_for(FULL), dish.is_for(HALF)) == (True, False)


@pytest.mark.parametrize(
    ("price", "ordinary", "on_top", "parts"),
    [
        (2400, [650, 1100, 480], [0, 0, 0], [699, 1184, 517]),
        (2400, [1100, 2200, 480], [200, 600, 0], [898, 1997, 305]),
        (1000, [100, 100, 100], [0, 0, 0], [334, 333, 333]),
        (1000, [0, 0, 0], [0, 0, 50], [334, 333, 383]),
        (1000, [0, 500], [0, 0], [0, 1000]),
        (0, [650, 1100], [0, 300], [0, 300]),
        (350, [180, 170], [0, 0], [180, 170]),
    ],
)
def test_the_price_is_shared_out_by_ordinary_prices_and_surcharges_stay_with_their_part(
    price: int, ordinary: list[int], on_top: list[int], parts: list[int]
) -> None:
    assert shares(price, ordinary, on_top) == parts
    assert sum(parts) == price + sum(on_top)


def test_steps_are_read_as_their_item_keeps_them() -> None:
    told = {"code": "starter", "name": "Starter", "least": 1, "most": 1, "course": 1}
    choice = {"item": "soup", "category": None, "portion": None, "price": 0}
    assert steps_of([{**told, "choices": [choice]}]) == [STARTER]
