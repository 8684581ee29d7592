"""The Elasticsearch engine, 9.x."""
