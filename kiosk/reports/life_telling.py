"""From an entry of the journal to a sentence of a story: of the whole check, or of one of its lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.reports.life_words import (
    CHECK,
    HELD,
    LINE,
    UNFIRED,
    UNSENT,
    Details,
    Entry,
    Event,
    Phrase,
    Teller,
    Word,
    plain,
    quoted,
)

OF_LINES_ONLY: Final = frozenset(
    {
        *("line_changed", "line_reduced", "line_removed", "line_voided", "line_comped", "line_uncomped"),
        *("price_typed", "refired", "line_amended", "fired", "held", "taken_back", "served", "unserved"),
    }
)
"""Acts told with their lines alone."""


def of_check(entry: Entry, teller: Teller) -> Event | None:
    """What an entry says of the whole check; None for what is told with its lines."""
    if entry.act in OF_LINES_ONLY or (entry.act in {"discounted", "undiscounted"} and entry.details.get("line")):
        return None
    if entry.act.startswith(("payment_", "refund_")) and entry.act not in CHECK:
        return _event(entry, Word("paid", _of_provider(entry)), teller)
    return _event(entry, CHECK.get(entry.act, _unknown(entry)), teller)


def of_line(entry: Entry, line_id: int, teller: Teller, after: str = "") -> Event | None:
    """What an entry says of one line, None when nothing; `after` is what had been before, "after the bill"."""
    word = _word_for(entry, line_id)
    return None if word is None else _event(entry, word, teller, after if word.matters_after_bill else "")


def _word_for(entry: Entry, line_id: int) -> Word | None:
    told = entry.details
    if line_id in told.get("held", ()):
        return UNFIRED if entry.act == "taken_back" else HELD
    if line_id in told.get("drafts", ()):
        return UNSENT
    if entry.act in {"settled", "refunded", "payment_undone"}:
        return _paid(entry, line_id)
    return LINE.get(entry.act) if line_id in lines_of(entry) else None


def _paid(entry: Entry, line_id: int) -> Word | None:
    """The part of a receipt that paid or gave back one line."""
    mine = next((one for one in entry.details.get("lines", ()) if one[0] == line_id), None)
    if mine is None:
        return None
    part = f"{mine[2]} of it" if len(mine) > 2 and mine[2] else "it"
    number = entry.details["receipt"]
    if entry.act == "settled" and not mine[1]:
        return Word("paid", plain(f"closed it with receipt {number}, nothing to pay"))
    if entry.act == "settled":
        return Word("paid", lambda _, teller: f"took {teller.money(mine[1])} for {part} on receipt {number}")
    return Word(
        "refunded", lambda _, teller: f"gave {teller.money(abs(mine[1]))} back for it on receipt {number}", True
    )


def lines_of(entry: Entry) -> Iterator[int]:
    """Every line that an entry names."""
    if isinstance(entry.details.get("line"), int):
        yield entry.details["line"]
    for name in ("lines", "held", "drafts"):
        for one in entry.details.get(name) or ():
            named = one[0] if isinstance(one, list) and one else one
            if isinstance(named, int):
                yield named


def _of_provider(entry: Entry) -> Phrase:
    """Money asked of a payment provider, and what it answered."""

    def phrase(told: Details, teller: Teller) -> str:
        amount, way = teller.money(told.get("of") or told.get("amount") or 0), told.get("tender", "")
        asked = {
            "payment_asked": f"asked for {amount} by {way}",
            "payment_cancel_asked": f"asked to cancel the {way} payment of {amount}",
            "payment_refund_asked": f"asked to give {amount} back by {way}",
        }
        what, _, state = entry.act.partition("_")
        said = f", {quoted(told['told'])}" if told.get("told") else ""
        return asked.get(entry.act, f"reports the {way} {what} of {amount} as {state.replace('_', ' ')}{said}")

    return phrase


def _unknown(entry: Entry) -> Word:
    """An act of a later day than this table of words: its name, readable."""
    return Word("other", plain(f"did “{entry.act.replace('_', ' ')}”"), True)


def _event(entry: Entry, word: Word, teller: Teller, after: str = "") -> Event:
    approved = f", approved by {entry.approver}" if entry.approver else ""
    reason = entry.details.get("reason")
    why = f". Reason: {quoted(reason)}" if reason else ""
    text = f"{entry.by} {_said(entry, word, teller)}{approved}{after}{why}.{_totals(entry, teller)}"
    return Event(entry.at, word.kind, text, entry.seq, word.is_grave)


def _totals(entry: Entry, teller: Teller) -> str:
    """What it did to the check as a whole, where the entry says so."""
    before, now = entry.details.get("before"), entry.details.get("after")
    if not isinstance(before, int) or not isinstance(now, int):
        return ""
    return f" The check came to {teller.money(before)} before, {teller.money(now)} after."


def _said(entry: Entry, word: Word, teller: Teller) -> str:
    """What was done; an entry of another version, which keeps other particulars, is told by its name."""
    try:
        return word.phrase(entry.details, teller)
    except (KeyError, IndexError, TypeError, ValueError):
        return _unknown(entry).phrase(entry.details, teller)
