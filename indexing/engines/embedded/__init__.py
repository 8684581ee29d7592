"""The embedded engine: tantivy indices with vector files beside them."""
