"""Letters of the central authority about a request."""
