"""Going along the journal's chain, entry by entry: the first link that does not hold. No database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from kiosk.core.journal import GENESIS


class Link(NamedTuple):
    """An entry as it lies in the database: all but its number as bytes, so that nothing can fail to be read."""

    seq: int
    at: bytes
    act: bytes
    subject_kind: bytes
    subject_id: bytes
    person_id: bytes | None
    approver_id: bytes | None
    body: bytes
    previous: bytes
    digest: bytes


@dataclass(frozen=True)
class Fault:
    """Where the journal is not what was written: the first entry concerned, what is wrong with it, as a sentence."""

    seq: int
    sentence: str


@dataclass(frozen=True)
class Anchor:
    """What somebody wrote down of an entry: its number, the first figures of its digest, and where that stands."""

    seq: int
    figures: str
    source: str

    def holds(self, digest: bytes) -> bool:
        return digest.hex().startswith(self.figures)


def grouped(figures: str) -> str:
    """Figures of a digest in groups of four, as people read them from paper."""
    return " ".join(figures[at : at + 4] for at in range(0, len(figures), 4))


class Walk:
    """One way along the chain from a trusted link on; `seq` and `digest` are those of the last entry found good."""

    def __init__(self, seq: int = 0, digest: bytes = GENESIS) -> None:
        self.seq = seq
        self.digest = digest

    def step(self, link: Link, after: Link | None) -> Fault | None:
        """Take the next entry, knowing the one after it where there is one: what is wrong with it, or None."""
        due = self.seq + 1
        fault = _number(link, due) if link.seq != due else self._links(link, after) or _columns(link)
        self.seq, self.digest = due, link.digest
        return fault

    def _links(self, link: Link, after: Link | None) -> Fault | None:
        if link.previous == self.digest and _digest(link.previous, link.body) == link.digest:
            return None
        written = _told(link.body).get("seq")
        if isinstance(written, int) and written != link.seq:
            return _elsewhere(link.seq, written)
        if _digest(self.digest, link.body) == link.digest:
            return Fault(link.seq, f"Entry {link.seq} was changed: it names another digest before it than there is.")
        if _digest(link.previous, link.body) != link.digest:
            return Fault(link.seq, f"Entry {link.seq} was changed: its text and its digest do not agree.")
        if link.seq > 1 and (after is None or after.previous == link.digest):
            return Fault(link.seq - 1, _refitted(link.seq - 1))
        return Fault(link.seq, f"Entry {link.seq} was changed: it was not written after entry {link.seq - 1}.")


def _digest(previous: bytes, body: bytes) -> bytes:
    return hashlib.sha256(previous + body).digest()


def _elsewhere(seq: int, written: int) -> Fault:
    """What stands at a number was written as another one."""
    if written > seq:
        return Fault(seq, f"Entry {seq} was swapped or taken out: what stands there was written as entry {written}.")
    added = f"Entry {written} was" if written == seq - 1 else f"Entries {written} to {seq - 1} were"
    return Fault(written, f"{added} put in: what was written as entry {written} stands at {seq} now.")


def _refitted(seq: int) -> str:
    return (
        f"Entry {seq} was changed or put in, and its digest made to fit: entry {seq + 1} was written after "
        "another one. Entries before it may have been written anew with it."
    )


def _number(link: Link, due: int) -> Fault:
    """An entry that has not the number it is due."""
    if not isinstance(link.seq, int) or link.seq < due:
        return Fault(due, f"An entry numbered {_plain(link.seq)} was added: a journal counts from 1.")
    if _told(link.body).get("seq") == due:
        return Fault(due, f"Entry {due} was renumbered: it stands at {link.seq} now.")
    if link.seq == due + 1:
        return Fault(due, f"Entry {due} is missing.")
    return Fault(due, f"Entries {due} to {link.seq - 1} are missing.")


def _columns(link: Link) -> Fault | None:
    """Whether what is kept beside the text, for looking things up, says the same as the text."""
    told = _told(link.body)
    if not told:
        return Fault(link.seq, f"Entry {link.seq} was changed: its text cannot be read.")
    if isinstance(told.get("seq"), int) and told["seq"] != link.seq:
        return _elsewhere(link.seq, told["seq"])
    for name, beside, inside in _beside(link, told):
        if beside != (None if inside is None else str(inside).encode()):
            said = f"beside its text the {name} is {_plain(beside)}, in it {_plain(inside)}"
            return Fault(link.seq, f"Entry {link.seq} was changed: {said}.")
    return None


def _beside(link: Link, told: dict[str, Any]) -> Iterator[tuple[str, bytes | None, Any]]:
    """Name, column and text of what an entry says twice."""
    kind, subject = _pair(told.get("subject"))
    yield "instant", link.at, str(told.get("at"))[:26].replace("T", " ")
    yield "act", link.act, told.get("act")
    yield "subject's kind", link.subject_kind, kind
    yield "subject", link.subject_id, subject
    yield "person", link.person_id, _pair(told.get("by"))[0]
    yield "approver", link.approver_id, _pair(told.get("approved_by"))[0]


def _told(body: bytes) -> dict[str, Any]:
    """What an entry's text says; nothing where it cannot be read any more."""
    try:
        content = json.loads(body.decode())
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _pair(value: Any) -> tuple[Any, Any]:
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else (None, None)


def _plain(value: Any) -> str:
    """What stands in the database, for a sentence: in one line, and not too much of it."""
    if value is None:
        return "nothing"
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return "“" + "".join(one if one.isprintable() else "?" for one in text)[:60] + "”"
