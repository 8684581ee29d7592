"""The requesting and the requested State of a letter."""
