"""What an archive of everything refuses; nothing was changed."""

from __future__ import annotations

from pathlib import Path

from kiosk.core.errors import Refused


class NothingToTell(Refused):
    def __init__(self) -> None:
        super().__init__("This kiosk has no restaurant yet, so there is nothing to write.")


class ArchiveUnfit(Refused):
    code = "archive"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}. Nothing was imported; take another copy of the archive, or export it again.")


class DatabaseDeclined(Refused):
    code = "database"

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"The database did not take what is in {file} ({reason}). Nothing was imported.")


class OtherRevision(Refused):
    code = "archive"

    def __init__(self, file: Path, theirs: str, mine: str) -> None:
        super().__init__(
            f"{file} is of revision {theirs}, and this kiosk is of {mine}. Nothing was imported. "
            "Bring both kiosks to the same version with kiosk migrate, and export it again."
        )


class KioskNotEmpty(Refused):
    code = "not_empty"

    def __init__(self, table: str) -> None:
        super().__init__(
            f"This kiosk has {table} already, and an archive only comes into an empty one. Nothing was imported. "
            "Set KIOSK_HOME to an empty folder, or KIOSK_DATABASE_URL to an empty database."
        )
