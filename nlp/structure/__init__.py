"""Units of legislation, parts of judgments, sections of requests."""
