"""What may be rung and when, and what searching finds."""

from datetime import datetime

import pytest

from kiosk.menu.errors import ChoiceMissing, ChoiceTooMany, ModifierForeign
from kiosk.menu.rules import Choice, ChoiceGroup, choose, course, course_name, fold, is_served

LUNCH = {"start": "12:00", "end": "15:00", "weekdays": [1, 2, 3, 4, 5]}
NIGHT = {"start": "22:00", "end": "02:00", "weekdays": [5]}
EVENING = {"start": "18:00", "end": "00:00", "weekdays": [7]}
RARE, DONE = Choice(1, "rare", "Rare", 0), Choice(2, "done", "Well done", 0)
RUCOLA, GRANA = Choice(3, "rucola", "Rucola", 100), Choice(4, "grana", "Grana", 150)
GROUPS = [ChoiceGroup("how it is cooked", 1, 1, [RARE, DONE]), ChoiceGroup("Extras", 0, 2, [RUCOLA, GRANA])]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("crepe", "Crêpe"),
        ("cafe", "CAFÉ"),
        ("strasse", "Straße"),
        ("pho dac biet", "Phở đặc biệt"),
        ("smorrebrod", "Smørrebrød"),
        ("tiramisu", "Tiramisu\u0300"),
        ("l'uovo", "L’uovo"),
        ("コーヒー", "ｺｰﾋｰ"),
        ("شاي", "شَاي"),
        ("ψητο", "Ψητό"),
        ("fried rice", "  Fried \u00a0 rice "),
    ],
)
def test_searching_takes_a_name_as_people_type_it(typed: str, name: str) -> None:
    assert fold(name) == fold(typed) == typed


@pytest.mark.parametrize(("one", "other"), [("はし", "ばし"), ("दाल", "दूल"), ("ไก", "ไก่"), ("김밥", "김")])
def test_marks_that_make_another_letter_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("day", "clock", "served"),
    [
        ("2026-11-16", "11:59", False),
        ("2026-11-16", "12:00", True),
        ("2026-11-20", "14:59", True),
        ("2026-11-20", "15:00", False),
        ("2026-11-21", "13:00", False),
    ],
)
def test_lunch_is_from_monday_to_friday_and_ends_on_the_minute(day: str, clock: str, served: bool) -> None:
    assert is_served([LUNCH], datetime.fromisoformat(f"{day}T{clock}:30+01:00")) is served


@pytest.mark.parametrize(
    ("day", "clock", "served"),
    [
        ("2026-11-20", "21:59", False),
        ("2026-11-20", "22:00", True),
        ("2026-11-21", "01:59", True),
        ("2026-11-21", "02:00", False),
        ("2026-11-20", "01:00", False),
        ("2026-11-21", "22:30", False),
    ],
)
def test_a_friday_night_that_ends_on_saturday_morning(day: str, clock: str, served: bool) -> None:
    assert is_served([NIGHT], datetime.fromisoformat(f"{day}T{clock}:00+01:00")) is served


def test_an_evening_until_midnight_ends_with_its_sunday() -> None:
    assert is_served([EVENING], datetime.fromisoformat("2026-11-22T23:59:59+01:00"))
    assert not is_served([EVENING], datetime.fromisoformat("2026-11-23T00:00:00+01:00"))
    assert is_served([LUNCH, EVENING], datetime.fromisoformat("2026-11-22T18:00:00+01:00"))


def test_choices_come_in_the_order_of_the_menu() -> None:
    assert choose("Tagliata", GROUPS, [4, 3, 2]) == [DONE, RUCOLA, GRANA]


def test_the_same_choice_twice_counts_twice() -> None:
    assert choose("Tagliata", GROUPS, [1, 3, 3]) == [RARE, RUCOLA, RUCOLA]
    with pytest.raises(ChoiceTooMany, match="At most 2 of “Extras” can be chosen for Tagliata"):
        choose("Tagliata", GROUPS, [1, 3, 3, 4])


def test_a_required_choice_is_asked_for_by_its_name() -> None:
    with pytest.raises(ChoiceMissing, match="Choose “how it is cooked” for Tagliata"):
        choose("Tagliata", GROUPS, [3])


def test_a_choice_of_another_item_is_refused() -> None:
    with pytest.raises(ModifierForeign, match="does not belong to Tagliata"):
        choose("Tagliata", GROUPS, [1, 99])


def test_a_course_falls_back_to_what_is_around_it_and_nought_is_a_course() -> None:
    assert (course(3, 2, 1), course(None, 0, 2), course(None, None, 2), course(None, None)) == (3, 0, 2, 1)
    assert (course_name(0), course_name(2)) == ("Drinks", "Mains")
