"""Search tips with examples that run."""
