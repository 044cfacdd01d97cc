from pathlib import Path

import pytest

from menus.errors import MenuRefused
from menus.files import read_menu, write_menu
from tests.menus.made import menu, one_item, read_text, refused

WHOLE = """
name: Aurora
currency: eur
tax_classes:
  - {name: Food, eat_in: "10"}
  - {code: wine, name: Wine, eat_in: "22", take_away: "6.25"}
dayparts:
  - {name: Lunch, start: 9:30, end: 14:30, weekdays: Mon-Fri, more: [{start: "12:00", end: "16:00", weekdays: [6, 7]}]}
modifier_groups:
  - name: Doneness
    min: 1
    modifiers: [{name: Rare}, {name: Well done, default: yes}, {name: No fat, price: "-0.50"}]
categories:
  - name: Mains
    icon: set_meal
    course: 2
    stations: [grill, pass]
    items:
      - name: 1984
        names: {no: Nei, de: "Neunzehn"}
        description: |
          First line
          second line
        kitchen_name: No
        tax_class: Wine
        allergens: Milk, "Nuts, all kinds"; Eggs
        dayparts: lunch
        modifier_groups: [doneness]
        portions:
          - {name: Half, price: 7}
          - {name: Full, price: "12.50", default: true}
      - {name: Soup, price: "4.00"}
      - {name: Soup, price: "5.00"}
      - {name: Today's fish, open_price: yes}
"""


def test_a_menu_is_read_with_what_it_leaves_out_filled_in(tmp_path: Path) -> None:
    read = read_text(tmp_path, WHOLE).document
    food, wine = read.tax_classes
    assert (read.currency, food.code, food.eat_in_ppm, food.take_away_ppm) == ("EUR", "food", 100_000, 100_000)
    assert (wine.eat_in_ppm, wine.take_away_ppm) == (220_000, 62_500)
    assert [(one.start, one.end, one.weekdays) for one in read.dayparts[0].windows] == [
        ("09:30", "14:30", [1, 2, 3, 4, 5]),
        ("12:00", "16:00", [6, 7]),
    ]
    (group,) = read.modifier_groups
    assert (group.min, group.max, [one.price for one in group.modifiers]) == (1, 1, [0, 0, -50])
    assert [one.default for one in group.modifiers] == [False, True, False]
    first = read.categories[0].items[0]
    assert (first.code, first.name, first.names["no"], first.kitchen_name) == ("1984", "1984", "Nei", "No")
    assert first.description == "First line\nsecond line"
    assert first.allergens == ["Milk", "Nuts, all kinds", "Eggs"]
    assert (first.tax_class, first.dayparts, first.modifier_groups) == ("wine", ["lunch"], ["doneness"])
    assert [(one.code, one.price, one.default) for one in first.portions] == [
        ("half", 700, False),
        ("full", 1250, True),
    ]


def test_items_of_one_name_get_numbered_codes_and_an_open_price_starts_at_nothing(tmp_path: Path) -> None:
    items = read_text(tmp_path, WHOLE).document.categories[0].items
    assert [(one.code, one.portions[0].price) for one in items[1:]] == [
        ("soup", 400),
        ("soup-2", 500),
        ("today-s-fish", 0),
    ]


def test_a_menu_without_tax_classes_is_at_nought_per_cent_and_says_so(tmp_path: Path) -> None:
    read = read_text(tmp_path, one_item('{name: Soup, price: "4.00"}'))
    assert [(one.code, one.eat_in_ppm) for one in read.document.tax_classes] == [("standard", 0)]
    assert read.notes == ['The file names no tax classes: everything is in the class "Standard" at 0 %.']


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            ["name: Soup", "price: 12.50"],
            'line 7, price "12.50": A price with a point stands in quotes, so that no digit is lost; write "12.50".',
        ),
        (
            ["name: Soup", 'price: "12.505"'],
            'line 7, price "12.505": EUR has 2 decimals and this price has more; write fewer.',
        ),
        (
            ["name: Soup", 'price: "12,50"'],
            'line 7, price "12,50": It is not a price; write digits and a point only, as 12.50.',
        ),
        (["name: Soup", 'price: "-1.00"'], 'line 7, price "-1.00": It is negative; write 0 or more.'),
        (
            ["name: Soup"],
            'line 6, price: "Soup" has no price; give it one, take it out, or import with --skip-unpriced.',
        ),
        (
            ["name: Soup", "portions: [{name: Cup, price: '2'}, {name: Bowl}]"],
            'line 7, price: "Soup" has no price in the portion "Bowl"; give it one, take it out, '
            "or import with --skip-unpriced.",
        ),
        (["code: s", "price: '4'"], "line 6, name: The item has no name; fill it in."),
        (
            ["name: Soup", "price: '4'", "colour: red"],
            'line 8, colour "red": The item has no word "colour": its words are code, name, names, description, '
            "descriptions, kitchen_name, tax_class, stations, course, allergens, dayparts, modifier_groups, "
            "open_price, favourite, portions, price, cost, combo.",
        ),
        (
            ["name: Soup", "price: '4'", "allergen: Milk"],
            'line 8, allergen "Milk": The item has no word "allergen": did you mean "allergens"?',
        ),
        (
            ["name: Soup", "price: '4'", "course: two"],
            'line 8, course "two": It is not a whole number; write digits only.',
        ),
        (
            ["name: Soup", "price: '4'", "course: 21"],
            'line 8, course "21": It is above 20, the most there is; lower it.',
        ),
        (
            ["name: Soup", "price: '4'", "open_price: maybe"],
            'line 8, open_price "maybe": It is neither yes nor no; write one of them.',
        ),
        (
            ["name: Soup", "price: '4'", "names: {english: Soup}"],
            'line 8, english "Soup": "english" is not a language; write its short form, as en, de or pt-BR.',
        ),
        (
            ["name: Soup", "price: '4'", "names: Soup"],
            'line 8, names "Soup": Texts by language belong here; write them as {en: "...", de: "..."}.',
        ),
        (["name: [a, b]", "price: '4'"], "line 6, name: A single text belongs here; write one."),
        (
            ["name: Soup", "price: '4'", "allergens:", "  - Milk", "  - {a: b}"],
            "line 10, allergens: A single text belongs here; write one.",
        ),
        (
            ["name: Soup", "price: '4'", "portions: [{name: Cup, price: '2'}]"],
            'line 7, price "4": The item has a price and portions with prices; keep either the price or the portions.',
        ),
        (
            ["name: Soup", "price: '4'", "modifier_groups:", "  - milk"],
            'line 9, modifier_groups "milk": There is no modifier group "milk": the menu has no modifier group at all; '
            "correct it or add the modifier group.",
        ),
        (
            ["name: Soup", "price: '4'", "tax_class: wine"],
            'line 8, tax_class "wine": There is no tax class "wine": the menu has "standard"; '
            "correct it or add the tax class.",
        ),
        (
            ["name: Soup", "portions: Cup"],
            'line 7, portions "Cup": A list of portions belongs here, each with its own words; write it so.',
        ),
        (
            ["name: Soup", "price: '4'", "name: Stew"],
            'line 8, name: "name" stands twice here; keep one of them.',
        ),
        (
            ["name: &a Soup", "price: '4'", "kitchen_name: *a"],
            "line 8, kitchen_name: A menu takes no references (*); write it out.",
        ),
        (
            ["name: Soup", "cost: '1'", "portions: [{name: Cup, price: '4'}]"],
            'line 7, cost "1": The item has a cost and portions with costs; keep either the cost or the portions.',
        ),
        (["name: Soup", "price: '4'", "cost: '-1'"], 'line 8, cost "-1": It is negative; write 0 or more.'),
        (
            ["name: Soup", "price: '4'", "cost: 1.5"],
            'line 8, cost "1.5": A price with a point stands in quotes, so that no digit is lost; write "1.5".',
        ),
        (["name: !secret Soup", "price: '4'"], "line 6: The tag !secret means nothing in a menu; take it out."),
    ],
)
def test_a_fault_in_an_item_is_refused_with_its_line_and_the_way_out(
    lines: list[str], problem: str, tmp_path: Path
) -> None:
    assert refused(tmp_path, one_item(*lines)) == [f"menu.yaml, {problem}"]


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ("", "line 1: It is not a menu; begin it with name:, currency: and categories:."),
        ("- a", "line 1: It is not a menu; begin it with name:, currency: and categories:."),
        (
            "name: 'Aurora",
            "line 1: It cannot be read as YAML (found unexpected end of stream); mend the line, "
            "most often its indent, quotes or colon.",
        ),
        (
            "a: b: c",
            "line 1: It cannot be read as YAML (mapping values are not allowed in this context); mend the line, "
            "most often its indent, quotes or colon.",
        ),
        ("a: b\n---\nc: d", "line 2: A second document begins here; keep one menu a file."),
        ("[" * 100_000, "line 1: It lies too deep for a menu; take some levels out."),
        ("a: &a [x]\nb: &b [*a, *a]\n", "line 2, b: A menu takes no references (*); write it out."),
        (
            "name: Aurora\ncategories: []\n",
            "line 1, currency: The menu has no currency; name its ISO 4217 code, as EUR, "
            "in the file or with the command.",
        ),
        (
            "name: Aurora\ncurrency: Euro\ncategories: []\n",
            'line 2, currency "Euro": "Euro" is no currency; write its ISO 4217 code, as EUR, USD or JPY.',
        ),
        (
            "name: Aurora\ncurrency: EUR\ncategories: []\n",
            "line 1: It holds no item with a price; a menu has at least one.",
        ),
        (
            "name: Aurora\ncurrency: EUR\ntax_classes: [{name: Food, eat_in: '6.25001'}]\n",
            'line 3, eat_in "6.25001": It has more than 4 decimals; a tax rate has at most 4.',
        ),
        (
            "name: Aurora\ncurrency: EUR\ntax_classes: [{name: Food}]\n",
            "line 3, eat in: The tax class has no eat in; fill it in.",
        ),
        (
            "name: Aurora\ncurrency: EUR\ndayparts: [{name: Lunch, start: 11:00, end: '25:00'}]\n",
            'line 3, end "25:00": "25:00" is not a time of day; write hours and minutes from 00:00 to 23:59, as 11:30.',
        ),
        (
            "name: Aurora\ncurrency: EUR\ndayparts: [{name: Lunch, start: 11:00, end: 12:00, weekdays: Someday}]\n",
            'line 3, weekdays "Someday": "Someday" is no weekday; write numbers with 1 for Monday, '
            "or Mon, Tue ... Sun.",
        ),
        (
            "name: Aurora\ncurrency: EUR\nmodifier_groups:\n  - {name: Milk, max: 3, modifiers: [{name: Oat}]}\n",
            'line 4, max "3": 3 cannot be chosen out of 1; write 1.',
        ),
        ("name: A\n? [x]\n: y\ncurrency: EUR", "line 2: A word belongs before the colon here; write one."),
    ],
)
def test_a_fault_of_the_whole_file_is_refused_with_its_line_and_the_way_out(
    told: str, problem: str, tmp_path: Path
) -> None:
    assert f"menu.yaml, {problem}" in refused(tmp_path, told)


def test_all_problems_are_told_at_once_and_none_because_of_another(tmp_path: Path) -> None:
    told = """
name: Aurora
currency: EUR
modifier_groups:
  - {name: Milk, min: some, max: 9, modifiers: [{name: Oat, price: much}]}
categories:
  - name: Mains
    items:
      - {name: "", price: "1.234", tax_class: wine, course: -1}
      - {name: Fish, names: {en: "a\\tb", x: Fisch}}
"""
    assert [problem.split(", ")[1] for problem in refused(tmp_path, told)] == ["line 5"] * 2 + ["line 9"] * 4 + [
        "line 10"
    ] * 3


def test_a_refusal_names_fifty_problems_and_counts_the_rest(tmp_path: Path) -> None:
    items = ", ".join("{name: Soup}" for _ in range(60))
    with pytest.raises(MenuRefused) as caught:
        read_text(tmp_path, f"name: A\ncurrency: EUR\ncategories: [{{name: C, items: [{items}]}}]")
    lines = str(caught.value).splitlines()
    assert (len(caught.value.problems), len(lines), lines[-1]) == (60, 51, "and 10 more")


def test_portions_without_a_price_are_left_out_when_asked_and_named(tmp_path: Path) -> None:
    told = one_item("{name: Soup, portions: [{name: Cup}, {name: Bowl, price: '5'}]}") + "      - {name: Fish}\n"
    read = read_text(tmp_path, told, skip_unpriced=True)
    (soup,) = read.document.categories[0].items
    assert [(one.name, one.default) for one in soup.portions] == [("Bowl", True)]
    assert read.skipped == ["Soup Cup (Starters)", "Fish (Starters)"]


def test_the_asked_currency_stands_in_but_does_not_overrule_the_file(tmp_path: Path) -> None:
    told = one_item('{name: Soup, price: "450"}')
    assert read_text(tmp_path, told.replace("currency: EUR\n", ""), currency="jpy").document.currency == "JPY"
    assert refused(tmp_path, told, currency="USD") == [
        'menu.yaml, line 2, currency "EUR": The file says EUR and USD was asked for; leave one of them out.'
    ]
    assert refused(tmp_path, told, currency="EURO") == [
        'menu.yaml, currency "EURO": "EURO" is no currency; write its ISO 4217 code, as EUR, USD or JPY.'
    ]


def test_a_written_menu_puts_prices_in_quotes_and_reads_like_one_a_person_wrote(tmp_path: Path) -> None:
    write_menu(menu(), tmp_path / "menu.yaml")
    assert (tmp_path / "menu.yaml").read_text(encoding="utf-8") == (
        "name: Aurora\n"
        "currency: EUR\n"
        "tax_classes:\n"
        '  - {code: food, name: Food, eat_in: "10", take_away: "5"}\n'
        "categories:\n"
        "  - code: starters\n"
        "    name: Starters\n"
        "    items:\n"
        "      - code: soup\n"
        "        name: Soup\n"
        '        price: "9.50"\n'
    )


def test_a_file_that_is_missing_too_large_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "menu.pdf").write_bytes(b"x")
    (tmp_path / "huge.yaml").write_bytes(b"#" * 10_000_001)
    for name, sentence in (
        ("none.yaml", "It cannot be opened (No such file or directory); look whether it is there."),
        ("menu.pdf", "No menu is read from such a file; give it as .yaml, .yml, .xlsx or .csv."),
        ("huge.yaml", "It is over 10 MB, too much for a menu; take out what is no menu."),
    ):
        with pytest.raises(MenuRefused) as caught:
            read_menu(tmp_path / name)
        assert str(caught.value) == f"{name}: {sentence}"


def test_a_menu_is_not_written_where_it_cannot_be(tmp_path: Path) -> None:
    for name, sentence in (
        ("menu.pdf", "No menu is written to such a file; name it .yaml, .yml, .xlsx or .csv."),
        ("none/menu.yaml", "It cannot be written (No such file or directory); choose another place."),
    ):
        with pytest.raises(MenuRefused) as caught:
            write_menu(menu(), tmp_path / name)
        assert str(caught.value) == f"{Path(name).name}: {sentence}"
