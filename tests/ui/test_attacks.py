"""What a hostile guest, a dishonest waiter and a foreign page may try, and what must stay true all the same."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.support import journal
from tests.support.counter import CARD, Counter, sentence

pytestmark = pytest.mark.slow

# Who may


async def test_a_waiter_cannot_settle_nor_print_nor_void_nor_bump_whatever_she_sends(place: Counter) -> None:
    marco, check_id = await place.tablet("Marco"), await place.eaten()
    line_id = (await place.house.check(check_id))["lines"][0]["id"]
    ticket_id = (await place.house.board())["tickets"][0]["id"]
    for act, args in (
        ("settle", {"check_id": check_id, "total": 700, "tenders": CARD}),
        ("reprint", {"receipt_id": 1}),
        ("void_line", {"line_id": line_id, "reason": "mine"}),
        ("bump", {"ticket_id": ticket_id}),
    ):
        assert sentence(await marco.act(act, **args)) == (403, "needs_manager")
    assert await place.state(check_id) == "open"
    assert await place.receipts() == 0


async def test_a_session_that_was_signed_out_settles_nothing(place: Counter) -> None:
    ana, check_id = await place.tablet("Ana"), await place.eaten()
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in ana.http.cookies.jar)
    assert (await ana.act("lock")).status_code == 200
    stranger = await place.stranger()
    stale = await stranger.post(
        "/api/act/settle",
        headers={"Cookie": cookies},
        json={"key": str(uuid4()), "args": {"check_id": check_id, "total": 700, "tenders": CARD}},
    )
    assert sentence(stale) == (401, "signed_out")
    assert await place.state(check_id) == "open"
    assert await place.receipts() == 0


async def test_a_page_from_elsewhere_settles_nothing_even_with_the_cashiers_cookies(place: Counter) -> None:
    ana, check_id = await place.tablet("Ana"), await place.eaten()
    for origin in ("http://evil.example", "null", "http://localhost:8081", "https://localhost:8080"):
        ana.http.headers["Origin"] = origin
        answer = await ana.act("settle", check_id=check_id, total=700, tenders=CARD)
        assert sentence(answer) == (403, "origin")
    assert await place.state(check_id) == "open"
    assert await place.receipts() == 0


# Approvals


async def test_an_approval_by_oneself_by_a_colleague_or_with_a_wrong_pin_settles_nothing(place: Counter) -> None:
    marco, check_id = await place.tablet("Marco"), await place.eaten()
    args = {"check_id": check_id, "total": 700, "tenders": CARD}
    for name, pin, refused in (
        ("Marco", "1111", "may_not_approve"),
        ("Ana", "4444", "may_not_approve"),
        ("Dario", "5555", "may_not_approve"),
        ("Sofia", "0000", "wrong_pin"),
        ("Sofia", "6666' OR '1'='1", "pin_shape"),
        ("Sofia", "٦٦٦٦", "pin_shape"),
    ):
        approval = {"person_id": place.ids[name], "pin": pin}
        assert sentence(await marco.post("settle", args=args, approval=approval)) == (422, refused)
    assert await place.receipts() == 0


async def test_an_approval_is_for_one_act_and_its_key_opens_nothing_else(place: Counter) -> None:
    marco, check_id = await place.tablet("Marco"), await place.eaten()
    line_id = (await place.house.check(check_id))["lines"][0]["id"]
    other_id = await place.eaten("2")
    key, approval = str(uuid4()), {"person_id": place.ids["Sofia"], "pin": "6666"}
    void = {"line_id": line_id, "reason": "cold"}
    assert (await marco.post("void_line", key=key, args=void, approval=approval)).status_code == 200
    settle = {"check_id": other_id, "total": 700, "tenders": CARD}
    assert sentence(await marco.post("settle", key=key, args=settle, approval=approval)) == (422, "key_reused")
    assert sentence(await marco.post("settle", args=settle)) == (403, "needs_manager")
    assert await place.receipts() == 0
    assert await journal.is_whole(place.house.db)


async def test_guessing_a_managers_pin_by_approvals_gets_slower_for_every_act(place: Counter) -> None:
    marco, check_id = await place.tablet("Marco"), await place.eaten()
    args = {"check_id": check_id, "total": 700, "tenders": CARD}
    codes = []
    for pin in ("0001", "0002", "0003", "6666"):
        approval = {"person_id": place.ids["Sofia"], "pin": pin}
        codes.append(sentence(await marco.post("settle", args=args, approval=approval))[1])
    assert codes == ["wrong_pin", "wrong_pin", "wrong_pin", "pin_wait"]
    sofia = await (await place.stranger()).post("/signin", json={"person_id": place.ids["Sofia"], "pin": "6666"})
    assert sofia.status_code == 429


async def test_an_approver_who_can_be_no_person_is_refused_in_a_sentence(place: Counter) -> None:
    marco = await place.tablet("Marco")
    for person_id in (2**53, 10**30, -1, "1", 1.5, None, True, [1]):
        answer = await marco.post("lock", args={}, approval={"person_id": person_id, "pin": "6666"})
        assert sentence(answer) == (422, "unreadable"), person_id


async def test_somebody_who_never_was_costs_no_comparison(place: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = count_comparisons(place, monkeypatch)
    stranger = await place.stranger()
    for person_id in (1, 2, 2**52):
        answer = await stranger.post("/signin", json={"person_id": person_id, "pin": "1111"})
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_pin")
    assert compared == []


async def test_who_has_to_wait_takes_no_turn_at_writing(place: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = await place.stranger()
    for _ in range(3):
        await stranger.post("/signin", json={"person_id": place.ids["Marco"], "pin": "0000"})
    compared, written = count_comparisons(place, monkeypatch), list[Any]()
    monkeypatch.setattr(place.house.db, "run", written.append)
    answer = await stranger.post("/signin", json={"person_id": place.ids["Marco"], "pin": "1111"})
    assert answer.status_code == 429
    assert (compared, written) == ([], [])


def count_comparisons(place: Counter, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    compared = list[str]()

    async def is_right(pin: str, _kept: str | None) -> bool:
        compared.append(pin)
        return False

    monkeypatch.setattr(place.kiosk.pins, "is_right", is_right)
    return compared


# Keys


async def test_a_key_of_somebody_else_tells_nothing_and_does_nothing(place: Counter) -> None:
    marco, ana, check_id = await place.tablet("Marco"), await place.tablet("Ana"), await place.eaten()
    key = uuid4()
    assert (await ana.act("settle", key=key, check_id=check_id, total=700, tenders=CARD)).status_code == 200
    args = {"check_id": check_id, "total": 700, "tenders": CARD}
    for waited_ms in (0, 31_000, 10**30):
        answer = await marco.post("settle", key=str(key), args=args, waited_ms=waited_ms)
        assert sentence(answer) == (422, "key_reused")
    assert await place.receipts() == 1


async def test_the_same_tap_sent_at_once_by_ten_sockets_is_one_receipt(place: Counter) -> None:
    ana, check_id, key = await place.tablet("Ana"), await place.eaten(), uuid4()
    taps = [ana.act("settle", key=key, check_id=check_id, total=700, tenders=CARD) for _ in range(10)]
    answers = await asyncio.gather(*taps)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["result"]["receipt_id"] for answer in answers}) == 1
    assert await place.receipts() == 1


async def test_hopeless_tries_wait_for_their_answer_and_hold_nothing_meanwhile(place: Counter) -> None:
    stranger, marco = await place.stranger(), await place.tablet("Marco")
    tries = [stranger.post("/signin", json={"person_id": 1, "pin": "1111"}) for _ in range(50)]
    flood = asyncio.gather(*tries)
    await asyncio.sleep(0.1)
    assert (await marco.view("floor")).status_code == 200
    assert not flood.done()
    assert {answer.status_code for answer in await flood} == {401}
