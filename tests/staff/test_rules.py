"""Names, PINs, waiting and where people land."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.core.actor import Role
from kiosk.staff.errors import NameRefused, PinShape
from kiosk.staff.rules import check_pin, clean_name, initials, is_over, is_own_path, landing, wait_after

AT = datetime(2026, 11, 21, 20, tzinfo=UTC)


def test_the_third_wrong_pin_waits_a_second_and_each_one_more_twice_as_long_up_to_five_minutes() -> None:
    assert [wait_after(wrong) for wrong in range(1, 14)] == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert wait_after(10**9) == 300


@pytest.mark.parametrize("pin", ["1111", "12345678", "0000"])
def test_four_to_eight_digits_are_a_pin(pin: str) -> None:
    check_pin(pin)


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "12 4", "1234\n", "١٢٣٤", "１２３４"])
def test_anything_else_is_not(pin: str) -> None:
    with pytest.raises(PinShape, match=r"^A PIN has 4 to 8 digits\.$"):
        check_pin(pin)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Ana   Maria ", "Ana Maria"), ("Zoe\u0308", "Zoë"), ("محمد", "محمد"), ("Nguyễn Văn A", "Nguyễn Văn A")],
)
def test_names_are_kept_composed_and_with_single_blanks(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "a" * 61, "Mar\x00co", "Marco\u202egiulia", "Ana\u2066"])
def test_names_nobody_could_read_on_a_tile_are_refused(typed: str) -> None:
    with pytest.raises(NameRefused):
        clean_name(typed)


def test_initials_are_of_the_first_and_the_last_word() -> None:
    assert [initials(name) for name in ("Marco", "ana de souza", "Li Wei", "")] == ["M", "AS", "LW", ""]


def test_a_waiters_session_ends_after_the_idle_time_and_a_kitchen_walls_after_twelve_hours() -> None:
    def idle(role: Role, **ago: int) -> bool:
        return is_over(role, AT - timedelta(**ago), AT - timedelta(**ago), AT, 300)

    assert not idle(Role.WAITER, seconds=300)
    assert idle(Role.WAITER, seconds=301)
    assert not idle(Role.KITCHEN, hours=12)
    assert idle(Role.KITCHEN, hours=12, seconds=1)


def test_no_session_outlives_a_shift_however_busy() -> None:
    def old(role: Role, hours: int) -> bool:
        return is_over(role, AT - timedelta(hours=hours, seconds=1), AT, AT, 300)

    assert not old(Role.WAITER, 11)
    assert old(Role.WAITER, 12)
    assert not old(Role.KITCHEN, 23)
    assert old(Role.KITCHEN, 24)


def test_each_role_lands_where_its_work_is() -> None:
    assert [landing(role) for role in Role] == ["/", "/", "/#/kitchen", "/", "/day"]


@pytest.mark.parametrize("path", ["/", "/day", "/day?from=2026-11-21&to=2026-11-22"])
def test_pages_of_this_kiosk_may_be_gone_to(path: str) -> None:
    assert is_own_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "day",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https://evil.example",
        "/a\\b",
        "/signin?next=/",
        "/é",
    ],
)
def test_other_places_may_not(path: str) -> None:
    assert not is_own_path(path)
