"""Facts for screens: announced in a transaction, published after its commit, never before and never lost to another."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fact:
    """Something that is now true. Carries ids, never rows."""


Listener = Callable[[Fact], None]


class Bus:
    """Hands facts to those who listen, in the order of commits, within this process."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear every fact from now on; call what is returned to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, facts: list[Fact]) -> None:
        """Tell every listener, in order. One that fails is logged and does not silence the others."""
        for fact in facts:
            for listener in tuple(self._listeners):
                try:
                    listener(fact)
                except Exception:
                    log.exception("a listener failed on %r", fact)
