"""Where an ESC/POS command ends and the next begins; what a command lacks is taken from whatever comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D
EOT, DC4 = 0x04, 0x14
FIRST_OF_TEXT = 0x20
CLEAR_BUFFER = bytes((DLE, DC4, 8, 1, 3, 20, 1, 6, 2, 8))
PARAMETERS = {
    ESC: {"@": 0, "2": 0, "i": 0, "m": 0, "v": 0, "S": 0, "L": 0}
    | dict.fromkeys("! -3=EGJKMRTVadertu{", 1)
    | {"$": 2, "\\": 2, "c": 2, "B": 2, "p": 3, "W": 8},
    FS: {"&": 0, ".": 0} | dict.fromkeys("!C-W", 1) | {"S": 2, "p": 2},
    GS: {":": 0, "c": 0} | dict.fromkeys("!/BHITabfhjrw", 1) | {"$": 2, "L": 2, "P": 2, "W": 2, "\\": 2, "^": 3},
}
"""How many bytes follow the letter of a command that is always as long."""
Size = Callable[[bytes | bytearray, int], int]


def _words(data: bytes | bytearray, at: int) -> int:
    """`ESC ( A`, `GS ( k` and their like say themselves how long they are."""
    return 5 + data[at + 3] + 256 * data[at + 4]


def _column_picture(data: bytes | bytearray, at: int) -> int:
    return 5 + (data[at + 3] + 256 * data[at + 4]) * (3 if data[at + 2] >= 32 else 1)


def _raster(data: bytes | bytearray, at: int) -> int:
    return 8 + (data[at + 4] + 256 * data[at + 5]) * (data[at + 6] + 256 * data[at + 7])


def _graphics(data: bytes | bytearray, at: int) -> int:
    return 7 + int.from_bytes(bytes(data[at + 3 : at + 6]), "little") + (data[at + 6] << 24)


def _cut(data: bytes | bytearray, at: int) -> int:
    return 4 if data[at + 2] in {65, 66, 97, 98, 103, 104} else 3


def _barcode(data: bytes | bytearray, at: int) -> int:
    return 4 + data[at + 3] if data[at + 2] >= 65 else _until_nul(data, at)


def _until_nul(data: bytes | bytearray, at: int) -> int:
    end = data.find(0, at + 2)
    if end < 0:
        raise IndexError
    return end - at + 1


def _download(data: bytes | bytearray, at: int) -> int:
    return 4 + data[at + 2] * data[at + 3] * 8


def _pulse(data: bytes | bytearray, at: int) -> int:
    return {1: 5, 2: 5, 8: len(CLEAR_BUFFER)}.get(data[at + 2], 3)


SIZES: dict[tuple[int, int], Size] = {
    (DLE, EOT): lambda _data, _at: 3,
    (DLE, 0x05): lambda _data, _at: 3,
    (DLE, DC4): _pulse,
    (ESC, ord("(")): _words,
    (ESC, ord("*")): _column_picture,
    (ESC, ord("D")): _until_nul,
    (FS, ord("(")): _words,
    (GS, ord("(")): _words,
    (GS, ord("*")): _download,
    (GS, ord("8")): _graphics,
    (GS, ord("V")): _cut,
    (GS, ord("k")): _barcode,
    (GS, ord("v")): _raster,
}


def size(data: bytes | bytearray, at: int) -> int:
    """The length of the command that begins here; IndexError as long as too little of it is there to know."""
    first = data[at]
    if first not in {DLE, ESC, FS, GS}:
        return 1
    second = data[at + 1]
    if fixed := PARAMETERS.get(first, {}).get(chr(second)):
        return 2 + fixed
    asked = SIZES.get((first, second))
    return asked(data, at) if asked else 2


def is_real_time(command: bytes) -> bool:
    """Whether a printer obeys it the moment it arrives."""
    return command[:2] in {b"\x10\x04", b"\x10\x05", b"\x10\x14"}


class Framer:
    """Cuts what arrives into commands. A command that is not whole waits for its rest, whoever sends it."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def clear(self) -> None:
        """Forget the half command."""
        self._rest.clear()

    @property
    def missing(self) -> bool:
        """Whether a command has begun that is not whole."""
        return bool(self._rest)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The commands that are whole now; text comes in pieces as long as it comes."""
        self._rest += data
        while length := self._length():
            command = bytes(self._rest[:length])
            del self._rest[:length]
            yield command

    def _length(self) -> int:
        """Of the first command; 0 as long as it is not whole."""
        if self._rest and self._rest[0] >= FIRST_OF_TEXT:
            return next((at for at, byte in enumerate(self._rest) if byte < FIRST_OF_TEXT), len(self._rest))
        try:
            length = size(self._rest, 0)
        except IndexError:
            return 0
        return length if length <= len(self._rest) else 0


class RealTime:
    """Finds real-time commands in everything that arrives, inside pictures too, as Epson's printers do."""

    LONGEST = len(CLEAR_BUFFER)

    def __init__(self) -> None:
        self._tail = bytearray()

    def clear(self) -> None:
        self._tail.clear()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, int]]:
        """The real-time commands that are whole now, each with the place in `data` where it ends."""
        before = len(self._tail)
        self._tail += data
        at = self._tail.find(DLE)
        while at >= 0:
            try:
                end = at + size(self._tail, at)
            except IndexError:
                break
            if end > len(self._tail):
                break
            command = bytes(self._tail[at:end])
            is_one = is_real_time(command)
            if is_one:
                yield command, end - before
            at = self._tail.find(DLE, end if is_one else at + 1)
        del self._tail[: at if at >= 0 else len(self._tail)]
