from typing import Any

import pytest
from sqlalchemy import update

from kiosk.checks import service as checks
from kiosk.core.db import Database, Tx
from kiosk.core.models import Venue
from kiosk.floor import errors, queries, service
from kiosk.kitchen import service as kitchen
from kiosk.payments import service as payments
from kiosk.payments.rules import Given, TenderKind
from tests.support.house import House, founded


async def tile(house: House, label: str = "1") -> dict[str, Any]:
    floor = await house.look(queries.show_floor)
    return next(table for table in floor["tables"] if table["label"] == label)


async def test_a_table_goes_through_every_state_and_is_free_again(db: Database) -> None:
    house = await founded(db)
    assert (await tile(house))["state"] == "available"
    check_id = await house.seat(covers=3)
    assert ((await tile(house))["state"], (await tile(house))["covers"]) == ("seated", 3)
    await house.ring(check_id)
    assert ((await tile(house))["state"], (await tile(house))["draft"]) == ("ordered", 1)
    await house.send(check_id)
    await house.act(kitchen.bump, (await house.board())["tickets"][0]["id"])
    assert ((await tile(house))["ready"], (await tile(house))["total"]) == (1, 700)
    await house.act(checks.serve, check_id)
    assert (await tile(house))["state"] == "served"
    await house.act(checks.ask_bill, check_id)
    assert (await tile(house))["state"] == "billing"
    await house.act(payments.settle, check_id, 700, [Given(TenderKind.CARD, 700)])
    assert (await tile(house))["state"] == "available"
    assert await house.seat() != check_id


async def test_however_often_a_table_is_seated_there_is_one_check(db: Database) -> None:
    house = await founded(db)
    assert await house.seat() == await house.seat()


async def test_a_house_that_clears_its_tables_sees_them_paid_first(db: Database) -> None:
    house = await founded(db)

    async def set_up(tx: Tx) -> None:
        await tx.change(update(Venue).values(clear_tables=True))

    await db.run(set_up)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    with pytest.raises(errors.TableNotPaid, match="Table 1 is not paid"):
        await house.act(service.clear_table, house.tables["1"])
    await house.act(payments.settle, check_id, 700, [Given(TenderKind.CARD, 700)])
    assert (await tile(house))["state"] == "paid"
    await house.act(service.clear_table, house.tables["1"])
    assert (await tile(house))["state"] == "available"


async def test_a_table_number_exists_once(db: Database) -> None:
    house = await founded(db)
    section = (await house.look(queries.show_floor))["sections"][0]["id"]
    with pytest.raises(errors.LabelTaken, match="already a table 1"):
        await house.act(service.add_table, section, "1", 4)


async def test_a_table_that_is_not_there_is_a_sentence(db: Database) -> None:
    house = await founded(db)
    with pytest.raises(errors.TableGone):
        await house.act(service.seat, 1, 2)


async def test_the_clock_of_a_table_starts_anew_with_every_step(db: Database) -> None:
    house = await founded(db)
    check_id = await house.seat()
    seated = (await tile(house))["since"]
    line_id = await house.ring(check_id)
    ordered = (await tile(house))["since"]
    await house.ring(check_id)
    assert (await tile(house))["since"] == ordered > seated
    await house.send(check_id)
    fired = (await tile(house))["since"]
    await house.act(checks.serve, check_id, [line_id])
    served = (await tile(house))["since"]
    await house.act(checks.ask_bill, check_id)
    billing = (await tile(house))["since"]
    assert billing > served > fired > ordered
    await house.act(checks.withdraw_bill, check_id)
    assert (await tile(house))["since"] == served
