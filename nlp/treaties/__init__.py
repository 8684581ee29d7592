"""Instruments of cooperation in criminal matters, who is bound by them since when, and which serve a request."""
