"""Persons, companies and identifiers that occur in several files: proposals, decisions of people, blind notices."""
