"""Deadlines, periods and the time of the facts."""
