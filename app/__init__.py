"""Capabilities, and the shells that expose them: web, REST API, command line."""
