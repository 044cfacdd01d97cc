"""What lies on paper after trouble: whether a ticket is lost, or there twice without saying so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.support.paper.device import Device
from tests.support.paper.slips import Ticket

MARKS = ("REPRINT", "BACKUP FROM")
"""What a second copy says of itself."""


def is_marked(ticket: Ticket) -> bool:
    """Whether it says that it may be there twice."""
    return any(ticket.holds(mark) for mark in MARKS)


@dataclass
class Evidence:
    """The whole copies of each ticket, by the number in its end mark, from all printers it may lie at."""

    copies: dict[str, list[Ticket]] = field(default_factory=lambda: defaultdict(list))
    torn: int = 0

    @property
    def unmarked_twice(self) -> list[str]:
        """The tickets of which two copies look like the first."""
        return [number for number, some in self.copies.items() if sum(not is_marked(one) for one in some) > 1]

    @property
    def marked(self) -> int:
        """How many copies say that they may be there twice."""
        return sum(is_marked(one) for some in self.copies.values() for one in some)

    def lost(self, numbers: Iterable[str]) -> list[str]:
        """Those of these that are nowhere whole."""
        return [number for number in numbers if number not in self.copies]


def gathered(printers: Iterable[Device]) -> Evidence:
    """What these printers have put on paper."""
    evidence = Evidence()
    for printer in printers:
        for ticket in printer.tickets:
            evidence.torn += not ticket.is_whole
            for number in ticket.ends:
                evidence.copies[number].append(ticket)
    return evidence


def in_order(printer: Device) -> Sequence[str]:
    """The numbers of the tickets as they first came out whole."""
    return list(dict.fromkeys(number for ticket in printer.tickets for number in ticket.ends))
