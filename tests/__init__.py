"""The tests of the kiosk."""
