import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from kiosk.core.db import Database
from kiosk.core.house_rules import change_rule
from kiosk.core.models import Venue
from kiosk.payments import day, drawers, service
from kiosk.payments.rules import Given, TenderKind
from kiosk.payments.till_queries import standing, z_report
from kiosk.post import queries
from kiosk.post.models import Letter
from kiosk.reports.bindery import Bindery
from kiosk.reports.book import book_of
from kiosk.reports.day_books import DayBooks, path_of
from kiosk.reports.day_mail import _html, key_figures, mail_day
from tests.reports.making import a_day_later
from tests.support.house import House, founded

pytestmark = pytest.mark.slow


async def closed_day(house: House, number: int = 1) -> None:
    """A day with a check of 7.00 paid in cash out of a drawer with 10.00, closed."""
    mine = await house.act(drawers.open_drawer, 1, 1000)
    check_id = await house.seat()
    await house.ring(check_id)
    await house.send(check_id)
    await house.act(service.settle, check_id, 700, [Given(TenderKind.CASH, 1000)])
    await house.act(drawers.count_drawer, mine, {"1000": 1, "500": 1, "200": 1})
    await house.act(day.close_day, (await house.look(standing)).day, number)


async def test_the_workbook_of_a_closed_day_comes_without_another_tap(db: Database, tmp_path: Path) -> None:
    house = await founded(db)
    bindery = Bindery()
    books = DayBooks(db, tmp_path, bindery)
    books.start()
    written = asyncio.Event()
    db.bus.listen(lambda _: written.set() if path_of(tmp_path, 1).exists() else None)
    try:
        await closed_day(house)
        async with asyncio.timeout(60):
            await written.wait()
    finally:
        await books.stop()
        await bindery.close()
    sheet = load_workbook(BytesIO(path_of(tmp_path, 1).read_bytes()))["Drawers"]
    assert [cell.value for cell in sheet[2]][4:13] == [10, 7, 0, 0, 0, 0, 0, 17, 17]


@pytest.mark.slow
async def test_what_was_missed_is_made_up_for_once(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await founded(db)
    await closed_day(house)
    a_day_later(monkeypatch)
    await closed_day(house, 2)
    bindery = Bindery()
    books = DayBooks(db, tmp_path, bindery)
    try:
        assert await books.write_missing() == [1, 2]
        path_of(tmp_path, 2).unlink()
        assert await books.write_missing() == [2]
        assert await books.write_missing() == []
    finally:
        await bindery.close()


async def letters(house: House) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """Every letter: to whom, what about, what is enclosed and how many sheets it has."""
    async with house.db.read() as read:
        found = [await queries.letter(read, one) for one in await read.session.scalars(select(Letter.id))]
    return [
        (
            one.to_address,
            one.subject,
            [(file.name, len(load_workbook(BytesIO(file.content)).sheetnames)) for file in more],
        )
        for one, more in sorted(found, key=lambda pair: pair[0].cause)
    ]


async def test_a_closed_day_goes_by_mail_once_to_whom_the_house_rule_names(db: Database, tmp_path: Path) -> None:
    house = await founded(db)
    await house.act(change_rule, "mail_day_to", "owner@example.com, books@example.com")
    await closed_day(house)
    bindery = Bindery()
    books = DayBooks(db, tmp_path, bindery, has_post=True)
    try:
        assert await books.write_missing() == [1]
        path_of(tmp_path, 1).unlink()
        assert await books.write_missing() == [1]
    finally:
        await bindery.close()
    (owner, subject, enclosed), (accounts, *_) = await letters(house)
    assert (owner, accounts) == ("owner@example.com", "books@example.com")
    assert subject.endswith(" is closed, 7.00 EUR")
    assert enclosed == [("day-1.xlsx", 13)]


async def test_the_letter_is_in_the_language_of_the_house(db: Database) -> None:
    house = await founded(db)
    await house.act(change_rule, "mail_day_to", "owner@example.com")
    await db.run(lambda tx: tx.change(update(Venue).values(locale="de_DE", name="Zur {Post}")))
    await closed_day(house)
    async with db.read() as read:
        day = (await z_report(read, 1)).business_day
        found = await book_of(read, day, day)
    assert await mail_day(db, 1, found, b"xlsx", has_post=True) == 1
    async with db.read() as read:
        letter, _ = await queries.letter(read, (await read.session.scalars(select(Letter.id))).one())
    weekday = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"][day.weekday()]
    assert letter.subject == f"Zur {{Post}}: {weekday} {day} ist abgeschlossen, 7,00 EUR"
    assert letter.plain.startswith(f"Z 1 schließt {weekday} {day} ab.\n\nUmsatz")
    assert '<html lang="de">' in letter.html


async def test_nobody_is_written_to_where_nobody_asked_or_there_is_no_post(db: Database, tmp_path: Path) -> None:
    house = await founded(db)
    await closed_day(house)
    async with db.read() as read:
        found = await book_of(read, *[(await z_report(read, 1)).business_day] * 2)
    assert await mail_day(db, 1, found, b"xlsx", has_post=True) == 0
    await house.act(change_rule, "mail_day_to", "owner@example.com")
    assert await mail_day(db, 1, found, b"xlsx", has_post=False) == 0
    assert await mail_day(db, 1, found, b"xlsx", has_post=True) == 1
    assert await mail_day(db, 1, found, b"xlsx", has_post=True) == 0


async def test_a_day_closed_long_ago_is_no_news(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await founded(db)
    await house.act(change_rule, "mail_day_to", "owner@example.com")
    await closed_day(house)
    async with db.read() as read:
        found = await book_of(read, *[(await z_report(read, 1)).business_day] * 2)
    for _ in range(8):
        a_day_later(monkeypatch)
    assert await mail_day(db, 1, found, b"xlsx", has_post=True) == 0


async def test_an_address_no_mail_server_takes_keeps_nobody_from_the_letter(db: Database) -> None:
    house = await founded(db)
    await house.act(change_rule, "mail_day_to", "ow..ner@example.com, books@example.com")
    await closed_day(house)
    async with db.read() as read:
        found = await book_of(read, *[(await z_report(read, 1)).business_day] * 2)
    assert await mail_day(db, 1, found, b"xlsx", has_post=True) == 1


async def test_what_the_letter_says(db: Database) -> None:
    house = await founded(db)
    await closed_day(house)
    async with db.read() as read:
        found = await book_of(read, *[(await z_report(read, 1)).business_day] * 2)
    told = dict(key_figures(found))
    assert (told["Turnover"], told["Drawers over or short"], told["Checks"]) == ("7.00", "0.00", "1")
    assert "Refunds" not in told
    in_german = dict(key_figures(found, "de_DE"))
    assert (in_german["Umsatz"], in_german["Bons"]) == ("7,00", "1")
    assert {"Umsatz", "Netto", "MwSt.", "Rechnungen", "Laden, zu viel oder zu wenig"} <= in_german.keys()
    assert all(dict(key_figures(found, locale)).keys() != told.keys() for locale in ("it_IT", "fr_FR", "es_ES"))
    assert key_figures(found, "el_GR")[0] == ("Turnover", "7,00")
    assert "<b>" not in _html("<b>Al Ponte</b>", [("Turnover", "7.00")], "EUR")
