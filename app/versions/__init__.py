"""Expressions of a law over time and their differences."""
