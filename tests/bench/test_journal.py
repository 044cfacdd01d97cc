"""How long an audit of the whole journal takes, and how much memory; BENCH_ENTRIES chooses another size."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from kiosk import sample
from kiosk.core.actor import Actor, Role
from kiosk.core.db import Database, Tx
from kiosk.core.journal import GENESIS, Act, canonical, chain
from kiosk.core.models import JournalEntry, JournalHead
from tests.support.live import ROOT

pytestmark = pytest.mark.bench
ENTRIES = int(os.environ.get("BENCH_ENTRIES", "1_000_000"))
GOAL_S = 60
BATCH = 5_000
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def entries(venue_id: int) -> Iterator[dict[str, Any]]:
    """A journal such as a house writes it: seven of ten entries are of the kitchen, the others are of money."""
    by, digest = Actor(venue_id, 244_017_549_467_648, "Priya", Role.WAITER, device_id=244_017_549_578_240), GENESIS
    for seq in range(1, ENTRIES + 1):
        at, check = BEGAN + timedelta(seconds=31 * seq), 244_017_549_697_024 + seq // 9
        act = Act("served", "check", check, by, {"lines": [check + 1, check + 2, check + 3]})
        if seq % 10 > 6:
            told = {
                "receipt": str(seq // 10),
                "receipt_id": check + 7,
                "total": 4300,
                "tenders": [["cash", 5000, 4300]],
            }
            act = Act("settled", "check", check, by, told)
        body = canonical(act, seq=seq, at=at)
        previous, digest = digest, chain(digest, body)
        yield {
            "venue_id": venue_id,
            "seq": seq,
            "acted_at": at,
            "act": act.act,
            "subject_kind": "check",
            "subject_id": check,
            "person_id": by.person_id,
            "approver_id": None,
            "body": body,
            "previous": previous,
            "digest": digest,
        }


async def fill(db: Database) -> None:
    venues: list[int] = []

    async def found(tx: Tx) -> None:
        venues.append(await sample.found_venue(tx, "Bench", currency="EUR", timezone="Europe/Rome"))

    async def write(tx: Tx) -> None:
        await tx.change(insert(JournalEntry), rows)
        head = {"seq": rows[-1]["seq"], "digest": rows[-1]["digest"]}
        await tx.change(update(JournalHead).values(head))

    await db.run(found)
    every = entries(venues[0])
    while rows := [row for _, row in zip(range(BATCH), every, strict=False)]:
        await db.run(write)


def audited(url: str, home: Path) -> tuple[str, float, float]:
    """What the command says, the seconds it took and the most memory it had, in MB."""
    environment = os.environ | {"KIOSK_DATABASE_URL": url, "KIOSK_HOME": str(home)}
    began = time.perf_counter()
    with (home / "told").open("w+") as told:
        command = [sys.executable, "-m", "kiosk", "audit", "verify"]
        audit = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told)
        _, _, usage = os.wait4(audit.pid, 0)
        audit.returncode = 0
        told.seek(0)
        return told.read(), time.perf_counter() - began, usage.ru_maxrss / 1024


async def test_an_audit_of_the_whole_journal(db: Database, database_url: str, tmp_path: Path) -> None:
    await fill(db)
    told, took, memory = audited(database_url, tmp_path)
    engine = "SQLite" if db.is_sqlite else "MariaDB"
    print(
        f"\n{engine}: kiosk audit verify of {ENTRIES:,} entries {took:.1f} s, {ENTRIES / took:,.0f} a second,", end=""
    )
    print(f" {memory:.0f} MB at most (goal {GOAL_S} s for a million)", end="")
    assert told.startswith(f"Entries 1 to {ENTRIES} are as written."), told
