"""Secrets of this installation, each in a file only its owner can read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from kiosk.core.errors import Refused

LENGTH = 32


class SecretExposed(Refused):
    code = "secret"

    def __init__(self, path: Path) -> None:
        super().__init__(f"Others on this computer can read the secret {path}. Type: chmod 600 {path}")


class SecretDamaged(Refused):
    code = "secret"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The secret {path} is not {LENGTH} bytes long. Put it back from a backup; without it no PIN works."
        )


class SecretUnreachable(Refused):
    code = "secret"

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(
            f"The secret {path} cannot be read or made ({reason}). Let the kiosk write to its data directory."
        )


def secret(home: Path, name: str) -> bytes:
    """The 32 random bytes kept under a name, made at the first call. However many processes ask first, one is made.

    Raises SecretExposed, SecretDamaged or SecretUnreachable.
    """
    path = home / "secrets" / name
    try:
        if not path.exists():
            _make(path)
        mode, kept = stat.S_IMODE(path.stat().st_mode), path.read_bytes()
    except OSError as trouble:
        raise SecretUnreachable(path, trouble.strerror) from trouble
    if os.name == "posix" and mode & 0o077:
        raise SecretExposed(path)
    if len(kept) != LENGTH:
        raise SecretDamaged(path)
    return kept


def _make(path: Path) -> None:
    """Write a draft in full, then give it its name: whoever sees the name sees all its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    _write(draft)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _write(draft: Path) -> None:
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(LENGTH))
        file.flush()
        os.fsync(file.fileno())
