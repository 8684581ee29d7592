"""Statistics of requests, with small numbers suppressed."""
