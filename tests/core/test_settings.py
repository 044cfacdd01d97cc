"""Settings: environment before file before defaults, and every refusal one sentence with its way out."""

from pathlib import Path

import pytest

from kiosk.core.settings import SettingsRefused, load_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path))
    return tmp_path


def refusal(**overrides: object) -> str:
    with pytest.raises(SettingsRefused) as refused:
        load_settings(**overrides)
    assert "\n" not in refused.value.sentence
    return refused.value.sentence


def test_without_any_setting_the_kiosk_serves_this_computer_from_one_file(home: Path) -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.sample) == ("127.0.0.1", 8080, True)
    assert settings.database_url == f"sqlite+aiosqlite:///{home}/kiosk.sqlite"
    assert not settings.is_tls


def test_the_file_in_the_data_directory_is_read_and_the_environment_wins(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "kiosk.toml").write_text('port = 9000\nhost = "0.0.0.0"\n')
    monkeypatch.setenv("KIOSK_PORT", "9001")
    settings = load_settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 9001)
    assert load_settings(port=9002).port == 9002


def test_a_file_elsewhere_is_named_by_kiosk_config(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "other.toml").write_text("port = 9003\n")
    monkeypatch.setenv("KIOSK_CONFIG", str(home / "other.toml"))
    assert load_settings().port == 9003
    monkeypatch.setenv("KIOSK_CONFIG", str(home / "missing.toml"))
    assert "missing.toml cannot be read" in refusal()


def test_an_unknown_key_in_the_file_is_refused_with_the_files_name(home: Path) -> None:
    (home / "kiosk.toml").write_text("prot = 9000\n")
    assert refusal() == f"prot is not a setting of the kiosk. Take it out of {home}/kiosk.toml."


def test_a_file_that_is_not_toml_is_refused(home: Path) -> None:
    (home / "kiosk.toml").write_text("port: 9000\n")
    assert "kiosk.toml cannot be read" in refusal()


def test_a_misspelt_variable_is_refused_with_what_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DATABSE_URL", "sqlite:////x/y.sqlite")
    assert refusal() == "KIOSK_DATABSE_URL is not a setting of the kiosk. Did you mean KIOSK_DATABASE_URL?"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("sqlite:////srv/k.sqlite", "sqlite+aiosqlite:////srv/k.sqlite"),
        ("sqlite+aiosqlite:////srv/k.sqlite", "sqlite+aiosqlite:////srv/k.sqlite"),
        ("mysql://kiosk:s%40fe@db/kiosk", "mysql+aiomysql://kiosk:s%40fe@db/kiosk"),
        ("mysql+aiomysql://kiosk@db:3307/kiosk", "mysql+aiomysql://kiosk@db:3307/kiosk"),
        ("mariadb://kiosk@db/kiosk", "mysql+aiomysql://kiosk@db/kiosk"),
    ],
)
def test_sqlite_and_mysql_addresses_are_taken(told: str, kept: str) -> None:
    assert load_settings(database_url=told).database_url == kept


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("postgresql://kiosk:secret@db/kiosk", "not a database the kiosk knows"),
        ("nonsense", "not a database the kiosk knows"),
        ("mysql://kiosk:secret@db", "names no database"),
        ("sqlite://", "names no database"),
    ],
)
def test_other_databases_are_refused_without_showing_the_password(told: str, said: str) -> None:
    sentence = refusal(database_url=told)
    assert sentence.startswith("KIOSK_DATABASE_URL cannot be used")
    assert said in sentence
    assert "secret" not in sentence
    assert "Use sqlite:////folder/kiosk.sqlite or mysql://user:password@host/database." in sentence


def test_the_settings_do_not_show_the_databases_password() -> None:
    assert "s3cret" not in repr(load_settings(database_url="mysql://kiosk:s3cret@db/kiosk"))


def test_more_names_are_listed_with_commas_and_must_be_bare() -> None:
    assert load_settings(allowed_hosts="Kiosk.Example, till:8443,").allowed_hosts == ("kiosk.example", "till:8443")
    assert "not a bare host name" in refusal(allowed_hosts="https://kiosk.example")
    assert "not a bare host name" in refusal(allowed_hosts="*")


def test_certificate_and_key_go_together_and_must_exist(home: Path) -> None:
    (home / "cert.pem").touch()
    sentence = refusal(tls_cert=home / "cert.pem")
    assert sentence == "KIOSK_TLS_CERT and KIOSK_TLS_KEY go together: set both or neither."
    assert "there is no file" in refusal(tls_cert=home / "cert.pem", tls_key=home / "no.pem")


def test_a_port_outside_the_range_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_PORT", "70000")
    assert refusal() == "KIOSK_PORT cannot be used: Input should be less than or equal to 65535."
