"""The closed day by e-mail: its workbook goes, once, to whom the house rule `mail_day_to` names."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import Final

from babel.numbers import format_decimal

from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database, Tx
from kiosk.core.money import Currency, Money
from kiosk.payments.till_queries import z_report
from kiosk.payments.till_view import workbook_name
from kiosk.post import queries as letters
from kiosk.post import service as post
from kiosk.post.errors import AddressUnfit
from kiosk.reports.day_mail_words import language_of, say, say_day
from kiosk.reports.forms import WORKBOOK
from kiosk.reports.rules import PARTS, Takings

log = logging.getLogger(__name__)
CAUSE = "day"
NEWS_FOR = timedelta(days=7)
"""A day that was closed longer ago is no news: its workbook may be written anew, but is not sent."""
_CELL: Final = "padding:4px 0;border-bottom:1px solid #c9d3e1"
Told = Sequence[tuple[str, str]]


async def mail_day(db: Database, number: int, found: Takings, content: bytes, *, has_post: bool) -> int:
    """Let the workbook of a closed day go to everybody who is to have it. Returns how many letters it became.

    The same day is sent once, however often this is asked. Raises NoSuchZ.
    """
    async with db.read() as read:
        venue = await read.venue()
    addresses = [one for one in venue.mail_day_to.split(", ") if one]
    if addresses and not has_post:
        log.warning("Z %s is not sent: mail_day_to is set, but the settings name no mail server", number)
    if not addresses or not has_post:
        return 0
    news = News(number, found, (workbook_name(number), WORKBOOK.mime, content), venue.locale)
    return await db.run(lambda tx: _write(tx, addresses, news))


@dataclass(frozen=True)
class News:
    """A closed day as it is sent: the number of its Z, its book, its workbook, where the house is."""

    number: int
    found: Takings
    enclosed: post.Enclosed
    locale: str

    @property
    def language(self) -> str:
        """The language it is told in."""
        return language_of(self.locale)

    def say(self, words: str, **told: str) -> str:
        """Words of ours in the language of the house."""
        return say(words, self.language, **told)


async def _write(tx: Tx, addresses: Sequence[str], news: News) -> int:
    await tx.draw("day_mail")
    report = await z_report(tx, news.number)
    if tx.at - report.closed_at > NEWS_FOR or await letters.about(tx, f"{CAUSE} {news.number}"):
        return 0
    by = Actor(report.venue_id, None, "the close of the day", Role.OWNER)
    return sum(_letter(tx, place, to, news, by) for place, to in enumerate(addresses, 1))


def _letter(tx: Tx, place: int, to: str, news: News, by: Actor) -> bool:
    """Write to one address; one that no mail server takes keeps nobody else from the letter."""
    number, found, language = news.number, news.found, news.language
    day, lines = say_day(f"{found.first_day:%A} {found.first_day}", language), key_figures(found, news.locale)
    closes = news.say("Z {number} closes {day}.", number=str(number), day=day)
    enclosed = news.say("Amounts in {currency}. The workbook is enclosed.", currency=found.currency)
    amount = f"{lines[0][1]} {found.currency}"
    try:
        post.write(
            tx,
            cause=f"{CAUSE} {number} {place}",
            to=to,
            subject=news.say("{venue}: {day} is closed, {amount}", venue=found.venue, day=day, amount=amount),
            plain=_plain(closes, lines, enclosed),
            html=_html(f"{found.venue}: {closes}", lines, enclosed, language),
            enclosed=[news.enclosed],
            by=by,
        )
    except AddressUnfit as unfit:
        log.warning("Z %s is not sent to %s: %s", number, to, unfit)
        return False
    return True


def key_figures(found: Takings, locale: str = "en_IE") -> Told:
    """What the letter tells: the key figures that are something, and what the drawers were over or short."""
    language, currency = language_of(locale), Currency(found.currency)
    told = [
        (
            say(label, language),
            currency.show(value, locale) if kind == "money" else format_decimal(value, locale=locale),
        )
        for key, label, value, kind in found.parts["summary"]
        if value or key == "turnover"
    ]
    if found.parts["drawers"]:
        told.append((say("Drawers over or short", language), currency.show(_over_short(found), locale)))
    return told


def _over_short(found: Takings) -> Money:
    place = PARTS["drawers"].index("over_short")
    return sum(row[place] or 0 for row in found.parts["drawers"])


def _plain(head: str, lines: Told, foot: str) -> str:
    room = max(len(label) for label, _ in lines)
    told = "\n".join(f"{label:<{room}}  {value:>14}" for label, value in lines)
    return f"{head}\n\n{told}\n\n{foot}\n"


def _html(head: str, lines: Told, foot: str, language: str = "en") -> str:
    cells = "".join(
        f'<tr><td style="{_CELL}">{escape(label)}</td><td align="right" style="{_CELL}">{escape(value)}</td></tr>'
        for label, value in lines
    )
    look = "margin:0;padding:16px;background:#ffffff;color:#14203a;font:15px/1.45 Arial,Helvetica,sans-serif"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(head)}</title></head>'
        f'<body style="{look}"><div style="max-width:480px;margin:0 auto"><h1 style="font-size:20px">'
        f"{escape(head)}</h1>"
        f'<table width="100%" style="border-collapse:collapse">{cells}</table>'
        f"<p>{escape(foot)}</p></div></body></html>"
    )
