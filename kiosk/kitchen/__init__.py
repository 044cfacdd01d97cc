"""Stations and their tickets: cooked, bumped, recalled. Knows lines only as copies, no money and no table."""
