"""Legal basis, offences and provisions that a letter names or quotes."""
