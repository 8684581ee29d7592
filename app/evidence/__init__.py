"""Signed bundles of exported files, and their offline verification."""
