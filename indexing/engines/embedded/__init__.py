"""The embedded engine: tantivy indices and vector files."""
