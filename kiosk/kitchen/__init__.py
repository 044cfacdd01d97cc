"""Stations and their tickets: what is to be cooked, bumped, recalled. Knows lines only as copies; never money, never tables' states."""
