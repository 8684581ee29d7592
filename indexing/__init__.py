"""Indexing and search: analysis, records, engines, store, ingest, search and laws over time."""
