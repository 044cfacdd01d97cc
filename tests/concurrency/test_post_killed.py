"""Kill -9 while the mail server takes a letter: it goes once more under the same name, and the PDF with it is whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.support import mail_server, patience, people
from tests.support.live import LiveKiosk
from tests.support.tablets import act, view

pytestmark = pytest.mark.slow


async def test_a_letter_survives_the_kiosk(database_url: str, live_kiosk: Callable[..., LiveKiosk]) -> None:
    async with mail_server.served() as server:
        server.next_times("fall silent after the text")
        told = {"smtp_host": mail_server.HOST, "smtp_port": str(server.port), "smtp_tls": "none"}
        kiosk = live_kiosk(database_url, **told, mail_from="kiosk@small.example")
        sofia = await people.client(kiosk.url, database_url, "Sofia")
        check_id = (await act(sofia, "open_check", label="Bella"))["check_id"]
        item = next(one for one in (await view(sofia, "menu"))["items"] if one["name"] == "Focaccia")
        await act(sofia, "ring", check_id=check_id, portion_id=item["portions"][0]["id"])
        await act(sofia, "send", check_id=check_id)
        total = (await view(sofia, f"bill/{check_id}"))["open"]["total"]
        tenders = [{"kind": "card", "given": total}]
        paid = await act(sofia, "settle", check_id=check_id, total=total, tenders=tenders)
        words = {"receipt_id": paid["receipt_id"], "to": "guest@example.com"}
        letter = await act(sofia, "email_receipt", **words)
        await patience.until(lambda: server.letters, "the server to have all of it")
        kiosk.kill9()
        await asyncio.to_thread(kiosk.start)

        async def look() -> bool:
            return bool((await view(sofia, f"letter/{letter['letter_id']}"))["state"] == "sent")

        await patience.until(look, "the letter to be sent")
        await sofia.aclose()
        first, second = (one.message for one in server.letters)
        assert first["Message-ID"] == second["Message-ID"] == f"<{letter['letter_id']}.letter@small.example>"
        assert _pdf(first) == _pdf(second)
        assert _pdf(first).startswith(b"%PDF-1.")
        assert "guest@example.com" not in kiosk.console


def _pdf(message: mail_server.EmailMessage) -> bytes:
    (file,) = message.iter_attachments()
    return bytes(file.get_content())
