"""Links as QR codes for screens."""

from __future__ import annotations

from typing import Any

import segno


def squares(link: str) -> dict[str, Any]:
    """A link as a QR code: the number of squares on a side, and an SVG path that fills the dark ones."""
    rows = [list(row) for row in segno.make(link, micro=False).matrix_iter(border=4)]
    path = "".join(
        f"M{column} {row}h1v1h-1z" for row, line in enumerate(rows) for column, is_dark in enumerate(line) if is_dark
    )
    return {"side": len(rows), "path": path}
