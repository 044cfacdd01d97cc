"""Receipts, tenders, tips, change. What is written here is never changed; the database itself refuses it."""
