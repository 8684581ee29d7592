"""Request files: reading, review and follow-up."""
