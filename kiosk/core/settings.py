"""The kiosk's settings: `KIOSK_*` environment variables, an optional TOML file, and defaults that just run."""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from kiosk.core.errors import Refused

PREFIX = "KIOSK_"
CONFIG = "KIOSK_CONFIG"
"""Where the TOML file is, when it is not `kiosk.toml` in the data directory."""
DRIVERS = {"sqlite": "sqlite+aiosqlite", "mysql": "mysql+aiomysql", "mariadb": "mysql+aiomysql"}
WAY_OUT = "Use sqlite:////folder/kiosk.sqlite or mysql://user:password@host/database"

ECB = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class SettingsRefused(Refused):
    """A setting cannot be used; the sentence names it and where it was set."""

    code = "settings"


def default_home() -> Path:
    """Where the kiosk keeps its data on this system unless it is told otherwise."""
    return Path(platformdirs.user_data_dir("kiosk", appauthor=False))


def default_url(told: dict[str, Any]) -> str:
    """One SQLite file in the data directory."""
    home = told.get("home")
    return URL.create("sqlite", database=str(home / "kiosk.sqlite")).render_as_string() if home else ""


class Settings(BaseSettings):
    """What can be set; every name is an environment variable with `KIOSK_` before it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, validate_default=True
    )

    home: Path = Field(default_factory=default_home, description="data directory")
    host: str = Field(default="127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(default=8080, ge=1, le=65535, description="port to listen on")
    database_url: str = Field(default_factory=default_url, repr=False, description="SQLite file or MySQL database")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(default=(), description="more names it answers to")
    tls_cert: Path | None = Field(default=None, description="certificate chain, PEM")
    tls_key: Path | None = Field(default=None, description="private key, PEM")
    sample: bool = Field(default=True, description="sample restaurant at the first start")
    stripe_key: SecretStr | None = Field(default=None, description="Stripe's secret key; payments by Stripe with it")
    stripe_webhook_secret: SecretStr | None = Field(default=None, description="secret Stripe signs its messages with")
    stripe_reader: str = Field(default="", max_length=64, description="card reader at the counter; links without one")
    stripe_url: str = Field(default="", description="another address than Stripe's own")
    rates_url: str = Field(default=ECB, description="daily exchange rates of the European Central Bank")
    public_url: str = Field(default="", description="where guests open receipts; the kiosk's own without one")
    smtp_host: str = Field(default="", max_length=253, description="mail server that takes letters; none without one")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="its port")
    smtp_user: str = Field(default="", max_length=254, description="name the kiosk signs in with there")
    smtp_password: SecretStr | None = Field(default=None, description="password to that name")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(default="starttls", description="how letters are kept secret")
    mail_from: str = Field(default="", max_length=254, description="address letters come from")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="WARNING", description="how much is logged")

    @property
    def is_tls(self) -> bool:
        return self.tls_cert is not None

    @field_validator("home", "tls_cert", "tls_key")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        return None if path is None else path.expanduser().absolute()

    @field_validator("log_level", mode="before")
    @classmethod
    def _loud(cls, level: Any) -> Any:
        return level.upper() if isinstance(level, str) else level

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _listed(cls, names: Any) -> Any:
        parts = names.split(",") if isinstance(names, str) else names
        return tuple(name.strip().lower() for name in parts if name.strip())

    @field_validator("allowed_hosts")
    @classmethod
    def _bare(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if odd := [name for name in names if "/" in name or "*" in name or " " in name]:
            raise ValueError(f"“{odd[0]}” is not a bare host name such as kiosk.example or kiosk.example:8443")
        return names

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, url: str) -> str:
        return "" if not url else _database_url(url)

    @field_validator("stripe_key")
    @classmethod
    def _secret_key(cls, key: SecretStr | None) -> SecretStr | None:
        told = key.get_secret_value() if key else "sk_"
        if not told.startswith(("sk_", "rk_")) or not told.isascii() or not told.isprintable() or " " in told:
            raise ValueError("a secret key of Stripe begins with sk_ or rk_ and has no blanks")
        return key

    @field_validator("public_url")
    @classmethod
    def _bare_address(cls, url: str) -> str:
        parts = urlsplit(url.rstrip("/"))
        if url and not (parts.scheme in {"http", "https"} and parts.hostname and not parts.path + parts.query):
            raise ValueError("this is not an address such as https://receipts.example, without anything after the name")
        return url.rstrip("/")

    @field_validator("smtp_host", "smtp_user", "mail_from")
    @classmethod
    def _one_word(cls, word: str) -> str:
        if not word.isprintable() or " " in word:
            raise ValueError("this has blanks or letters that cannot be seen")
        return word

    @field_validator("stripe_url", "rates_url")
    @classmethod
    def _secure(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and not (parts.hostname and (parts.scheme == "https" or _is_here(parts))):
            raise ValueError("this is not an address that begins with https://")
        return url.rstrip("/")

    @field_validator("tls_cert", "tls_key")
    @classmethod
    def _there(cls, path: Path | None) -> Path | None:
        if path is not None and not path.is_file():
            raise ValueError(f"there is no file {path}")
        return path

    @model_validator(mode="after")
    def _pair(self) -> Settings:
        if bool(self.tls_cert) != bool(self.tls_key):
            raise ValueError("KIOSK_TLS_CERT and KIOSK_TLS_KEY go together: set both or neither")
        return self

    @model_validator(mode="after")
    def _post(self) -> Settings:
        if self.smtp_host and "@" not in self.mail_from:
            raise ValueError("KIOSK_SMTP_HOST needs KIOSK_MAIL_FROM, the address letters come from")
        if bool(self.smtp_user) != bool(self.smtp_password):
            raise ValueError("KIOSK_SMTP_USER and KIOSK_SMTP_PASSWORD go together: set both or neither")
        if self.smtp_password and self.smtp_tls == "none" and self.smtp_host not in LOOPBACK:
            raise ValueError("KIOSK_SMTP_TLS none would send the password for all to read: use starttls or tls")
        return self


def _is_here(parts: SplitResult) -> bool:
    """Whether an address stays on this machine, where nobody listens in."""
    return parts.scheme == "http" and parts.hostname in LOOPBACK


def _database_url(url: str) -> str:
    try:
        made = make_url(url)
        driver = DRIVERS[made.get_backend_name()]
    except (ArgumentError, KeyError, ValueError) as unknown:
        raise ValueError(f"this is not a database the kiosk knows. {WAY_OUT}") from unknown
    if not made.database or made.database == ":memory:":
        raise ValueError(f"the address names no database. {WAY_OUT}")
    return made.set(drivername=driver).render_as_string(hide_password=False)


def load_settings(**overrides: Any) -> Settings:
    """The settings in force: overrides, then the environment, then the TOML file, then defaults.

    The file is `KIOSK_CONFIG`, else `kiosk.toml` in the data directory. Raises SettingsRefused with one sentence.
    """
    _no_strangers()
    path = _file(overrides.get("home"))
    told = {} if path is None else _read(path)
    silent = {name: value for name, value in told.items() if f"{PREFIX}{name}".upper() not in _environment()}
    try:
        return Settings(**{**silent, **overrides})
    except ValidationError as refused:
        raise SettingsRefused(_sentence(refused.errors(include_url=False)[0], silent, path)) from refused


def _environment() -> list[str]:
    return [name.upper() for name, value in os.environ.items() if value and name.upper().startswith(PREFIX)]


def _no_strangers() -> None:
    """A misspelt variable must not leave its setting at the default in silence."""
    known = [CONFIG, *(f"{PREFIX}{name}".upper() for name in Settings.model_fields)]
    for name in _environment():
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(known)}."
            raise SettingsRefused(f"{name} is not a setting of the kiosk. {hint}")


def _file(home: Any) -> Path | None:
    if named := os.environ.get(CONFIG):
        return Path(named).expanduser()
    path = Path(home or os.environ.get("KIOSK_HOME") or default_home()).expanduser() / "kiosk.toml"
    return path if path.exists() else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as unreadable:
        raise SettingsRefused(f"The settings file {path} cannot be read: {unreadable}.") from unreadable


def _sentence(error: ErrorDetails, from_file: dict[str, Any], path: Path | None) -> str:
    if not error["loc"]:
        return _ended(error["msg"].removeprefix("Value error, "))
    name = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        return f"{name} is not a setting of the kiosk. Take it out of {path if name in from_file else 'the command'}."
    where = f"{name} in {path}" if name in from_file else f"{PREFIX}{name.upper()}"
    return _ended(f"{where} cannot be used: {error['msg'].removeprefix('Value error, ')}")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
