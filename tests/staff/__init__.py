"""People, PINs, sessions and approvals, on both engines."""
