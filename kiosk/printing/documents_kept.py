"""How a document goes into a job's row and comes back."""

from __future__ import annotations

from typing import Any, ClassVar, TypeAlias

Kept: TypeAlias = dict[str, Any]


def kept(value: Any) -> Any:
    """A document, or a part of one, as it goes into a row."""
    if isinstance(value, tuple):
        return [kept(one) for one in value]
    return {name: kept(one) for name, one in vars(value).items()} if hasattr(value, "__dataclass_fields__") else value


def told(row: Kept, **parts: Any) -> Kept:
    """The words of a kept document without its kind; each list named in `parts` becomes a tuple of what it holds."""
    words = {key: value for key, value in row.items() if key != "kind"}
    return words | {name: tuple(part(one) for one in row[name]) for name, part in parts.items() if name in row}


class Document:
    """What every document can: go into a job's row."""

    KIND: ClassVar[str]

    def to_json(self) -> Kept:
        """The document as it is kept; `kind` says which it is."""
        return {"kind": self.KIND, **kept(self)}
