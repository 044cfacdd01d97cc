"""Checks and their lines: rung, fired, served, voided, summed. Never takes money, never knows which table it stands on."""
