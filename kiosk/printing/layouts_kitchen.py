"""A station's ticket on paper: who needs what where, readable from two steps away. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.printing.documents import CourseGroup, KitchenDish, KitchenSlip
from kiosk.printing.rows import (
    BAR,
    BOLD,
    TALL,
    TALL_BAR,
    Copy,
    Paper,
    Part,
    Row,
    Rule,
    Slip,
    banner,
    centered,
    heading,
    rows_of,
    sides,
)
from kiosk.printing.text import UNBROKEN, plain
from kiosk.printing.words import said_course, said_heading, say, shout

BANNERS = {"changed": "Changed", "void": "Void", "refire": "Refire"}
SIGNS = ("+ ", "- ")


def kitchen(document: KitchenSlip, paper: Paper, copy: Copy) -> Slip:
    """A ticket, or what changed of one."""
    end = f"END {plain(document.number)}"
    rows: list[Part] = [*_marks(document, paper, copy), *_head(document, paper)]
    for group in document.groups:
        rows += _group(group, document.act, paper)
    rows += [*_others(document, paper), Rule(), *sides(_items(document, paper), end, paper.columns, BOLD)]
    return Slip(tuple(rows), paper.columns, end)


def _marks(document: KitchenSlip, paper: Paper, copy: Copy) -> Iterator[Row]:
    """Banners: which copy it is, and what it tells when it is not a new ticket."""
    yield from banner(said_heading(copy.heading, paper.language), paper.columns)
    if copy.no > 1:
        yield from banner(f"{shout('Reprint', paper.language)} {copy.no - 1}", paper.columns)
    if copy.asked_by:
        yield from centered(f"{copy.asked_by} {copy.at}".rstrip(), paper.columns)
    if document.act == "moved":
        where = f"{plain(document.was_table)} -> {plain(document.table)}"
        yield from banner(f"{shout('Moved', paper.language)} {where}", paper.columns)
    elif document.act in BANNERS:
        yield from banner(shout(BANNERS[document.act], paper.language), paper.columns)


def _head(document: KitchenSlip, paper: Paper) -> Iterator[Part]:
    when = plain(document.time)
    if document.act == "new":
        when = f"{shout('New', paper.language)} {when}"
    yield from sides(plain(document.station).upper(), when, paper.columns, BOLD)
    yield from _where(document, paper)
    left = f"{plain(document.number)}  {plain(document.waiter)}"
    yield from sides(left, say("guests", paper.language, document.covers), paper.columns)
    if document.reason:
        yield from rows_of(plain(document.reason), paper.columns, BOLD, lead=f"{say('Reason', paper.language)}: ")
    if document.by:
        yield from rows_of(plain(document.by), paper.columns, lead=f"{say('By', paper.language)} ")
    if document.is_allergy:
        yield from banner(f"!! {shout('Allergy', paper.language)} !!", paper.columns)
        yield Row("")


def _where(document: KitchenSlip, paper: Paper) -> Iterator[Row]:
    if not document.is_take_away:
        yield from heading(f"{shout('Table', paper.language)} {document.table}", paper.columns, 3)
        return
    yield from heading(shout("Takeaway", paper.language), paper.columns, 3)
    yield from heading(document.table, paper.columns, 3)
    if document.pickup:
        yield from rows_of(plain(document.pickup), paper.columns, TALL, lead=f"{say('Pickup', paper.language)} ")


def _group(group: CourseGroup, act: str, paper: Paper) -> Iterator[Part]:
    if not group.dishes:
        return
    if group.name:
        yield from rows_of(said_course(plain(group.name), paper.language).upper(), paper.columns, BAR, lead=" ")
    else:
        yield Rule()
    for dish in group.dishes:
        yield from _dish(dish, act, paper)


def _dish(dish: KitchenDish, act: str, paper: Paper) -> Iterator[Row]:
    seat = f"{say('S', paper.language)}{dish.seat}" if dish.seat is not None else ""
    first, *more = _names(dish, paper)
    lead = f"{shout('Void', paper.language)} {dish.quantity}x " if act == "void" else f"{dish.quantity}x "
    named = f"{first} {plain(dish.portion).replace(' ', UNBROKEN)}".rstrip()
    yield from sides(named, seat, paper.columns, TALL, lead=lead)
    for name in more:
        yield from rows_of(name, paper.columns, lead="   ")
    if dish.is_allergy:
        yield from _allergy(dish, paper)
    for detail in dish.details:
        yield from _detail(plain(detail), paper)
    if not dish.is_allergy:
        yield from _note(dish, act, paper)


def _note(dish: KitchenDish, act: str, paper: Paper) -> list[Row]:
    note = plain(dish.note)
    if dish.was or dish.was_allergy or (act == "changed" and note):
        now = note or say("no note", paper.language)
        return [*_was(dish, paper), *rows_of(now, paper.columns, TALL, lead=f"   {shout('now', paper.language)}: ")]
    return rows_of(note, paper.columns, BOLD, lead="   > ") if note else []


def _names(dish: KitchenDish, paper: Paper) -> list[str]:
    """What the dish is called on this paper; by its other name behind a `?` where the letters of the first lack."""
    kitchen, menu = plain(dish.name), plain(dish.menu_name)
    first, second = (menu or kitchen, kitchen) if paper.names == "menu" else (kitchen or menu, menu)
    if not paper.can_print(first) and second and paper.can_print(second):
        return [f"? {second}"]
    return [first, second] if paper.names == "both" and second and second != first else [first]


def _allergy(dish: KitchenDish, paper: Paper) -> list[Row]:
    told = f": {plain(dish.note)}" if dish.note else ""
    now = rows_of(f"{shout('Allergy', paper.language)}{told}", paper.columns, TALL_BAR, lead=" !! ")
    return [*now, *_was(dish, paper)]


def _detail(detail: str, paper: Paper) -> list[Row]:
    sign = detail[:2] if detail.startswith(SIGNS) else ""
    return rows_of(detail[len(sign) :], paper.columns, lead=f"   {sign}")


def _was(dish: KitchenDish, paper: Paper) -> list[Row]:
    said = plain(dish.was)
    if dish.was_allergy:
        allergy = f"!! {shout('Allergy', paper.language)}"
        said = f"{allergy}: {said}" if said else allergy
    return rows_of(said, paper.columns, lead=f"   {say('was', paper.language)}: ") if said else []


def _others(document: KitchenSlip, paper: Paper) -> Iterator[Part]:
    if document.others:
        names = ", ".join(plain(one) for one in document.others)
        yield Rule()
        yield from rows_of(names, paper.columns, lead=f"{say('Also', paper.language)}: ")


def _items(document: KitchenSlip, paper: Paper) -> str:
    count = sum(dish.quantity for group in document.groups for dish in group.dishes)
    return say("items", paper.language, count) if count else ""
