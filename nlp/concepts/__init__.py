"""Legal concepts, and their recognition in queries and provisions."""
