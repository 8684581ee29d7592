"""Encoders: texts as vectors for semantic search."""
