"""Columns added to a table that has rows: on MySQL in one statement, so that none of them or all are there."""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import Column, MetaData, Table
from sqlalchemy.schema import CreateColumn


def add(table: str, *columns: Column[Any]) -> None:
    """Add the columns, each with a default or nullable."""
    bind = op.get_bind()
    Table(table, MetaData(), *columns)
    specifications = [str(CreateColumn(column).compile(dialect=bind.dialect)) for column in columns]
    _alter(table, [f"ADD COLUMN {specification}" for specification in specifications])


def drop(table: str, *names: str) -> None:
    """Drop the columns."""
    _alter(table, [f"DROP COLUMN {name}" for name in names])


def _alter(table: str, changes: list[str]) -> None:
    at_once = op.get_bind().dialect.name != "sqlite"
    for change in [", ".join(changes)] if at_once else changes:
        op.execute(f"ALTER TABLE {table} {change}")
