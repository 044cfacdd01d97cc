"""What an import changes: counts of every kind and sentences for people."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Counts:
    """How many of one kind were added (or are back), changed, removed, only moved to another place, or left alone."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0
    unchanged: int = 0

    @property
    def touched(self) -> int:
        return self.added + self.changed + self.removed + self.moved


@dataclass(frozen=True)
class PriceChange:
    """A price that is another than before, in minor units; `code` is category/item/portion or group/modifier."""

    code: str
    old: int
    new: int


@dataclass
class MenuChange:
    """What an import changes (or would change): counts by kind, sentences, and the prices that are others."""

    counts: dict[str, Counts] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    prices: list[PriceChange] = field(default_factory=list)

    def of(self, kind: str) -> Counts:
        """The counts of one kind: tax class, daypart, modifier group, modifier, category, item or portion."""
        return self.counts.setdefault(kind, Counts())

    def _sum(self, word: str) -> int:
        return sum(getattr(counts, word) for counts in self.counts.values())

    @property
    def added(self) -> int:
        return self._sum("added")

    @property
    def changed(self) -> int:
        return self._sum("changed")

    @property
    def removed(self) -> int:
        return self._sum("removed")

    @property
    def moved(self) -> int:
        return self._sum("moved")

    @property
    def unchanged(self) -> int:
        return self._sum("unchanged")

    @property
    def is_empty(self) -> bool:
        """Whether the kiosk's menu already is the document."""
        return not any(counts.touched for counts in self.counts.values())

    def summary(self) -> dict[str, dict[str, int]]:
        """The counts as plain figures, kinds that were left alone omitted."""
        words = ("added", "changed", "removed", "moved")
        return {
            kind: {word: getattr(counts, word) for word in words if getattr(counts, word)}
            for kind, counts in self.counts.items()
            if counts.touched
        }
