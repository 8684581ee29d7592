"""Encoders: embedding vectors of texts for semantic search."""
