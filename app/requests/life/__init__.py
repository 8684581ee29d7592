"""Life of a request: states, linked letters, and events."""
