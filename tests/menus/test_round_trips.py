"""Any menu whatever, written and read back, is the same menu."""

import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from menus import texts
from menus.document import (
    Category,
    Choice,
    Daypart,
    Item,
    MenuDocument,
    Modifier,
    ModifierGroup,
    Portion,
    Step,
    TaxClass,
    Window,
)
from menus.files import read_menu, sample_menu, write_menu

LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TRICKY = [
    "=1+1",
    "+49",
    "-5",
    "@x",
    "no",
    "null",
    "~",
    "1984",
    "12.50",
    "11:00",
    "مرحبا (חם)",
    "🍕👩‍🍳",
    "a: b",
    "a #b",
    "_x0041_",
]
TRICKY += [
    "'",
    '"',
    "{x}",
    "[x]",
    "a, b",
    "a; b",
    '"a", b',
    "&a",
    "*a",
    "!x",
    "%x",
    "|",
    ">",
    "? x",
    "- x",
    "#N/A",
    "TRUE",
    "\u2028x\u2029y",
    "a\ufeffb",
]


def fits(check: Any) -> Any:
    def test(text: str) -> bool:
        try:
            return bool(check(text) == text)
        except ValueError:
            return False

    return test


NAMES = (st.sampled_from(TRICKY) | st.text(LETTERS, min_size=1, max_size=20)).filter(fits(texts.name))
CODES = (st.sampled_from(TRICKY) | st.text(LETTERS, min_size=1, max_size=8)).filter(fits(texts.code))
PARAGRAPHS = st.text(LETTERS | st.just("\n"), max_size=40).filter(fits(texts.paragraphs))
LANGUAGES = st.sampled_from(["en", "no", "pt-BR", "zh_Hant", "ar"])
TRANSLATED = st.dictionaries(LANGUAGES, NAMES, max_size=2)
CLOCKS = st.times().map(lambda at: at.strftime("%H:%M"))
PPM = st.integers(0, 1_000_000)
COSTS = st.none() | st.integers(0, 10**12)
CURRENCIES = st.sampled_from(["EUR", "JPY", "BHD"])


def coded(model: Any, smallest: int, largest: int, **words: Any) -> Any:
    told = st.lists(CODES, min_size=smallest, max_size=largest, unique=True)
    return told.flatmap(
        lambda codes: st.tuples(*(st.builds(model, code=st.just(one), **words) for one in codes)).map(list)
    )


@st.composite
def portions(draw: st.DrawFn, costs: st.SearchStrategy[int | None] = COSTS) -> list[Portion]:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    codes = draw(st.lists(CODES, min_size=len(names), max_size=len(names), unique=True))
    if len(names) == 1 and draw(st.booleans()):
        names = [""]
    default = draw(st.integers(0, len(names) - 1))
    return [
        Portion(
            code=code,
            name=name,
            names=draw(TRANSLATED),
            price=draw(st.integers(0, 10**12)),
            cost=draw(costs),
            default=at == default,
        )
        for at, (code, name) in enumerate(zip(codes, names, strict=True))
    ]


@st.composite
def groups(draw: st.DrawFn) -> list[ModifierGroup]:
    made = []
    for code in draw(st.lists(CODES, max_size=2, unique=True)):
        price = st.integers(-(10**12), 10**12)
        modifiers = draw(coded(Modifier, 1, 3, name=NAMES, names=TRANSLATED, price=price, default=st.just(False)))
        most = draw(st.integers(1, len(modifiers)))
        taken = [one.model_copy(update={"default": at < most}) for at, one in enumerate(modifiers)]
        least = draw(st.integers(0, most))
        told = {"names": draw(TRANSLATED), "prefixes": draw(st.none() | st.booleans())}
        made.append(ModifierGroup(code=code, name=draw(NAMES), **told, min=least, max=most, modifiers=taken))
    return made


@st.composite
def set_menus(draw: st.DrawFn, category: str, dishes: list[Item]) -> Item:
    """A set menu of dishes that lie in a category."""
    steps = []
    for code in draw(st.lists(CODES, min_size=1, max_size=2, unique=True)):
        choices = []
        for dish in dishes:
            portion = draw(st.none() | st.sampled_from([one.code for one in dish.portions]))
            surcharge = draw(st.integers(0, 10**12))
            choices.append(Choice(item=dish.code, category=category, portion=portion, price=surcharge))
        most = draw(st.integers(1, 20))
        told = {"min": draw(st.integers(0, most)), "max": most, "course": draw(st.none() | st.integers(0, 20))}
        steps.append(Step(code=code, name=draw(NAMES), **told, choices=choices))
    return Item(code="the set menu", name=draw(NAMES), portions=draw(portions(st.none())), combo=steps)


@st.composite
def menus(draw: st.DrawFn) -> MenuDocument:
    tax_classes = draw(coded(TaxClass, 1, 2, name=NAMES, eat_in_ppm=PPM, take_away_ppm=PPM))
    modifier_groups = draw(groups())
    days = st.lists(st.integers(1, 7), min_size=1, max_size=7)
    hours = {"start": CLOCKS, "end": CLOCKS, "weekdays": days}
    more = st.lists(st.builds(Window, **hours).filter(opens), max_size=1)
    dayparts = [one for one in draw(coded(Daypart, 0, 2, name=NAMES, more=more, **hours)) if opens(one)]
    some_dayparts = st.lists(st.sampled_from([one.code for one in dayparts]), unique=True) if dayparts else st.just([])
    shared = {"name": NAMES, "names": TRANSLATED, "description": PARAGRAPHS, "course": st.none() | st.integers(0, 20)}
    shared |= {"stations": st.lists(CODES, max_size=2, unique=True), "dayparts": some_dayparts}
    items = coded(
        Item,
        0,
        2,
        **shared,
        descriptions=st.dictionaries(LANGUAGES, PARAGRAPHS, max_size=2),
        kitchen_name=st.none() | NAMES,
        tax_class=st.none() | st.sampled_from([one.code for one in tax_classes]),
        allergens=st.lists(NAMES, max_size=2, unique=True),
        modifier_groups=st.just([one.code for one in modifier_groups]),
        portions=portions(),
        open_price=st.booleans(),
        favourite=st.booleans(),
    )
    inner = coded(Category, 0, 2, **shared, icon=st.none() | NAMES, items=items, categories=st.just([]))
    outer = coded(Category, 0, 2, **shared, icon=st.none() | NAMES, items=items, categories=inner)
    dishes = [Item(code=code, name=code, portions=draw(portions())) for code in "ab"]
    last = [*dishes, draw(set_menus("last of all", dishes))]
    categories = [*draw(outer), Category(code="last of all", name="Last", items=last)]
    return MenuDocument(
        name=draw(NAMES),
        currency=draw(CURRENCIES),
        tax_classes=tax_classes,
        dayparts=dayparts,
        modifier_groups=modifier_groups,
        categories=categories,
    )


def opens(window: Window) -> bool:
    return all(one.start != one.end for one in [window, *getattr(window, "more", [])])


@pytest.mark.slow
@pytest.mark.parametrize("file", ["menu.yaml", "menu.xlsx"])
def test_any_menu_comes_back_equal(file: str) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(menus())
    def comes_back_equal(menu: MenuDocument) -> None:
        with tempfile.TemporaryDirectory() as folder:
            write_menu(menu, Path(folder) / file)
            assert read_menu(Path(folder) / file).document == menu

    comes_back_equal()


@pytest.mark.slow
def test_five_thousand_items_are_read_in_seconds(tmp_path: Path) -> None:
    sample = sample_menu()
    dishes = [dish for _, dish in sample.all_items() if not dish.combo]
    pages = [Category(code=f"page-{number}", name=f"Page {number}", items=dishes) for number in range(51)]
    whole = sample.model_copy(update={"categories": pages})
    for file, seconds in (("menu.yaml", 10), ("menu.xlsx", 15)):
        write_menu(whole, tmp_path / file)
        started = time.process_time()
        read = read_menu(tmp_path / file).document
        assert time.process_time() - started < seconds, file
        assert sum(1 for _ in read.all_items()) == 5100
