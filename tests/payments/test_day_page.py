"""The till's screens through the kiosk's own door."""

from pathlib import Path
from typing import Any

from kiosk.core.db import Database
from tests.support.counter import CARD, Counter, Tablet, done, opened, sentence


async def told(tablet: Tablet, path: str) -> dict[str, Any]:
    answer = await tablet.view(path)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def paid_in_cash(counter: Counter, tablet: Tablet) -> None:
    """A check of 7.00, of which 10.00 were given."""
    check_id = await counter.eaten()
    await done(tablet, "settle", check_id=check_id, total=700, tenders=[{"kind": "cash", "given": 1000}])


async def test_a_day_is_counted_blind_and_closed_with_two_taps(db: Database, tmp_path: Path) -> None:
    async with opened(db, tmp_path) as counter:
        ana, sofia = await counter.tablet("Ana"), await counter.tablet("Sofia")
        drawer_id = (await done(ana, "open_drawer", till=1, float=1000))["drawer_id"]
        await paid_in_cash(counter, ana)
        blind = (await told(ana, "till"))["drawers"][0]
        assert (blind["expected"], blind["counted"], blind["counts"], blind["opening_float"]) == (None, None, [], 1000)
        before = await told(sofia, "close")
        assert [step["state"] for step in before["steps"]] == ["done", "on", "todo", "todo"]
        assert (before["z"], before["drawers"][0]["expected"]) == (None, None)
        counted = await done(ana, "count_drawer", drawer_id=drawer_id, pieces={"1000": 1, "500": 1, "200": 1})
        assert (counted["expected"], counted["counted"], counted["word"]) == (1700, 1700, "exact")
        ready = await told(sofia, "close")
        assert [step["state"] for step in ready["steps"]] == ["done", "done", "done", "on"]
        assert "Z report 1, preview" in [line.strip() for line in ready["z"]["paper"]]
        closed = await done(sofia, "close_day", day=ready["day"], number=ready["number"])
        assert closed == {"number": 1, "day": ready["day"], "workbook": {"name": "day-1.xlsx", "url": None}}
        after = await told(sofia, "close")
        assert (after["number"], after["is_empty"], after["last"]["number"]) == (2, True, 1)
        assert (await told(sofia, "z/1"))["figures"]["turnover"] == 700
        assert sentence(await sofia.act("close_day", day=ready["day"], number=1)) == (409, "day_closed")
        assert (await sofia.act("print_z", number=1)).status_code == 200
        assert (await sofia.view("z/2")).status_code == 404


async def test_whoever_counts_blind_is_not_told_by_x_what_the_drawer_holds(db: Database, tmp_path: Path) -> None:
    async with opened(db, tmp_path) as counter:
        ana, sofia = await counter.tablet("Ana"), await counter.tablet("Sofia")
        await done(ana, "open_drawer", till=1, float=1000)
        await paid_in_cash(counter, ana)
        seen = await told(ana, "x")
        assert (seen["figures"]["drawers"][0]["expected"], seen["figures"]["tenders"][0]["amount"]) == (None, None)
        assert not any("17.00" in line for line in seen["paper"])
        assert "Cash, 1 after the count" in [" ".join(line.split()) for line in seen["paper"]]
        whole = await told(sofia, "x")
        assert whole["figures"]["drawers"][0]["expected"] == 1700
        assert (await ana.act("print_x")).status_code == 200


async def test_what_holds_up_the_close_is_named_with_a_jump_to_it(db: Database, tmp_path: Path) -> None:
    async with opened(db, tmp_path) as counter:
        sofia = await counter.tablet("Sofia")
        check_id = await counter.eaten()
        other = await counter.eaten("2")
        await done(sofia, "settle", check_id=other, total=700, tenders=CARD)
        close = await told(sofia, "close")
        assert [(one["kind"], one["check_id"], one["table_id"], one["total"]) for one in close["blockers"]] == [
            ("check", check_id, counter.house.tables["1"], 700)
        ]
        assert close["blockers"][0]["sentence"] == "Table 1 is not paid, 7.00, command line."
        assert [step["state"] for step in close["steps"]] == ["on", "todo", "todo", "todo"]
        refused = await sofia.act("close_day", day=close["day"], number=1)
        assert sentence(refused) == (422, "day_not_clear")
        await done(sofia, "carry_over", check_id=check_id, reason="They stay the night")
        clear = await told(sofia, "close")
        assert (clear["blockers"], [one["label"] for one in clear["carried"]]) == ([], ["Table 1"])
        assert (await sofia.act("carry_over", check_id=check_id, reason="Again")).status_code == 409
        await done(sofia, "close_day", day=close["day"], number=1)


async def test_each_act_of_the_till_asks_for_its_own_right(db: Database, tmp_path: Path) -> None:
    async with opened(db, tmp_path) as counter:
        marco, ana = await counter.tablet("Marco"), await counter.tablet("Ana")
        assert sentence(await marco.act("open_drawer", till=1, float=0)) == (403, "needs_manager")
        drawer_id = (await done(ana, "open_drawer", till=1, float=500))["drawer_id"]
        for name, args in (
            ("pay_in", {"amount": 5, "reason": "x"}),
            ("pay_out", {"amount": 5, "reason": "x"}),
            ("drop", {"amount": 5}),
            ("no_sale", {"reason": "x"}),
            ("hand_over_drawer", {}),
            ("count_drawer", {"pieces": {}}),
            ("close_drawer", {}),
        ):
            assert sentence(await marco.act(name, drawer_id=drawer_id, **args)) == (403, "needs_manager"), name
        assert sentence(await ana.act("no_sale", drawer_id=drawer_id, reason="x")) == (403, "needs_manager")
        assert sentence(await ana.act("close_day", day="2026-03-06", number=1)) == (403, "needs_manager")
        for path in ("till", "close", "x", "z/1"):
            assert (await marco.view(path)).status_code == 403, path


async def test_a_drawer_is_handed_to_those_who_may_hold_one(db: Database, tmp_path: Path) -> None:
    async with opened(db, tmp_path) as counter:
        ana = await counter.tablet("Ana")
        drawer_id = (await done(ana, "open_drawer", till=1, float=500))["drawer_id"]
        refused = await ana.act("hand_over_drawer", drawer_id=drawer_id, person_id=counter.ids["Marco"])
        assert "Marco takes no money at the till" in refused.json()["sentence"]
        assert (await ana.act("hand_over_drawer", drawer_id=drawer_id, person_id=1)).status_code == 404
        handed = await done(ana, "hand_over_drawer", drawer_id=drawer_id, person_id=counter.ids["Sofia"])
        assert handed == {"holder": "Sofia"}
        assert {one["name"] for one in (await told(ana, "till"))["people"]} == {"Ana", "Sofia", "Giulia"}


async def test_a_day_that_cannot_be_read_is_refused_in_a_sentence(db: Database, tmp_path: Path) -> None:
    async with opened(db, tmp_path) as counter:
        sofia = await counter.tablet("Sofia")
        refused = await sofia.act("close_day", day="yesterday", number=1)
        assert refused.json()["sentence"] == "“yesterday” is not a business day. Write it like 2015-11-27."
        nothing = await sofia.act("close_day", day="2026-03-06", number=1)
        assert sentence(nothing) == (422, "nothing_to_close")
