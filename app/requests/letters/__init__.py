"""Letters that a desk writes about a request."""
