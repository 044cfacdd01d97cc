"""What the counter refuses about other currencies."""

from __future__ import annotations

from kiosk.core.errors import Conflict, NotFound, Refused, Unavailable


class RateMissing(NotFound):
    code = "no_rate"

    def __init__(self, code: str) -> None:
        super().__init__(f"There is no rate for {code} yet. Type: kiosk rates fetch, or kiosk rates set {code} 1.08")


class RateUnreadable(Refused):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text[:40]}” is no rate. Write what one euro is worth, like 1.0832.")


class CurrencyUnknown(Refused):
    def __init__(self, code: str) -> None:
        super().__init__(f"“{code[:10]}” is no currency. Write its three letters, like USD.")


class EuroIsOne(Refused):
    def __init__(self) -> None:
        super().__init__("Rates say what one euro is worth, so the euro's own is always 1.")


class NotSetByHand(NotFound):
    def __init__(self, code: str) -> None:
        super().__init__(f"No rate for {code} was set by hand.")


class RatesAway(Unavailable):
    def __init__(self, reason: str) -> None:
        super().__init__(f"The exchange rates could not be fetched ({reason}). The last known ones stay in force.")


class RatesDamaged(Refused):
    def __init__(self) -> None:
        super().__init__("What came is no list of exchange rates. The last known ones stay in force.")


class OnlyCashIsForeign(Refused):
    def __init__(self, way: str) -> None:
        super().__init__(f"{way} is taken in the house's own currency. Only cash can be in another.")


class WorthNothing(Refused):
    def __init__(self, given: str) -> None:
        super().__init__(f"{given} is worth less than the smallest coin here.")


class NotWorthThat(Conflict):
    code = "rate_changed"

    def __init__(self, given: str, worth: str) -> None:
        super().__init__(f"{given} is worth {worth} now. Look at it again.")
