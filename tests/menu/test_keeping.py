"""A list of prices that says nothing of taxes."""

from pathlib import Path

from kiosk.menu.keeping import keep_taxes
from menus.files import read_menu
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
