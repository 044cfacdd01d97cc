"""The keys of payment providers: set once, told to nobody; the library loaded only when it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.core.settings import SettingsRefused, load_settings
from kiosk.payments.providers import known

SECRET = "sk_live_tell_nobody"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path))
    return tmp_path


def test_a_key_is_never_shown_and_without_one_nobody_outside_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert known.outside(load_settings()) == {}
    monkeypatch.setenv("KIOSK_STRIPE_KEY", SECRET)
    monkeypatch.setenv("KIOSK_STRIPE_WEBHOOK_SECRET", "whsec_nobody")
    settings = load_settings()
    providers = known.outside(settings)
    assert list(providers) == ["stripe"]
    told = f"{settings!r} {settings!s} {settings.model_dump()} {settings.model_dump_json()} {providers!r}"
    assert "nobody" not in told


@pytest.mark.parametrize("key", ["pk_live_tell_nobody", "tell nobody", "sk_tell nobody", "sk_tell\nnobody", "sk_ééé"])
def test_what_is_no_secret_key_is_refused_without_repeating_it(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_STRIPE_KEY", key)
    with pytest.raises(SettingsRefused) as refused:
        load_settings()
    assert refused.value.sentence == (
        "KIOSK_STRIPE_KEY cannot be used: a secret key of Stripe begins with sk_ or rk_ and has no blanks."
    )


@pytest.mark.parametrize("url", ["http://elsewhere.example", "ftp://x", "nowhere", "https://"])
def test_a_key_does_not_travel_over_an_open_line(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_STRIPE_URL", url)
    with pytest.raises(SettingsRefused, match="not an address that begins with https://"):
        load_settings()


def test_a_missing_library_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "find_spec", lambda _name: None)
    assert known.outside(load_settings()) == {}
    monkeypatch.setenv("KIOSK_STRIPE_KEY", SECRET)
    with pytest.raises(known.SdkMissing, match=r"Install kiosk\[stripe\]"):
        known.outside(load_settings())


@pytest.mark.slow
def test_the_library_is_not_loaded_at_the_start() -> None:
    look = "import sys, kiosk.app; print([name for name in sys.modules if name.split('.')[0] == 'stripe'])"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=120)
    assert told.stdout.strip() == "[]"
