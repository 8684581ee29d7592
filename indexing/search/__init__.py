"""Search: query parser, lexical and semantic retrieval, fusion and hit rendering."""
