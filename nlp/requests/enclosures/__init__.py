"""Documents that a letter encloses."""
