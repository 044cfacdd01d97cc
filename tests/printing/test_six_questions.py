"""The six questions after a test page: what each answer makes of the set-up."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.printing.rules import check_set_up
from kiosk.printing.six_questions import changes, questions

SET_UP: dict[str, Any] = {
    **{"columns": 48, "dots": 576, "code_page": "CP858", "code_page_no": 19},
    **{"cut": "partial", "buzzer": "none", "drawer_kick": "pin_2"},
}
ALL_YES = {"width": True, "letters": True, "picture": True, "cut": True, "buzzer": False, "drawer": True}


def test_there_are_six_and_a_page_that_is_right_changes_nothing() -> None:
    assert [one.key for one in questions(SET_UP)] == ["width", "letters", "picture", "cut", "buzzer", "drawer"]
    assert changes(SET_UP, ALL_YES) == {}


@pytest.mark.parametrize(
    ("key", "answer", "becomes"),
    [
        ("width", False, {"columns": 42, "dots": 512}),
        ("letters", False, {"code_page": "WPC1252", "code_page_no": 16}),
        ("picture", False, {"dots": 512}),
        ("cut", False, {"cut": "full"}),
        ("buzzer", True, {"buzzer": "esc_b"}),
        ("drawer", False, {"drawer_kick": "pin_5"}),
    ],
)
def test_each_answer_tries_the_next_possibility(key: str, answer: bool, becomes: dict[str, Any]) -> None:
    assert changes(SET_UP, {**ALL_YES, key: answer}) == becomes


def test_what_nobody_answered_stays() -> None:
    assert changes(SET_UP, {}) == {}
    assert changes(SET_UP, {"nonsense": False}) == {}


@pytest.mark.parametrize("key", ["width", "letters", "picture", "cut", "buzzer", "drawer"])
def test_no_after_no_tries_everything_and_nothing_a_printer_refuses(key: str) -> None:
    now, seen = {**SET_UP, "buzzer": "esc_b"}, []
    for _ in range(6):
        now = {**now, **changes(now, {key: False})}
        check_set_up(now)
        seen.append(tuple(now.values()))
    assert len(set(seen)) > 1


def test_an_odd_width_and_an_odd_page_come_back_to_the_usual_ones() -> None:
    odd = {**SET_UP, "columns": 44, "dots": 530, "code_page": "CP437", "code_page_no": 7}
    assert changes(odd, {"width": False, "letters": False}) == {
        **{"columns": 48, "dots": 576},
        **{"code_page": "CP858", "code_page_no": 19},
    }
    assert changes(odd, {"picture": False}) == {"dots": 384}
