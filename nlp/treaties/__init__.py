"""Instruments of cooperation in criminal matters, their parties and periods, and those applicable to a request."""
