"""Sections, dining tables and seatings. A table's state follows from its seating and check and is never stored."""
