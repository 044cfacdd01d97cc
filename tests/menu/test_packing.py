"""The menu's packed JSON: right after any change of stock, and made anew only where something changed."""

import gzip
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from kiosk.menu import packing
from kiosk.menu.packing import Packed, PackedMenu
from kiosk.menu.rules import Stock

PLENTY = {"is_out": False, "left": None, "back_on_day": None}
MONDAY = date(2026, 11, 23)


def menu(count: int = 700) -> dict[str, Any]:
    items = [{"id": number, "name": f"Gericht „{number}“ 🍝", **PLENTY, "portions": []} for number in range(count)]
    return {"categories": [], "items": items, "courses": [{"no": 1, "name": "Starters"}]}


def read(packed: Packed) -> Any:
    return json.loads(gzip.decompress(packed.body))


def stock_of(packed: Packed) -> dict[int, tuple[bool, int | None, str | None]]:
    told = {item["id"]: (item["is_out"], item["left"], item["back_on_day"]) for item in read(packed)["items"]}
    return {item_id: one for item_id, one in told.items() if one != (False, None, None)}


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 700])
def test_a_packed_menu_is_the_menu_with_its_mark_whatever_its_length(count: int) -> None:
    whole = PackedMenu(menu(count))
    assert read(whole.with_stock({})) == {"etag": whole.mark, **menu(count)}


def test_stock_comes_and_goes_and_the_rest_stays() -> None:
    whole = PackedMenu(menu())
    steps: list[Mapping[int, Stock]] = [
        {3: Stock(is_out=True), 699: Stock(False, 4, MONDAY)},
        {3: Stock(is_out=True), 699: Stock(False, 0, MONDAY)},
        {699: Stock(False, 0, MONDAY), 300: Stock(False, 1)},
        {},
    ]
    assert [stock_of(whole.with_stock(step)) for step in steps] == [
        {3: (True, None, None), 699: (False, 4, "2026-11-23")},
        {3: (True, None, None), 699: (True, 0, "2026-11-23")},
        {699: (True, 0, "2026-11-23"), 300: (False, 1, None)},
        {},
    ]
    assert read(whole.with_stock({})) == {"etag": whole.mark, **menu()}


def test_a_change_of_stock_packs_one_piece_and_leaves_the_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = PackedMenu(menu())
    before = whole.with_stock({})
    made: list[int] = []
    pack = packing.Piece.of
    monkeypatch.setattr(packing.Piece, "of", lambda text: made.append(len(text)) or pack(text))
    after = whole.with_stock({300: Stock(is_out=True)})
    assert len(made) == 1
    assert (before.etag != after.etag, read(before)["etag"]) == (True, read(after)["etag"])
    assert whole.with_stock({300: Stock(is_out=True)}) == after
    assert len(made) == 1


def test_another_name_gives_another_mark() -> None:
    renamed = menu()
    renamed["items"][5]["name"] = "Other"
    assert PackedMenu(renamed).mark != PackedMenu(menu()).mark
    assert PackedMenu(menu()).mark == PackedMenu(menu()).mark
