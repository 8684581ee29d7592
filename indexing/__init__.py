"""From annotations to search hits: analysis, records, engines, store, ingest and search."""
