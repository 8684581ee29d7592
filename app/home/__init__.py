"""First page: contents of the collection, pending work, and example searches with results."""
