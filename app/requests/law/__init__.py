"""Law quoted in requests: comparison with the collection and with the law of the requested State."""
