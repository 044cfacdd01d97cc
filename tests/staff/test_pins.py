"""PINs: kept over a pepper, compared in the same time whoever it is."""

import statistics
import time

from kiosk.staff.pins import Pins


async def test_what_is_kept_neither_shows_the_pin_nor_works_with_another_pepper() -> None:
    pins = Pins(b"p" * 32, rounds=10)
    kept = await pins.hash("1234")
    assert kept.startswith("$pbkdf2-sha256$10$")
    assert "1234" not in kept
    assert await pins.is_right("1234", kept)
    assert not await pins.is_right("1235", kept)
    assert not await Pins(b"q" * 32, rounds=10).is_right("1234", kept)


async def test_the_same_pin_is_kept_differently_each_time() -> None:
    assert len(set(await Pins(b"p" * 32, rounds=10).hash_all(["1234"] * 5))) == 5


async def test_nothing_kept_is_never_right() -> None:
    pins = Pins(b"p" * 32, rounds=10)
    assert not await pins.is_right("1234", None)
    assert not await pins.is_right("1234", "")


async def test_right_wrong_and_nobody_take_the_same_time() -> None:
    pins = Pins(b"p" * 32, rounds=30_000)
    kept = await pins.hash("1234")

    async def taken(pin: str, against: str | None) -> float:
        began = time.process_time()  # what else this machine does counts for nobody
        await pins.is_right(pin, against)
        return time.process_time() - began

    cases = [("1234", kept), ("9999", kept), ("1234", None)]
    rounds = [[await taken(*case) for case in cases] for _ in range(9)]
    medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
    assert max(medians) < 2.5 * min(medians)
