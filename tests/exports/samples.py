"""Literal figures of a small evening: three receipts and a refund, 92.50 euros in all."""

from collections.abc import Mapping
from datetime import date, datetime

import pandas as pd

from exports.figures import COLUMNS, Figures

at = datetime.fromisoformat
"""Local time, as the figures carry it."""

Rows = list[tuple[object, ...]]

DOLLARS = "USD 20.00 counted of 20.00"

EVENING: dict[str, Rows] = {
    "summary": [
        ("turnover", "Turnover", 9250, "money"),
        ("net", "Net", 8409, "money"),
        ("tax", "Tax", 841, "money"),
        ("discounts", "Discounts", 150, "money"),
        ("tips", "Tips", 200, "money"),
        ("refunds", "Refunds", -600, "money"),
        ("receipts", "Receipts", 3, "count"),
        ("refunds_count", "Receipts of refunds", 1, "count"),
        ("corrections", "Tenders corrected", 0, "count"),
        ("checks", "Checks", 4, "count"),
        ("average", "Average check", 2313, "money"),
        ("covers", "Covers", 6, "count"),
        ("pieces", "Pieces", 9, "count"),
    ],
    "hours": [(12, 1, 3, 3000), (13, 1, 5, 5000), (20, 2, 1, 1250)],
    "days": [(date(2026, 3, 6), 4, 6, 9, 9250)],
    "items": [
        ("Pizza", "Margherita", "Large", 4, 4800),
        ("Pizza", "Margherita", "Small", 2, 1700),
        ("Wine", "House red", "Carafe", 3, 2750),
    ],
    "categories": [("Pizza", 3, 6, 6500), ("Wine", 2, 3, 2750)],
    "portions": [("Large", 2, 4, 4800), ("Small", 1, 2, 1700), ("Carafe", 2, 3, 2750)],
    "modifiers": [("No chilli", 2, 0, 0), ("Burrata", 1, 350, 350)],
    "payments": [("Cash", 2, 1, 3250, 200, "Cash"), ("Card", 2, 0, 6000, 0, "Card")],
    "staff": [
        ("Giulia", 3, 3, 4250, 1417, 850, 0, 150, 200, 470, None),
        ("Marco", 1, 3, 5000, 1667, 0, 275, 0, 0, 95, 125),
    ],
    "staff_tenders": [
        ("Giulia", "Cash", 2, 1, 3250, 200),
        ("Giulia", "Card", 1, 0, 1000, 0),
        ("Marco", "Card", 1, 0, 5000, 0),
    ],
    "deeds": [("void", "Dropped", "Giulia", 1, 1, 850), ("comp", "", "Marco", 1, 0, 275)],
    "taxes": [(100_000, 8409, 841, 9250)],
    "drawers": [
        ("1", "Giulia", at("2026-03-06 11:02"), 0, 10_000, 4050, -600, 0, -500, 0, -5000, 7950, 7900, -50, DOLLARS, ""),
        ("2", "Marco", at("2026-03-06 19:00"), 0, 5000, 0, 0, 0, 0, 0, 0, 5000, 5000, 0, "", ""),
    ],
    "receipts": [
        ("2026-000101", "Sale", at("2026-03-06 12:10:03.999999"), "Table 4", 2, "Giulia", "Cash", 2727, 273, 3000, 200),
        ("2026-000102", "Sale", at("2026-03-06 13:45"), "Table 7", 3, "Marco", "Card", 4545, 455, 5000, 0),
        ("2026-000103", "Sale", at("2026-03-06 20:05"), "Bar 1", 1, "Giulia", "Card, Cash", 1682, 168, 1850, 0),
        ("2026-000104", "Refund", at("2026-03-06 20:20"), "Bar 1", 0, "Giulia", "Cash", -545, -55, -600, 0),
    ],
}

SHORT: dict[str, Rows] = EVENING | {
    "drawers": [
        (*row[:5], row[5] - 500, *row[6:11], row[11] - 500, row[12] - 500, *row[13:]) for row in EVENING["drawers"]
    ][:1]
    + EVENING["drawers"][1:],
}
"""The evening with 5.00 of the cash in no drawer."""

COSTED: dict[str, Rows] = EVENING | {
    "summary": [
        *EVENING["summary"],
        ("costed", "Net sales of known cost", 5909, "money"),
        ("goods", "Cost of goods", 1710, "money"),
        ("wages", "Wages", 2000, "money"),
        ("expenses", "Paid out of the drawers", 500, "money"),
        ("profit", "Profit", 4199, "money"),
    ],
    "items": [
        (*EVENING["items"][0], 1200, 3164, 725_000),
        (*EVENING["items"][1], 510, 1035, 670_000),
        (*EVENING["items"][2], None, None, None),
    ],
    "categories": [
        (*EVENING["categories"][0], 1710, 4199, 711_000),
        (*EVENING["categories"][1], None, None, None),
    ],
}
"""The evening where it is known what the pizzas cost and not what the wine does."""

NOTHING: dict[str, Rows] = {
    "summary": [(key, label, 0, kind) for key, label, _, kind in EVENING["summary"]],
    **{name: [] for name in COLUMNS if name != "summary"},
}


def figures_of(rows: Mapping[str, Rows], **changes: object) -> Figures:
    """Return figures of 6 March 2026 in euros from literal rows, with some of their fields changed."""
    frames = {name: _frame(rows.get(name, []), list(columns)) for name, columns in COLUMNS.items()}
    heading: dict[str, object] = {
        "venue": "Trattoria & Figli",
        "currency": "EUR",
        "decimals": 2,
        "first_day": date(2026, 3, 6),
        "last_day": date(2026, 3, 6),
        "made_at": at("2026-03-07 01:05"),
    }
    return Figures(**(heading | frames | changes))  # type: ignore[arg-type]


def _frame(rows: Rows, columns: list[str]) -> pd.DataFrame:
    """Rows as a frame; those that end early lack the last columns, as what goods cost may be lacking."""
    frame = pd.DataFrame(rows, columns=columns[: len(rows[0])] if rows else columns)
    unknown = [column for column in frame.select_dtypes("float") if frame[column].isna().any()]
    return frame.astype(dict.fromkeys(unknown, "Int64"))
