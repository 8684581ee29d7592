"""Search: query parser, retrieval, fusion and hit rendering."""
