"""The Elasticsearch 9 engine."""
