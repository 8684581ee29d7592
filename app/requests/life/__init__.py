"""Life of a request: states, linked letters, and what happened when."""
