"""What the counter refuses."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.errors import Conflict, NotFound, Refused


def plain(text: str) -> str:
    """Text from people on one line, without what cannot be seen."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


class BillChanged(Conflict):
    code = "bill_changed"

    def __init__(self, total: str) -> None:
        super().__init__(f"The check has changed, it now comes to {total}. Look at it again.")


class StillShort(Refused):
    code = "short"

    def __init__(self, short: str) -> None:
        super().__init__(f"Still short {short}. Take the rest before paying.")


class Overpaid(Refused):
    code = "overpaid"

    def __init__(self, tender: str, most: str) -> None:
        super().__init__(f"The {tender} takes at most {most} here. Change is given on cash only.")


class TenderUnreadable(Refused):
    def __init__(self) -> None:
        super().__init__("A tender gives an amount above zero, and its tip is part of what was given.")


class TenderUnknown(Refused):
    def __init__(self, word: str, ways: Sequence[str]) -> None:
        *most, last = ways
        known = f"{', '.join(most)} or {last}" if most else last
        super().__init__(f"“{plain(word)[:20]}” is no way to pay here. Take {known}.")


class NoteMissing(Refused):
    code = "note_missing"

    def __init__(self, way: str, *, is_voucher: bool) -> None:
        wanted = "its number" if is_voucher else "whose account it goes on"
        super().__init__(f"{way}: write down {wanted} first.")


class NoteUnasked(Refused):
    """Whatever is typed beside a card could be its number, and no card number is ever stored."""

    def __init__(self, way: str) -> None:
        super().__init__(f"{way} takes no note. Leave it out, above all a card's number.")


class TenderCodeUnfit(Refused):
    def __init__(self, code: str) -> None:
        super().__init__(
            f"“{plain(code)[:40]}” cannot be a tender's code. Take small letters, digits and _: bank_transfer."
        )


class ProviderUnfit(Refused):
    def __init__(self, provider: str, way: str, known: Sequence[str]) -> None:
        super().__init__(f"“{plain(provider)[:20]}” cannot be asked for {way}. Take {' or '.join(known)}.")


class KindIsKept(Refused):
    def __init__(self, name: str, kind: str) -> None:
        super().__init__(f"“{name}” is {kind} in the books and stays so. Add the new way under another code.")


class NameIsTaken(Refused):
    def __init__(self, name: str, code: str) -> None:
        super().__init__(f"“{name}” is the name of another way to pay, {code}. Choose another name.")


class LastWay(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is the last way to pay here. Add another before taking it off.")


class PaymentMissing(Refused):
    code = "payment_missing"

    def __init__(self, way: str) -> None:
        super().__init__(f"{way} is asked for by the kiosk itself. Start the payment, then settle with it.")


class ReceiptGone(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such receipt.")


class NoPaper(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(f"Receipt {number} was brought in from another system and cannot be printed again here.")
