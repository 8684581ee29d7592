"""Persons and companies that a request concerns, with role and identity."""
