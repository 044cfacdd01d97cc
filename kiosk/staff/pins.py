"""PINs: hashed over a secret pepper, in a thread, taking the same time whether right, wrong or nobody's."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Iterable

from passlib.hash import pbkdf2_sha256

ROUNDS = 120_000


class Pins:
    """Makes and checks PIN hashes with the pepper of this installation."""

    def __init__(self, pepper: bytes) -> None:
        self._pepper = pepper
        self._scheme = pbkdf2_sha256.using(rounds=ROUNDS)
        self._nobodys = self._scheme.hash("nobody")

    async def hash(self, pin: str) -> str:
        """The hash to keep for a PIN."""
        return await asyncio.to_thread(self._hash, pin)

    async def hash_all(self, pins: Iterable[str]) -> list[str]:
        """The hashes for several PINs, in their order."""
        return await asyncio.to_thread(lambda: [self._hash(pin) for pin in pins])

    async def fits(self, pin: str, pin_hash: str | None) -> bool:
        """Whether the PIN is the one kept; without a hash (nobody) it takes as long and is False."""
        right = await asyncio.to_thread(self._fits, pin, pin_hash or self._nobodys)
        return right and pin_hash is not None

    async def is_any(self, pin: str, hashes: Iterable[str]) -> bool:
        """Whether the PIN is one of those kept."""
        return await asyncio.to_thread(lambda: any(self._fits(pin, one) for one in hashes))

    def _hash(self, pin: str) -> str:
        return str(self._scheme.hash(self._peppered(pin)))

    def _fits(self, pin: str, pin_hash: str) -> bool:
        return bool(self._scheme.verify(self._peppered(pin), pin_hash))

    def _peppered(self, pin: str) -> str:
        return hmac.new(self._pepper, pin.encode(), hashlib.sha256).hexdigest()
