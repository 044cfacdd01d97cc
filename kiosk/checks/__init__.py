"""Checks and their lines: rung, fired, served, voided, summed. Takes no money, does not know its table."""
