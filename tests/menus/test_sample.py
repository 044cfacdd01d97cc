from importlib.resources import files
from pathlib import Path

import pytest

from menus.document import MenuDocument
from menus.files import read_menu, sample_menu, write_menu


@pytest.fixture(scope="module")
def trattoria() -> MenuDocument:
    return sample_menu()


def test_the_sample_is_a_trattoria_with_eleven_categories_and_101_items(trattoria: MenuDocument) -> None:
    assert (trattoria.name, trattoria.currency) == ("Trattoria Aurora", "EUR")
    assert [one.name for one in trattoria.categories] == [
        "Starters",
        "Pasta",
        "Pizza",
        "Mains",
        "Sides",
        "Desserts",
        "Wine",
        "Drinks",
        "Coffee",
        "Set menus",
        "Lunch",
    ]
    assert sum(1 for _ in trattoria.all_items()) == 101
    assert all(one.icon for one in trattoria.categories)


def test_the_sample_has_two_tax_classes_one_daypart_and_a_required_doneness(trattoria: MenuDocument) -> None:
    assert [(one.code, one.eat_in_ppm, one.take_away_ppm) for one in trattoria.tax_classes] == [
        ("food", 100_000, 100_000),
        ("drinks", 220_000, 220_000),
    ]
    assert [one.code for one in trattoria.dayparts] == ["lunch"]
    doneness = trattoria.modifier_groups[0]
    assert (doneness.code, doneness.min, [one.default for one in doneness.modifiers]) == ("doneness", 1, [False] * 4)


def test_the_sample_shows_every_kind_of_portion(trattoria: MenuDocument) -> None:
    names = {one.name for _, dish in trattoria.all_items() for one in dish.portions}
    assert {"Small", "Medium", "Large", "Glass", "Bottle", "Half", "Full", "200 g", "300 g", "125 ml"} <= names
    margherita = next(dish for _, dish in trattoria.all_items() if dish.code == "margherita")
    assert [(one.code, one.price, one.default) for one in margherita.portions] == [
        ("small", 700, False),
        ("medium", 950, True),
        ("large", 1250, False),
    ]


def test_every_dish_of_the_sample_has_a_station_a_course_and_a_name_short_enough_for_the_kitchen(
    trattoria: MenuDocument,
) -> None:
    stations = {code for _, one in trattoria.all_categories() for code in one.stations}
    assert stations == {"cold", "pasta", "oven", "grill", "bar"}
    for page, dish in trattoria.all_items():
        assert dish.stations or page.stations or dish.combo, dish.name
        assert page.course is not None, dish.name
        assert len(dish.kitchen_name or dish.name) <= 18, dish.name
        assert dish.names.get("en"), dish.name


def test_the_sample_has_a_set_menu_for_any_hour_two_open_prices_and_favourites_of_every_kind(
    trattoria: MenuDocument,
) -> None:
    items = [(page, dish) for page, dish in trattoria.all_items()]
    ((page, fixed),) = [(page, dish) for page, dish in items if dish.combo]
    assert (fixed.name, fixed.portions[0].price, page.dayparts, fixed.dayparts) == ("Menù a prezzo fisso", 2400, [], [])
    assert [(step.name, step.min, step.max, step.course) for step in fixed.combo or []] == [
        ("Starter", 1, 1, 1),
        ("Main", 1, 1, 2),
        ("Drink", 1, 1, None),
        ("Coffee", 0, 1, 3),
    ]
    assert [dish.name for _, dish in items if dish.open_price] == ["Pesce del giorno", "Torta del pasticcere"]
    favourites = [page.code for page, dish in items if dish.favourite]
    assert len(favourites) == 16
    assert set(favourites) == {"starters", "pasta", "pizza", "mains", "desserts", "red", "drinks", "coffee"}


def test_nothing_is_said_before_what_already_says_no(trattoria: MenuDocument) -> None:
    assert [one.code for one in trattoria.modifier_groups if one.prefixes is False] == ["without", "pasta-choice"]


def test_the_sample_is_part_of_the_package_and_comes_back_equal(trattoria: MenuDocument, tmp_path: Path) -> None:
    told = files("menus").joinpath("samples/trattoria.yaml").read_text(encoding="utf-8")
    assert told.startswith("# The sample menu.")
    for file in ("menu.yaml", "menu.xlsx"):
        write_menu(trattoria, tmp_path / file)
        assert read_menu(tmp_path / file).document == trattoria


def test_the_sample_knows_what_all_but_lunches_set_menus_and_the_fish_of_the_day_cost(trattoria: MenuDocument) -> None:
    unknown = {
        page.name if page.name in {"Set menus", "Lunch"} else dish.name
        for page, dish in trattoria.all_items()
        if any(one.cost is None for one in dish.portions)
    }
    assert unknown == {"Set menus", "Lunch", "Pesce del giorno"}
    portions = [one for _, dish in trattoria.all_items() for one in dish.portions]
    assert all(one.cost < one.price // 2 for one in portions if one.cost is not None)
