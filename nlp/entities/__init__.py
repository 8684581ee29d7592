"""Persons, organisations, places, dates, amounts and identifiers: recognition, merging, linking."""
