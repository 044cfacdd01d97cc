"""Menus of real restaurants, turned into the words of our menu file, read, written and read back."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from menus.document import MenuDocument
from menus.errors import MenuRefused
from menus.files import ReadMenu, read_menu, write_menu

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "menus"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir() and "CI" not in os.environ, reason=f"the menus of real restaurants are not at {FOLDER}"
)
PRICED = {
    "jp_saizeriya": ("JPY", 115, 115),
    "de_little_dragon": ("EUR", 255, 255),
    "vn_tra_sua": ("VND", 34, 34),
    "cn_dish_data": ("CNY", 154, 211),
    "es_mar_i_prio_en": ("EUR", 148, 148),
    "es_mar_i_prio_es": ("EUR", 146, 146),
}
WITH_GAPS = {
    "in_half_full": (166, 199, ["SS Special (mughlaimaincourse)"]),
    "us_saffron_grill_hi": (
        68,
        68,
        [
            "Zinger Burger - $ 9.99 + (meal $ 3.99) (BURGER AND FRIES)",
            "Cheese Burger - $ 9.99 + (meal $ 3.99) (BURGER AND FRIES)",
        ],
    ),
}


class Adapter:
    """Turns one of the JSON menus into the words of our YAML file, every number a text."""

    def __init__(self, source: dict[str, Any]) -> None:
        self.source = source
        self.groups: dict[str, dict[str, Any]] = {}
        self.dayparts: dict[str, dict[str, Any]] = {}

    def told(self) -> dict[str, Any]:
        categories = list(self._categories())
        return {
            "name": self.source["menu"],
            "currency": self.source["currency"],
            "tax_classes": [{"code": "all", "name": "All", "eat_in": "10"}],
            "dayparts": list(self.dayparts.values()),
            "modifier_groups": [
                {"code": f"g{number}", **group} for number, group in enumerate(self.groups.values(), start=1)
            ],
            "categories": categories,
        }

    def _categories(self) -> Iterator[dict[str, Any]]:
        outer: dict[str, dict[str, Any]] = {}
        for category in self.source["categories"]:
            told = {"name": category["name"], "items": [self._item(item) for item in category["items"]]}
            told |= {word: category[word] for word in ("description", "names") if word in category}
            if "available_at" in category:
                told["dayparts"] = [self._daypart(category)]
            if "subcategory" not in category:
                yield told
                continue
            inner = {"name": category["subcategory"], "items": told.pop("items")}
            known = outer.setdefault(category["name"], {**told, "categories": []})
            known["categories"].append(inner)
        yield from outer.values()

    def _daypart(self, category: dict[str, Any]) -> str:
        days = category["available_at"]
        assert {(day["from"], day["to"]) for day in days} == {("11:00", "14:30")}
        self.dayparts["lunch"] = {
            "code": "lunch",
            "name": category["name"],
            "start": days[0]["from"],
            "end": days[0]["to"],
            "weekdays": [day["day"] for day in days],
        }
        return "lunch"

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {
            word: item[word] for word in ("name", "names", "description", "descriptions") if word in item
        }
        if code := item.get("code") or item.get("id"):
            told["code"] = code
        told["allergens"] = [*item.get("allergens", []), *item.get("additives", [])]
        told["modifier_groups"] = [self._group(group) for group in item.get("modifiers", [])]
        told["portions"] = [{"name": one["name"], "price": one["price"]} for one in item["portions"]]
        return told

    def _group(self, group: dict[str, Any]) -> str:
        options = [
            {"name": one["name"], "price": one["price"], **({"default": "yes"} if one.get("default") else {})}
            for one in group["options"]
        ]
        # One group of the Vietnamese menu lets six toppings be chosen out of five.
        most = str(min(group.get("max", len(options)), len(options)))
        told = {"name": group["group"], "min": str(group.get("min", 0)), "max": most, "modifiers": options}
        key = json.dumps(told)
        self.groups.setdefault(key, told)
        return f"g{list(self.groups).index(key) + 1}"


def read_real(name: str, folder: Path, *, skip_unpriced: bool = False) -> ReadMenu:
    source = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(Adapter(source).told(), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return read_menu(path, skip_unpriced=skip_unpriced)


def counted(menu: MenuDocument) -> tuple[int, int]:
    items = [item for _, item in menu.all_items()]
    return len(items), sum(len(item.portions) for item in items)


def assert_comes_back_equal(menu: MenuDocument, folder: Path) -> None:
    for file in ("back.yaml", "back.xlsx"):
        write_menu(menu, folder / file)
        assert read_menu(folder / file).document == menu, file


def test_every_menu_of_the_folder_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == PRICED.keys() | WITH_GAPS.keys()


@pytest.mark.parametrize("name", PRICED)
def test_a_real_menu_is_read_whole_and_comes_back_equal(name: str, tmp_path: Path) -> None:
    currency, items, portions = PRICED[name]
    read = read_real(name, tmp_path)
    assert read.document.currency == currency
    assert counted(read.document) == (items, portions)
    assert (read.skipped, read.notes) == ([], [])
    assert_comes_back_equal(read.document, tmp_path)


@pytest.mark.parametrize("name", WITH_GAPS)
def test_a_real_menu_with_items_without_price_comes_in_without_them_when_asked(name: str, tmp_path: Path) -> None:
    items, portions, skipped = WITH_GAPS[name]
    read = read_real(name, tmp_path, skip_unpriced=True)
    assert counted(read.document) == (items, portions)
    assert read.skipped == skipped
    assert_comes_back_equal(read.document, tmp_path)


def test_the_half_and_full_menu_is_refused_with_the_name_of_the_item_without_price(tmp_path: Path) -> None:
    with pytest.raises(MenuRefused) as refused:
        read_real("in_half_full", tmp_path)
    (problem,) = refused.value.problems
    assert problem.file == "in_half_full.yaml"
    assert problem.sentence == ('"SS Special" has no price; give it one, take it out, or import with --skip-unpriced.')


def test_both_burgers_without_price_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(MenuRefused) as refused:
        read_real("us_saffron_grill_hi", tmp_path)
    assert [problem.sentence.split('"')[1][:14] for problem in refused.value.problems] == [
        "Zinger Burger ",
        "Cheese Burger ",
    ]


def test_the_japanese_menu_keeps_its_prices_names_and_stable_codes(tmp_path: Path) -> None:
    menu = read_real("jp_saizeriya", tmp_path).document
    grand, kids = menu.categories
    assert (len(grand.categories), len(kids.categories)) == (15, 1)
    first = grand.categories[0].items[0]
    assert (first.code, first.name, first.names["zh"], first.portions[0].price) == (
        "1202",
        "小エビのサラダ",
        "小甜虾沙拉",
        350,
    )


def test_the_german_menu_keeps_its_allergens_lunch_hours_and_dishes_for_nothing(tmp_path: Path) -> None:
    menu = read_real("de_little_dragon", tmp_path).document
    items = [item for _, item in menu.all_items()]
    named = json.loads((FOLDER / "de_little_dragon.json").read_text(encoding="utf-8"))["allergen_codes"]
    assert sum(1 for item in items if set(item.allergens) & set(named)) == 162
    assert sum(1 for item in items if item.allergens) == 187, "with additives"
    assert sum(1 for item in items if item.portions[0].price == 0) == 8
    assert [(day.start, day.end, day.weekdays) for day in menu.dayparts] == [("11:00", "14:30", [1, 2, 3, 4, 5])]


def test_the_vietnamese_menu_keeps_its_required_groups_and_options(tmp_path: Path) -> None:
    menu = read_real("vn_tra_sua", tmp_path).document
    groups = {group.code: group for group in menu.modifier_groups}
    chosen = [groups[code] for _, item in menu.all_items() for code in item.modifier_groups]
    assert sum(len(group.modifiers) for group in chosen) == 556
    assert sum(group.min for group in chosen) == 94


def test_the_chinese_menu_keeps_thirty_portions_of_one_fish_and_prices_of_one_fen(tmp_path: Path) -> None:
    menu = read_real("cn_dish_data", tmp_path).document
    most = max((item for _, item in menu.all_items()), key=lambda item: len(item.portions))
    assert (most.code, len(most.portions)) == ("5127", 30)
    assert min(portion.price for portion in most.portions) == 1
