"""Operation of an installation: server, status, requirements."""
