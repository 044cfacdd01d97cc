"""The touch kit and the door."""
