from pathlib import Path

import pytest

from menus.document import Daypart, Modifier, ModifierGroup, TaxClass
from menus.errors import MenuRefused
from menus.files import read_menu, sample_menu, write_menu
from tests.menus.made import category, item, menu, portion, read_text, refused

PLAIN = "category,item,portion,price\nPizza,Margherita,Small,7.00\nPizza,Margherita,Large,12.50\nDrinks,Cola,,3\n"
STANDARD = [TaxClass(code="standard", name="Standard", eat_in_ppm=0, take_away_ppm=0)]


@pytest.mark.parametrize(
    "told",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", ";").replace(".", ","),
        PLAIN.replace("\n", "\r\n"),
        "\ufeff" + PLAIN,
        '"Category","ITEM","portion","price"\n' + PLAIN.partition("\n")[2],
    ],
)
def test_a_flat_menu_is_read_with_any_delimiter_and_line_break(told: str, tmp_path: Path) -> None:
    read = read_text(tmp_path, told, "trattoria.csv", currency="EUR").document
    assert (read.name, read.currency) == ("trattoria", "EUR")
    assert [(dish.name, [(one.name, one.price) for one in dish.portions]) for _, dish in read.all_items()] == [
        ("Margherita", [("Small", 700), ("Large", 1250)]),
        ("Cola", [("", 300)]),
    ]


def test_the_optional_columns_are_those_of_the_sheet(tmp_path: Path) -> None:
    told = (
        "category,subcategory,item,item_code,price,currency,stations,name:de,icon\n"
        'Wine,Red,Barolo,b1,64,EUR,"bar, pass",Barolo (de),wine_bar\n'
    )
    (outer,) = read_text(tmp_path, told, "menu.csv").document.categories
    (dish,) = outer.categories[0].items
    assert (dish.code, dish.stations, dish.names, outer.categories[0].icon) == (
        "b1",
        ["bar", "pass"],
        {"de": "Barolo (de)"},
        "wine_bar",
    )


def test_a_file_in_windows_1252_is_read_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "menu.csv").write_bytes("category;item;price\nCafé;L’œuf;€\n".replace("€", "3,50").encode("cp1252"))
    read = read_menu(tmp_path / "menu.csv", currency="EUR")
    (category_read,) = read.document.categories
    assert (category_read.name, category_read.items[0].name, category_read.items[0].portions[0].price) == (
        "Café",
        "L’œuf",
        350,
    )
    assert "The file is not in UTF-8 and was read as Windows-1252; look over its accents." in read.notes


def test_a_file_in_utf_16_is_read(tmp_path: Path) -> None:
    (tmp_path / "menu.csv").write_bytes("category,item,price\nスープ,味噌汁,150\n".encode("utf-16"))
    assert read_menu(tmp_path / "menu.csv", currency="JPY").document.categories[0].items[0].name == "味噌汁"


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (
            "category,item,price\nPizza,Napoli,7.001\n",
            'row 2, price "7.001": EUR has 2 decimals and this price has more; write fewer.',
        ),
        (
            'category,item,price\nPizza,Napoli,"7,50"\n',
            'row 2, price "7,50": It is not a price; write digits and a point only, as 12.50.',
        ),
        (
            "category;item;price\nPizza;Napoli;1.007,50\n",
            'row 2, price "1.007,50": It is not a price; write digits and a point only, as 12.50.',
        ),
        ("category,item,price\n\nPizza,Napoli,-1\n", 'row 3, price "-1": It is negative; write 0 or more.'),
        (
            "category,item,price\nPizza,Napoli\n",
            'row 2, price: "Napoli" has no price; give it one, take it out, or import with --skip-unpriced.',
        ),
        (
            "category,item,price\nPizza,Napoli,7,extra\n",
            'row 2, "extra": The column 4 has no heading; give it one or empty it.',
        ),
        ("category,item\nPizza,Napoli\n", 'row 1, price: There is no column "price"; add it.'),
        (
            "category,item,price,prise\nPizza,Napoli,7,8\n",
            'row 1, prise: No column has this heading: did you mean "price"?',
        ),
        (
            'category,item,price\nPizza,"Napoli,7\n',
            "row 2: It cannot be read as CSV (unexpected end of data); mend its quotes.",
        ),
        ("category,item,price\n", "It holds no item with a price; a menu has at least one."),
        (
            "category,item,price,currency\nPizza,Napoli,7,EUR\nPizza,Diavola,8,USD\n",
            'row 3, currency "USD": row 2 says "EUR"; write the same in both or leave this one blank.',
        ),
    ],
)
def test_a_fault_is_refused_with_its_row_and_the_way_out(told: str, problem: str, tmp_path: Path) -> None:
    assert refused(tmp_path, told, "menu.csv", currency="EUR") == [f"menu.csv, {problem}".replace("csv, It", "csv: It")]


def test_a_file_without_a_currency_is_refused_unless_one_is_asked_for(tmp_path: Path) -> None:
    assert refused(tmp_path, PLAIN, "menu.csv") == [
        "menu.csv, currency: The menu has no currency; name its ISO 4217 code, as EUR, in the file or with the command."
    ]


def test_a_file_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "menu.csv").write_bytes(b"category,item,price\nCaf\x81,x,1\n")
    with pytest.raises(MenuRefused, match=r"Its characters are in no known encoding; save it again as UTF-8\."):
        read_menu(tmp_path / "menu.csv", currency="EUR")


def test_a_flat_menu_comes_back_equal(tmp_path: Path) -> None:
    dish = item(
        name='Soup, "hot"',
        names={"de": "Suppe"},
        description="one\ntwo",
        portions=[portion("s", name="Small"), portion("l", 1200, name="Large", default=True, names={"de": "Groß"})],
        stations=["pass", "a, b"],
        course=0,
        open_price=True,
    )
    inner = category("in", item("x", name="مرحبا 🍕"), name="Inner")
    whole = menu(category("out", dish, name="Outer", categories=[inner]), tax_classes=STANDARD)
    write_menu(whole, tmp_path / "menu.csv")
    assert read_menu(tmp_path / "menu.csv").document == whole


def test_what_csv_cannot_hold_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    whole = menu(
        category("a", item(name="=cmd"), course=1, icon="eco"),
        category("b", name="Empty"),
        modifier_groups=[ModifierGroup(code="g", name="G", modifiers=[Modifier(code="m", name="M")])],
        dayparts=[Daypart(code="d", name="D", start="11:00", end="12:00")],
    )
    with pytest.raises(MenuRefused) as caught:
        write_menu(whole, tmp_path / "menu.csv")
    assert str(caught.value) == (
        "menu.csv: CSV cannot hold modifier groups, dayparts, tax classes, "
        'the icon of the category "Starters", the course of the category "Starters", '
        'the category "Empty" without items, '
        'the text "=cmd", which spreadsheets take for a formula; write .yaml or .xlsx.'
    )
    assert not (tmp_path / "menu.csv").exists()


def test_what_csv_cannot_hold_is_counted_where_it_is_much(tmp_path: Path) -> None:
    with pytest.raises(MenuRefused) as caught:
        write_menu(sample_menu(), tmp_path / "menu.csv")
    assert str(caught.value).endswith("and 49 more things; write .yaml or .xlsx.")
