"""Saved searches and watched provisions, and what is new for them."""
