"""A floor for the stage: tables, parties, cards and bookings as `/api/view/floor` tells them, at 19:14 UTC."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Locator

from kiosk.core.actor import Role
from tests.support.order_stage import OpenTablet
from tests.support.shell_stage import Stage, me, opened

LIMITS = {"seated": 300, "ordered": 900, "served": 2400, "billing": 600, "paid": 480}
DAY = "2026-11-21"


def at(clock: str) -> str:
    """An instant of the evening, in UTC; the house's clock is an hour ahead and says 20:14 when it is opened."""
    return f"{DAY}T{clock}:00+00:00"


def table(table_id: int, label: str, seats: int = 4, **party: Any) -> dict[str, Any]:
    return {"id": table_id, "label": label, "section_id": 1, "seats": seats, "state": "available", **party}


def placed(x: int, y: int, width: int = 140, height: int = 120, shape: str = "square") -> dict[str, Any]:
    return {"x": x, "y": y, "width": width, "height": height, "shape": shape}


def party(state: str, since: str, **differently: Any) -> dict[str, Any]:
    """Three guests of Marco's, seated at 19:00 by the server's clock, which says 20:14 in Rome, 19:14 in UTC."""
    return {
        "state": state,
        "since": at(since),
        "seated_at": at("19:00"),
        "covers": 3,
        "waiter": "Marco Rinaldi",
        "waiter_id": 1,
        "initials": "MR",
        "total": 9000,
        "check_number": 41,
        "ready": 0,
        "draft": 0,
        "held": 0,
        "warned": 0,
        "next_course": None,
        "joined": [],
        "joined_to": None,
        "booking": None,
        **differently,
    }


def mains(fire_at: str | None) -> dict[str, Any]:
    """Four mains that wait to be fired."""
    return {"no": 2, "name": "Mains", "lines": 4, "fire_at": fire_at and at(fire_at), "since": at("19:00")}


def card(check_id: int, label: str, state: str, since: str, **differently: Any) -> dict[str, Any]:
    """A check without a table."""
    here = {"check_id": check_id, "label": label, "dining": "take_away", "pickup_at": None}
    return {**party(state, since), **here, **differently}


def booking(booking_id: int, name: str, due: str, **differently: Any) -> dict[str, Any]:
    row = {"id": booking_id, "kind": "booked", "state": "waiting", "name": name, "covers": 2, "due_at": at(due)}
    rest = {"until_at": None, "phone": "", "note": "", "table_id": None, "made_at": at("10:00"), "is_late": False}
    return {**row, **rest, **differently}


def floor(*tables: dict[str, Any], **more: Any) -> dict[str, Any]:
    sections = [
        {"id": 1, "name": "Sala", "waiter_id": None, "waiter": None, "initials": None},
        {"id": 2, "name": "Bar", "waiter_id": None, "waiter": None, "initials": None},
    ]
    people = [{"id": 1, "name": "Marco", "initials": "MR"}, {"id": 8, "name": "Elena", "initials": "EC"}]
    bar = {**table(31, "B1", seats=1), "section_id": 2}
    base = {"epoch": "e1", "v": 1, "sections": sections, "limits": LIMITS, "people": people, "counter": []}
    base |= {"bookings": [], "reserved_before_s": 1800, "plan": {"width": 1200, "height": 800}}
    return {**base, "tables": [*tables, bar] if tables else [], **more}


def taps(stage: Stage) -> list[tuple[str, dict[str, Any]]]:
    """The acts that arrived."""
    return [(tap["name"], tap["args"]) for tap in stage.taps]


async def spoken(stage: Stage) -> list[str]:
    return list[str](await stage.page.eval_on_selector_all(".k-tile__hit", "hits => hits.map(hit => hit.ariaLabel)"))


async def strip(stage: Stage) -> list[str]:
    """The cards of "Needs you"."""
    return [" ".join(card.split()) for card in await stage.page.locator(".k-now__card").all_inner_texts()]


async def press_long(stage: Stage, label: str, *, finger: bool = False) -> None:
    """What a long press opens; the right button opens it at once, a finger is lifted over what has opened under it."""
    tile = stage.page.locator(f"[data-table='{label}'] .k-tile__hit")
    if finger:
        await lift_later(stage, tile)
    else:
        await tile.click(button="right")
    await stage.page.wait_for_selector(".k-table")


async def lift_later(stage: Stage, tile: Locator) -> None:
    """A finger rests on a tile until its sheet is there, and is lifted over whatever lies under it by then."""
    box = await tile.bounding_box()
    assert box
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    touch = await stage.page.context.new_cdp_session(stage.page)
    await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [middle]})
    await stage.page.wait_for_selector(".k-table")
    await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def time_passes(stage: Stage, seconds: int) -> None:
    """The tablet's clock goes on, and with it the rings."""
    await stage.page.evaluate(
        "s => { kiosk.me.idle_lock_s = 0; const d = Date.now; Date.now = () => d() + s * 1000; }", seconds
    )
    await stage.page.evaluate("for (let second = 0; second < 10; second += 1) kiosk.emit('tick')")
    await stage.page.evaluate("new Promise(requestAnimationFrame)")


@asynccontextmanager
async def drawn(
    tablet: OpenTablet, shown: dict[str, Any], role: Role = Role.WAITER, size: tuple[int, int] | None = None
) -> AsyncIterator[Stage]:
    """A tablet that shows this floor to Marco."""

    async def sized(**_: Any) -> Any:
        return await tablet(viewport={"width": size[0], "height": size[1]}) if size else await tablet()

    async with opened(sized, me(role, person_id=1)) as stage:
        await stage.page.evaluate("document.documentElement.dataset.view = 'floor'")
        await stage.draw_floor(shown)
        yield stage
