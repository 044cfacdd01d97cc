"""What the post refuses."""

from __future__ import annotations

from kiosk.core.errors import NotFound, Refused


class AddressUnfit(Refused):
    code = "address"

    def __init__(self, text: str) -> None:
        told = "".join(letter if letter.isprintable() else " " for letter in text)[:60]
        super().__init__(f"“{told}” is no e-mail address. Write it like ana@example.com.")


class NoPost(Refused):
    code = "no_post"

    def __init__(self) -> None:
        super().__init__("This kiosk sends no e-mail yet. Set KIOSK_SMTP_HOST and KIOSK_MAIL_FROM and start it again.")


class LetterGone(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such letter.")
