"""The web pages: a module for each group of addresses, and what their templates show."""
