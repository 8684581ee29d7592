"""The authority that issues a request."""
