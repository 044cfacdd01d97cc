"""How often one address may ask for receipts: often enough for every guest, too seldom to try out links."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass, field


@dataclass
class Allowance:
    """What each address may still ask: `most` at once, `a_second` more each second. Knows the latest addresses only."""

    most: float = 60
    a_second: float = 1
    addresses: int = 10_000
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, address: str, cost: float, now: float) -> bool:
        """Whether the address may do what costs this much, and takes it from what it has left. `now` in seconds."""
        who, left = network(address), self._now_left(address, now)
        may = left >= cost
        self._keep(who, left - cost if may else left, now)
        return may

    def charge(self, address: str, cost: float, now: float) -> None:
        """Take something from the address, whether it has it or not: it waits the longer."""
        self._keep(network(address), max(self._now_left(address, now) - cost, -self.most), now)

    def forget(self) -> None:
        """Begin anew with everybody."""
        self._left.clear()

    def _now_left(self, address: str, now: float) -> float:
        left, since = self._left.get(network(address), (self.most, now))
        return min(self.most, left + (now - since) * self.a_second)

    def _keep(self, who: str, left: float, now: float) -> None:
        self._left[who] = (left, now)
        self._left.move_to_end(who)
        if len(self._left) > self.addresses:
            self._left.popitem(last=False)


def network(address: str) -> str:
    """Whose address it is: of IPv6 the first half, as one customer has all of the second."""
    try:
        one = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(one, ipaddress.IPv4Address):
        return str(one)
    return str(one.ipv4_mapped or ipaddress.ip_network((one, 64), strict=False))
