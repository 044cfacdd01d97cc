"""What every slice stands on: money, clock, actor, errors, events, journal, database, settings. No screens."""
