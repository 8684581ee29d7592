"""What is kept beside an engine: originals, what was read of them, and the database of records."""
