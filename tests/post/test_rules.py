"""What an e-mail address is, when a letter is tried again, and that nobody adds to its headers."""

from __future__ import annotations

import email
from datetime import UTC, datetime, timedelta
from email.policy import default

import pytest

from kiosk.post import mail, rules
from kiosk.post.errors import AddressUnfit

LETTER = {
    "number": 17,
    "sender": "kiosk@small.example",
    "sender_name": "Small",
    "to": "ana@example.com",
    "subject": "Receipt 1",
    "written": datetime(2026, 11, 21, 20, 41, tzinfo=UTC),
    "plain": "TOTAL 7.00\n.\nThank you. Ευχαριστώ",
    "html": "<p>7.00</p>",
}


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        (" ana@example.com ", "ana@example.com"),
        ("Ana.B+kiosk@Example.COM", "Ana.B+kiosk@example.com"),
        ("o'neill@mail.example.co.uk", "o'neill@mail.example.co.uk"),
        ("ana@büro.example", "ana@xn--bro-hoa.example"),
    ],
)
def test_addresses_are_taken_as_mail_servers_write_them(typed: str, taken: str) -> None:
    assert rules.address(typed) == taken


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "ana@",
        "@example.com",
        "ana@example",
        "ana@127.0.0.1",
        "ana@[127.0.0.1]",
        "ana@-example.com",
        "ana@example..com",
        "ana.@example.com",
        "ana b@example.com",
        "ana@example.com, bo@example.com",
        "ana@example.com;bo@example.com",
        "<ana@example.com>",
        "ana@example.com\r\nBcc: bo@example.com",
        "ana\r\nRCPT TO:<bo@example.com>@example.com",
        "ana\x00@example.com",
        "añá@example.com",
        "a" * 65 + "@example.com",
        "ana@" + "a." * 130 + "com",
        "ana@" + "a" * 64 + ".com",
    ],
)
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(AddressUnfit, match=r"is no e-mail address\. Write it like ana@example\.com\.") as refused:
        rules.address(typed)
    assert "\n" not in refused.value.sentence


def test_a_letter_waits_longer_after_each_try_and_an_hour_at_most() -> None:
    waits = [rules.pause(tries) // timedelta(minutes=1) for tries in (1, 2, 3, 6, 7, 40)]
    assert waits == [1, 2, 4, 32, 60, 60]


def test_a_letter_has_text_html_and_what_is_enclosed() -> None:
    made = mail.message(**LETTER, enclosed=[("receipt-1.pdf", "application/pdf", b"%PDF-1.4")])
    read = email.message_from_bytes(made, policy=default)
    assert [part.get_content_type() for part in read.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert "Ευχαριστώ" in read.get_body(("plain",)).get_content()
    assert read["From"] == "Small <kiosk@small.example>"
    assert read["Date"] == "Sat, 21 Nov 2026 20:41:00 +0000"
    assert all(len(line) <= 998 for line in made.split(b"\r\n"))


def test_the_same_letter_has_the_same_name_however_often_it_goes() -> None:
    names = {email.message_from_bytes(mail.message(**LETTER))["Message-ID"] for _ in range(2)}
    assert names == {"<17.letter@small.example>"}


@pytest.mark.parametrize("word", ["sender_name", "subject"])
def test_nobody_adds_a_header(word: str) -> None:
    for evil in (
        "a\r\nBcc: bo@example.com",
        "a\nBcc: bo@example.com",
        "a\u2028Bcc: bo\x00\x0b\x85@example.com",
        "=?utf-8?q?=0D=0ABcc:_bo@example.com?=",
        "Caffè ==\u200b?utf-8?b?DQpCY2M6IGJvQGV4YW1wbGUuY29t?=",
    ):
        read = email.message_from_bytes(mail.message(**{**LETTER, word: evil}), policy=default)
        assert read["Bcc"] is None
        assert set(read.keys()) == {
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "MIME-Version",
            "Content-Type",
        }
