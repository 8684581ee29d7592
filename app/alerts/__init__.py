"""Saved searches and watched provisions."""
