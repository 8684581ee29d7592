"""Records, originals and derived results."""
