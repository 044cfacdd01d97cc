"""what cannot be changed cannot be replaced either, whichever program opens the SQLite file."""

from __future__ import annotations

from migrations.append_only import allow_replacing, refuse_replacing

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KEYS = {
    "receipts": (("id",), ("venue_id", "series", "number")),
    "receipt_lines": (("receipt_id", "position"),),
    "receipt_taxes": (("receipt_id", "rate_ppm"),),
    "tenders": (("receipt_id", "position"),),
    "journal_entries": (("venue_id", "seq"),),
    "movements": (("venue_id", "seq"),),
    "z_reports": (("id",), ("venue_id", "number"), ("venue_id", "business_day")),
}


def upgrade() -> None:
    for table, keys in KEYS.items():
        refuse_replacing(table, *keys)


def downgrade() -> None:
    allow_replacing(*KEYS)
