"""The acts of checks: the words a screen says, and the gesture each of them means."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from pydantic import AwareDatetime, Field, field_validator

from kiosk.checks import bill_acts, service
from kiosk.checks.service import Dining, Part, Sent, Wish
from kiosk.core.actor import Actor
from kiosk.core.db import Tx
from kiosk.menu.queries import Prefix, Prefixed
from kiosk.ui.gesture import Acts, Args

MOST_LINES = 1000
YEARS = range(2000, 2200)


class OpenCheck(Args):
    label: str = Field(min_length=1, max_length=40)
    covers: int = 1
    take_away: bool = True
    pickup_at: AwareDatetime | None = Field(default=None, strict=False)

    @field_validator("pickup_at", mode="before")
    @classmethod
    def _must_be_written_out(cls, said: object) -> object:
        if not isinstance(said, str | None):
            raise ValueError("an instant is written out, as 2026-11-21T19:30:00+01:00")
        return said

    @field_validator("pickup_at")
    @classmethod
    def _must_be_of_our_time(cls, said: AwareDatetime | None) -> AwareDatetime | None:
        if said is not None and said.year not in YEARS:
            raise ValueError("nobody fetches anything in that year")
        return said


class OnCheck(Args):
    check_id: int


class RenameCheck(Args):
    check_id: int
    label: str = Field(max_length=200)


class Covers(Args):
    check_id: int
    covers: int


class Said(Args):
    """A modifier and what is said of it."""

    id: int
    prefix: Literal["no", "extra", "side"]

    def prefixed(self) -> Prefixed:
        return Prefixed(self.id, Prefix(self.prefix))


class Ring(Args):
    check_id: int
    portion_id: int
    quantity: int = 1
    modifier_ids: list[int] = Field(default_factory=list, max_length=50)
    prefixed: list[Said] = Field(default_factory=list, max_length=50)
    note: str = ""
    is_allergy: bool = False
    seat_no: int | None = Field(default=None, ge=1, le=99)
    course: int | None = Field(default=None, ge=0, le=9)
    price: int | None = None

    def wish(self) -> Wish:
        words = self.model_dump(exclude={"check_id", "prefixed"})
        return Wish(**words, prefixed=[one.prefixed() for one in self.prefixed])


class ComboPart(Args):
    step: str = Field(max_length=64)
    portion_id: int
    modifier_ids: list[int] = Field(default_factory=list, max_length=50)
    prefixed: list[Said] = Field(default_factory=list, max_length=50)
    note: str | None = None

    def part(self) -> Part:
        said = [one.prefixed() for one in self.prefixed]
        return Part(self.step, self.portion_id, self.modifier_ids, self.note or "", said)


class RingCombo(Args):
    check_id: int
    portion_id: int
    quantity: int = 1
    parts: list[ComboPart] = Field(max_length=50)
    seat_no: int | None = Field(default=None, ge=1, le=99)
    note: str = ""
    is_allergy: bool = False

    def wish(self) -> Wish:
        return Wish(self.portion_id, self.quantity, (), self.note, self.is_allergy, self.seat_no)


class ChangeLine(Args):
    line_id: int
    quantity: int | None = None
    note: str | None = None
    seat_no: int | None = Field(default=None, ge=0, le=99)
    course: int | None = Field(default=None, ge=0, le=9)
    is_allergy: bool | None = None


class OnLine(Args):
    line_id: int


class WithReason(Args):
    line_id: int
    reason: str


class Amend(Args):
    line_id: int
    note: str
    is_allergy: bool


class Send(Args):
    check_id: int
    courses: list[int] | None = Field(default=None, max_length=100)


class FireCourse(Args):
    check_id: int
    course: int


class TakeBack(Args):
    check_id: int
    fire_no: int


class Serve(Args):
    check_id: int
    line_ids: list[int] | None = Field(default=None, max_length=MOST_LINES)


class Unserve(Args):
    check_id: int
    line_ids: list[int] = Field(max_length=MOST_LINES)


def add_to(acts: Acts) -> None:
    """Make the acts of checks known."""
    acts.add("open_check", OpenCheck, _open_check)
    acts.add("set_covers", Covers, _set_covers)
    acts.add("ring", Ring, _ring)
    acts.add("ring_combo", RingCombo, _ring_combo)
    acts.add("repeat_round", OnCheck, _repeat_round)
    acts.add("change_line", ChangeLine, _change_line)
    acts.add("remove_line", OnLine, _remove_line)
    acts.add("send", Send, _send)
    acts.add("fire_course", FireCourse, _fire_course)
    acts.add("take_back", TakeBack, _take_back)
    acts.add("serve", Serve, _serve)
    acts.add("unserve", Unserve, _unserve)
    acts.add("void_line", WithReason, _void_line)
    acts.add("comp_line", WithReason, _comp_line)
    acts.add("uncomp_line", OnLine, _uncomp_line)
    acts.add("refire", WithReason, _refire)
    acts.add("amend", Amend, _amend)
    acts.add("ask_bill", OnCheck, _ask_bill)
    acts.add("unask_bill", OnCheck, _unask_bill)
    acts.add("cancel_check", OnCheck, _cancel_check)
    bill_acts.add_to(acts)


async def _open_check(tx: Tx, args: OpenCheck, by: Actor) -> dict[str, int]:
    dining = Dining.TAKE_AWAY if args.take_away else Dining.EAT_IN
    opened = await service.open_check(tx, args.label, args.covers, dining=dining, pickup_at=args.pickup_at, by=by)
    return {"check_id": opened}


async def _set_covers(tx: Tx, args: Covers, by: Actor) -> dict[str, int]:
    await service.set_covers(tx, args.check_id, args.covers, by=by)
    return {}


async def _ring(tx: Tx, args: Ring, by: Actor) -> dict[str, int]:
    return {"line_id": await service.ring(tx, args.check_id, args.wish(), by=by)}


async def _ring_combo(tx: Tx, args: RingCombo, by: Actor) -> dict[str, list[int]]:
    parts = [one.part() for one in args.parts]
    return {"line_ids": await service.ring_combo(tx, args.check_id, args.wish(), parts, by=by)}


async def _repeat_round(tx: Tx, args: OnCheck, by: Actor) -> dict[str, Any]:
    return asdict(await service.repeat_round(tx, args.check_id, by=by))


async def _change_line(tx: Tx, args: ChangeLine, by: Actor) -> dict[str, int]:
    await service.change_line(tx, **args.model_dump(), by=by)
    return {}


async def _remove_line(tx: Tx, args: OnLine, by: Actor) -> dict[str, int]:
    await service.remove_line(tx, args.line_id, by=by)
    return {}


async def _send(tx: Tx, args: Send, by: Actor) -> dict[str, Any]:
    return _told(await service.send(tx, args.check_id, args.courses, by=by))


async def _fire_course(tx: Tx, args: FireCourse, by: Actor) -> dict[str, Any]:
    return _told(await service.fire_course(tx, args.check_id, args.course, by=by))


def _told(sent: Sent) -> dict[str, Any]:
    return asdict(sent) | {"undo_until": sent.undo_until.isoformat() if sent.undo_until else None}


async def _take_back(tx: Tx, args: TakeBack, by: Actor) -> dict[str, int]:
    return {"taken_back": await service.take_back(tx, args.check_id, args.fire_no, by=by)}


async def _serve(tx: Tx, args: Serve, by: Actor) -> dict[str, int]:
    return {"served": await service.serve(tx, args.check_id, args.line_ids, by=by)}


async def _unserve(tx: Tx, args: Unserve, by: Actor) -> dict[str, int]:
    return {"unserved": await service.unserve(tx, args.check_id, args.line_ids, by=by)}


async def _void_line(tx: Tx, args: WithReason, by: Actor) -> dict[str, int]:
    await service.void_line(tx, args.line_id, args.reason, by=by)
    return {}


async def _comp_line(tx: Tx, args: WithReason, by: Actor) -> dict[str, int]:
    await service.comp_line(tx, args.line_id, args.reason, by=by)
    return {}


async def _uncomp_line(tx: Tx, args: OnLine, by: Actor) -> dict[str, int]:
    await service.uncomp_line(tx, args.line_id, by=by)
    return {}


async def _refire(tx: Tx, args: WithReason, by: Actor) -> dict[str, int]:
    return {"fire_no": await service.refire(tx, args.line_id, args.reason, by=by)}


async def _amend(tx: Tx, args: Amend, by: Actor) -> dict[str, int]:
    await service.amend(tx, args.line_id, args.note, is_allergy=args.is_allergy, by=by)
    return {}


async def _ask_bill(tx: Tx, args: OnCheck, by: Actor) -> dict[str, int]:
    await service.ask_bill(tx, args.check_id, by=by)
    return {}


async def _unask_bill(tx: Tx, args: OnCheck, by: Actor) -> dict[str, int]:
    await service.withdraw_bill(tx, args.check_id, by=by)
    return {}


async def _cancel_check(tx: Tx, args: OnCheck, by: Actor) -> dict[str, int]:
    await service.cancel_check(tx, args.check_id, by=by)
    return {}
