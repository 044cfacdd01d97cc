"""What other currencies are worth: read from the bank's file, kept, set by hand, taken at the till."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from kiosk.core import clock
from kiosk.core.db import Database
from kiosk.core.models import JournalEntry, Venue
from kiosk.core.money import Currency
from kiosk.payments import foreign, rates
from kiosk.payments.models import ExchangeRate, Tender
from kiosk.payments.rate_errors import (
    NotWorthThat,
    OnlyCashIsForeign,
    RateMissing,
    RatesAway,
    RatesDamaged,
    RateUnreadable,
)
from kiosk.payments.rate_rules import cross, worth
from kiosk.payments.rates import Keeper, Published
from kiosk.payments.rules import Foreign, Given, TenderKind
from kiosk.payments.service import settle
from tests.support.house import House, founded

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <Cube><Cube time='2026-11-20'>
    <Cube currency='USD' rate='1.0832'/><Cube currency='JPY' rate='162.35'/><Cube currency='GBP' rate='0.8355'/>
  </Cube></Cube>
</gesmes:Envelope>"""
FRIDAY = Published(date(2026, 11, 20), {"USD": "1.0832", "JPY": "162.35", "GBP": "0.8355"})
EUR, USD, JPY, BHD = (Currency(code) for code in ("EUR", "USD", "JPY", "BHD"))
Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[str]]


def test_the_file_of_the_bank_is_read_as_it_is_written() -> None:
    assert rates.read_file(FILE.encode()) == FRIDAY


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "<html>Service unavailable</html>",
        FILE[:300],
        FILE.replace("1.0832", "1,0832"),
        FILE.replace("1.0832", "0"),
        FILE.replace("1.0832", "-1"),
        FILE.replace("1.0832", "1e400"),
        FILE.replace("2026-11-20", "yesterday"),
        FILE.replace("<gesmes", '<!DOCTYPE x [<!ENTITY a "b">]><gesmes', 1),
        FILE + " " * 200_000,
    ],
)
def test_a_file_that_is_no_list_of_rates_is_refused(damage: str) -> None:
    with pytest.raises(RatesDamaged):
        rates.read_file(damage.encode())


def test_twenty_dollars_are_rounded_down_to_what_the_till_can_pay() -> None:
    assert worth(2000, USD, EUR, "1.08") == 1851
    assert worth(2000, USD, EUR, "1.08", cash_step=5) == 1850
    assert worth(10_000, JPY, EUR, "162.35") == 6159
    assert worth(100, EUR, JPY, "0.00615953") == 162
    assert worth(2000, USD, BHD, "2.652") == 7541


def test_a_cross_rate_has_six_figures_and_is_what_was_counted_with() -> None:
    assert cross("1.0832", "1") == "1.0832"
    assert cross("1", "162.35") == "0.00615953"
    assert cross("0.8355", "1.0832") == "0.771326"


@given(st.integers(1, 10**9), st.integers(1, 10**7), st.sampled_from([0, 1, 5, 10, 100]))
def test_foreign_cash_is_never_worth_more_than_it_is(given: int, rate: int, step: int) -> None:
    text = f"{rate // 10_000}.{rate % 10_000:04}"
    paid = worth(given, USD, EUR, text, step)
    assert paid % max(step, 1) == 0
    assert paid * rate <= given * 10_000 < (paid + max(step, 1)) * rate


@pytest.fixture
async def house(db: Database) -> House:
    return await founded(db)


async def kept(house: House, published: Published = FRIDAY) -> int:
    return await house.db.run(lambda tx: rates.keep(tx, published))


async def test_rates_are_kept_once_and_the_last_known_day_holds(house: House) -> None:
    assert await kept(house) == 3
    assert await kept(house) == 0
    assert await kept(house, Published(FRIDAY.day, {"USD": "1.0833", "SEK": "11.5"})) == 2
    assert await kept(house, Published(date(2026, 11, 17), {"USD": "1.05", "CHF": "0.94"})) == 2
    shown = {one.code: (one.rate, one.day.day) for one in await house.look(rates.show_rates)}
    assert shown == {"CHF": ("0.94", 17), "GBP": ("0.8355", 20), "JPY": ("162.35", 20), "SEK": ("11.5", 20)} | {
        "USD": ("1.0833", 20)
    }


async def test_a_rate_says_how_old_it_is(house: House) -> None:
    today = clock.local(clock.now(), "Europe/Rome").date()
    await kept(house, Published(today - timedelta(days=3), {"USD": "1.08"}))
    assert [(one.code, one.age_days) for one in await house.look(rates.show_rates)] == [("USD", 3)]


async def test_a_rate_set_by_hand_holds_until_it_is_given_up(house: House) -> None:
    await kept(house)
    await house.act(rates.set_rate, " usd ", "1.10")
    await kept(house, Published(clock.now().date() + timedelta(days=1), {"USD": "1.09"}))
    assert (await house.look(rates.in_force, "USD")).rate == "1.10"
    await house.act(rates.set_rate, "USD", "1.12")
    await house.act(rates.follow, "USD")
    assert (await house.look(rates.in_force, "USD")).rate == "1.09"
    async with house.db.read() as read:
        acts = (await read.session.scalars(select(JournalEntry.act).order_by(JournalEntry.seq))).all()
    assert [act for act in acts if act.startswith("rate_")] == ["rate_set", "rate_set", "rate_followed"]


async def test_what_is_no_rate_is_refused(house: House) -> None:
    for text in ("", "-1", "0", "0.000", "1,08", "one", "1e5", "1.", "NaN", "٣.١"):
        with pytest.raises(RateUnreadable):
            await house.act(rates.set_rate, "USD", text)


async def test_a_venue_in_dollars_takes_euros_and_pounds_by_cross_rates(house: House) -> None:
    await house.db.run(lambda tx: tx.change(update(Venue).values(currency_code="USD")))
    assert await house.look(rates.show_rates) == []
    await kept(house)
    shown = {one.code: one.rate for one in await house.look(rates.show_rates)}
    assert shown == {"EUR": "0.923191", "GBP": "0.771326", "JPY": "149.88"}
    assert await house.look(foreign.value, "EUR", 2000) == (2166, "0.923191")


async def due(house: House) -> int:
    """A check of 7.00, sent."""
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    return check_id


async def test_dollars_at_the_till_are_changed_in_euros_and_the_rate_is_on_the_receipt(house: House) -> None:
    await kept(house)
    check_id = await due(house)
    paid = await house.act(settle, check_id, 700, [Given("cash", 923, foreign=Foreign("USD", 1000))])
    assert paid.change_due == 223
    async with house.db.read() as read:
        tender = (await read.session.scalars(select(Tender))).one()
    assert (tender.kind, tender.given, tender.change_due) == (TenderKind.CASH, 923, 223)
    assert (tender.currency_code, tender.currency_given, tender.rate) == ("USD", 1000, "1.0832")


async def test_another_worth_than_the_rate_says_is_refused(house: House) -> None:
    await kept(house)
    check_id = await due(house)
    with pytest.raises(NotWorthThat, match=r"10\.00 USD is worth 9\.23 EUR now"):
        await house.act(settle, check_id, 700, [Given("cash", 1000, foreign=Foreign("USD", 1000))])
    with pytest.raises(OnlyCashIsForeign):
        await house.act(settle, check_id, 700, [Given("card", 700, foreign=Foreign("USD", 1000))])
    with pytest.raises(RateMissing, match="kiosk rates fetch"):
        await house.act(settle, check_id, 700, [Given("cash", 923, foreign=Foreign("AUD", 1000))])


@pytest.fixture
async def bank() -> AsyncIterator[Serve]:
    """Serves a handler as the bank's file; answers with its address."""
    runners: list[web.AppRunner] = []

    async def serve(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> str:
        app = web.Application()
        app.router.add_get("/daily.xml", handler)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}/daily.xml"

    yield serve
    for runner in runners:
        await runner.cleanup()


async def test_a_bank_that_stumbles_is_asked_again(bank: Serve) -> None:
    tries: list[int] = []

    async def stumble(request: web.Request) -> web.StreamResponse:
        tries.append(1)
        if len(tries) == 1:
            return web.Response(status=503)
        if len(tries) == 2:
            assert request.transport
            request.transport.abort()
        if len(tries) == 3:
            await asyncio.sleep(3)
        return web.Response(body=FILE.encode())

    assert await rates.fetch(await bank(stumble), pause_s=0.02, request_s=1) == FRIDAY
    assert len(tries) == 4


async def test_a_bank_that_is_away_leaves_the_last_known_rates_in_force(house: House, bank: Serve) -> None:
    async def away(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=500)

    await kept(house)
    with pytest.raises(RatesAway, match="answer 500"):
        await rates.fetch(await bank(away), pause_s=0.02)
    with pytest.raises(RatesAway):
        await rates.fetch("http://127.0.0.1:9/daily.xml", pause_s=0.02)
    assert (await house.look(rates.in_force, "USD")).rate == "1.0832"


async def test_a_flood_is_not_read_to_its_end(bank: Serve) -> None:
    async def flood(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(100):
            await answer.write(b"x" * 100_000)
        return answer

    with pytest.raises(RatesDamaged):
        await rates.fetch(await bank(flood), pause_s=0.02)


async def test_a_house_that_never_asked_for_rates_calls_nobody_and_one_that_did_is_kept_fresh(
    house: House, bank: Serve
) -> None:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=FILE.replace("1.0832", "1.09").encode())

    keeper = Keeper(house.db, await bank(answer))
    await house.act(rates.set_rate, "CHF", "0.94")
    assert await keeper.refresh() is False
    await kept(house)
    assert await keeper.refresh() is False
    long_ago = clock.now() - timedelta(hours=7)
    await house.db.run(lambda tx: tx.change(update(ExchangeRate).values(fetched_at=long_ago)))
    assert await keeper.refresh() is True
    assert (await house.look(rates.in_force, "USD")).rate == "1.09"
    assert (await house.look(rates.in_force, "CHF")).rate == "0.94"
