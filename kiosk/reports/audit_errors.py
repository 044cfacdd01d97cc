"""What the audit refuses."""

from __future__ import annotations

from typing import Final

from kiosk.core.errors import NotFound, Refused

SHORTEST: Final = 16
"""How many figures of a digest an anchor needs at least."""


class AnchorUnreadable(Refused):
    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}” is no anchor. Write it as a Z report does: the number of the entry, a colon, and at least "
            f"{SHORTEST} figures of its digest, such as 4711:3f2a91bc0d1e77aa."
        )


class AnchorOutside(Refused):
    def __init__(self, seq: int) -> None:
        super().__init__(f"Entry {seq}, which an anchor names, is not looked at. Choose another --from and --to.")


class PlaceUnreadable(Refused):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is neither the number of an entry, such as 4711, nor a day, such as 2026-11-21.")


class RangeEmpty(NotFound):
    def __init__(self) -> None:
        super().__init__("The journal has no entry in this range. Choose another --from or --to.")


class NoSuchCheck(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is no check {number}. Its number stands on the order screen and in the receipts list.")
