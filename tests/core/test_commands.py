import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from kiosk.core import clock, commands
from kiosk.core.db import Database, Tx
from kiosk.core.errors import Refused
from kiosk.core.models import Note


async def notes(db: Database) -> int:
    async with db.read() as read:
        return len((await read.session.scalars(select(Note))).all())


def writes(name: str) -> Any:
    async def gesture(tx: Tx) -> dict[str, str]:
        await tx.change(insert(Note).values(name=name, value="x"))
        return {"wrote": name}

    return gesture


async def test_the_same_key_acts_once_and_answers_alike(db: Database) -> None:
    key, meaning = uuid4(), commands.meaning_of("write", {"a": 1})
    first = await commands.once(db, key, meaning, writes("one"))
    assert first == {"wrote": "one"} == await commands.once(db, key, meaning, writes("two"))
    assert await notes(db) == 1


async def test_ten_copies_of_a_tap_at_once_act_once(db: Database) -> None:
    key, meaning = uuid4(), commands.meaning_of("write", {})
    answers = await asyncio.gather(*(commands.once(db, key, meaning, writes(f"n{n}")) for n in range(10)))
    assert len({str(answer) for answer in answers}) == 1
    assert await notes(db) == 1


async def test_the_same_key_with_other_words_is_refused(db: Database) -> None:
    key = uuid4()
    await commands.once(db, key, commands.meaning_of("pay", {"amount": 1}), writes("one"))
    with pytest.raises(commands.KeyReused, match="already used for something else"):
        await commands.once(db, key, commands.meaning_of("pay", {"amount": 2}), writes("two"))
    assert await notes(db) == 1


async def test_a_refused_tap_leaves_no_key_behind(db: Database) -> None:
    async def refuse(tx: Tx) -> None:
        await tx.change(insert(Note).values(name="half", value="x"))
        raise Refused("no")

    key, meaning = uuid4(), commands.meaning_of("write", {})
    with pytest.raises(Refused):
        await commands.once(db, key, meaning, refuse)
    assert await notes(db) == 0
    assert await commands.once(db, key, meaning, writes("later")) == {"wrote": "later"}


async def test_keys_of_taps_long_past_are_forgotten(db: Database) -> None:
    await commands.once(db, uuid4(), commands.meaning_of("write", {}), writes("one"))
    assert await db.run(lambda tx: commands.forget(tx, clock.now() - timedelta(days=1))) == 0
    assert await db.run(lambda tx: commands.forget(tx, clock.now() + timedelta(days=1))) == 1
