"""A guest's receipt as a page and as a letter; what people typed stays text in both."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from kiosk.payments.guest_view import GuestReceipt, as_text
from kiosk.payments.guest_words import say

STYLE = (Path(__file__).parent / "guest_receipt.css").read_text(encoding="utf-8")
CSP = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""A page of text and one known style: no script, no picture, no font, nothing from anywhere."""


@cache
def _pages() -> Environment:
    loader = PackageLoader("kiosk.payments", "")
    made = Environment(loader=loader, autoescape=select_autoescape(["jinja"]), undefined=StrictUndefined)
    made.globals["say"] = say
    return made


def page(receipt: GuestReceipt, token: str) -> str:
    """The page a guest opens."""
    told = {"receipt": receipt, "css": STYLE, "pdf": f"{token}.pdf", "file": file_name(receipt)}
    return _pages().get_template("guest_receipt.html.jinja").render(told)


def sentence(text: str) -> str:
    """A page of one sentence, for links that open nothing."""
    return _pages().get_template("guest_sentence.html.jinja").render(sentence=text, css=STYLE)


def subject(receipt: GuestReceipt) -> str:
    return say("Receipt {number} from {venue}", receipt.language, number=receipt.number, venue=receipt.venue)


def letter(receipt: GuestReceipt, link: str) -> tuple[str, str]:
    """The letter's text and its HTML."""
    greeting = say("Thank you for your visit. Here is your receipt.", receipt.language)
    told = {"receipt": receipt, "link": link, "greeting": greeting}
    html = _pages().get_template("guest_mail.html.jinja").render(told)
    online = f"\n{say('Open it online', receipt.language)}: {link}\n" if link else ""
    return f"{greeting}\n\n{as_text(receipt)}{online}", html


def file_name(receipt: GuestReceipt) -> str:
    """What the PDF is called where it is saved."""
    kept = "".join(one if one.isascii() and one.isalnum() else "-" for one in receipt.number)
    return f"receipt-{kept}.pdf"
