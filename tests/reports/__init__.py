"""Tests of the figures, the sales history and their ways out."""
