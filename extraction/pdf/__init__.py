"""PDF files, with or without a text layer."""
