"""Menus and workbooks for the tests of the menu language."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from menus.document import Category, Item, MenuDocument, Portion, TaxClass
from menus.errors import MenuRefused
from menus.files import ReadMenu, read_menu

FOOD = TaxClass(code="food", name="Food", eat_in_ppm=100_000, take_away_ppm=50_000)


def portion(code: str = "single", price: int = 950, **words: Any) -> Portion:
    return Portion(code=code, price=price, **words)


def item(code: str = "soup", **words: Any) -> Item:
    return Item(code=code, **({"name": "Soup", "portions": [portion()]} | words))


def category(code: str = "starters", *items: Item, **words: Any) -> Category:
    return Category(code=code, items=list(items), **({"name": "Starters"} | words))


def menu(*categories: Category, **words: Any) -> MenuDocument:
    told: dict[str, Any] = {"name": "Aurora", "currency": "EUR", "tax_classes": [FOOD]}
    return MenuDocument(categories=list(categories) or [category("starters", item())], **(told | words))


def one_item(*lines: str) -> str:
    """A YAML menu of one item; `lines` are its words, the first of them on line 6."""
    told = [
        "name: Aurora",
        "currency: EUR",
        "categories:",
        "  - name: Starters",
        "    items:",
        f"      - {lines[0]}",
        *(f"        {line}" for line in lines[1:]),
    ]
    return "\n".join(told) + "\n"


def read_text(folder: Path, told: str, name: str = "menu.yaml", **asked: Any) -> ReadMenu:
    (folder / name).write_text(told, encoding="utf-8", newline="")
    return read_menu(folder / name, **asked)


def refused(folder: Path, told: str, name: str = "menu.yaml", **asked: Any) -> list[str]:
    """What a refused file's problems say, one text each."""
    with pytest.raises(MenuRefused) as caught:
        read_text(folder, told, name, **asked)
    return [str(problem) for problem in caught.value.problems]


def workbook(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook as a person types it, first row the headings."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, told in sheets.items():
        sheet = book.create_sheet(title)
        for row in told:
            sheet.append(list(row))
    path = folder / "menu.xlsx"
    book.save(path)
    return path


def refused_workbook(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], **asked: Any) -> list[str]:
    """What a refused workbook's problems say, one text each."""
    with pytest.raises(MenuRefused) as caught:
        read_menu(workbook(folder, sheets), **asked)
    return [str(problem) for problem in caught.value.problems]
