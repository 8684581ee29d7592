"""Operation of an installation: server, state, requirements."""
