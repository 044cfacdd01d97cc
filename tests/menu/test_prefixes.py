"""No, extra and on the side: what is said of a modifier, and what it costs."""

import pytest

from kiosk.menu.errors import ModifierForeign, PrefixTwice, PrefixUnfit
from kiosk.menu.rules import Choice, ChoiceGroup, Prefix, Prefixed, say, spoken, takes_prefixes

CHILLI, BURRATA, NO_OIL = (
    Choice(1, "chilli", "Chilli", 50),
    Choice(2, "burrata", "Burrata", 350),
    Choice(3, "no-oil", "No oil", -50),
)
RARE = Choice(9, "rare", "Rare", 0)
GROUPS = [
    ChoiceGroup("Doneness", 1, 1, [RARE]),
    ChoiceGroup("Extras", 0, 1, [CHILLI, BURRATA, NO_OIL], prefixes=True),
]


@pytest.mark.parametrize(
    ("prefix", "price"), [(Prefix.NO, 0), (Prefix.EXTRA, 350), (Prefix.SIDE, 350)], ids=["no", "extra", "side"]
)
def test_leaving_it_off_costs_nothing_and_more_of_it_or_beside_it_its_price(prefix: Prefix, price: int) -> None:
    assert say("Diavola", GROUPS, [Prefixed(2, prefix)]) == [Choice(2, "burrata", "Burrata", price, prefix)]


def test_what_lowers_the_price_does_so_only_when_it_is_meant() -> None:
    assert [one.price for one in say("Diavola", GROUPS, [Prefixed(3, Prefix.NO)])] == [0]
    assert [one.price for one in say("Diavola", GROUPS, [Prefixed(3, Prefix.EXTRA)])] == [-50]


def test_what_is_said_comes_in_the_order_of_the_menu_and_counts_for_no_most() -> None:
    said = say("Diavola", GROUPS, [Prefixed(2, Prefix.SIDE), Prefixed(1, Prefix.NO)])
    assert [(one.code, one.prefix, one.price) for one in said] == [
        ("chilli", Prefix.NO, 0),
        ("burrata", Prefix.SIDE, 350),
    ]


def test_nothing_is_said_twice_of_one_modifier() -> None:
    with pytest.raises(PrefixTwice, match="“Chilli” is said twice for Diavola"):
        say("Diavola", GROUPS, [Prefixed(1, Prefix.NO), Prefixed(1, Prefix.EXTRA)])


def test_nothing_is_said_of_what_is_asked_for_anyway_or_of_another_dish() -> None:
    with pytest.raises(PrefixUnfit, match="cannot be said of “Rare” for Diavola"):
        say("Diavola", GROUPS, [Prefixed(9, Prefix.NO)])
    with pytest.raises(ModifierForeign, match="Diavola"):
        say("Diavola", GROUPS, [Prefixed(77, Prefix.NO)])


def test_of_optional_groups_something_may_be_said_unless_the_menu_says_otherwise() -> None:
    assert [takes_prefixes(None, least) for least in (0, 1)] == [True, False]
    assert [takes_prefixes(True, 1), takes_prefixes(False, 0)] == [True, False]


@pytest.mark.parametrize(
    ("name", "prefix", "read"),
    [
        ("Chilli", "no", "No chilli"),
        ("Burrata", Prefix.EXTRA, "Extra burrata"),
        ("Burrata", Prefix.SIDE, "Burrata on the side"),
        ("BBQ sauce", "extra", "Extra BBQ sauce"),
        ("’Nduja", "no", "No ’Nduja"),
        ("唐辛子", "no", "No 唐辛子"),
        ("Ω", "no", "No ω"),
        ("Rucola", None, "Rucola"),
    ],
)
def test_the_kitchen_reads_it_as_it_is_spoken(name: str, prefix: str | None, read: str) -> None:
    assert spoken(name, prefix) == read
