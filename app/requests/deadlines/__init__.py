"""Deadlines of requests: stated in the letter or computed from the instrument, each with its source."""
