"""Links by which guests open their receipt: made with it or when somebody asks; whoever has the link may read."""

from __future__ import annotations

import secrets
import socket
from typing import Any, cast

from sqlalchemy import Table, insert, select

from kiosk.core.actor import Actor, Permission
from kiosk.core.db import Tx
from kiosk.core.journal import Act
from kiosk.core.settings import LOOPBACK, Settings
from kiosk.payments.errors import NoPaper, ReceiptGone
from kiosk.payments.models import Receipt, ReceiptLink
from kiosk.staff import service as staff

PATH = "/r/"
TOKEN_BYTES = 24
"""192 bits: nobody finds a link by trying."""
ANYWHERE = {"0.0.0.0", "::", ""}
NOWHERE = ("192.0.2.1", 9)
"""An address kept for examples: asking which way leads there sends nothing."""
_LINKS = insert(cast(Table, ReceiptLink.__table__))

_base, _printed = "", False


def use(settings: Settings) -> None:
    """Make links as these settings want them from now on; those no phone can open are not printed.

    For the whole process, which serves one venue: a receipt is issued too deep in a payment to know any settings.
    """
    global _base, _printed
    _base, _printed = base_of(settings), is_for_guests(settings)


def url_of(token: str) -> str:
    """The link with this token; empty where nobody said how guests reach the kiosk."""
    return f"{_base}{PATH}{token}" if _base else ""


def base_of(settings: Settings) -> str:
    """The address guests reach the kiosk at: the public one, else the listener's own on the local network."""
    if settings.public_url:
        return settings.public_url
    host = _on_the_network() if settings.host in ANYWHERE else settings.host
    name = f"[{host}]" if ":" in host else host
    return f"{'https' if settings.is_tls else 'http'}://{name}:{settings.port}"


def is_for_guests(settings: Settings) -> bool:
    """Whether a guest's phone can reach that address at all."""
    return bool(settings.public_url) or settings.host not in LOOPBACK


def _on_the_network() -> str:
    """This machine's own address on the local network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(NOWHERE)
            return str(asked.getsockname()[0])
        except OSError:
            return socket.gethostname().lower()


def give(tx: Tx, head: dict[str, Any]) -> None:
    """Let a receipt that is written at this transaction's end have a page of its own; its paper says where."""
    if head["paper"]:
        token = _token()
        head["paper"]["link"] = url_of(token) if _printed else ""
        tx.later(_LINKS, _row(tx, head["id"], token))


async def open_link(tx: Tx, receipt_id: int, *, by: Actor) -> str:
    """The token of a receipt's page, made now where it has none. Raises ReceiptGone, or NoPaper for imported ones."""
    await staff.must(tx, by, Permission.SETTLE)
    receipt = await lock(tx, receipt_id)
    mine = select(ReceiptLink.token).where(ReceiptLink.receipt_id == receipt_id)
    token = (await tx.session.scalars(mine)).one_or_none()
    if token is None:
        token = _token()
        await tx.change(_LINKS, _row(tx, receipt_id, token))
        tx.record(Act("receipt_linked", "receipt", receipt_id, by, {"number": receipt.number}))
    return token


async def lock(tx: Tx, receipt_id: int) -> Receipt:
    """A receipt that guests can be given, kept from whoever would give it at the same time until the commit."""
    found = select(Receipt).where(Receipt.id == receipt_id).with_for_update()
    receipt = (await tx.session.scalars(found)).one_or_none()
    if receipt is None:
        raise ReceiptGone
    if receipt.paper is None:
        raise NoPaper(receipt.number)
    return receipt


def _token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _row(tx: Tx, receipt_id: int, token: str) -> dict[str, Any]:
    return {"receipt_id": receipt_id, "token": token, "made_at": tx.at}
