"""The restaurant kiosk: one package a slice, imports one way, see README."""
