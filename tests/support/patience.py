"""How long tests wait: no test may fail because its machine is slow.

What must come is waited for as long as `COMES`, which nobody waits for when it comes. What people are promised within
seconds is measured, and fails only after ten times as long: see `within`.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

COMES = 60.0
"""Seconds for what must come: a key, a line, an answer, a socket's end."""
COMES_MS = COMES * 1000
STARTS = 120.0
"""Seconds for a kiosk, a browser or a MariaDB to be there."""
STOPS = 30.0
"""Seconds for a process to end when it is asked to; then it is killed."""
MARGIN = 10
LOOKS = 0.02


def for_examples() -> None:
    """Hypothesis gives an example 0.2 s, and gives up where making them is slow: neither says anything of the kiosk."""
    from hypothesis import HealthCheck, settings

    settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("patient")


@contextmanager
def within(seconds: float, what: str) -> Iterator[None]:
    """What happens in here was promised within these seconds; fails when it took ten times as long."""
    began = perf_counter()
    yield
    in_time(perf_counter() - began, seconds, what)


def in_time(took: float, seconds: float, what: str) -> None:
    """Fail when something took more than ten times the seconds that were promised."""
    assert took < MARGIN * seconds, f"{what} took {took:.1f} s; it is promised within {seconds:g} s"


async def until(look: Callable[[], Any] | Callable[[], Awaitable[Any]], what: str) -> Any:
    """Look again and again until there is something to see, and return it; fails after a minute and says what."""
    began = perf_counter()
    while True:
        seen = look()
        if seen := (await seen if inspect.isawaitable(seen) else seen):
            return seen
        assert perf_counter() - began < COMES, f"waited {COMES:g} s for {what}"
        await asyncio.sleep(LOOKS)
