"""Files that are there whole or not at all."""

import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from exports.errors import ExportRefused

_REASONS = {
    errno.ENOENT: "the folder {folder} does not exist. Make it first, or choose another",
    errno.ENOTDIR: "{folder} is not a folder. Choose another",
    errno.EISDIR: "it is a folder. Add a file name",
    errno.EACCES: "you may not write in {folder}. Choose another folder, or ask for the right to write there",
    errno.EPERM: "you may not write in {folder}. Choose another folder, or ask for the right to write there",
    errno.EROFS: "{folder} can only be read. Choose another folder",
    errno.ENOSPC: "the disk of {folder} is full. Make room, or choose another folder",
    errno.EDQUOT: "your share of the disk of {folder} is used up. Make room, or choose another folder",
    errno.ENAMETOOLONG: "its name is too long. Choose a shorter one",
}


def write_out(target: Path | BinaryIO, fill: Callable[[BinaryIO], None], *, mode: int = 0o666) -> None:
    """Let `fill` write the target: a stream as it is, a path by way of a neighbour that takes its place when whole.

    `mode` is who may read and write the file, from its first byte on and as far as the system lets it.
    Raises ExportRefused with a sentence when the folder is missing, not writable or full.
    """
    if not isinstance(target, Path):
        fill(target)
        return
    try:
        _replace(target, fill, mode)
    except OSError as trouble:
        raise ExportRefused(_sentence(target, trouble)) from trouble


def _replace(target: Path, fill: Callable[[BinaryIO], None], mode: int) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    draft = target.parent / f".kiosk-{secrets.token_hex(6)}.part"
    try:
        with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can (Windows opens no folders)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sentence(target: Path, trouble: OSError) -> str:
    reason = _REASONS.get(trouble.errno or 0, "{trouble}. Choose another folder")
    folder = target.parent.absolute()
    return f"{target} was not written: {reason.format(folder=folder, trouble=trouble.strerror or trouble)}."
