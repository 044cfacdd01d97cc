"""Columns of named choices on a table that has rows: added, dropped, or with other choices than before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn

Choices = Mapping[str, Sequence[str]]


def change(table: str, *, add: Sequence[sa.Column[Any]] = (), drop: Sequence[str] = (), choices: Choices) -> None:
    """Add and drop columns; a column in `choices` may hold these values from now on, whatever it could hold before.

    One statement on MySQL; on SQLite the table is built anew.
    """
    named = _constraints(table)
    gone = [_name(table, column) for column in (*drop, *choices) if _name(table, column) in named]
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(table, add, drop, gone, choices)
    else:
        _alter(table, add, drop, gone, choices)


def _constraints(table: str) -> set[str]:
    return {str(one["name"]) for one in sa.inspect(op.get_bind()).get_check_constraints(table)}


def _name(table: str, column: str) -> str:
    return f"ck_{table}_{column}"


def _is_one_of(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _rebuild(table: str, add: Sequence[sa.Column[Any]], drop: Sequence[str], gone: list[str], choices: Choices) -> None:
    with op.batch_alter_table(table, recreate="always") as batch:
        for name in gone:
            batch.drop_constraint(op.f(name), type_="check")
        for dropped in drop:
            batch.drop_column(dropped)
        for added in add:
            batch.add_column(added)
        for column, values in choices.items():
            batch.create_check_constraint(op.f(_name(table, column)), sa.text(_is_one_of(column, values)))


def _alter(table: str, add: Sequence[sa.Column[Any]], drop: Sequence[str], gone: list[str], choices: Choices) -> None:
    dialect = op.get_bind().dialect
    sa.Table(table, sa.MetaData(), *add)
    changes = [f"DROP CONSTRAINT {name}" for name in gone]
    changes += [f"DROP COLUMN {name}" for name in drop]
    changes += [f"ADD COLUMN {CreateColumn(column).compile(dialect=dialect)}" for column in add]
    for column, values in choices.items():
        changes.append(f"ADD CONSTRAINT {_name(table, column)} CHECK ({_is_one_of(column, values)})")
    op.execute(f"ALTER TABLE {table} {', '.join(changes)}")
