"""A kitchen to send to: the small restaurant, and gestures that checks make inside their own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from kiosk.core.db import Tx
from kiosk.core.events import Fact
from kiosk.kitchen import queries, service
from kiosk.kitchen.service import Dish, Firing
from tests.support.house import House

T = TypeVar("T")
SOON = timedelta(seconds=5)


def dish(line_id: int, name: str = "Tagliata", *, stations: tuple[str, ...] = ("grill",), **differently: Any) -> Dish:
    said: dict[str, Any] = {"portion": "", "quantity": 1, "course": 2, "modifiers": (), "note": ""}
    return Dish(line_id, name, stations=stations, **{**said, "is_allergy": False, "seat_no": None, **differently})


@dataclass
class Kitchen:
    """The kitchen of a small restaurant, and the facts it announced."""

    house: House
    facts: list[Fact] = field(default_factory=list)

    async def run(self, gesture: Callable[..., Awaitable[T]], *args: Any, **words: Any) -> T:
        async def run(tx: Tx) -> T:
            return await gesture(tx, *args, **words)

        return await self.house.db.run(run)

    async def fire(self, *dishes: Dish, check_id: int = 7, fire_no: int = 1, **differently: Any) -> list[int]:
        """Tickets of table 12, shown in five seconds."""
        said = {"label": "12", "covers": 2, "waiter": "Marco", "shown_at": datetime.now(UTC) + SOON, **differently}
        return await self.run(service.open_tickets, Firing(check_id, fire_no, **said), dishes, by=self.house.by)

    async def bump(self, ticket_id: int) -> None:
        await self.house.act(service.bump, ticket_id)

    async def tickets(self) -> list[dict[str, Any]]:
        return list((await self.house.board())["tickets"])

    async def lines(self) -> dict[int, dict[str, Any]]:
        """What is on the board, by line of the check; of a line cooked twice the last ticket."""
        return {line["line_id"]: line for ticket in await self.tickets() for line in ticket["lines"]}

    async def progress(self, *line_ids: int) -> dict[int, datetime | None]:
        return await self.house.look(queries.show_progress_of, line_ids)
