"""Laws as FRBR works, and their expressions by date."""
