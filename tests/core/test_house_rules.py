"""The rules a house chooses for itself."""

import pytest

from kiosk.core import house_rules
from kiosk.core.db import Database
from kiosk.core.errors import Refused
from kiosk.core.house_rules import NoSuchRule, RuleRefused
from kiosk.core.models import Venue
from kiosk.core.money import Currency, Rounding
from kiosk.core.money_rules import RULES, discounts_of
from tests.support.house import founded
from tests.support.journal import bodies


async def test_a_new_house_has_the_usual_rules(db: Database) -> None:
    house = await founded(db)
    rules = await house.look(house_rules.show_rules)
    assert rules.hold_courses
    assert rules.undo_s == 5
    assert rules.step_limits == {"seated": 300, "ordered": 900, "served": 2400, "billing": 600, "paid": 480}


async def test_a_rule_is_chosen_as_it_is_typed_and_stays(db: Database) -> None:
    house = await founded(db)
    await house.act(house_rules.change_rule, "hold_courses", "off")
    await house.act(house_rules.change_rule, "late_seated_s", "420")
    rules = await house.look(house_rules.show_rules)
    assert not rules.hold_courses
    assert rules.late_seated_s == 420
    assert rules.undo_s == 5


async def test_the_journal_tells_what_a_rule_was_and_is(db: Database) -> None:
    house = await founded(db)
    await house.act(house_rules.change_rule, "undo_s", "0")
    assert '{"name":"undo_s","now":0,"was":5}' in (await bodies(db))[-1]


async def test_an_unknown_rule_is_refused_with_those_there_are(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(NoSuchRule, match=r"There is no house rule undo\. Choose one of hold_courses, undo_s,"):
        await house.act(house_rules.change_rule, "undo", "3")


@pytest.mark.parametrize("text", ["31", "-1", "soon", "2.5", ""])
async def test_a_value_out_of_bounds_is_refused_and_changes_nothing(db: Database, text: str) -> None:
    house = await founded(db)
    with pytest.raises(RuleRefused, match="undo_s cannot be"):
        await house.act(house_rules.change_rule, "undo_s", text)
    assert (await house.look(house_rules.show_rules)).undo_s == 5


EUR = Currency("EUR")
MONEY = [
    ("service_percent", "12.5", "12.5", 125_000),
    ("service_percent", " 10 % ", "10", 100_000),
    ("service_per_cover", "2.00", "2.00", 200),
    ("service_from_covers", "6", "6", 6),
    ("service_tax_code", "food", "food", "food"),
    ("service_tax_code", "none", "none", ""),
    ("tip_percents", "5, 7.5,10", "5, 7.5, 10", [50_000, 75_000, 100_000]),
    ("tip_percents", "none", "none", []),
    ("tip_percents", "usual", "usual", None),
    ("over_short_allowed", "3", "3.00", 300),
    ("cash_step", "0.05", "0.05", 5),
    ("tax_per_line", "on", "on", True),
    ("rounding", "half_even", "half_even", Rounding.HALF_EVEN),
    ("mail_day_to", "a@example.com,  b@example.com", "a@example.com, b@example.com", "a@example.com, b@example.com"),
    ("mail_day_to", "none", "none", ""),
    ("accounts", "usual", "usual", None),
    (
        "accounts",
        "sales:22=4010  Wine, cash:2=1002",
        "sales:22=4010 Wine, cash:2=1002",
        {"sales:22": "4010 Wine", "cash:2": "1002"},
    ),
    ("legal_lines", "VAT IT01 | Thank  you", "VAT IT01 | Thank you", ["VAT IT01", "Thank you"]),
    (
        "discounts",
        "Staff 20%, Welcome drink 5.00",
        "Staff 20%, Welcome drink 5.00",
        [{"name": "Staff", "percent": "20"}, {"name": "Welcome drink", "amount": 500}],
    ),
]


@pytest.mark.parametrize(("name", "typed", "shown", "kept"), MONEY)
def test_a_rule_of_money_is_kept_as_a_figure_and_shown_as_it_is_typed(
    name: str, typed: str, shown: str, kept: object
) -> None:
    assert RULES[name].read(typed, EUR) == kept
    assert RULES[name].show(kept, EUR) == shown


async def test_rules_of_money_are_kept_on_each_engine_and_journaled(db: Database) -> None:
    house = await founded(db)
    await house.act(house_rules.change_rule, "discounts", "Staff 20%")
    await house.act(house_rules.change_rule, "service_percent", "12.5")
    assert '{"name":"service_percent","now":"12.5","was":"0"}' in (await bodies(db))[-1]
    async with db.read() as read:
        venue = await read.venue()
        assert (venue.discounts, venue.service_ppm) == ([{"name": "Staff", "percent": "20"}], 125_000)


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("service_percent", "101", "is not a percentage from 0 to 100 with at most 2 decimals"),
        ("service_percent", "1.001", "is not a percentage"),
        ("service_percent", "ten", "is not a percentage"),
        ("service_per_cover", "-1", "an amount is not below zero"),
        ("service_per_cover", "1.005", "is not an amount with at most 2 decimals"),
        ("service_from_covers", "0", "from 1 to 99"),
        ("discounts", "Staff", "each is a name"),
        ("discounts", "Staff 0%", "above zero"),
        ("tax_per_line", "perhaps", "it is on or off"),
        ("rounding", "up", "half_up or half_even"),
        ("legal_lines", "", "at most 8"),
        ("accounts", "4000", "it is written sales=4000"),
        ("accounts", "sales=", "it is written sales=4000"),
        ("accounts", "wages=6100", "there is nothing called wages; choose of cash, safe"),
        ("accounts", "sales:ten=4010", "sales:ten names nothing"),
        ("accounts", "tips=1, tips=2", "tips is named twice"),
        ("mail_day_to", "the owner", "e-mail addresses like owner@example.com"),
        ("mail_day_to", "a@example.com\r\nBcc: x@example.com", "e-mail addresses like"),
    ],
)
def test_a_rule_of_money_that_cannot_be_is_refused_with_what_would_do(name: str, typed: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        RULES[name].read(typed, EUR)


async def test_a_service_charge_is_taxed_as_a_class_that_the_menu_has(db: Database) -> None:
    house = await founded(db)
    await house.act(house_rules.change_rule, "service_tax_code", "food", tax_codes=["food", "drinks"])
    with pytest.raises(RuleRefused, match=r"^service_tax_code cannot be wine: the menu has drinks, food\.$"):
        await house.act(house_rules.change_rule, "service_tax_code", "wine", tax_codes=["food", "drinks"])
    with pytest.raises(RuleRefused, match=r"^service_percent cannot be 101: “101” is not a percentage from 0 to 100"):
        await house.act(house_rules.change_rule, "service_percent", "101")
    rules = {name: value for name, value, _ in await house.look(house_rules.show_all_rules)}
    assert (rules["service_tax_code"], rules["service_percent"], rules["undo_s"]) == ("food", "0", "5")


def test_a_house_that_chose_none_offers_the_usual_discounts() -> None:
    assert [one["percent"] for one in discounts_of(Venue(discounts=None))] == ["10", "20", "50"]
    assert discounts_of(Venue(discounts=[])) == []
