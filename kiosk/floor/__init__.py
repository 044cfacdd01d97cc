"""Sections, dining tables and seatings; a table's state is derived here from its seating and its check, never stored."""
