"""Stations and tickets as the kitchen's screens are told of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kiosk.kitchen.models import KitchenTicket, Station, TicketLine


def station(shown: Station) -> dict[str, Any]:
    return {
        "id": shown.id,
        "code": shown.code,
        "name": shown.name,
        "soon_s": shown.soon_s,
        "late_s": shown.late_s,
    }


def ticket(shown: KitchenTicket, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """A ticket with its dishes; screens keep it to themselves until `shown_at`."""
    return {
        "id": shown.id,
        "station_id": shown.station_id,
        "check_id": shown.check_id,
        "fire_no": shown.fire_no,
        "label": shown.label,
        "covers": shown.covers,
        "waiter": shown.waiter,
        "fired_at": shown.fired_at.isoformat(),
        "shown_at": (shown.shown_at or shown.fired_at).isoformat(),
        "is_refire": shown.is_refire,
        "is_take_away": shown.is_take_away,
        "pickup_at": _at(shown.pickup_at),
        "bumped_at": _at(shown.bumped_at),
        "lines": lines,
    }


def line(shown: TicketLine) -> dict[str, Any]:
    """A dish; its `label` where it goes elsewhere than its ticket."""
    return {
        "id": shown.id,
        "line_id": shown.line_id,
        "course": shown.course,
        "quantity": shown.quantity,
        "name": shown.name,
        "portion": shown.portion_name,
        "modifiers": shown.modifiers,
        "note": shown.note,
        "is_allergy": shown.is_allergy,
        "seat_no": shown.seat_no,
        "ready_at": _at(shown.ready_at),
        "voided_at": _at(shown.voided_at),
        "label": shown.label,
        "mark": shown.mark,
        "marked_at": _at(shown.marked_at),
        "was": shown.was,
        "meant_for": shown.meant_for,
    }


def _at(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
