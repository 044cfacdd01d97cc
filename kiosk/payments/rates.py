"""What other currencies are worth: the European Central Bank's daily rates, fetched, kept, and set by hand.

A rate says what one euro is worth. One set by hand holds until it is given up; else the last known one holds.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree import ElementTree

from babel.numbers import list_currencies
from sqlalchemy import delete, func, insert, select, update
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_random_exponential

from kiosk.core import clock
from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Database, Read, Tx
from kiosk.core.errors import KioskError
from kiosk.core.journal import Act
from kiosk.payments.models import ExchangeRate
from kiosk.payments.rate_errors import (
    CurrencyUnknown,
    EuroIsOne,
    NotSetByHand,
    RateMissing,
    RatesAway,
    RatesDamaged,
    RateUnreadable,
)
from kiosk.payments.rate_rules import cross
from kiosk.staff import service as staff

log = logging.getLogger(__name__)
EURO, ECB, BY_HAND = "EUR", "ecb", "by hand"
LARGEST_FILE = 200_000
TRIES = 4
REQUEST_S = 10.0
LOOK_EVERY_S = 3600
FRESH_FOR = timedelta(hours=6)
RATE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,10})?")


@dataclass(frozen=True)
class Rate:
    """What one of the venue's is worth in a currency: as text, of which day, by whom, how many days old."""

    code: str
    rate: str
    day: date
    source: str
    age_days: int


@dataclass(frozen=True)
class Published:
    """The rates of one day, by currency, as they were written."""

    day: date
    rates: Mapping[str, str]


def read_file(content: bytes) -> Published:
    """The rates in a daily file of the European Central Bank. Raises RatesDamaged."""
    if len(content) > LARGEST_FILE or b"<!" in content:
        raise RatesDamaged
    try:
        cubes = [element.attrib for element in ElementTree.fromstring(content).iter() if element.tag.endswith("Cube")]
        day = date.fromisoformat(next(cube["time"] for cube in cubes if "time" in cube))
    except (ElementTree.ParseError, StopIteration, ValueError) as damaged:
        raise RatesDamaged from damaged
    found = {cube["currency"]: cube["rate"] for cube in cubes if {"currency", "rate"} <= cube.keys()}
    if not found or not all(code.isascii() and len(code) == 3 and _is_rate(rate) for code, rate in found.items()):
        raise RatesDamaged
    return Published(day, found)


def _is_rate(text: str) -> bool:
    try:
        return RATE.fullmatch(text) is not None and Decimal(text) > 0
    except InvalidOperation:
        return False


async def fetch(url: str, *, pause_s: float = 2, request_s: float = REQUEST_S) -> Published:
    """Today's rates from their source, tried a few times. Raises RatesAway or RatesDamaged."""
    import httpx

    tries = AsyncRetrying(
        retry=retry_if_exception_type(RatesAway),
        wait=wait_random_exponential(multiplier=pause_s / 4, max=pause_s),
        stop=stop_after_attempt(TRIES),
        reraise=True,
    )
    async with httpx.AsyncClient(timeout=request_s, follow_redirects=True) as http:
        return read_file(await tries(_get, http, url, request_s))


async def _get(http: Any, url: str, request_s: float) -> bytes:
    import httpx

    try:
        async with asyncio.timeout(request_s), http.stream("GET", url) as answer:
            if answer.status_code != httpx.codes.OK:
                raise RatesAway(f"answer {answer.status_code}")
            return await _body(answer)
    except (httpx.HTTPError, TimeoutError) as trouble:
        raise RatesAway(type(trouble).__name__) from trouble


async def _body(answer: Any) -> bytes:
    content = b""
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > LARGEST_FILE:
            raise RatesDamaged
    return content


async def keep(tx: Tx, published: Published) -> int:
    """Keep a day's rates; what was set by hand stays as it is. Returns how many are new or changed."""
    mine = ExchangeRate.rate_day == published.day
    known = {row.currency_code: row for row in (await tx.session.scalars(select(ExchangeRate).where(mine))).all()}
    fresh = {"source": ECB, "fetched_at": tx.at}
    rows = [
        {"currency_code": code, "rate_day": published.day, "rate": rate, **fresh}
        for code, rate in published.rates.items()
        if code not in known
    ]
    if rows:
        await tx.change(insert(ExchangeRate), rows)
    await tx.change(update(ExchangeRate).where(mine, ExchangeRate.source == ECB).values(fetched_at=tx.at))
    changed = [
        row
        for row in known.values()
        if row.source == ECB and published.rates.get(row.currency_code, row.rate) != row.rate
    ]
    for row in changed:
        row.rate = published.rates[row.currency_code]
    return len(rows) + len(changed)


async def set_rate(tx: Tx, code: str, rate: str, *, by: Actor) -> None:
    """Set by hand what one euro is worth in a currency, until `follow`."""
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    code, rate = _currency(code), rate.strip()
    if not _is_rate(rate):
        raise RateUnreadable(rate)
    venue = await tx.venue()
    today = clock.local(tx.at, venue.timezone).date()
    await tx.change(delete(ExchangeRate).where(_by_hand(code) | (_of(code) & (ExchangeRate.rate_day == today))))
    row = {"currency_code": code, "rate_day": today, "rate": rate, "source": BY_HAND, "fetched_at": tx.at}
    await tx.change(insert(ExchangeRate).values(row))
    tx.record(Act("rate_set", "venue", venue.id, by, {"currency": code, "rate": rate}))


async def follow(tx: Tx, code: str, *, by: Actor) -> None:
    """Give up the rate set by hand: the fetched ones hold again."""
    await staff.must(tx, by, Permission.MANAGE_DEVICES)
    code = _currency(code)
    if not await tx.change(delete(ExchangeRate).where(_by_hand(code))):
        raise NotSetByHand(code)
    tx.record(Act("rate_followed", "venue", (await tx.venue()).id, by, {"currency": code}))


def _of(code: str) -> Any:
    return ExchangeRate.currency_code == code


def _by_hand(code: str) -> Any:
    return _of(code) & (ExchangeRate.source == BY_HAND)


def _currency(code: str) -> str:
    code = code.strip().upper()
    if code == EURO:
        raise EuroIsOne
    if code not in list_currencies():
        raise CurrencyUnknown(code)
    return code


async def show_rates(read: Read) -> list[Rate]:
    """What every currency with a rate is worth at this venue, by code."""
    venue = await read.venue()
    held = {row.currency_code: row for row in await _held(read)}
    of_venue = (
        "1" if venue.currency_code == EURO else held[venue.currency_code].rate if venue.currency_code in held else ""
    )
    if not of_venue:
        return []
    today = clock.local(clock.now(), venue.timezone).date()
    if venue.currency_code != EURO:
        own = held[venue.currency_code]
        held[EURO] = ExchangeRate(currency_code=EURO, rate="1", rate_day=own.rate_day, source=own.source)
    return [
        Rate(code, cross(row.rate, of_venue), row.rate_day, row.source, max((today - row.rate_day).days, 0))
        for code, row in sorted(held.items())
        if code != venue.currency_code
    ]


async def _held(read: Read) -> Sequence[ExchangeRate]:
    """The rate in force of each currency: set by hand, else the newest."""
    newest = select(ExchangeRate.currency_code, func.max(ExchangeRate.rate_day).label("day")).group_by(
        ExchangeRate.currency_code
    )
    days = newest.subquery()
    found = select(ExchangeRate).join(
        days, (days.c.currency_code == ExchangeRate.currency_code) & (days.c.day == ExchangeRate.rate_day)
    )
    by_hand = select(ExchangeRate).where(ExchangeRate.source == BY_HAND)
    held = {row.currency_code: row for row in (await read.session.scalars(found)).all()}
    return list((held | {row.currency_code: row for row in (await read.session.scalars(by_hand)).all()}).values())


async def in_force(read: Read, code: str) -> Rate:
    """What one of the venue's is worth in a currency. Raises RateMissing."""
    found = next((rate for rate in await show_rates(read) if rate.code == code), None)
    if found is None:
        raise RateMissing(code)
    return found


class Keeper:
    """Fetches the rates of the day while the kiosk runs, in a house that has ever asked for them."""

    def __init__(self, db: Database, url: str) -> None:
        self._db = db
        self._url = url
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look now and then every hour."""
        self._task = asyncio.create_task(self._run(), name="rates")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                await self.refresh()
            except KioskError as away:
                log.warning("%s", away)
            except Exception:
                log.exception("fetching exchange rates failed; tried again in %s s", LOOK_EVERY_S)
            await asyncio.sleep(LOOK_EVERY_S)

    async def refresh(self) -> bool:
        """Fetch if the house has ever done so, and the last time was hours ago; whether it did."""
        last = select(func.max(ExchangeRate.fetched_at)).where(ExchangeRate.source == ECB)
        async with self._db.read() as read:
            fetched_at = (await read.session.execute(last)).scalar_one()
        if fetched_at is None or clock.now() - fetched_at < FRESH_FOR:
            return False
        published = await fetch(self._url)
        await self._db.run(lambda tx: keep(tx, published))
        return True
