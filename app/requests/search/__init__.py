"""Search over request files by their fields, facets, and similar requests."""
