"""Law quoted in requests: compared with the collection, and set beside the law of the requested State."""
