"""Containers: archives, bags, e-mail."""
