"""A tablet without a screen that does not take silence for an answer."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

PAUSE_S = 0.05


@dataclass
class Stubborn:
    """Sends each tap with its key until it is answered; counts what was sent again, and the codes of refusals."""

    hand: httpx.AsyncClient
    resent: int = field(default=0, kw_only=True)
    codes: Counter[str] = field(default_factory=Counter, kw_only=True)

    async def tap(self, name: str, **args: Any) -> dict[str, Any]:
        """What the act answered. Nothing but that the kiosk is away is taken for an excuse."""
        tap = {"key": str(uuid4()), "args": args}
        while True:
            answer = await self._asked(f"/api/act/{name}", tap)
            if answer and answer.json()["ok"]:
                return dict(answer.json()["result"])
            self.resent += 1
            await asyncio.sleep(PAUSE_S)

    async def _asked(self, path: str, tap: dict[str, Any]) -> httpx.Response | None:
        try:
            answer = await self.hand.post(path, json=tap)
        except httpx.TransportError:
            return None
        if not answer.json()["ok"]:
            self.codes[answer.json()["code"]] += 1
            assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
        return answer
