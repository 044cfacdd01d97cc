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
        who = network(address)
        left, since = self._left.pop(who, (self.most, now))
        left = min(self.most, left + (now - since) * self.a_second)
        may = left >= cost
        self._left[who] = (left - cost if may else left, now)
        if len(self._left) > self.addresses:
            self._left.popitem(last=False)
        return may


def network(address: str) -> str:
    """Whose address it is: of IPv6 the first half, as one customer has all of the second."""
    try:
        one = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(one, ipaddress.IPv4Address):
        return str(one)
    return str(one.ipv4_mapped or ipaddress.ip_network((one, 64), strict=False))
