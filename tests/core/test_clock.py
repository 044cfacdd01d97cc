from datetime import UTC, date, datetime

import pytest

from kiosk.core.clock import business_day

ROME = "Europe/Rome"


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 7, 4, 1, 59, 59, 999_999, UTC), date(2026, 7, 3)),
        (datetime(2026, 7, 4, 2, 0, 0, 0, UTC), date(2026, 7, 4)),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_the_business_day_turns_at_four_by_the_venues_wall_clock(instant: datetime, day: date) -> None:
    assert business_day(instant, timezone=ROME, cutover_minutes=240) == day
