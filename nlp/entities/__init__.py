"""Persons, bodies, places, dates, amounts and identifiers: found, merged, linked."""
