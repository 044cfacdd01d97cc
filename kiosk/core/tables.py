"""Column types and the base of all rows: the same meaning on SQLite, MariaDB and MySQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, LargeBinary, MetaData, String, Text, TypeDecorator
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every row."""

    metadata = MetaData(naming_convention=NAMING)


def table_args(*parts: Any) -> tuple[Any, ...]:
    """Constraints and indexes of a table, with one character set and byte-wise comparison on MySQL.

    SQLite compares text byte by byte; `utf8mb4_bin` makes MySQL group, sort and keep unique exactly alike.
    """
    return (*parts, {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"})


def enum_of(values: type[StrEnum], name: str, length: int = 16) -> Enum:
    """A column of named states, kept as text with a CHECK."""
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        name=name,
        length=length,
        values_callable=lambda states: [state.value for state in states],
    )


Id: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
"""An id made by `kiosk.core.ids`."""
Amount = BigInteger
"""Money in minor units."""
Code = String(64)
Name = String(200)
Sentence = String(500)
Long = Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
Blob = LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
Digest = LargeBinary(32).with_variant(mysql.BINARY(32), "mysql", "mariadb")
Key = LargeBinary(16).with_variant(mysql.BINARY(16), "mysql", "mariadb")


class Instant(TypeDecorator[datetime]):
    """An instant in UTC with microseconds; naive times are refused, aware ones come back."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name in {"mysql", "mariadb"}:
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Document(TypeDecorator[Any]):
    """A small JSON value kept as text, in the order it was written."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name in {"mysql", "mariadb"}:
            return dialect.type_descriptor(mysql.MEDIUMTEXT())
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
