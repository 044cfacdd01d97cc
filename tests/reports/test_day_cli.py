import pytest

from kiosk.core.money import AmountUnreadable, Currency
from kiosk.reports.day_cli import read_count
from kiosk.reports.errors import CountUnreadable


def test_a_count_is_read_as_it_is_typed() -> None:
    assert read_count("2=50x7,0.50x8,50x1", Currency("EUR")) == (2, {"5000": 8, "50": 8})
    assert read_count("1=", Currency("EUR")) == (1, {})


@pytest.mark.parametrize("told", ["1", "=50x1", "one=50x1", "1=50", "1=50x-1", "1=50xmany"])
def test_what_is_no_count_is_refused(told: str) -> None:
    with pytest.raises(CountUnreadable, match="Write the till and its pieces"):
        read_count(told, Currency("EUR"))


def test_half_a_cent_is_no_piece() -> None:
    with pytest.raises(AmountUnreadable):
        read_count("1=0.005x1", Currency("EUR"))
