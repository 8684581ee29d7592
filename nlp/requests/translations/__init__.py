"""Translations of a letter, and what differs between them and the original."""
