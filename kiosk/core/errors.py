"""The kiosk's own refusals. Whatever else is raised is a fault of ours and shown as a code."""

from __future__ import annotations

from typing import ClassVar


class KioskError(Exception):
    """A refusal with a sentence for the person who tapped; `code` is for screens and tests."""

    code: ClassVar[str] = "refused"

    @property
    def sentence(self) -> str:
        return str(self)


class Refused(KioskError):
    """The rules say no; nothing was changed."""


class NotFound(Refused):
    """The named thing is not there (any more)."""

    code = "not_found"


class Conflict(KioskError):
    """Somebody else was first; the screen shows the fresh state."""

    code = "conflict"


class SignedOut(KioskError):
    """The session behind this tap has ended, was locked or never existed."""

    code = "signed_out"

    def __init__(self, sentence: str = "You are signed out. Type your PIN again.") -> None:
        super().__init__(sentence)


class NeedsManager(KioskError):
    """The person may not do this alone; a manager's PIN allows it once, the owner's where managers may not either."""

    code = "needs_manager"

    def __init__(self, permission: str, *, is_owners: bool = False) -> None:
        super().__init__("This needs the owner's PIN." if is_owners else "This needs a manager's PIN.")
        self.permission = permission


class DeviceTrouble(KioskError):
    """A printer, terminal or disk does not answer."""

    code = "device"


class Unavailable(KioskError):
    """The database is away or too busy just now; the same tap, with the same key, may be sent again."""

    code = "unavailable"


class StaleTap(Refused):
    """The tap is too old to be meant now, for example after a lost connection."""

    code = "stale"

    def __init__(self) -> None:
        super().__init__("This tap is too old and was not carried out. Look at the screen and tap again.")
