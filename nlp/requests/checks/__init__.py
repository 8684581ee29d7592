"""Whether a request has what its instrument requires."""
