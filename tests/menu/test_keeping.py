"""A list of prices that says nothing of taxes and set menus."""

from pathlib import Path

from kiosk.core.db import Database
from kiosk.menu import cli, service
from kiosk.menu.keeping import keep_costs, keep_set_menus, keep_taxes
from menus.document import MenuDocument, Step
from menus.files import ReadMenu, read_menu
from tests.menu.making import load, lunch_card
from tests.support.house import small_menu


def test_items_keep_their_tax_class_and_new_ones_are_in_the_first(tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    file.write_text("category,item,portion,price\nMains,Tagliata,,24.00\nCellar,CHIANTI,Glass,6.50\nWine,Soave,,5.00\n")
    read = read_menu(file, currency="EUR")
    assert read.is_untaxed
    kept = keep_taxes(read.document, small_menu())
    assert [part.code for part in kept.tax_classes] == ["food", "drinks"]
    assert {item.name: item.tax_class for _, item in kept.all_items()} == {
        "Tagliata": None,
        "CHIANTI": "drinks",
        "Soave": None,
    }


def test_a_file_that_names_taxes_is_not_untaxed(tmp_path: Path) -> None:
    file = tmp_path / "menu.yaml"
    file.write_text(
        'name: A\ncurrency: EUR\ntax_classes: [{name: Food, eat_in: "10"}]\n'
        'categories: [{name: B, items: [{name: C, price: "1.00"}]}]\n'
    )
    assert not read_menu(file).is_untaxed


def flat(folder: Path, *rows: str) -> ReadMenu:
    (folder / "prices.csv").write_text("\n".join(["category,item,portion,price", *rows]), encoding="utf-8")
    return read_menu(folder / "prices.csv", currency="EUR")


PRICES = (
    "Food,Soup,,6.50",
    "Food,Pasta,Half,8.50",
    "Food,Pasta,Full,12.50",
    "Food,Fish,,21.00",
    "Bar,Wine,,5.50",
    "Set menus,Lunch,,21.00",
)


def set_menu(document: MenuDocument) -> list[Step] | None:
    return next(item.combo for _, item in document.all_items() if item.name == "Lunch")


def test_a_list_of_prices_keeps_the_set_menus_with_the_dishes_as_it_calls_them(tmp_path: Path) -> None:
    read = flat(tmp_path, *PRICES)
    assert (read.tells_set_menus, set_menu(read.document)) == (False, None)
    kept, remarks = keep_set_menus(read.document, lunch_card())
    assert (set_menu(kept), remarks) == (set_menu(lunch_card()), [])
    assert MenuDocument.model_validate(kept.model_dump()) == kept


def test_dishes_are_known_again_by_name_where_their_codes_are_others(tmp_path: Path) -> None:
    old = lunch_card()
    food, *others = old.categories
    coded = [item.model_copy(update={"code": f"n-{item.code}"}) for item in food.items]
    steps = set_menu(old) or []
    renamed = [
        step.model_copy(
            update={
                "choices": [
                    choice.model_copy(update={"item": f"n-{choice.item}"}) if choice.category is None else choice
                    for choice in step.choices
                ]
            }
        )
        for step in steps
    ]
    sets = others[1].model_copy(update={"items": [others[1].items[0].model_copy(update={"combo": renamed})]})
    before = old.model_copy(update={"categories": [food.model_copy(update={"items": coded}), others[0], sets]})
    kept, remarks = keep_set_menus(flat(tmp_path, *PRICES).document, before)
    assert (set_menu(kept), remarks) == (set_menu(lunch_card()), [])


def test_a_set_menu_that_cannot_be_kept_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    read = flat(tmp_path, "Food,Soup,,6.50", "Food,Pasta,Full,12.50", "Bar,Wine,,5.50", "Set menus,Lunch,,21.00")
    kept, remarks = keep_set_menus(read.document, lunch_card())
    assert set_menu(kept) is None
    assert remarks == ["“Lunch” is no set menu any more: the file has no “Pasta” in this portion, “Fish”."]


def test_a_dish_of_a_code_that_is_now_in_two_categories_is_named_with_its_own(tmp_path: Path) -> None:
    kept, remarks = keep_set_menus(flat(tmp_path, *PRICES, "Kids,Fish,,9.00").document, lunch_card())
    main = (set_menu(kept) or [])[1]
    assert [(choice.item, choice.category) for choice in main.choices] == [("pasta", None), ("fish", "food")]
    assert (MenuDocument.model_validate(kept.model_dump()), remarks) == (kept, [])


def costs(document: MenuDocument) -> dict[str, list[int | None]]:
    return {item.name: [portion.cost for portion in item.portions] for _, item in document.all_items()}


def test_a_list_of_prices_without_costs_leaves_them_as_they_are_by_portion(tmp_path: Path) -> None:
    rows = ("Food,Pasta,Half,8.50,2.10", "Food,Pasta,Full,12.50,3.40", "Food,Soup,,6.50,", "Bar,Water,,2.00,0")
    (tmp_path / "costs.csv").write_text("\n".join(["category,item,portion,price,cost", *rows]), encoding="utf-8")
    before = read_menu(tmp_path / "costs.csv", currency="EUR")
    assert before.tells_costs
    assert costs(before.document) == {"Pasta": [210, 340], "Soup": [None], "Water": [0]}
    read = flat(tmp_path, "Food,Pasta,Full,13.00", "Food,Pasta,Small,6.00", "Drinks,WATER,,2.20", "Food,Fish,,21.00")
    assert not read.tells_costs
    assert costs(keep_costs(read.document, before.document)) == {"Pasta": [340, None], "WATER": [0], "Fish": [None]}


def test_a_kept_set_menu_costs_what_its_dishes_cost(tmp_path: Path) -> None:
    rows = [f"{row},4.00" for row in PRICES]
    (tmp_path / "costs.csv").write_text("\n".join(["category,item,portion,price,cost", *rows]), encoding="utf-8")
    kept, _ = keep_set_menus(read_menu(tmp_path / "costs.csv", currency="EUR").document, lunch_card())
    assert costs(kept) == {"Soup": [400], "Pasta": [400, 400], "Fish": [400], "Wine": [400], "Lunch": [None]}
    assert MenuDocument.model_validate(kept.model_dump()) == kept


async def test_a_list_of_prices_taken_in_by_command_changes_prices_and_no_set_menu(
    house: Database, tmp_path: Path
) -> None:
    await load(house, lunch_card())
    async with house.read() as read:
        document, remarks = await cli.told_and_kept(read, flat(tmp_path, *PRICES))
        change = await service.plan_menu(read, document)
    assert remarks == ["The file names no tax classes: items keep theirs, new ones are taxed as “Food”."]
    assert "Item “Lunch”: set menu changed." not in change.lines
    assert len(change.prices) == 6


def test_a_dish_that_becomes_a_set_menu_leaves_its_cost_behind(tmp_path: Path) -> None:
    head = "name: Small\ncurrency: EUR\ncategories: [{name: Mains, items: ["
    soup, steps = '{name: Soup, price: "4"', "combo: [{name: One, choices: [{item: Soup}]}]"
    (tmp_path / "before.yaml").write_text(f'{head}{soup}, cost: "1"}}, {{name: Lunch, price: "10", cost: "4"}}]}}]')
    (tmp_path / "after.yaml").write_text(f'{head}{soup}}}, {{name: Lunch, price: "10", {steps}}}]}}]')
    before, after = (read_menu(tmp_path / name, currency="EUR") for name in ("before.yaml", "after.yaml"))
    assert not after.tells_costs
    kept = keep_costs(after.document, before.document)
    assert costs(kept) == {"Soup": [100], "Lunch": [None]}
