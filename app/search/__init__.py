"""Search as web pages, REST API and command."""
