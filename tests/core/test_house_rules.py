"""The rules a house chooses for itself."""

import pytest

from kiosk.core import house_rules
from kiosk.core.db import Database
from kiosk.core.house_rules import NoSuchRule, RuleRefused
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
