"""The proof on the first sheet: receipts = tenders, their cash = what the drawers took = what was counted in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from exports.amounts import grouped
from exports.figures import CASH, Figures, parts, turnover_of
from exports.tables import Table

BALANCED: Final = "BALANCED"
UNBALANCED: Final = "NOT BALANCED by "
LINES: Final = 8
"""How many lines the proof has."""


@dataclass(frozen=True)
class Line:
    """A line of the proof: what it tells, the formula of its amount, and of what should be nothing."""

    label: str
    amount: str
    difference: str | None
    sheet: str


def proof(figures: Figures, tables: Mapping[str, Table], keys: Mapping[str, str], first: int) -> Iterator[Line]:
    """Yield the lines; `keys` are the cells of the key figures, `first` is the row of the first line."""
    receipts, payments = tables["receipts"], tables["payments"]
    yield Line("Receipts", receipts.turnover_total(), None, receipts.title)
    yield Line("Tenders", payments.turnover_total(), _apart(figures, f"B{first + 1}", f"B{first}"), payments.title)
    yield Line("of it cash, with tips and rounding", _cash(payments, keys), None, payments.title)
    yield from _in_drawers(figures, tables["drawers"], keys, first + 3)


def _in_drawers(figures: Figures, drawers: Table, keys: Mapping[str, str], row: int) -> Iterator[Line]:
    outside = f"-{keys['cash_outside']}" if "cash_outside" in keys else ""
    taken = _apart(figures, f"B{row - 1}{outside}", f"B{row}")
    moved = f"SUM({drawers.total('brought')}:{drawers.total('drops').rpartition('!')[2]})"
    counted = f'SUMIF({drawers.reference("counted")},"<>",{drawers.reference("expected")})'
    lines: tuple[tuple[str, str, str | None], ...] = (
        ("Cash sales less refunds in the drawers", f"{drawers.total('cash')}+{drawers.total('returns')}", taken),
        ("Expected in the drawers", moved, _apart(figures, f"B{row + 1}", drawers.total("expected"))),
        ("Counted", drawers.total("counted"), None),
        ("Over or short", drawers.total("over_short"), None),
        ("Counted less over or short", f"B{row + 2}-B{row + 3}", _apart(figures, f"B{row + 4}", counted)),
    )
    yield from (Line(*line, drawers.title) for line in lines)


def _cash(payments: Table, keys: Mapping[str, str]) -> str:
    kinds = payments.reference("kind")
    sums = [f'SUMIF({kinds},"{CASH}",{payments.reference(column)})' for column in ("amount", "tips")]
    return "+".join([*sums, *([keys["cash_rounding"]] if "cash_rounding" in keys else [])])


def _apart(figures: Figures, one: str, other: str) -> str:
    return f"ROUND({one}-{other},{figures.decimals})"


def verdict(figures: Figures, differences: str) -> str:
    """Return the formula that says whether all these differences are nothing, or by how much the worst is not."""
    most, least = f"MAX({differences})", f"MIN({differences})"
    worst = f"IF({most}>=-{least},{most},{least})"
    return f'IF(AND({most}=0,{least}=0),"{BALANCED}","{UNBALANCED}"&FIXED({worst},{figures.decimals}))'


def apart(figures: Figures) -> int:
    """Return by how much the figures are worst out of balance, in minor units; 0 when receipts, tenders, every sheet
    and the drawers agree."""
    due = figures.figure("turnover")
    differences = [turnover_of(figures, part) - due for part in parts(figures)]
    return max([*differences, *_drawers_apart(figures)], key=abs)


def _drawers_apart(figures: Figures) -> Iterator[int]:
    drawers, payments = figures.frame("drawers"), figures.frame("payments")
    cash = payments[payments["kind"] == CASH]
    outside, rounding = (_known(figures, key) for key in ("cash_outside", "cash_rounding"))
    taken = int(drawers["cash"].sum() + drawers["returns"].sum())
    yield int(cash["amount"].sum() + cash["tips"].sum()) + rounding - outside - taken
    moved = int(drawers.loc[:, "brought":"drops"].sum().sum())
    yield moved - int(drawers["expected"].sum())
    counted = drawers[drawers["counted"].notna()]
    yield int(counted["counted"].sum() - counted["over_short"].sum() - counted["expected"].sum())


def _known(figures: Figures, key: str) -> int:
    return figures.figure(key) if key in set(figures.summary["key"]) else 0


def told(figures: Figures) -> str:
    """Return what the verdict cell says, for papers that reckon nothing."""
    worst = apart(figures)
    return f"{UNBALANCED}{grouped(worst, figures.decimals)} {figures.currency}" if worst else BALANCED
