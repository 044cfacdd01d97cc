"""What the journal's entries say of a check and its lines, as sentences people read. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

Details = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """An entry of the journal, by the names it kept."""

    seq: int
    at: datetime
    act: str
    kind: str
    subject: int
    by: str
    approver: str | None
    details: Details = field(default_factory=dict)


@dataclass(frozen=True)
class Event:
    """One sentence of a story: when, what kind of thing it was, whether somebody put something right by it."""

    at: datetime
    kind: str
    text: str
    entry: int | None = None
    is_grave: bool = False


@dataclass(frozen=True)
class Teller:
    """How this house writes amounts and times, and what its checks are called."""

    money: Callable[[int], str]
    clock: Callable[[datetime], str]
    check: Callable[[int], str]


Phrase = Callable[[Details, Teller], str]


@dataclass(frozen=True)
class Word:
    """How an act is told: its kind, whether it put something right, and what somebody did."""

    kind: str
    phrase: Phrase
    is_grave: bool = False

    @property
    def matters_after_bill(self) -> bool:
        """Whether it matters that the guests had asked for the bill before."""
        return self.is_grave and self.kind != "refunded"


def quoted(text: object) -> str:
    """What somebody typed, so that it cannot be taken for the kiosk's own words."""
    return f"“{text}”"


def many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


SAID: Final = {"quantity": "quantity", "note": "note", "seat_no": "seat", "course": "course", "is_allergy": "allergy"}


def _value(name: str, value: Any) -> str:
    if name == "is_allergy":
        return "yes" if value else "no"
    return quoted(value) if name == "note" and value else str(value or "none")


def _changed(told: Details, _teller: Teller) -> str:
    now, was = told.get("now", {}), told.get("was", {})
    parts = [f"{SAID.get(one, one)} {_value(one, now[one])}, before {_value(one, was.get(one))}" for one in now]
    return "changed it: " + "; ".join(parts)


def _amended(told: Details, _teller: Teller) -> str:
    now, was = told.get("now", {}), told.get("was", {})
    mark = " as an allergy" if now.get("is_allergy") else ""
    return f"told the kitchen {quoted(now.get('note', ''))}{mark}, before {quoted(was.get('note', ''))}"


def _off(told: Details, teller: Teller) -> str:
    percent = told.get("percent")
    return f"{percent} %" if percent is not None else teller.money(told.get("amount") or 0)


def _discounted(told: Details, teller: Teller) -> str:
    return f"took {_off(told, teller)} off, {quoted(told.get('name', ''))}"


def _undiscounted(told: Details, teller: Teller) -> str:
    return f"charged the {_off(told, teller)} of {quoted(told.get('name', ''))} after all"


def _service(told: Details, _teller: Teller) -> str:
    def share(percent: object) -> str:
        return "the house's" if percent is None else f"{percent} %"

    return f"set the service charge to {share(told.get('now'))}, before {share(told.get('was'))}"


def _fired(told: Details, _teller: Teller) -> str:
    return "fired it with its course" if "course" in told else "sent it to the kitchen"


def _check(key: str, before: str) -> Phrase:
    return lambda told, teller: f"{before} {teller.check(told[key])}"


def plain(text: str) -> Phrase:
    """Words that need nothing of the entry."""
    return lambda _told, _teller: text


LINE: Final[dict[str, Word]] = {
    "price_typed": Word("changed", lambda told, t: f"typed its price, {t.money(told['price'])}"),
    "line_changed": Word("changed", _changed),
    "line_reduced": Word("changed", lambda told, _: f"took it from {told['quantity']} down to {told['now']}", True),
    "line_removed": Word("removed", lambda told, t: f"removed it, {t.money(told['amount'])}, before it was sent", True),
    "line_voided": Word("voided", lambda told, t: f"voided it, {t.money(told['amount'])}", True),
    "line_comped": Word("comped", lambda told, t: f"gave it on the house, {t.money(told['amount'])}", True),
    "line_uncomped": Word("comped", plain("charged it after all, it is not on the house"), True),
    "refired": Word("refired", plain("had it cooked again"), True),
    "line_amended": Word("changed", _amended),
    "discounted": Word("discounted", _discounted, True),
    "undiscounted": Word("discounted", _undiscounted, True),
    "fired": Word("fired", _fired),
    "served": Word("served", plain("brought it to the table")),
    "unserved": Word("served", plain("took it back: it was not brought yet")),
    "lines_moved": Word("moved", _check("to", "moved it to")),
    "check_merged": Word("moved", _check("into", "put it on")),
    "check_unmerged": Word("moved", _check("from", "took it back from")),
}
"""Acts that change one line or some of them."""
HELD: Final = Word("held", plain("sent it to be held back"))
UNSENT: Final = Word("taken_back", plain("took it back from the kitchen before it was seen there"))
UNFIRED: Final = Word("taken_back", plain("took it back from the kitchen, it is held again"))


def _tenders(told: Details, teller: Teller) -> str:
    """Cash 50.00, 7.00 back; card 20.00 with 2.00 tip."""
    return "; ".join(_tender(one, teller) for one in told.get("tenders", ()))


def _tender(one: Sequence[Any], teller: Teller) -> str:
    kind, given, _, change, tip = one
    tip_word = f" with {teller.money(tip)} tip" if tip else ""
    return f"{kind} {teller.money(given)}{tip_word}" + (f", {teller.money(change)} back" if change else "")


def _settled(told: Details, teller: Teller) -> str:
    rest = f"; {teller.money(told['rest'])} stayed open" if told.get("rest") else ""
    return f"took {teller.money(told['total'])} on receipt {told['receipt']}: {_tenders(told, teller)}{rest}"


def _refunded(told: Details, teller: Teller) -> str:
    back = teller.money(abs(told["total"]) + abs(told.get("tip") or 0))
    how = ", ".join(dict.fromkeys(str(one[0]) for one in told.get("tenders", ())))
    by = f" by {how}" if how else ""
    return f"gave {back} back{by} on receipt {told['receipt']}, a refund of receipt {told['of']}"


def _undone(told: Details, teller: Teller) -> str:
    return f"undid the payment of receipt {told['of']}: {_refunded(told, teller)}; the check is open for it again"


def _corrected(told: Details, teller: Teller) -> str:
    def written(tenders: Iterable[Any]) -> str:
        return ", ".join(f"{name} {teller.money(given)}" for name, given in tenders)

    new = f"receipt {told['refund']} gives it back and {told['receipt']} takes {written(told.get('now', ()))}"
    return f"corrected how receipt {told['of']} was paid, which said {written(told.get('was', ()))}: {new}"


def _merged(told: Details, teller: Teller) -> str:
    return f"put the whole check on {teller.check(told['into'])}"


def _lines(before: str, key: str) -> Phrase:
    def phrase(told: Details, teller: Teller) -> str:
        way = "from" if key == "from" else "to"
        return f"{before} {many(len(told.get('lines', ())), 'line')} {way} {teller.check(told[key])}"

    return phrase


def _handed(told: Details, _teller: Teller) -> str:
    return f"gave the check of {told['from'][1] or 'nobody'} to {told['to'][1]}"


def _reprinted(told: Details, _teller: Teller) -> str:
    return f"printed receipt {told['number']} again, copy {told.get('copy', '')}".rstrip()


CHECK: Final[dict[str, Word]] = {
    "bill_asked": Word("billed", lambda told, t: f"asked for the bill, {t.money(told['total'])}"),
    "bill_withdrawn": Word("billed", plain("put the bill back: the party stays")),
    "covers_set": Word("changed", lambda told, _: f"counts {many(told['now'], 'guest')}, before {told['was']}"),
    "check_transferred": Word("moved", lambda told, _: f"moved the party to table {told['to']}, before {told['from']}"),
    "check_to_counter": Word("moved", lambda told, _: f"moved the party to the counter as {quoted(told['to'])}"),
    "check_renamed": Word("changed", lambda told, _: f"called it {quoted(told['now'])}, before {quoted(told['was'])}"),
    "handed_over": Word("handed", _handed),
    "lines_moved": Word("moved", _lines("moved", "to")),
    "lines_came": Word("moved", _lines("brought", "from")),
    "lines_went": Word("moved", _lines("gave back", "to")),
    "check_merged": Word("moved", _merged),
    "check_unmerged": Word("moved", _check("from", "took the check apart from")),
    "check_cancelled": Word("cancelled", plain("closed the check with nothing on it"), True),
    "check_closed": Word("closed", plain("closed the check: nothing was left to pay")),
    "check_carried_over": Word("moved", plain("carried the check over to the next business day"), True),
    "discounted": Word("discounted", _discounted, True),
    "undiscounted": Word("discounted", _undiscounted, True),
    "service_set": Word("discounted", _service, True),
    "settled": Word("paid", _settled),
    "refunded": Word("refunded", _refunded, True),
    "payment_undone": Word("refunded", _undone, True),
    "tender_corrected": Word("corrected", _corrected, True),
    "receipt_reprinted": Word("printed", _reprinted),
    "receipt_linked": Word("printed", lambda told, _: f"gave receipt {told['number']} a page of its own"),
    "receipt_emailed": Word("printed", lambda told, _: f"sent receipt {told['number']} by e-mail"),
    "life_shown": Word("handed", plain("looked at this story")),
}
"""Acts that change the whole check, or its money."""
