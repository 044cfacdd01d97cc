import pytest
from pydantic import ValidationError

from menus.document import Daypart, Item, MenuDocument, Modifier, ModifierGroup, Window
from tests.menus.made import FOOD, category, item, menu, portion


def test_the_first_portion_is_the_default_where_none_is_flagged() -> None:
    two = item(portions=[portion("s", name="Small"), portion("l", 1200, name="Large")])
    assert [one.default for one in two.portions] == [True, False]
    assert two.default_portion.code == "s"


def test_the_flagged_portion_is_the_default() -> None:
    two = item(portions=[portion("s", name="Small"), portion("l", 1200, name="Large", default=True)])
    assert two.default_portion.code == "l"


def test_a_document_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        menu().name = "Other"


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        item(colour="red")


@pytest.mark.parametrize("price", [9.5, "9.50", True, -1])
def test_a_price_is_a_whole_number_of_minor_units_and_not_negative(price: object) -> None:
    with pytest.raises(ValidationError):
        portion(price=price)  # type: ignore[arg-type]


def test_a_dish_for_nothing_and_a_modifier_that_takes_something_off_are_allowed() -> None:
    assert portion(price=0).price == 0
    assert Modifier(code="no-milk", name="No milk", price=-20).price == -20


def test_codes_are_in_one_unicode_form_and_texts_without_blanks_around() -> None:
    one = item("caf\u0065\u0301", name=" Café\u3000")
    assert (one.code, one.name) == ("caf\u00e9", "Café")


def test_stations_and_allergens_stand_once_each_and_untranslated_names_not_at_all() -> None:
    one = item(stations=["bar", "bar", "pass"], allergens=["Milk", "Milk"], names={"en": "", "de": "Suppe"})
    assert (one.stations, one.allergens, one.names) == (["bar", "pass"], ["Milk"], {"de": "Suppe"})


def test_a_daypart_may_have_several_windows_with_weekdays_in_order() -> None:
    lunch = Daypart(
        code="lunch",
        name="Lunch",
        start="11:00",
        end="14:30",
        weekdays=[5, 1, 1],
        more=[Window(start="12:00", end="16:00", weekdays=[7])],
    )
    assert [(one.start, one.weekdays) for one in lunch.windows] == [("11:00", [1, 5]), ("12:00", [7])]


def test_items_are_walked_in_the_order_of_the_menu() -> None:
    inner = category("red", item("barolo", name="Barolo"), name="Red")
    wine = category("wine", item("house", name="House"), name="Wine", categories=[inner])
    whole = menu(category("starters", item()), wine)
    assert [(one.code, dish.code) for one, dish in whole.all_items()] == [
        ("starters", "soup"),
        ("wine", "house"),
        ("red", "barolo"),
    ]
    assert [(outer and outer.code, one.code) for outer, one in whole.all_categories()] == [
        (None, "starters"),
        (None, "wine"),
        ("wine", "red"),
    ]


def test_the_same_name_or_code_may_stand_in_two_categories_and_a_name_twice_in_one() -> None:
    menu(category("a", item("x"), item("y")), category("b", item("x"), name="Mains"))


def group(*modifiers: Modifier, least: int = 0, most: int = 1) -> ModifierGroup:
    return ModifierGroup(code="g", name="Doneness", min=least, max=most, modifiers=list(modifiers))


RARE, DONE = Modifier(code="rare", name="Rare"), Modifier(code="done", name="Done")
DEEP = category("c", name="C", categories=[category("d", name="D", categories=[category("e", name="E")])])


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            {"tax_classes": [FOOD, FOOD]},
            'the menu: The code "food" stands twice among the tax classes of the menu; give one of them another.',
        ),
        (
            {"categories": [category("a", item()), category("a", item())]},
            'the menu: The code "a" stands twice among the categories of the menu; give one of them another.',
        ),
        (
            {"categories": [category("a", item("x"), item("x"))]},
            'category "Starters": The code "x" stands twice among the items of category "Starters"; '
            "give one of them another.",
        ),
        (
            {"categories": [DEEP]},
            'category "D": Categories lie within categories once only; bring this one further out.',
        ),
        (
            {"categories": [category("a", item(tax_class="wine"))]},
            'item "Soup" of category "Starters": There is no tax class "wine": the menu has "food"; '
            "correct it or add the tax class.",
        ),
        (
            {"categories": [category("a", item(), dayparts=["lunch"])]},
            'category "Starters": There is no daypart "lunch": the menu has no daypart at all; '
            "correct it or add the daypart.",
        ),
        (
            {"categories": [category("a", item(modifier_groups=["milk"]))], "modifier_groups": [group(RARE)]},
            'item "Soup" of category "Starters": There is no modifier group "milk": the menu has "g"; '
            "correct it or add the modifier group.",
        ),
        (
            {"categories": [category("a", item(portions=[]))]},
            'item "Soup" of category "Starters": "Soup" has no price; give it one or take it out.',
        ),
        (
            {
                "categories": [
                    category(
                        "a",
                        item(portions=[portion("s", name="S", default=True), portion("l", name="L", default=True)]),
                    )
                ]
            },
            'item "Soup" of category "Starters": "S" and "L" are both the default portion; keep one.',
        ),
        (
            {"categories": [category("a", item(portions=[portion("s", name="S"), portion("l", name="S")]))]},
            'item "Soup" of category "Starters": "Soup" has the portion "S" twice; rename one or take it out.',
        ),
        (
            {"categories": [category("a", item(portions=[portion("s", name="S"), portion("l")]))]},
            'item "Soup" of category "Starters": "Soup" has 2 portions, so each needs a name; give this one a name.',
        ),
        (
            {"modifier_groups": [group()]},
            'modifier group "Doneness": It has no modifiers; add some or take the group out.',
        ),
        (
            {"modifier_groups": [group(RARE, most=2)]},
            'modifier group "Doneness": 2 cannot be chosen out of 1; write 1.',
        ),
        (
            {"modifier_groups": [group(RARE, DONE, least=2)]},
            'modifier group "Doneness": The least that must be chosen is 2 and the most is 1; '
            "lower it or raise the most.",
        ),
        (
            {"modifier_groups": [group(*(one.model_copy(update={"default": True}) for one in (RARE, DONE)))]},
            'modifier group "Doneness": 2 modifiers are defaults and at most 1 can be chosen; take some back.',
        ),
        (
            {"dayparts": [Daypart(code="d", name="Day", start="11:00", end="11:00")]},
            'daypart "Day": It ends when it starts; give it an end, 00:00 being midnight.',
        ),
    ],
)
def test_a_menu_with_a_fault_is_refused_with_its_sentence(told: dict[str, object], sentence: str) -> None:
    words = {"name": "Aurora", "currency": "EUR", "tax_classes": [FOOD], "categories": [category("a", item())]}
    with pytest.raises(ValidationError) as refusal:
        MenuDocument.model_validate(words | told)
    assert refusal.value.errors()[0]["msg"] == f"Value error, {sentence}"


def test_an_item_needs_a_list_of_portions_and_a_menu_a_tax_class() -> None:
    with pytest.raises(ValidationError, match="portions"):
        Item.model_validate({"code": "a", "name": "A"})
    with pytest.raises(ValidationError, match="tax_classes"):
        menu(tax_classes=[])
