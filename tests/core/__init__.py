"""The ground every slice stands on."""
