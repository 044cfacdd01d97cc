"""The append-only record: canonical JSON, chained with SHA-256, one gapless sequence a venue."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.core.actor import Actor

GENESIS = bytes(32)


@dataclass(frozen=True)
class Act:
    """What is to be recorded: the act, whose subject it touched, by whom, with which particulars."""

    act: str
    subject_kind: str
    subject_id: int
    by: Actor
    details: dict[str, Any] = field(default_factory=dict)


def canonical(act: Act, *, seq: int, at: datetime) -> str:
    """The text that is hashed: sorted keys, no blanks, UTF-8 letters as they are, the instant in UTC."""
    approver = act.by.approver
    content = {
        "act": act.act,
        "approved_by": None if approver is None else [approver.person_id, approver.name],
        "at": at.isoformat(timespec="microseconds"),
        "by": [act.by.person_id, act.by.name],
        "details": act.details,
        "device": act.by.device_id,
        "seq": seq,
        "subject": [act.subject_kind, act.subject_id],
        "venue": act.by.venue_id,
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chain(previous: bytes, body: str) -> bytes:
    """The digest of an entry: of the digest before it and its own canonical text."""
    return hashlib.sha256(previous + body.encode()).digest()


def entries(acts: Iterable[Act], seq: int, digest: bytes, at: datetime) -> list[dict[str, Any]]:
    """The rows of these acts, chained onto a journal that ends with this number and this digest."""
    rows = []
    for act in acts:
        seq += 1
        body = canonical(act, seq=seq, at=at)
        previous, digest = digest, chain(digest, body)
        rows.append(_entry(act, seq, at) | {"body": body, "previous": previous, "digest": digest})
    return rows


def _entry(act: Act, seq: int, at: datetime) -> dict[str, Any]:
    approver = act.by.approver
    return {
        "venue_id": act.by.venue_id,
        "seq": seq,
        "acted_at": at,
        "act": act.act,
        "subject_kind": act.subject_kind,
        "subject_id": act.subject_id,
        "person_id": act.by.person_id,
        "approver_id": approver.person_id if approver else None,
    }
