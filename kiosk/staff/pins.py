"""How PINs are kept and compared: PBKDF2 over a keyed digest, never inside a transaction, never on the event loop."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import warnings
from collections.abc import Iterable
from typing import Any

with warnings.catch_warnings():
    # passlib asks for the standard library's crypt, which Python 3.11 announces the end of; nothing here uses it.
    warnings.simplefilter("ignore", DeprecationWarning)
    from passlib.hash import pbkdf2_sha256

ROUNDS = 100_000
AT_ONCE = 2
"""Comparisons at the same time; strangers who try PINs must not take every core from the people who work."""


class Pins:
    """Hashes and compares PINs with this installation's pepper; a hash without the pepper cannot be tried out."""

    def __init__(self, pepper: bytes, *, rounds: int = ROUNDS) -> None:
        self._pepper = pepper
        self._hasher: Any = pbkdf2_sha256.using(rounds=rounds)
        self._nobody: str = self._hasher.hash("nobody has this PIN")
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hash(self, pin: str) -> str:
        """What is kept of a PIN."""
        async with self._turns:
            return str(await asyncio.to_thread(self._hasher.hash, self._keyed(pin)))

    async def hash_all(self, pins: Iterable[str]) -> list[str]:
        """What is kept of these PINs, in their order."""
        return await asyncio.gather(*(self.hash(pin) for pin in pins))

    async def is_right(self, pin: str, kept: str | None) -> bool:
        """Compare; takes just as long when nothing is kept, because there is no such person (any more)."""
        async with self._turns:
            is_match = await asyncio.to_thread(self._hasher.verify, self._keyed(pin), kept or self._nobody)
        return bool(is_match) and bool(kept)

    async def is_any(self, pin: str, kept: Iterable[str]) -> bool:
        """Whether the PIN is one of these."""
        return any(await asyncio.gather(*(self.is_right(pin, one) for one in kept)))

    def _keyed(self, pin: str) -> str:
        return hmac.new(self._pepper, pin.encode(), hashlib.sha256).hexdigest()
