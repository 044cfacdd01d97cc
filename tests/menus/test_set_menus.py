"""Set menus, favourites and prefixes in menu files: read by code or name, written back, refused with their place."""

from pathlib import Path

import pytest

from menus.document import Choice, MenuDocument, Step
from menus.errors import MenuRefused
from menus.files import read_menu, write_menu
from tests.menus.made import category, item, menu, portion, read_text, refused, refused_workbook, workbook

WHOLE = """\
name: Aurora
currency: EUR
modifier_groups:
  - {name: Spice, prefixes: no, modifiers: [{name: Chilli}]}
categories:
  - name: Food
    items:
      - {name: Pasta, favourite: yes, portions: [{name: Half, price: 7}, {name: Full, price: 12, default: yes}]}
      - {name: Fish, price: "20.00"}
      - {name: House, price: "3.00"}
  - name: Drinks
    items:
      - {name: House, price: "5.00"}
      - {name: Water, price: "2.00"}
      - {code: water-2, name: Water, price: "2.50"}
      - name: Business lunch
        price: "15.00"
        combo:
          - name: Main
            course: 2
            choices: [{item: pasta, portion: Half}, {item: FISH, price: "3.00"}, {item: house, category: Drinks}]
          - {name: Drink, min: 0, max: 2, choices: [{item: water}]}
"""
STEPS = [
    Step(
        code="main",
        name="Main",
        course=2,
        choices=[
            Choice(item="pasta", portion="half"),
            Choice(item="fish", price=300),
            Choice(item="house", category="drinks"),
        ],
    ),
    Step(code="drink", name="Drink", min=0, max=2, choices=[Choice(item="water")]),
]


def set_menu(read: MenuDocument) -> list[Step] | None:
    return next(dish for _, dish in read.all_items() if dish.code == "business-lunch").combo


def test_a_set_menu_names_its_dishes_by_code_or_name_and_is_kept_by_code(tmp_path: Path) -> None:
    read = read_text(tmp_path, WHOLE).document
    assert set_menu(read) == STEPS
    assert [dish.code for _, dish in read.all_items() if dish.favourite] == ["pasta"]
    assert read.modifier_groups[0].prefixes is False


@pytest.mark.parametrize("file", ["back.yaml", "back.xlsx"])
def test_it_comes_back_equal_from_a_file_that_can_hold_it(file: str, tmp_path: Path) -> None:
    whole = read_text(tmp_path, WHOLE).document
    write_menu(whole, tmp_path / file)
    again = read_menu(tmp_path / file)
    assert (again.document, again.tells_set_menus) == (whole, True)


def test_it_is_written_as_a_person_would(tmp_path: Path) -> None:
    write_menu(read_text(tmp_path, WHOLE).document, tmp_path / "back.yaml")
    assert (
        (tmp_path / "back.yaml")
        .read_text(encoding="utf-8")
        .endswith(
            '        price: "15.00"\n'
            "        combo:\n"
            "          - code: main\n"
            "            name: Main\n"
            "            min: 1\n"
            "            max: 1\n"
            "            course: 2\n"
            "            choices:\n"
            "              - {item: pasta, portion: half}\n"
            '              - {item: fish, price: "3.00"}\n'
            "              - {item: house, category: drinks}\n"
            "          - code: drink\n"
            "            name: Drink\n"
            "            min: 0\n"
            "            max: 2\n"
            "            choices:\n"
            "              - {item: water}\n"
        )
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "item: pasta",
            "item: pata",
            'line 21, item "pata": There is no item "pata" on the menu: did you mean "pasta"?',
        ),
        (
            "item: pasta",
            "item: zuppa",
            'line 21, item "zuppa": There is no item "zuppa" on the menu; correct it or add the item.',
        ),
        (
            "portion: Half",
            "portion: big",
            'line 21, portion "big": "Pasta" has no portion "big": it has "half", "full"; correct it.',
        ),
        (
            ", category: Drinks",
            "",
            'line 21, item "house": There is an item "house" in each of "Food", "Drinks"; '
            "name the category of the one meant.",
        ),
        (
            "category: Drinks",
            "category: wine",
            'line 21, category "wine": "house" is not in "wine": it is in "Food", "Drinks"; correct the category.',
        ),
        (
            "[{item: water}]",
            "[{item: Water}]",
            'line 22, item "Water": 2 items are called so, with the codes "water", "water-2"; name one of these.',
        ),
        (
            "[{item: water}]",
            "[{item: Business lunch}]",
            'line 22, item "business-lunch": "Business lunch" is a set menu itself; choose dishes and drinks only.',
        ),
        (
            "[{item: water}]",
            "[{item: water}, {item: water}]",
            'line 22, item "water": The dish stands twice in its step; take one out '
            "(raise the step's max to let it be taken twice).",
        ),
        (
            "portion: Half",
            "portion: Full}, {item: Pasta",
            'line 21, item "pasta": The dish stands twice in its step; take one out '
            "(raise the step's max to let it be taken twice).",
        ),
        ("[{item: water}]", "[{price: '1'}]", "line 22, item: The choice has no item; fill it in."),
        (
            "[{item: water}]",
            "[{item: water, price: '-1'}]",
            'line 22, price "-1": It is negative; write 0 or more.',
        ),
        (
            "[{item: water}]",
            "[{item: water, size: L}]",
            'line 22, size "L": The choice has no word "size": its words are item, category, portion, price.',
        ),
        ("[{item: water}]", "[]", "line 22, choices: The step has no choices; add some or take the step out."),
        (
            "[{item: water}]",
            "water",
            'line 22, choices "water": A list of choices belongs here, each with its own words; write it so.',
        ),
        (
            "max: 2",
            "max: 0",
            'line 22, max "0": The most that can be chosen is from 1 to 20; write a number between them.',
        ),
        (
            "min: 0",
            "min: 3",
            'line 22, min "3": The least that must be chosen is 3 and the most is 2; lower it or raise the most.',
        ),
        ("course: 2", "course: two", 'line 20, course "two": It is not a whole number; write digits only.'),
        (
            '"15.00"',
            '"15.00"\n        cost: "4.00"',
            "line 18, cost: The goods of a set menu are those of its dishes; give them their costs and take this "
            "one out.",
        ),
        (
            '"15.00"',
            '"15.00"\n        open_price: yes',
            'line 18, open_price "yes": A set menu has a price of its own; take the open price out.',
        ),
        (
            '"15.00"',
            '"15.00"\n        modifier_groups: [Spice]',
            'line 18, modifier_groups "spice": '
            "A set menu is chosen by its steps and its dishes' own groups; take the modifier groups out.",
        ),
        ("prefixes: no", "prefixes: some", 'line 4, prefixes "some": It is neither yes nor no; write one of them.'),
        ("favourite: yes", "favourite: 5", 'line 8, favourite "5": It is neither yes nor no; write one of them.'),
    ],
)
def test_a_fault_is_refused_with_its_line_and_the_way_out(old: str, new: str, problem: str, tmp_path: Path) -> None:
    assert WHOLE.count(old) == 1
    assert refused(tmp_path, WHOLE.replace(old, new)) == [f"menu.yaml, {problem}"]


@pytest.mark.parametrize(
    ("combo", "problem"),
    [
        ("combo: []", "line 18, combo: The set menu has no steps; add some or take the combo out."),
        ("combo: x", 'line 18, combo "x": A list of steps belongs here, each with its own words; write it so.'),
    ],
)
def test_a_set_menu_without_steps_is_refused(combo: str, problem: str, tmp_path: Path) -> None:
    assert refused(tmp_path, WHOLE.partition("combo:")[0] + combo + "\n") == [
        f"menu.yaml, {problem}".replace("16", "17")
    ]


def test_two_steps_of_one_code_are_refused() -> None:
    twice = [STEPS[1].model_copy(update={"choices": [Choice(item="soup")]})] * 2
    with pytest.raises(ValueError, match='The code "drink" stands twice among the steps of item "Lunch"'):
        menu(category("a", item(), item("lunch", name="Lunch", combo=twice)))


def sheets(*choices: list[object]) -> dict[str, list[list[object]]]:
    headings = ["category", "set menu", "step", "min", "max", "item", "portion", "price"]
    return {
        "Menu": [
            ["category", "item", "portion", "price", "favourite"],
            ["Food", "Pasta", "Half", 7, "x"],
            ["Food", "Pasta", "Full", 12, None],
            ["Food", "Lunch", None, 15, None],
        ],
        "Set menus": [headings, *choices],
        "About": [["menu", "Aurora"], ["currency", "EUR"]],
    }


def test_a_person_can_write_a_set_menu_in_a_sheet(tmp_path: Path) -> None:
    told = sheets(
        ["Food", "Lunch", "Main", 1, 2, "Pasta", "full", 1.5], ["Food", "Lunch", "Main", None, None, "pasta", "Half"]
    )
    read = read_menu(workbook(tmp_path, told)).document
    pasta, lunch = read.categories[0].items
    assert (pasta.favourite, lunch.favourite) == (True, False)
    choices = [Choice(item="pasta", portion="full", price=150), Choice(item="pasta", portion="half")]
    assert lunch.combo == [Step(code="main", name="Main", min=1, max=2, choices=choices)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            ["Food", "Lunch", "Main", 1, 1, "Pizza", None, None],
            'sheet Set menus, row 2, item "Pizza": There is no item "Pizza" on the menu; correct it or add the item.',
        ),
        (
            ["Food", "Lunch", "Main", 1, 1, "Pasta", "Large", None],
            'sheet Set menus, row 2, portion "Large": "Pasta" has no portion "Large": it has "half", "full"; '
            "correct it.",
        ),
        (
            ["Food", "Lunch", "Main", 1, 1, "Pasta", None, "1,50"],
            'sheet Set menus, row 2, price "1,50": It is not a price; write digits and a point only, as 12.50.',
        ),
        (
            ["Food", "Lunch", None, 1, 1, "Pasta", None, None],
            "sheet Set menus, row 2, step: The row has no step; every row names its step.",
        ),
        (
            ["Food", "Lunch", "Main", 1, "few", "Pasta", None, None],
            'sheet Set menus, row 2, max "few": It is not a whole number; write digits only.',
        ),
    ],
)
def test_a_fault_in_the_sheet_is_refused_with_its_row_and_column(
    row: list[object], problem: str, tmp_path: Path
) -> None:
    assert f"menu.xlsx, {problem}" in refused_workbook(tmp_path, sheets(row))


def test_a_set_menu_that_the_menu_sheet_does_not_have_has_no_price(tmp_path: Path) -> None:
    problems = refused_workbook(tmp_path, sheets(["Food", "Dinner", "Main", 1, 1, "Pasta", None, None]))
    assert problems == [
        'menu.xlsx, sheet Set menus, row 2, price: "Dinner" has no price; give it one, take it out, '
        "or import with --skip-unpriced."
    ]


def test_a_workbook_without_the_sheet_and_a_csv_file_say_nothing_of_set_menus(tmp_path: Path) -> None:
    without = {title: rows for title, rows in sheets().items() if title != "Set menus"}
    assert not read_menu(workbook(tmp_path, without)).tells_set_menus
    assert read_menu(workbook(tmp_path, sheets())).tells_set_menus
    flat = "category,item,price,favourite\nFood,Pasta,7,yes\nFood,Fish,8,\n"
    read = read_text(tmp_path, flat, "menu.csv", currency="EUR")
    assert not read.tells_set_menus
    assert [dish.favourite for _, dish in read.document.all_items()] == [True, False]


def test_csv_refuses_to_lose_a_set_menu(tmp_path: Path) -> None:
    lunch = item(
        "lunch", name="Lunch", portions=[portion()], combo=[Step(code="a", name="A", choices=[Choice(item="soup")])]
    )
    with pytest.raises(MenuRefused, match='CSV cannot hold the set menu "Lunch", tax classes; write'):
        write_menu(menu(category("a", item(), lunch)), tmp_path / "menu.csv")
    assert not (tmp_path / "menu.csv").exists()
