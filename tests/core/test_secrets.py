"""Secrets: made once, however many ask first; refused when others could have read them."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.core.secrets import SecretDamaged, SecretExposed, SecretUnreachable, secret


def test_a_secret_is_made_at_the_first_call_and_stays(tmp_path: Path) -> None:
    made = secret(tmp_path, "pepper")
    assert len(made) == 32
    assert secret(tmp_path, "pepper") == made
    assert secret(tmp_path, "other") != made


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    secret(tmp_path, "pepper")
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "secrets" / "pepper").stat().st_mode) == 0o600


def test_however_many_ask_first_all_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as many:
        made = set(many.map(lambda _: secret(tmp_path, "pepper"), range(64)))
    assert len(made) == 1
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["pepper"]


def test_a_secret_others_can_read_is_refused_with_the_command_that_helps(tmp_path: Path) -> None:
    secret(tmp_path, "pepper")
    (tmp_path / "secrets" / "pepper").chmod(0o640)
    with pytest.raises(SecretExposed, match="Type: chmod 600 "):
        secret(tmp_path, "pepper")


def test_a_secret_of_another_length_is_refused_and_not_made_anew(tmp_path: Path) -> None:
    secret(tmp_path, "pepper")
    (tmp_path / "secrets" / "pepper").write_bytes(b"short")
    with pytest.raises(SecretDamaged, match="without it no PIN works"):
        secret(tmp_path, "pepper")
    assert (tmp_path / "secrets" / "pepper").read_bytes() == b"short"


def test_a_data_directory_that_is_a_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(SecretUnreachable, match="Let the kiosk write to its data directory"):
        secret(tmp_path / "home", "pepper")
