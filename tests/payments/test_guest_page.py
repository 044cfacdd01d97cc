"""A receipt as its guest opens it, through the kiosk's own door: who may read it, what is in it, and what is not."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from kiosk.core.db import Database
from kiosk.core.models import Venue
from kiosk.core.settings import Settings
from kiosk.floor import service as floor
from kiosk.payments import guest_links, guest_page, queries
from kiosk.payments.guest_limits import Allowance
from kiosk.payments.models import ReceiptLink
from kiosk.post import queries as letters
from kiosk.post.worker import Pace
from tests.support import counter, journal, mail_server, patience
from tests.support.counter import Counter, Tablet
from tests.support.mail_server import MailServer

pytestmark = pytest.mark.slow

BASE = "https://receipts.example"
QUICK = Pace(look_s=0.05, trouble_s=0.02, first=timedelta(milliseconds=20))
ONCE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
"""For what no engine has a part in."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass
class Desk:
    """The counter, its cashier, a guest's phone, the mail server."""

    counter: Counter
    ana: Tablet
    guest: httpx.AsyncClient
    server: MailServer
    allowance: Allowance

    async def paid(self, **words: Any) -> int:
        """A receipt of 7.00, by its id."""
        check_id = await self.counter.eaten()
        told = {"check_id": check_id, "total": 700, "tenders": [{"kind": "card", "given": 700}], **words}
        answer = await self.ana.post("settle", args=told)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["result"]["receipt_id"])

    async def link(self, receipt_id: int) -> str:
        """The path of the receipt's page."""
        answer = await self.ana.act("receipt_link", receipt_id=receipt_id)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["result"]["link"]).removeprefix(BASE)

    async def read(self, path: str) -> str:
        answer = await self.guest.get(path)
        assert answer.status_code == 200, answer.text
        return " ".join(re.sub(r"<[^>]*>", " ", answer.text.partition("<body>")[2]).split())


@pytest.fixture
async def desk(db: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    async with mail_server.served() as server, counter.opened(db, tmp_path) as opened:
        told = {"smtp_host": mail_server.HOST, "smtp_port": server.port, "smtp_tls": "none"}
        opened.kiosk.settings = Settings(home=tmp_path, public_url=BASE, mail_from="kiosk@small.example", **told)
        allowance = Allowance()
        postman, press = guest_page.register(opened.kiosk, QUICK, allowance)
        postman.start()
        yield Desk(opened, await opened.tablet("Ana"), await opened.stranger(), server, allowance)
        await postman.stop()
        await press.close()


async def test_whoever_has_the_link_reads_the_receipt_without_signing_in(desk: Desk) -> None:
    path = await desk.link(await desk.paid())
    assert TOKEN.fullmatch(path.removeprefix("/r/"))
    page = await desk.read(path)
    assert "Small Receipt 1 Date 20" in page
    assert "1 Tiramisù 7.00 Total €7.00 Card 7.00 Tax included Net Tax Gross 10 % 6.36 0.64 7.00" in page


@ONCE
async def test_the_page_is_for_one_reader_and_loads_nothing(desk: Desk) -> None:
    answer = await desk.guest.get(await desk.link(await desk.paid()))
    assert (await desk.guest.head(answer.request.url)).status_code == 200
    told = answer.headers
    assert told["cache-control"] == "no-store"
    assert told["referrer-policy"] == "no-referrer"
    assert told["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; form-action 'none'; "
        r"frame-ancestors 'none'",
        told["content-security-policy"],
    )
    assert "set-cookie" not in told
    assert '<meta name="robots" content="noindex' in answer.text
    assert not re.search(r"<script|<img|<link|src=|https?://", answer.text)


async def test_the_link_stays_the_same_and_each_receipt_has_its_own(desk: Desk) -> None:
    first = await desk.paid()
    assert await desk.link(first) == await desk.link(first)
    await desk.counter.house.act(floor.clear_table, desk.counter.house.tables["1"])
    other = await desk.link(await desk.paid())
    assert other != await desk.link(first)
    assert "Receipt 2" in await desk.read(other)
    assert (await journal.acts(desk.counter.house.db)).count("receipt_linked") == 2


async def test_two_tills_that_ask_at_once_get_the_same_link(desk: Desk) -> None:
    receipt_id = await desk.paid()
    assert len(set(await asyncio.gather(*(desk.link(receipt_id) for _ in range(4))))) == 1


async def test_a_link_that_opens_nothing_says_so_and_no_more(desk: Desk) -> None:
    for wrong in ("x", "A" * 32, "a" * 63 + "%20", "%F0%9F%8D%95", "A" * 500):
        for path in (f"/r/{wrong}", f"/r/{wrong}.pdf"):
            desk.allowance.forget()
            answer = await desk.guest.get(path)
            assert answer.status_code == 404
            assert "There is no such receipt." in answer.text


async def test_the_token_must_be_exactly_the_one(desk: Desk) -> None:
    path = await desk.link(await desk.paid())
    for wrong in (path.swapcase().replace("/R/", "/r/"), f"{path}%20", f"{path}A", path[:-1]):
        assert (await desk.guest.get(wrong)).status_code == 404


@ONCE
async def test_one_address_that_tries_links_is_soon_refused_and_others_are_not(desk: Desk) -> None:
    path = await desk.link(await desk.paid())
    answers = [(await desk.guest.get(f"/r/{'B' * 31}{number}")).status_code for number in range(10)]
    assert answers[:6] == [404] * 6
    assert answers[-1] == 429
    assert (await desk.guest.get(path)).status_code == 429
    desk.allowance.forget()
    assert (await desk.guest.get(path)).status_code == 200


async def test_what_was_given_back_is_on_the_page_the_guest_has(desk: Desk) -> None:
    receipt_id = await desk.paid()
    path = await desk.link(receipt_id)
    sofia = await desk.counter.tablet("Sofia")
    words = {"receipt_id": receipt_id, "reason": "cold"}
    assert (await sofia.act("refund", **words, lines=[{"position": 0, "amount": 200}])).status_code == 200
    page = await desk.read(path)
    assert "€2.00 was given back, see below." in page
    assert "Refund 2" in page
    assert "Receipt 1 7.00 Refund 2 −2.00 What stands €5.00" in page
    assert (await sofia.act("refund", **words)).status_code == 200
    page = await desk.read(path)
    assert "All of it was given back, see below." in page
    assert "Refund 3 −5.00 What stands €0.00" in page


async def test_a_receipt_put_right_opens_the_one_that_holds(desk: Desk) -> None:
    receipt_id = await desk.paid()
    path = await desk.link(receipt_id)
    sofia = await desk.counter.tablet("Sofia")
    put_right = {"receipt_id": receipt_id, "position": 0, "kind": "wallet", "reason": "Wrong key"}
    assert (await sofia.act("correct_tender", **put_right)).status_code == 200
    page = await desk.read(path)
    assert "Receipt 1 was put right by receipt 3, which is the one that holds." in page
    assert "Card" not in page
    assert "given back" not in page


@ONCE
async def test_names_from_people_stay_text(desk: Desk) -> None:
    rules = {"legal_lines": ["<script>alert(1)</script>", "\"'><img src=x>"]}
    await desk.counter.house.db.run(lambda tx: tx.change(update(Venue).values(**rules)))
    answer = await desk.guest.get(await desk.link(await desk.paid()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "<script" not in answer.text
    assert "<img" not in answer.text


async def test_a_house_with_digital_receipts_makes_the_link_with_the_receipt(desk: Desk) -> None:
    db = desk.counter.house.db
    await db.run(lambda tx: tx.change(update(Venue).values(digital_receipts=True)))
    receipt_id = await desk.paid()
    async with db.read() as read:
        (link,) = (await read.session.scalars(select(ReceiptLink))).all()
    assert (link.receipt_id, f"/r/{link.token}") == (receipt_id, await desk.link(receipt_id))
    receipt = await desk.counter.house.look(queries.show_receipt, receipt_id)
    assert receipt.paper["link"] == f"{BASE}/r/{link.token}"
    assert "receipt_linked" not in await journal.acts(db)


@ONCE
async def test_a_link_no_phone_can_open_is_not_printed(desk: Desk, tmp_path: Path) -> None:
    guest_links.use(Settings(home=tmp_path))
    await desk.counter.house.db.run(lambda tx: tx.change(update(Venue).values(digital_receipts=True)))
    receipt = await desk.counter.house.look(queries.show_receipt, await desk.paid())
    assert receipt.paper["link"] == ""


@ONCE
async def test_only_who_takes_money_hands_out_links_and_letters(desk: Desk) -> None:
    receipt_id = await desk.paid()
    marco = await desk.counter.tablet("Marco")
    assert (await marco.act("receipt_link", receipt_id=receipt_id)).status_code == 403
    assert (await marco.act("email_receipt", receipt_id=receipt_id, to="ana@example.com")).status_code == 403
    assert (await marco.view("receipt_ways")).status_code == 403
    assert (await desk.ana.act("receipt_link", receipt_id=1)).status_code == 404
    assert (await desk.ana.view("receipt_ways")).json() == {"is_for_guests": True, "has_post": True}


@pytest.mark.slow
@ONCE
async def test_a_receipt_goes_by_mail_as_text_html_and_pdf(desk: Desk) -> None:
    receipt_id = await desk.paid()
    answer = await desk.ana.act("email_receipt", receipt_id=receipt_id, to=" guest@Example.com ")
    letter_id = answer.json()["result"]["letter_id"]
    assert answer.json()["result"]["to"] == "guest@example.com"

    async def look() -> bool:
        return str((await desk.ana.view(f"letter/{letter_id}")).json()["state"]) == "sent"

    await patience.until(look, "the letter to be sent")
    (letter,) = desk.server.letters
    message, link = letter.message, f"{BASE}{await desk.link(receipt_id)}"
    assert (letter.to, message["Subject"]) == (["guest@example.com"], "Receipt 1 from Small")
    plain, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert re.search(r"Tiramisù +7\.00\r?\n", plain)
    assert link in plain
    assert "Tiramisù" in html
    assert f'href="{link}"' in html
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type()) == ("receipt-1.pdf", "application/pdf")
    opened = await desk.guest.get(f"{await desk.link(receipt_id)}.pdf")
    assert opened.headers["content-disposition"] == 'attachment; filename="receipt-1.pdf"'
    assert pdf.get_content() == opened.content
    assert opened.content.startswith(b"%PDF-1.")
    assert b"IBMPlexSans" in opened.content
    assert len(opened.content) < 60_000


async def test_the_journal_keeps_that_a_letter_went_and_no_address(desk: Desk) -> None:
    receipt_id = await desk.paid()
    desk.server.next_times("full")
    await desk.ana.act("email_receipt", receipt_id=receipt_id, to="guest@example.com")
    db = desk.counter.house.db
    assert [act for act in await journal.acts(db) if "letter" in act or "email" in act] == [
        "letter_written",
        "receipt_emailed",
    ]
    assert not any("example.com" in body for body in await journal.bodies(db))
    assert await journal.is_whole(db)


async def test_a_letter_that_waits_is_hurried_and_not_written_again(desk: Desk) -> None:
    receipt_id = await desk.paid()
    await desk.server.close()
    told = [await desk.ana.act("email_receipt", receipt_id=receipt_id, to="guest@example.com") for _ in range(2)]
    assert told[0].json()["result"]["letter_id"] == told[1].json()["result"]["letter_id"]
    for number in range(9):
        await desk.ana.act("email_receipt", receipt_id=receipt_id, to=f"guest{number}@example.com")
    refused = await desk.ana.act("email_receipt", receipt_id=receipt_id, to="one-more@example.com")
    assert refused.json()["sentence"].startswith("Receipt 1 was sent by e-mail 10 times already.")
    assert len(await desk.counter.house.look(letters.about, f"receipt {receipt_id}")) == 10


@ONCE
async def test_an_address_that_is_none_is_refused_before_anything_is_written(desk: Desk) -> None:
    receipt_id = await desk.paid()
    answer = await desk.ana.act("email_receipt", receipt_id=receipt_id, to="a@b.example\r\nBcc: c@d.example")
    assert (answer.status_code, answer.json()["code"]) == (422, "address")
    assert await desk.counter.house.look(letters.about, f"receipt {receipt_id}") == []


@ONCE
async def test_nothing_of_receipts_links_or_guests_is_in_the_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    receipt_id = await desk.paid()
    path = await desk.link(receipt_id)
    desk.server.next_times("nobody")
    await desk.ana.act("email_receipt", receipt_id=receipt_id, to="guest@example.com")

    async def look() -> bool:
        return bool(desk.server.seen)

    await patience.until(look, "the server to refuse")
    await desk.read(path)
    await desk.guest.get(path, headers={"Origin": "https://evil.example"})
    assert "refused a call from" in caplog.text
    told = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("kiosk"))
    assert path not in told
    assert "guest@example.com" not in told
    assert "Tiramis" not in told
