"""How a check is settled: shares, tenders, tips, change, receipts, refunds, drawers, X and Z.

Words: share, tender, tip, change, cash rounding, receipt, refund, drawer, drop, blind count, over/short, X, Z.
Never: takes less than is due, gives change on a card, skips or repeats a receipt number, changes a receipt once drawn,
stores a card number.
"""
