"""Where letters go out: set in the environment, refused with a sentence, and no password shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.core.settings import SettingsRefused, load_settings
from kiosk.post.carrier import Way
from kiosk.post.errors import AddressUnfit

POST = {"smtp_host": "mail.example", "mail_from": "kiosk@small.example"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"smtp_host": "mail.example"}, "KIOSK_SMTP_HOST needs KIOSK_MAIL_FROM, the address letters come from."),
        (
            {**POST, "smtp_user": "kiosk"},
            "KIOSK_SMTP_USER and KIOSK_SMTP_PASSWORD go together: set both or neither.",
        ),
        (
            {**POST, "smtp_user": "kiosk", "smtp_password": "s3cret", "smtp_tls": "none"},
            "KIOSK_SMTP_TLS none would send the password for all to read: use starttls or tls.",
        ),
        (
            {"smtp_host": "mail.example\r\nQUIT"},
            "KIOSK_SMTP_HOST cannot be used: this has blanks or letters that cannot be seen.",
        ),
        (
            {"public_url": "https://small.example/kiosk"},
            "KIOSK_PUBLIC_URL cannot be used: this is not an address such as https://receipts.example, "
            "without anything after the name.",
        ),
        (
            {"public_url": "javascript:alert(1)"},
            "KIOSK_PUBLIC_URL cannot be used: this is not an address such as https://receipts.example, "
            "without anything after the name.",
        ),
    ],
)
def test_what_cannot_be_used_is_said(told: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        load_settings(**told)
    assert refused.value.sentence == sentence


def test_the_password_is_never_shown() -> None:
    settings = load_settings(**POST, smtp_user="kiosk", smtp_password="s3cret")
    way = Way.of(settings)
    assert "s3cret" not in f"{settings!r} {settings.model_dump_json()} {way!r}"
    assert way is not None
    assert (way.port, way.tls) == (587, "starttls")


def test_without_a_server_there_is_no_way_and_a_wrong_sender_is_refused_at_the_start() -> None:
    assert Way.of(load_settings()) is None
    with pytest.raises(AddressUnfit):
        Way.of(load_settings(smtp_host="mail.example", mail_from="kiosk@small"))
