"""Passages granted to an account without their documents."""
