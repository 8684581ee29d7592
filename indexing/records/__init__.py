"""Records of the index: retrieval units, passages, stored fields, periods of validity."""
