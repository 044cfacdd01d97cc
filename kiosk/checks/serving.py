"""What the pass asks of checks: which fired lines are not on their table yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from kiosk.checks.models import Check, CheckLine, CheckState, LineState
from kiosk.core.db import Read


async def show_unserved(read: Read, check_ids: Sequence[int] | None) -> dict[int, list[int]]:
    """By open check, the ids of its lines that were fired and not served yet; of every open check with None."""
    found = (
        select(CheckLine.check_id, CheckLine.id)
        .join(Check, Check.id == CheckLine.check_id)
        .where(Check.state == CheckState.OPEN, CheckLine.state == LineState.FIRED)
        .order_by(CheckLine.id)
    )
    if check_ids is not None:
        found = found.where(Check.id.in_(check_ids))
    unserved: dict[int, list[int]] = defaultdict(list)
    for check_id, line_id in await read.session.execute(found):
        unserved[check_id].append(line_id)
    return dict(unserved)
