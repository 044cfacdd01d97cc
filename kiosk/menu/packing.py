"""The menu's JSON, packed in pieces: a change of stock packs one piece anew and leaves the others as they are. Pure."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from struct import pack
from typing import Any

from kiosk.menu import view
from kiosk.menu.rules import Stock

PIECE = 256
"""Items in one piece."""
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END = b"\x03\x00"
_UNLIMITED = Stock()
_NO_STOCK = view.stock(_UNLIMITED).keys()


@dataclass(frozen=True)
class Piece:
    """A piece of the JSON text, and the same packed so that it can stand between any others."""

    text: bytes
    packed: bytes

    @classmethod
    def of(cls, text: bytes) -> Piece:
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        return cls(text, packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH))


_COMMA, _TAIL = Piece.of(b","), Piece.of(b"]}")


@dataclass(frozen=True)
class Packed:
    """The mark of the menu with its stock, and its JSON in UTF-8, packed with gzip.

    The JSON has a mark of its own as `etag`, which is another only when something else than stock is.
    """

    etag: str
    body: bytes


class PackedMenu:
    """A menu in pieces. Its items are kept as text without their stock, which `with_stock` puts in."""

    def __init__(self, menu: Mapping[str, Any]) -> None:
        items: list[dict[str, Any]] = menu["items"]
        texts = [_json(_without(item, _NO_STOCK))[:-1] for item in items]
        rest = _json(_without(menu, {"items"}))
        self.mark = hashlib.sha256(b"\n".join([rest, *texts])).hexdigest()[:20]
        self._head = Piece.of(b'{"etag":%b,%b,"items":[' % (_json(self.mark), rest[1:-1]))
        ids = [item["id"] for item in items]
        starts = range(0, len(items), PIECE)
        self._shelves = [_Shelf(ids[start : start + PIECE], texts[start : start + PIECE]) for start in starts]

    def with_stock(self, stock: Mapping[int, Stock]) -> Packed:
        """The menu with the stock of its limited items, by id; pieces in which nothing changed are not packed anew."""
        pieces = [self._head]
        for shelf in self._shelves:
            pieces += [*([_COMMA] if len(pieces) > 1 else []), shelf.with_stock(stock)]
        return _gzip(self.mark, [*pieces, _TAIL])


class _Shelf:
    """Some items in a row, packed with their stock."""

    def __init__(self, ids: Sequence[int], texts: Sequence[bytes]) -> None:
        self._ids = ids
        self._texts = texts
        self._stock: list[Stock] | None = None
        self._piece = _TAIL

    def with_stock(self, stock: Mapping[int, Stock]) -> Piece:
        mine = [stock.get(item_id, _UNLIMITED) for item_id in self._ids]
        if mine != self._stock:
            told = (text + b"," + _json(view.stock(one))[1:] for text, one in zip(self._texts, mine, strict=True))
            self._stock, self._piece = mine, Piece.of(b",".join(told))
        return self._piece


def _gzip(mark: str, pieces: Sequence[Piece]) -> Packed:
    check = size = 0
    for piece in pieces:
        check, size = zlib.crc32(piece.text, check), size + len(piece.text)
    body = b"".join([_HEAD, *(piece.packed for piece in pieces), _END, pack("<II", check, size & 0xFFFFFFFF)])
    return Packed(f"{mark}-{check:08x}", body)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _without(told: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key not in keys}
