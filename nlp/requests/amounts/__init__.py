"""Amounts of money in a letter."""
