"""The floor's acts: the words of each tap, and the gesture that carries it out."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from kiosk.core.actor import Actor
from kiosk.core.db import Tx
from kiosk.floor import rules, service
from kiosk.floor.rules import Place, Shape
from kiosk.floor.service import Goal, Wish
from kiosk.ui.gesture import Acts, Args

Text = Annotated[str, Field(max_length=500)]
Iso = Annotated[str, Field(max_length=40)]


class Seat(Args):
    table_id: int
    covers: int
    booking_id: int | None = None


class OnTable(Args):
    table_id: int


class OnCheck(Args):
    check_id: int


class Transfer(Args):
    check_id: int
    table_id: int


class ToCounter(Args):
    check_id: int
    label: Text


class Join(Args):
    table_id: int
    to_table_id: int


class Merge(Args):
    check_id: int
    into_check_id: int


class Target(Args):
    """One of a check, a table or the label of a new check."""

    check_id: int | None = None
    table_id: int | None = None
    label: Text | None = None

    def goal(self) -> Goal:
        return Goal(self.check_id, self.table_id, self.label)

    @model_validator(mode="after")
    def _one(self) -> Target:
        if sum(one is not None for one in (self.check_id, self.table_id, self.label)) != 1:
            raise ValueError("name a check, a table or a label")
        return self


class MoveLines(Args):
    line_ids: list[int] = Field(min_length=1, max_length=1000)
    to: Target


class HandOver(Args):
    check_id: int | None = None
    section_id: int | None = None
    from_id: int | None = None
    to_id: int


class Guests(Args):
    name: Text
    covers: int
    phone: Text = ""
    note: Text = ""

    def wish(self) -> Wish:
        return Wish(self.name, self.covers, self.phone, self.note)


class Book(Guests):
    due_at: Iso
    table_id: int | None = None


class ChangeBooking(Args):
    id: int
    name: Text | None = None
    covers: int | None = None
    due_at: Iso | None = None
    phone: Text | None = None
    note: Text | None = None
    table_id: int | None = None

    def changes(self) -> dict[str, Any]:
        """What was said; only of the table does nothing mean something: none."""
        said = self.model_dump(exclude={"id"}, exclude_unset=True)
        return {name: value for name, value in said.items() if value is not None or name == "table_id"}


class OnBooking(Args):
    id: int


class SeatBooking(Args):
    id: int
    table_id: int


class HoldTable(Args):
    table_id: int
    reason: Text
    until_at: Iso


class Placed(Args):
    """Where a table stands; without a size it stands beside the plan."""

    id: int
    x: int | None = None
    y: int | None = None
    width: int | None = None
    height: int | None = None
    shape: Text | None = None

    def place(self) -> Place | None:
        if self.x is None or self.y is None or self.width is None or self.height is None:
            return None
        return Place(self.x, self.y, self.width, self.height, rules.shape_of(self.shape or Shape.SQUARE))


class PlaceTables(Args):
    tables: list[Placed] = Field(max_length=500)


class AddTable(Args):
    section_id: int
    label: Text
    seats: int


class ChangeTable(Args):
    id: int
    label: Text | None = None
    seats: int | None = None
    section_id: int | None = None


class OnId(Args):
    id: int


class AddSection(Args):
    name: Text


class RenameSection(Args):
    id: int
    name: Text


class OrderSections(Args):
    section_ids: list[int] = Field(min_length=1, max_length=500)


def register(acts: Acts) -> None:
    """Make every act of the floor known."""
    for name, (shape, gesture) in (_PARTIES | _BOOKINGS | _LAYOUT).items():
        acts.add(name, shape, gesture)


async def _seat(tx: Tx, args: Seat, by: Actor) -> dict[str, int]:
    return {"check_id": await service.seat(tx, args.table_id, args.covers, args.booking_id, by=by)}


async def _clear_table(tx: Tx, args: OnTable, by: Actor) -> dict[str, int]:
    await service.clear_table(tx, args.table_id, by=by)
    return {}


async def _transfer(tx: Tx, args: Transfer, by: Actor) -> dict[str, int]:
    await service.transfer(tx, args.check_id, args.table_id, by=by)
    return {}


async def _to_counter(tx: Tx, args: ToCounter, by: Actor) -> dict[str, int]:
    await service.to_counter(tx, args.check_id, args.label, by=by)
    return {}


async def _join(tx: Tx, args: Join, by: Actor) -> dict[str, int]:
    return {"table_id": await service.join(tx, args.table_id, args.to_table_id, by=by)}


async def _part(tx: Tx, args: OnTable, by: Actor) -> dict[str, int]:
    await service.part(tx, args.table_id, by=by)
    return {}


async def _merge(tx: Tx, args: Merge, by: Actor) -> dict[str, int]:
    await service.merge(tx, args.check_id, args.into_check_id, by=by)
    return {}


async def _unmerge(tx: Tx, args: OnCheck, by: Actor) -> dict[str, int]:
    await service.unmerge(tx, args.check_id, by=by)
    return {}


async def _move_lines(tx: Tx, args: MoveLines, by: Actor) -> dict[str, int]:
    return {"check_id": await service.move_lines(tx, args.line_ids, args.to.goal(), by=by)}


async def _hand_over(tx: Tx, args: HandOver, by: Actor) -> dict[str, int]:
    if args.check_id is not None:
        await service.give_check(tx, args.check_id, args.to_id, by=by)
        return {"checks": 1}
    return {"checks": await service.hand_over(tx, args.section_id, args.from_id, args.to_id, by=by)}


async def _take_over(tx: Tx, args: OnCheck, by: Actor) -> dict[str, int]:
    await service.take_over(tx, args.check_id, by=by)
    return {}


async def _book(tx: Tx, args: Book, by: Actor) -> dict[str, int]:
    return {"id": await service.book(tx, args.wish(), args.due_at, table_id=args.table_id, by=by)}


async def _wait(tx: Tx, args: Guests, by: Actor) -> dict[str, int]:
    return {"id": await service.wait(tx, args.wish(), by=by)}


async def _change_booking(tx: Tx, args: ChangeBooking, by: Actor) -> dict[str, int]:
    await service.change_booking(tx, args.id, args.changes(), by=by)
    return {}


async def _seat_booking(tx: Tx, args: SeatBooking, by: Actor) -> dict[str, int]:
    return {"check_id": await service.seat_booking(tx, args.id, args.table_id, by=by)}


async def _cancel_booking(tx: Tx, args: OnBooking, by: Actor) -> dict[str, int]:
    await service.cancel_booking(tx, args.id, by=by)
    return {}


async def _no_show(tx: Tx, args: OnBooking, by: Actor) -> dict[str, int]:
    await service.no_show(tx, args.id, by=by)
    return {}


async def _unno_show(tx: Tx, args: OnBooking, by: Actor) -> dict[str, int | None]:
    return {"table_id": await service.unno_show(tx, args.id, by=by)}


async def _hold_table(tx: Tx, args: HoldTable, by: Actor) -> dict[str, int]:
    return {"id": await service.hold_table(tx, args.table_id, args.reason, args.until_at, by=by)}


async def _release_table(tx: Tx, args: OnTable, by: Actor) -> dict[str, int]:
    await service.release_table(tx, args.table_id, by=by)
    return {}


async def _place_tables(tx: Tx, args: PlaceTables, by: Actor) -> dict[str, int]:
    await service.place_tables(tx, {one.id: one.place() for one in args.tables}, by=by)
    return {}


async def _add_table(tx: Tx, args: AddTable, by: Actor) -> dict[str, int]:
    return {"table_id": await service.add_table(tx, args.section_id, args.label, args.seats, by=by)}


async def _change_table(tx: Tx, args: ChangeTable, by: Actor) -> dict[str, int]:
    words = args.model_dump(exclude={"id"})
    await service.change_table(tx, args.id, **words, by=by)
    return {}


async def _remove_table(tx: Tx, args: OnId, by: Actor) -> dict[str, int]:
    await service.remove_table(tx, args.id, by=by)
    return {}


async def _add_section(tx: Tx, args: AddSection, by: Actor) -> dict[str, int]:
    return {"section_id": await service.add_section(tx, args.name, by=by)}


async def _rename_section(tx: Tx, args: RenameSection, by: Actor) -> dict[str, int]:
    await service.rename_section(tx, args.id, args.name, by=by)
    return {}


async def _remove_section(tx: Tx, args: OnId, by: Actor) -> dict[str, int]:
    await service.remove_section(tx, args.id, by=by)
    return {}


async def _order_sections(tx: Tx, args: OrderSections, by: Actor) -> dict[str, int]:
    await service.order_sections(tx, args.section_ids, by=by)
    return {}


_PARTIES: dict[str, tuple[type[Args], Any]] = {
    "seat": (Seat, _seat),
    "clear_table": (OnTable, _clear_table),
    "transfer": (Transfer, _transfer),
    "to_counter": (ToCounter, _to_counter),
    "join": (Join, _join),
    "part": (OnTable, _part),
    "merge": (Merge, _merge),
    "unmerge": (OnCheck, _unmerge),
    "move_lines": (MoveLines, _move_lines),
    "hand_over": (HandOver, _hand_over),
    "take_over": (OnCheck, _take_over),
}
_BOOKINGS: dict[str, tuple[type[Args], Any]] = {
    "book": (Book, _book),
    "wait": (Guests, _wait),
    "change_booking": (ChangeBooking, _change_booking),
    "seat_booking": (SeatBooking, _seat_booking),
    "cancel_booking": (OnBooking, _cancel_booking),
    "no_show": (OnBooking, _no_show),
    "unno_show": (OnBooking, _unno_show),
    "hold_table": (HoldTable, _hold_table),
    "release_table": (OnTable, _release_table),
}
_LAYOUT: dict[str, tuple[type[Args], Any]] = {
    "place_tables": (PlaceTables, _place_tables),
    "add_table": (AddTable, _add_table),
    "change_table": (ChangeTable, _change_table),
    "remove_table": (OnId, _remove_table),
    "add_section": (AddSection, _add_section),
    "rename_section": (RenameSection, _rename_section),
    "remove_section": (OnId, _remove_section),
    "order_sections": (OrderSections, _order_sections),
}
