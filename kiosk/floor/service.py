"""The gestures on the floor: the slice's public face."""

from __future__ import annotations

from kiosk.floor.bookings import (
    Wish,
    book,
    cancel_booking,
    change_booking,
    hold_table,
    no_show,
    release_table,
    unno_show,
    wait,
)
from kiosk.floor.hands import give_check, hand_over, take_over
from kiosk.floor.joining import join, part
from kiosk.floor.layout import (
    add_section,
    add_table,
    change_table,
    order_sections,
    place_tables,
    remove_section,
    remove_table,
    rename_section,
)
from kiosk.floor.parties import Goal, clear_table, merge, move_lines, seat, seat_booking, to_counter, transfer, unmerge
from kiosk.floor.rules import SIZES, Place, Shape

__all__ = [
    "SIZES",
    "Goal",
    "Place",
    "Shape",
    "Wish",
    "add_section",
    "add_table",
    "book",
    "cancel_booking",
    "change_booking",
    "change_table",
    "clear_table",
    "give_check",
    "hand_over",
    "hold_table",
    "join",
    "merge",
    "move_lines",
    "no_show",
    "order_sections",
    "part",
    "place_tables",
    "release_table",
    "remove_section",
    "remove_table",
    "rename_section",
    "seat",
    "seat_booking",
    "take_over",
    "to_counter",
    "transfer",
    "unmerge",
    "unno_show",
    "wait",
]
