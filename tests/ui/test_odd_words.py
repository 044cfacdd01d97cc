"""Numbers, texts and JSON that no screen sends: refused in a sentence, or kept without what is no text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kiosk.reports.errors import DayUnreadable
from kiosk.reports.rules import day_of
from kiosk.ui import words
from tests.support.counter import CARD, Counter, sentence

HUGE = [2**53, 2**63, 10**30, -(2**63)]


async def test_a_number_no_row_can_hold_is_refused_in_a_sentence(place: Counter) -> None:
    sofia, check_id = await place.tablet("Sofia"), await place.eaten()
    for number in HUGE:
        for act, args in numbered(check_id, number):
            assert sentence(await sofia.act(act, **args)) == (422, "unreadable"), (act, number)


def numbered(check_id: int, number: int) -> list[tuple[str, dict[str, Any]]]:
    """Acts with a number in each of their places."""
    return [
        ("seat", {"table_id": number, "covers": 2}),
        ("ring", {"check_id": check_id, "portion_id": number}),
        ("ring", {"check_id": check_id, "portion_id": 1, "modifier_ids": [number]}),
        ("serve", {"check_id": check_id, "line_ids": [number]}),
        ("send", {"check_id": number}),
        ("bump", {"ticket_id": number}),
        ("reprint", {"receipt_id": number}),
        ("eighty_six", {"item_id": number, "is_out": True}),
        ("settle", {"check_id": number, "total": 700, "tenders": CARD}),
        ("settle", {"check_id": check_id, "total": number, "tenders": CARD}),
    ]


async def test_a_view_of_a_number_nothing_has_is_not_found(place: Counter) -> None:
    sofia = await place.tablet("Sofia")
    for number in (str(2**53), "9" * 19, "9" * 30, "9" * 900, "9" * 5000):
        for view in ("check", "bill", "receipt"):
            answer = await sofia.view(f"{view}/{number}")
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), (view, number)


async def test_no_quantity_but_one_to_ninety_nine_is_rung(place: Counter) -> None:
    marco, check_id = await place.tablet("Marco"), await place.house.seat()
    portion = await place.house.portion("Tiramisù")
    for quantity in (0, -1, 100, 2**40, 1.0, "1", True, None):
        answer = await marco.act("ring", check_id=check_id, portion_id=portion, quantity=quantity)
        assert answer.status_code == 422, quantity
    assert (await place.house.check(check_id))["lines"] == []


TRICKS: list[list[Any]] = [
    [],
    [{"kind": "card", "given": -700}],
    [{"kind": "card", "given": 0}],
    [{"kind": "card", "given": 701}],
    [{"kind": "card", "given": 700, "tip": -1}],
    [{"kind": "card", "given": 700, "tip": 700}],
    [{"kind": "cash", "given": 700, "tip": 701}],
    [{"kind": "cash", "given": 700, "tip": 1}],
    [{"kind": "cash", "given": 10**12 + 1}],
    [{"kind": "card", "given": 1400}, {"kind": "card", "given": -700}],
    [{"kind": "card", "given": 700}, {"kind": "cash", "given": 5}],
    [{"kind": "other", "given": 700}],
    [{"kind": "CARD", "given": 700}],
    [{"kind": "x" * 100_000, "given": 700}],
    [{"kind": "card", "given": 35}] * 21,
]


async def test_no_trick_with_tenders_and_tips_closes_a_check(place: Counter) -> None:
    ana, check_id = await place.tablet("Ana"), await place.eaten()
    for tenders in TRICKS:
        answer = await ana.act("settle", check_id=check_id, total=700, tenders=tenders)
        assert answer.status_code == 422, tenders
        assert len(answer.json()["sentence"]) < 300
    assert await place.state(check_id) == "open"
    assert await place.receipts() == 0


async def test_a_total_the_screen_made_up_pays_nothing(place: Counter) -> None:
    ana, check_id = await place.tablet("Ana"), await place.eaten()
    for total in (0, -700, 1, 699, 701):
        tenders = [{"kind": "card", "given": max(total, 1)}]
        answer = await ana.act("settle", check_id=check_id, total=total, tenders=tenders)
        assert sentence(answer) == (409, "bill_changed"), total
    assert await place.receipts() == 0


async def test_a_price_or_a_person_sent_along_is_refused(place: Counter) -> None:
    marco, check_id = await place.tablet("Marco"), await place.house.seat()
    portion = await place.house.portion("Tiramisù")
    for word in ("unit_price", "amount", "by", "venue_id", "person_id", "__class__"):
        answer = await marco.act("ring", check_id=check_id, portion_id=portion, **{word: 1})
        assert sentence(answer) == (422, "unreadable"), word
    priced = await marco.act("ring", check_id=check_id, portion_id=portion, price=1)
    assert sentence(priced) == (403, "needs_manager")
    ana = await place.tablet("Ana")
    assert sentence(await ana.act("ring", check_id=check_id, portion_id=portion, price=1)) == (422, "refused")


NO_JSON = [
    "NaN",
    "[]",
    "null",
    '{"check_id": NaN}',
    '{"check_id": Infinity}',
    '{"check_id": 1e400}',
    '{"check_id": ' + "9" * 5_000 + "}",
    '{"check_id": ' + "9" * 900_000 + "}",
    '{"check_id": ' + "[" * 150 + "]" * 150 + "}",
    '{"check_id": ' + "[" * 400_000 + "]" * 400_000 + "}",
    '{"check_id": ' + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}",
    '{"check_id": "\\ud800"}',
    '{"check_id": 1, "check_id": "second"}',
]


async def test_json_that_no_screen_writes_is_refused_in_a_short_sentence(place: Counter) -> None:
    marco = await place.tablet("Marco")
    for args in NO_JSON:
        answer = await marco.raw("send", args)
        assert sentence(answer) == (422, "unreadable"), args[:40]
        assert len(answer.json()["sentence"]) < 300


NOTES = [
    ("no\x00 onions\x1b[2J\x07", "no onions[2J"),
    ("\u202eno onions\u202c \u2066x\u2069", "no onions x"),
    ("two\nlines\u2028three\x85four", "two lines three four"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ("ohne Zwiebeln – für 👩‍👩‍👧 שלום", "ohne Zwiebeln – für 👩‍👩‍👧 שלום"),
]


async def test_a_note_keeps_its_words_and_loses_what_is_no_text(place: Counter) -> None:
    marco, check_id = await place.tablet("Marco"), await place.house.seat()
    portion = await place.house.portion("Tiramisù")
    for typed, _ in NOTES:
        assert (await marco.act("ring", check_id=check_id, portion_id=portion, note=typed)).status_code == 200
    assert [line["note"] for line in (await place.house.check(check_id))["lines"]] == [kept for _, kept in NOTES]


async def test_a_check_is_not_called_by_a_name_nobody_can_see(place: Counter) -> None:
    marco = await place.tablet("Marco")
    for label in ("", "   ", "\x00\x1b", "\u202e\u202c", "\n\n"):
        assert sentence(await marco.act("open_check", label=label)) == (422, "unreadable"), ascii(label)


async def test_no_byte_of_a_label_commands_the_printer(place: Counter) -> None:
    marco = await place.tablet("Marco")
    opened = await marco.act("open_check", label="Bar\x1bp\x00\x19\xfa\x1d")
    assert (await place.house.check(opened.json()["result"]["check_id"]))["label"] == "Barpú"


def test_plain_text_is_left_alone_and_a_large_number_is_not() -> None:
    told = {"note": "senza cipolla", "ids": [1, 2**53 - 1], "is": True, "none": None, "part": 0.5}
    assert words.cleaned(told) == told
    with pytest.raises(words.NumberTooLarge):
        words.cleaned({"deep": [{"id": 2**53}]})


async def test_an_act_nobody_knows_is_named_without_repeating_a_novel(place: Counter) -> None:
    marco = await place.tablet("Marco")
    answer = await marco.act("x" * 800)
    assert sentence(answer) == (404, "not_found")
    assert len(answer.json()["sentence"]) < 120


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31", "2026-02-30", "../x"])
def test_a_day_no_restaurant_was_open_on_is_refused(day: str) -> None:
    with pytest.raises(DayUnreadable):
        day_of(day, date(2026, 11, 21))
