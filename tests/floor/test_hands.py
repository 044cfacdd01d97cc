"""Sections and checks in other hands, freely or with the right, through the real door."""

from typing import Any

import pytest

from kiosk.floor import queries
from tests.support import journal
from tests.support.counter import Counter, done, sentence

pytestmark = pytest.mark.slow


async def waiters(counter: Counter) -> dict[str, str]:
    tables = (await counter.house.look(queries.show_floor))["tables"]
    return {table["label"]: table["waiter"] for table in tables if "waiter" in table}


async def section(counter: Counter) -> dict[str, Any]:
    return dict((await counter.house.look(queries.show_floor))["sections"][0])


async def test_a_waiter_gives_her_own_checks_freely(counter: Counter) -> None:
    marco = await counter.tablet("Marco")
    for label in "12":
        await done(marco, "seat", table_id=counter.house.tables[label], covers=2)
    await done(marco, "open_check", label="Bar")
    given = await done(marco, "hand_over", from_id=counter.ids["Marco"], to_id=counter.ids["Ana"])
    assert given == {"checks": 3}
    assert await waiters(counter) == {"1": "Ana", "2": "Ana"}
    assert (await journal.acts(counter.house.db))[-1] == "handed_over"


async def test_a_section_goes_over_with_its_guests_and_not_with_those_at_the_counter(counter: Counter) -> None:
    marco, sofia = await counter.tablet("Marco"), await counter.tablet("Sofia")
    await done(marco, "seat", table_id=counter.house.tables["1"], covers=2)
    bar = (await done(marco, "open_check", label="Bar"))["check_id"]
    sala = (await section(counter))["id"]
    assert await done(sofia, "hand_over", section_id=sala, to_id=counter.ids["Ana"]) == {"checks": 1}
    assert await waiters(counter) == {"1": "Ana"}
    assert (await section(counter))["waiter"] == "Ana"
    assert (await section(counter))["initials"] == "A"
    assert (await counter.house.check(bar))["waiter"] == "Marco"


async def test_who_has_not_the_right_needs_a_manager_for_what_is_not_hers(counter: Counter) -> None:
    marco, ana = await counter.tablet("Marco"), await counter.tablet("Ana")
    check_id = (await done(marco, "seat", table_id=counter.house.tables["1"], covers=2))["check_id"]
    sala, ids = (await section(counter))["id"], counter.ids
    for words in (
        {"section_id": sala, "to_id": ids["Ana"]},
        {"from_id": ids["Marco"], "to_id": ids["Ana"]},
        {"check_id": check_id, "to_id": ids["Ana"]},
    ):
        assert sentence(await ana.act("hand_over", **words)) == (403, "needs_manager")
    assert sentence(await ana.act("take_over", check_id=check_id)) == (403, "needs_manager")
    assert await waiters(counter) == {"1": "Marco"}
    approval = {"person_id": ids["Sofia"], "pin": "6666"}
    answer = await ana.post("take_over", args={"check_id": check_id}, approval=approval)
    assert answer.status_code == 200, answer.text
    assert await waiters(counter) == {"1": "Ana"}


async def test_a_manager_takes_over_and_gives_back_one_check(counter: Counter) -> None:
    marco, sofia = await counter.tablet("Marco"), await counter.tablet("Sofia")
    check_id = (await done(marco, "seat", table_id=counter.house.tables["1"], covers=2))["check_id"]
    await done(sofia, "take_over", check_id=check_id)
    assert await waiters(counter) == {"1": "Sofia"}
    assert await done(sofia, "hand_over", check_id=check_id, to_id=counter.ids["Marco"]) == {"checks": 1}
    assert await waiters(counter) == {"1": "Marco"}


async def test_who_takes_a_section_that_is_nobodys_needs_no_manager(counter: Counter) -> None:
    marco = await counter.tablet("Marco")
    sala = (await section(counter))["id"]
    assert await done(marco, "hand_over", section_id=sala, to_id=counter.ids["Marco"]) == {"checks": 0}
    assert (await section(counter))["waiter_id"] == counter.ids["Marco"]


async def test_guests_that_a_manager_seats_are_the_sections_waiters(counter: Counter) -> None:
    marco, sofia = await counter.tablet("Marco"), await counter.tablet("Sofia")
    sala = (await section(counter))["id"]
    await done(sofia, "hand_over", section_id=sala, to_id=counter.ids["Ana"])
    await done(sofia, "seat", table_id=counter.house.tables["1"], covers=2)
    await done(marco, "seat", table_id=counter.house.tables["2"], covers=2)
    assert await waiters(counter) == {"1": "Ana", "2": "Marco"}


async def test_only_who_waits_tables_gets_checks(counter: Counter) -> None:
    sofia = await counter.tablet("Sofia")
    sala = (await section(counter))["id"]
    assert sentence(await sofia.act("hand_over", section_id=sala, to_id=counter.ids["Dario"])) == (404, "not_found")
    assert sentence(await sofia.act("hand_over", to_id=counter.ids["Ana"])) == (422, "refused")
    people = (await counter.house.look(queries.show_floor))["people"]
    assert [person["name"] for person in people] == ["Marco", "Ana", "Sofia", "Giulia"]


async def test_a_check_that_was_paid_meanwhile_is_not_handed_over(counter: Counter) -> None:
    ana, sofia = await counter.tablet("Ana"), await counter.tablet("Sofia")
    one = (await done(ana, "seat", table_id=counter.house.tables["1"], covers=2))["check_id"]
    await done(ana, "seat", table_id=counter.house.tables["2"], covers=2)
    await done(ana, "cancel_check", check_id=one)
    given = await done(sofia, "hand_over", from_id=counter.ids["Ana"], to_id=counter.ids["Marco"])
    assert given == {"checks": 1}
    assert sentence(await sofia.act("take_over", check_id=one)) == (409, "conflict")
