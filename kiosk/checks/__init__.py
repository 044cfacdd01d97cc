"""Checks and their lines: rung, held, fired, served, voided, moved, summed. Takes no money, does not know its table."""
