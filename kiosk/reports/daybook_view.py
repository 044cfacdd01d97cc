"""The daybook as a screen reads it: a page of rows, what was brought forward, six sums, and what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from kiosk.core.db import Read
from kiosk.payments.models import Receipt
from kiosk.payments.rules import MovementKind
from kiosk.payments.till_models import Movement
from kiosk.payments.till_queries import head_of
from kiosk.payments.ways import name_of, show_names
from kiosk.reports import daybook, daybook_sums
from kiosk.reports.daybook import Asked, Page
from kiosk.reports.daybook_sums import Told
from kiosk.reports.errors import FilterUnreadable, RangeBackwards
from kiosk.reports.rules import TODAY, day_of
from kiosk.reports.takings import business_today
from kiosk.staff.models import Person

CASH = "cash:"


async def show_daybook(read: Read, words: Mapping[str, str]) -> dict[str, Any]:
    """The daybook from one business day to another (`from`, `to`; today without them), with its filters.

    `kind`, `person`, `account` and `q` narrow it down; `before` and `after` name a movement. Raises DayUnreadable,
    RangeBackwards or FilterUnreadable.
    """
    today = await business_today(read)
    asked = asked_of(words, today)
    page, told = await daybook.page(read, asked), await daybook_sums.told(read, asked)
    names, corrected = await show_names(read), await _corrected(read, page)
    return {
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "today": today.isoformat(),
        "rows": [_row(one, asked, names) | {"is_correction": one.receipt_id in corrected} for one in page.rows],
        "brought": brought(page, asked, told),
        "sums": _sums(told),
        "counts": {"sales": told.sales_count, "returns": told.returns_count},
        "next": page.next,
        "accounts": await _accounts(read, names),
        "people": await _people(read),
        "kinds": [kind.value for kind in MovementKind],
    }


def asked_of(words: Mapping[str, str], today: date) -> Asked:
    """What the words of an address ask for."""
    first = day_of(words.get("from") or TODAY, today)
    last = day_of(words.get("to") or first.isoformat(), today)
    if last < first:
        raise RangeBackwards(first, last)
    return Asked(
        first,
        last,
        kind=_kind(words.get("kind", "")),
        person=_number(words, "person"),
        account=words.get("account") or None,
        text=words.get("q", "").strip()[: daybook.LONGEST],
        before=_number(words, "before"),
        after=_number(words, "after"),
    )


def _kind(word: str) -> MovementKind | None:
    if word and word not in list(MovementKind):
        raise FilterUnreadable("kind", word, ", ".join(MovementKind))
    return MovementKind(word) if word else None


def _number(words: Mapping[str, str], name: str) -> int | None:
    word = words.get(name, "")
    if word and not (word.isascii() and word.isdecimal() and len(word) <= 16):
        raise FilterUnreadable(name, word, "a whole number")
    return int(word) if word else None


def _row(one: Movement, asked: Asked, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "day": one.business_day.isoformat(),
        "at": one.moved_at.isoformat(),
        "number": one.number,
        "kind": one.kind,
        "label": one.label,
        "reason": one.reason,
        "person": one.person,
        "person_id": one.person_id,
        "approver": one.approver,
        "account": one.account,
        "account_name": account_name(one.account, names, is_long=True),
        "receipt_id": one.receipt_id,
        "amount": one.amount,
        "tip": one.tip,
        "balance": one.balance if asked.account is None else one.account_balance,
    }


async def _corrected(read: Read, page: Page) -> set[int]:
    """The receipts of a page by which a tender was put right: no refund and no sale of their own."""
    named = {one.receipt_id for one in page.rows if one.receipt_id}
    if not named:
        return set()
    found = select(Receipt.id).where(Receipt.id.in_(named), Receipt.is_correction)
    return set(await read.session.scalars(found))


def brought(page: Page, asked: Asked, told: Told) -> dict[str, Any]:
    """What came before the first row of a page: how many movements, where that is known, and the balance."""
    if not page.rows:
        return {"count": 0, "balance": told.balance}
    first = page.rows[0]
    balance = (first.balance if asked.account is None else first.account_balance) - first.amount
    count = 0 if page.next is None else None
    if page.is_first and not asked.text:
        count = told.count - len(page.rows)
    return {"count": count, "balance": balance}


def _sums(told: Told) -> dict[str, int]:
    names = ("opening", "sales", "returns", "expenses", "safe", "balance")
    return {name: getattr(told, name) for name in names}


def account_name(code: str, names: Mapping[str, str], *, is_long: bool = False) -> str:
    """What an account is called: a drawer by its till."""
    if code.startswith(CASH):
        return f"{'Cash, drawer' if is_long else 'Drawer'} {code.removeprefix(CASH)}"
    return name_of(names, code)


async def _accounts(read: Read, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Every account that money was ever in, drawers first."""
    head = await head_of(read)
    codes = sorted(head.accounts if head else (), key=lambda code: (not code.startswith(CASH), len(code), code))
    return [{"code": code, "name": account_name(code, names)} for code in codes]


async def _people(read: Read) -> list[dict[str, Any]]:
    """Everybody who ever worked here."""
    venue = await read.venue()
    found = (
        select(Person.id, Person.name).where(Person.venue_id == venue.id).order_by(Person.active.desc(), Person.name)
    )
    return [{"id": row.id, "name": row.name} for row in await read.session.execute(found)]
