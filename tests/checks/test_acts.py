"""The acts and views of checks as a tablet says and reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kiosk.core.db import Database
from tests.support.counter import Tablet, done, opened, sentence
from tests.support.house import House


async def seen(tablet: Tablet, path: str) -> Any:
    answer = await tablet.view(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def rung(house: House, tablet: Tablet, check_id: int) -> dict[str, int]:
    """Two starters, of which one was corrected, and a bottle."""
    diavola = await house.portion("Diavola", "Medium")
    chilli = {"id": await house.modifier("Chilli"), "prefix": "no"}
    words = {"check_id": check_id, "portion_id": diavola, "course": 1, "modifier_ids": [], "prefixed": [chilli]}
    first = await done(tablet, "ring", **words, quantity=1, note="", is_allergy=False, seat_no=1, price=None)
    await done(tablet, "change_line", line_id=first["line_id"], course=3, is_allergy=True)
    second = await done(tablet, "ring", check_id=check_id, portion_id=diavola, course=1)
    wine = await done(tablet, "ring", check_id=check_id, portion_id=await house.portion("Chianti", "Glass"))
    return {"late": first["line_id"], "early": second["line_id"], "wine": wine["line_id"]}


async def test_a_party_is_served_by_the_words_of_the_pad(db: Database, tmp_path: Path) -> None:
    async with opened(db, tmp_path) as place:
        marco, sofia = await place.tablet("Marco"), await place.tablet("Sofia")
        check_id = await place.house.seat()
        ids = await rung(place.house, marco, check_id)
        sent = await done(marco, "send", check_id=check_id, courses=None)
        assert {key: sent[key] for key in ("sent", "fired", "held", "fire_no")} == {
            "sent": 3,
            "fired": 2,
            "held": 1,
            "fire_no": 1,
        }
        check = await seen(marco, f"check/{check_id}")
        assert (check["table_id"], check["undo"]["until"]) == (place.house.tables["1"], sent["undo_until"])
        assert await done(marco, "take_back", check_id=check_id, fire_no=1) == {"taken_back": 3}
        await done(marco, "send", check_id=check_id, courses=[0, 1])
        fired = await done(marco, "fire_course", check_id=check_id, course=3)
        assert (fired["fired"], fired["fire_no"]) == (1, 3)
        again = await marco.act("fire_course", check_id=check_id, course=3)
        assert sentence(again) == (409, "conflict")
        await done(marco, "amend", line_id=ids["late"], note="no nuts", is_allergy=True)
        await done(marco, "serve", check_id=check_id, line_ids=[ids["early"]])
        await done(marco, "unserve", check_id=check_id, line_ids=[ids["early"]])
        for name in ("comp_line", "refire", "void_line"):
            refused = await marco.act(name, line_id=ids["early"], reason="cold")
            assert sentence(refused) == (403, "needs_manager"), name
        await done(sofia, "comp_line", line_id=ids["early"], reason="cold")
        await done(sofia, "uncomp_line", line_id=ids["early"])
        assert await done(sofia, "refire", line_id=ids["early"], reason="cold") == {"fire_no": 4}
        again = await done(marco, "repeat_round", check_id=check_id)
        assert (len(again["line_ids"]), again["skipped"]) == (1, [])
        states = {line["id"]: line["state"] for line in (await seen(marco, f"check/{check_id}"))["lines"]}
        assert [states[ids[name]] for name in ("late", "early", "wine")] == ["cooking"] * 3
        assert (await seen(marco, "today"))["last"][0] == await place.house.item("Chianti")


async def test_a_check_at_the_counter_has_a_name_and_a_time_and_no_table(db: Database, tmp_path: Path) -> None:
    async with opened(db, tmp_path) as place:
        marco = await place.tablet("Marco")
        opened_check = await done(marco, "open_check", label="Rossi", pickup_at="2026-11-21T19:30:00+01:00")
        check_id = opened_check["check_id"]
        await done(marco, "rename_check", check_id=check_id, label=" Bianchi ")
        check = await seen(marco, f"check/{check_id}")
        assert (check["label"], check["table_id"], check["dining"]) == ("Bianchi", None, "take_away")
        assert (check["pickup_at"], check["initials"]) == ("2026-11-21T18:30:00+00:00", "M")
        seated = await place.house.seat()
        refused = await marco.act("rename_check", check_id=seated, label="Bianchi")
        assert sentence(refused) == (422, "refused")
        for odd in ("tomorrow", "2026-11-21T19:30:00", 5.5, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
            answer = await marco.act("open_check", label="Rossi", pickup_at=odd)
            assert sentence(answer) == (422, "unreadable"), odd
        combo = {"step": "first", "portion_id": await place.house.portion("Tiramisù"), "modifier_ids": []}
        no_combo = await marco.act("ring_combo", check_id=check_id, portion_id=combo["portion_id"], parts=[combo])
        assert sentence(no_combo) == (422, "refused")
