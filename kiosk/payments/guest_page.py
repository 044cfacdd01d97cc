"""What guests open without signing in, their receipt and nothing else; how the counter hands it over."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from pydantic import Field

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Database, Read, Tx
from kiosk.core.errors import KioskError, NotFound, Unavailable
from kiosk.core.events import Fact
from kiosk.payments import codes, guest_links, guest_paper, guest_post, guest_story
from kiosk.payments.guest_limits import Allowance
from kiosk.payments.guest_pdf import Press
from kiosk.payments.guest_view import GuestReceipt
from kiosk.post import queries as letters
from kiosk.post.carrier import Way
from kiosk.post.errors import NoPost
from kiosk.post.events import LetterChanged
from kiosk.post.worker import Pace, Postman
from kiosk.ui.gesture import Args
from kiosk.ui.house import House
from kiosk.ui.live import News

PAGE_COSTS, PDF_COSTS, MISS_COSTS = 1, 5, 6
HEADERS = {"Content-Security-Policy": guest_paper.CSP, "X-Robots-Tag": "noindex, nofollow, noarchive"}
Answer = Callable[[GuestReceipt, str], Awaitable[Response]]


class OnReceipt(Args):
    receipt_id: int


class Email(OnReceipt):
    to: str = Field(max_length=320)


def register(kiosk: House, pace: Pace | None = None, allowance: Allowance | None = None) -> tuple[Postman, Press]:
    """Make the guests' page and the counter's acts known.

    Start the postman with the kiosk, stop it before its end; close the press.
    """
    settings, press = kiosk.settings, Press()
    guest_links.use(settings)
    kiosk.acts.add("receipt_link", OnReceipt, _link)
    has_post = bool(settings.smtp_host)
    kiosk.acts.add("email_receipt", Email, _email(with_link=bool(settings.public_url), has_post=has_post))
    kiosk.views.add("receipt_ways", _ways(guest_links.is_for_guests(settings), has_post))
    kiosk.views.add("letter/{letter_id:int}", _letter(kiosk))
    kiosk.live.tell((LetterChanged,), tell)
    _add_pages(kiosk, press, allowance or Allowance())
    makers = {guest_post.CAUSE: guest_post.Enclosures(kiosk.db, press).make}
    return Postman(kiosk.db, Way.of(settings), makers, pace), press


async def _link(tx: Tx, args: OnReceipt, by: Actor) -> dict[str, Any]:
    link = guest_links.url_of(await guest_links.open_link(tx, args.receipt_id, by=by))
    return {"link": link, "code": codes.squares(link)}


def _email(*, with_link: bool, has_post: bool) -> Callable[[Tx, Email, Actor], Awaitable[dict[str, Any]]]:
    async def email(tx: Tx, args: Email, by: Actor) -> dict[str, Any]:
        if not has_post:
            raise NoPost
        posted = await guest_post.email_receipt(tx, args.receipt_id, args.to, with_link=with_link, by=by)
        return {"letter_id": posted.letter_id, "to": posted.to}

    return email


def _ways(is_for_guests: bool, has_post: bool) -> Callable[[Read, Actor, Request], Awaitable[dict[str, Any]]]:
    async def show(_read: Read, by: Actor, _request: Request) -> dict[str, Any]:
        """How a guest can be given a receipt here."""
        by.must(Permission.SETTLE)
        return {"is_for_guests": is_for_guests, "has_post": has_post}

    return show


def _letter(kiosk: House) -> Callable[[Read, Actor, Request], Awaitable[dict[str, Any]]]:
    async def show(read: Read, by: Actor, request: Request) -> dict[str, Any]:
        """How a letter stands."""
        by.must(Permission.SETTLE)
        version = kiosk.live.version(f"letter:{request.path_params['letter_id']}")
        return {**version, **await letters.show_letter(read, request.path_params["letter_id"])}

    return show


async def tell(read: Read, facts: list[Fact]) -> Iterable[News]:
    """News of letters, for the tills that wrote them."""
    ids = dict.fromkeys(fact.letter_id for fact in facts if isinstance(fact, LetterChanged))
    return [News(f"letter:{one}", await letters.show_letter(read, one)) for one in ids]


def _add_pages(kiosk: House, press: Press, allowance: Allowance) -> None:
    guests = Guests(kiosk.db, allowance)

    async def page(receipt: GuestReceipt, token: str) -> Response:
        return HTMLResponse(guest_paper.page(receipt, token), headers=HEADERS)

    async def pdf(receipt: GuestReceipt, _token: str) -> Response:
        name = {"Content-Disposition": f'attachment; filename="{guest_paper.file_name(receipt)}"'}
        return Response(await press.pdf(receipt), media_type="application/pdf", headers={**HEADERS, **name})

    @kiosk.web.api_route("/r/{token}.pdf", methods=["GET", "HEAD"])
    async def show_pdf(token: str, request: Request) -> Response:
        """A receipt as PDF, for whoever has its link."""
        return await guests.answer(request, token, PDF_COSTS, pdf)

    @kiosk.web.api_route("/r/{token}", methods=["GET", "HEAD"])
    async def show_page(token: str, request: Request) -> Response:
        """A receipt, for whoever has its link."""
        return await guests.answer(request, token, PAGE_COSTS, page)


@dataclass(frozen=True)
class Guests:
    """Whoever comes with a link."""

    db: Database
    allowance: Allowance

    async def answer(self, request: Request, token: str, cost: float, made: Answer) -> Response:
        """A receipt, or a sentence. Every link that opens nothing is looked up and answered alike."""
        address, now = request.client.host if request.client else "", time.monotonic()
        if not self.allowance.take(address, cost, now):
            return _sentence("Too many at once. Try again in a minute.", 429, {"Retry-After": "60"})
        try:
            async with self.db.read() as read:
                receipt = await guest_story.show(read, await guest_story.behind(read, token))
            return await made(receipt, token)
        except NotFound as gone:
            self.allowance.charge(address, MISS_COSTS, now)
            return _sentence(gone.sentence, 404)
        except Unavailable:
            return _sentence("The receipt cannot be shown just now. Try again in a moment.", 503)
        except KioskError as refusal:
            return _sentence(refusal.sentence, 500)


def _sentence(text: str, status: int, more: dict[str, str] | None = None) -> Response:
    return HTMLResponse(guest_paper.sentence(text), status, headers={**HEADERS, **(more or {})})
