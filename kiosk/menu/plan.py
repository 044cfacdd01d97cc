"""What a menu document changes in the rows of the menu: made without touching a row, shown or carried out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kiosk.core.ids import new_id
from kiosk.core.money import Currency
from kiosk.menu import kinds
from kiosk.menu.changes import MenuChange, PriceChange
from kiosk.menu.kinds import Kind
from kiosk.menu.matching import Row, match
from menus.document import MenuDocument

Stored = dict[str, list[Row]]
"""All rows of the menu, by the name of their kind."""
_WORDS = {
    "tax_class_id": "tax class",
    "is_default": "default",
    "eat_in_ppm": "eat-in rate",
    "take_away_ppm": "take-away rate",
    "category_id": "category",
    "is_favourite": "favourite",
    "combo": "set menu",
}
"""Columns that people call otherwise."""


class Plan:
    """Rows to insert and to update, by kind, and what people are told of it."""

    def __init__(self, document: MenuDocument, stored: Stored, *, venue_id: int, currency: Currency) -> None:
        self.change = MenuChange()
        self.inserts: dict[str, list[Row]] = defaultdict(list)
        self.updates: dict[str, list[Row]] = defaultdict(list)
        self._stored = stored
        self._currency = currency
        self._venue_id = venue_id
        self._kept: set[int] = set()
        self._fresh: set[int] = set()
        self._gone: set[int] = set()
        self._names = {row["id"]: str(row["name"]) for rows in stored.values() for row in rows}
        self._paths: dict[int, str] = {}
        self._settle_all(document)

    def _settle_all(self, document: MenuDocument) -> None:
        venue_id = self._venue_id
        tax_ids = self._settle(kinds.TAX_CLASS, kinds.tax_classes(document, venue_id))
        self._settle(kinds.DAYPART, kinds.dayparts(document, venue_id))
        group_ids = self._settle(kinds.GROUP, kinds.groups(document, venue_id))
        groups = zip(document.modifier_groups, group_ids, strict=True)
        self._settle(kinds.MODIFIER, [row for group, key in groups for row in kinds.modifiers(group, key)])
        category_ids = self._settle_categories(document)
        tax_by_code = {part.code: key for part, key in zip(document.tax_classes, tax_ids, strict=True)}
        self._settle_items(document, category_ids, tax_by_code)
        for kind in kinds.KINDS:
            self._remove_the_rest(kind)

    def _settle_categories(self, document: MenuDocument) -> list[int]:
        """The ids of all categories in the order of the document; outer ones are settled before inner ones."""
        outer = document.categories
        outer_ids = self._settle(kinds.CATEGORY, kinds.categories(outer, None, self._venue_id))
        nested = zip(outer, outer_ids, strict=True)
        rows = [row for part, key in nested for row in kinds.categories(part.categories, key, self._venue_id)]
        inner_ids = iter(self._settle(kinds.CATEGORY, rows))
        ids: list[int] = []
        for part, key in zip(outer, outer_ids, strict=True):
            ids += [key, *(next(inner_ids) for _ in part.categories)]
        return ids

    def _settle_items(self, document: MenuDocument, category_ids: list[int], tax_ids: dict[str, int]) -> None:
        in_order = [part for _, part in document.all_categories()]
        placed = zip(in_order, category_ids, strict=True)
        rows = [row for part, key in placed for row in kinds.items(part, key, self._venue_id, tax_ids)]
        item_ids = self._settle(kinds.ITEM, rows, moves=True)
        sized = zip((item for _, item in document.all_items()), item_ids, strict=True)
        self._settle(kinds.PORTION, [row for item, key in sized for row in kinds.portions(item, key)])

    def _settle(self, kind: Kind, wanted: Sequence[Row], *, moves: bool = False) -> list[int]:
        """Find or make the row of each wanted part; returns their ids in order."""
        free = [row for row in self._stored.get(kind.name, ()) if row["id"] not in self._kept]
        found = match(wanted, free, kind.lies_in, moves=moves)
        pairs = zip(wanted, found, strict=True)
        return [self._keep(kind, new, old) if old else self._add(kind, new) for new, old in pairs]

    def _add(self, kind: Kind, new: Row) -> int:
        row = {"id": new_id()} | new
        self.inserts[kind.name].append(row)
        self._fresh.add(row["id"])
        self._name(kind, row)
        self.change.of(kind.name).added += 1
        self._tell(kind, row, "New {}.")
        return int(row["id"])

    def _keep(self, kind: Kind, new: Row, old: Row) -> int:
        key = int(old["id"])
        self._kept.add(key)
        self._name(kind, old | new)
        differs = [column for column, value in new.items() if old[column] != value]
        if differs:
            self.updates[kind.name].append({"row_id": key} | new)
        self._count(kind, old | new, old, differs)
        return key

    def _name(self, kind: Kind, row: Row) -> None:
        above = self._paths.get(row[kind.lies_in])
        self._paths[row["id"]] = f"{above}/{row['code']}" if above else str(row["code"])
        self._names[row["id"]] = str(row["name"])

    def _count(self, kind: Kind, row: Row, old: Row, differs: list[str]) -> None:
        counts = self.change.of(kind.name)
        if not differs:
            counts.unchanged += 1
        elif "active" in differs:
            counts.added += 1
            self._fresh.add(row["id"])
            self._tell(kind, row, "{} is back.")
        elif differs == ["position"]:
            counts.moved += 1
        else:
            counts.changed += 1
            self._tell_change(kind, row, differs)
        if "price" in differs:
            self._tell_price(kind, row, old["price"], row["price"])

    def _remove_the_rest(self, kind: Kind) -> None:
        for row in self._stored.get(kind.name, ()):
            if row["active"] and row["id"] not in self._kept:
                decided = {column: row[column] for column in self._columns(kind, row)}
                self.updates[kind.name].append({"row_id": row["id"]} | decided | {"active": False})
                self._gone.add(row["id"])
                self.change.of(kind.name).removed += 1
                self._tell(kind, row, "{} leaves the menu.")

    @staticmethod
    def _columns(kind: Kind, row: Row) -> list[str]:
        return [column for column in row if column not in {"id", "is_out", "portions_left", "back_on_day"}]

    def _tell(self, kind: Kind, row: Row, sentence: str) -> None:
        """Say what became of a row; what lies in something new or gone goes without saying."""
        if row.get(kind.lies_in) not in self._fresh | self._gone:
            said = sentence.format(f"{kind.name} “{self._title(kind, row)}”")
            self.change.lines.append(said[0].upper() + said[1:])

    def _tell_change(self, kind: Kind, row: Row, differs: list[str]) -> None:
        """Name what is another than before; a price has a sentence of its own, a place needs none."""
        told = [column for column in differs if column not in {"price", "position"}]
        if told:
            words = ", ".join(_WORDS.get(column, column.replace("_", " ")) for column in told)
            self._tell(kind, row, "{}: " + words + " changed.")

    def _tell_price(self, kind: Kind, row: Row, old: int, new: int) -> None:
        self.change.prices.append(PriceChange(self._paths[row["id"]], old, new))
        said = f"Price of “{self._title(kind, row)}”: {self._currency.say(old)} is now {self._currency.say(new)}."
        self.change.lines.append(said)

    def _title(self, kind: Kind, row: Row) -> str:
        """A row's name; a portion's or modifier's with what it belongs to."""
        if kind not in (kinds.PORTION, kinds.MODIFIER):
            return str(row["name"])
        whole = self._names[row[kind.lies_in]]
        return f"{whole}, {row['name']}" if row["name"] else whole
