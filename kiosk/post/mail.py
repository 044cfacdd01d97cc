"""A letter as mail servers take it: headers nobody can add to, text, HTML and enclosures. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

LONGEST_LINE = 200


def one_line(text: str) -> str:
    """Words of people for a header: one line, nothing that cannot be seen."""
    spaced = (" " if one.isspace() else one for one in text)
    kept = "".join(one for one in spaced if unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    # An encoded word would be decoded on its way into the header, line breaks and all.
    return " ".join(kept.split()).replace("=?", "= ?")[:LONGEST_LINE]


def message(
    *,
    number: int,
    sender: str,
    sender_name: str,
    to: str,
    subject: str,
    written: datetime,
    plain: str,
    html: str,
    enclosed: Sequence[tuple[str, str, bytes]] = (),
) -> bytes:
    """The bytes of a letter; the same letter has the same Message-ID however often it is sent."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(one_line(sender_name), addr_spec=sender)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = one_line(subject)
    made["Date"] = format_datetime(written)
    made["Message-ID"] = message_id(number, sender)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(plain)
    made.add_alternative(html, subtype="html")
    for name, mime, content in enclosed:
        maintype, _, subtype = mime.partition("/")
        made.add_attachment(content, maintype=maintype, subtype=subtype, filename=one_line(name))
    return made.as_bytes()


def message_id(number: int, sender: str) -> str:
    """The name a letter goes by among mail servers and mailboxes: one that comes twice is known to be the same."""
    return f"<{number}.letter@{sender.rpartition('@')[2]}>"
