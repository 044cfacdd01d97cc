"""How busy stations are, and when the next course had best be fired."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from kiosk.core.db import Tx
from kiosk.kitchen import queries, rules
from kiosk.kitchen.models import KitchenTicket
from kiosk.kitchen.queries import Load
from tests.support.kitchen import Kitchen, dish

PLATE = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gap_s", "waits", "minutes"),
    [(720, [], 12), (720, [300], 7), (720, [60, 540, 300], 3), (720, [900], 0), (0, [], 0)],
)
def test_the_next_course_is_fired_so_that_the_slowest_station_is_done_in_time(
    gap_s: int, waits: list[int], minutes: int
) -> None:
    assert rules.fire_at(PLATE, gap_s, waits) == PLATE + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("tickets", "seconds"), [(0, 600), (1, 600), (3, 600), (4, 750), (5, 900), (8, 1350), (11, 1800)]
)
def test_a_station_cooks_four_tickets_side_by_side(tickets: int, seconds: int) -> None:
    assert rules.wait(600, tickets) == seconds


def test_two_tickets_do_not_tell_yet_how_long_a_station_takes() -> None:
    assert rules.typical([100, 200], otherwise=660) == 660
    assert rules.typical([100, 900, 200], otherwise=660) == 200


async def test_the_load_of_a_station_is_what_it_has_still_to_make(kitchen: Kitchen) -> None:
    done, _ = await kitchen.fire(dish(1), dish(2, stations=("bar",)))
    await kitchen.fire(dish(3, quantity=3), dish(4), fire_no=2)
    await kitchen.bump(done)
    grill, bar = await kitchen.house.look(queries.show_load)
    assert (grill.dishes, grill.tickets, bar.dishes, bar.tickets) == (4, 1, 1, 1)
    assert bar == Load(bar.station_id, "bar", "Bar", 1, 1, 660, 660)


async def test_what_took_long_of_late_is_what_is_expected(kitchen: Kitchen) -> None:
    for no, seconds in enumerate((300, 400, 3000), start=1):
        [ticket] = await kitchen.fire(dish(no), fire_no=no)
        await kitchen.bump(ticket)
        await kitchen.run(_fired_earlier, ticket, seconds)
    grill, bar = await kitchen.house.look(queries.show_load)
    assert (grill.typical_s, grill.wait_s, bar.typical_s) == (400, 400, 660)


async def _fired_earlier(tx: Tx, ticket_id: int, seconds: int) -> None:
    ticket = await queries.lock_ticket(tx, ticket_id)
    assert ticket.bumped_at
    fired_at = ticket.bumped_at - timedelta(seconds=seconds)
    await tx.change(update(KitchenTicket).where(KitchenTicket.id == ticket_id).values(fired_at=fired_at))


@pytest.mark.parametrize(
    ("now", "began"),
    [
        (datetime(2026, 11, 21, 20, 0, tzinfo=UTC), datetime(2026, 11, 21, 3, 0, tzinfo=UTC)),
        (datetime(2026, 11, 22, 2, 59, tzinfo=UTC), datetime(2026, 11, 21, 3, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 2, 0, tzinfo=UTC), datetime(2026, 7, 1, 2, 0, tzinfo=UTC)),
    ],
)
def test_tonight_began_at_the_cut_over(now: datetime, began: datetime) -> None:
    assert rules.day_began(now, "Europe/Rome", 240) == began
