"""What other slices tell the board of checks: lines that wait to be fired, dishes that wait to be served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.core.db import Read

Held = Callable[[Read, Sequence[int] | None], Awaitable[dict[int, list[dict[str, Any]]]]]
"""By check, its held lines {line_id, course, quantity, name, portion, stations, …}; of every open check with None."""
Unserved = Callable[[Read, Sequence[int] | None], Awaitable[dict[int, list[int]]]]
"""By check, the ids of its lines that were fired and not served yet; of every open check with None."""
KEPT = 1000


async def nothing(_read: Read, _check_ids: Sequence[int] | None) -> dict[int, Any]:
    """A house without checks."""
    return {}


@dataclass
class Beside:
    """Asks the providers, and remembers what was told, so that a tap that changes nothing here is no news."""

    held: Held
    unserved: Unserved
    _told: dict[int, tuple[list[dict[str, Any]], list[int]]] = field(default_factory=dict)

    async def everything(self, read: Read) -> dict[str, Any]:
        """What a board starts from."""
        return {"held": await self.held(read, None), "unserved": await self.unserved(read, None)}

    async def news(self, read: Read, check_ids: Sequence[int]) -> dict[str, Any]:
        """What is different now of these checks, each whole; nothing of a check that is as it was."""
        if not check_ids:
            return {}
        held, unserved = await self.held(read, check_ids), await self.unserved(read, check_ids)
        now = {check_id: (held.get(check_id, []), unserved.get(check_id, [])) for check_id in check_ids}
        changed = {check_id: told for check_id, told in now.items() if self._told.get(check_id) != told}
        self._remember(changed)
        if not changed:
            return {}
        return {
            "held": {check_id: lines for check_id, (lines, _) in changed.items()},
            "unserved": {check_id: ids for check_id, (_, ids) in changed.items()},
        }

    def _remember(self, changed: dict[int, tuple[list[dict[str, Any]], list[int]]]) -> None:
        self._told.update(changed)
        while len(self._told) > KEPT:
            del self._told[next(iter(self._told))]
